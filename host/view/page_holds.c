/* The table of the holds: one row each, the sums of a side below. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/said.h"
#include "page_parts.h"

#define BAR_PT 5.0
#define DEG    "\xc2\xb0"
#define DASH   "\xe2\x80\x93"

enum column { NUMBER, IN_ZONE, ASKED, OUT, LONGEST, FARTHEST, NEUTRAL, COLUMNS_N };

/* In shares of the width: one table over the whole sheet, or two of them beside each other. Between ASKED and
 * OUT lies the bar of the share that was in the zone. */
static const struct shape {
    struct page_column columns[COLUMNS_N];
    double bar_from, bar_to;
} WIDE =
    {{{PLUMB_SAID("Hold"), 0, 0.09, PLUMB_ANCHOR_START},
      {PLUMB_SAID("In zone"), 0.1, 0.19, PLUMB_ANCHOR_END},
      {PLUMB_SAID("Asked"), 0.2, 0.28, PLUMB_ANCHOR_END},
      {PLUMB_SAID("Times out"), 0.51, 0.6, PLUMB_ANCHOR_END},
      {PLUMB_SAID("Longest run"), 0.61, 0.725, PLUMB_ANCHOR_END},
      {PLUMB_SAID("Farthest"), 0.735, 0.825, PLUMB_ANCHOR_END},
      {PLUMB_SAID("Neutral moved"), 0.835, 1, PLUMB_ANCHOR_END}},
     0.31,
     0.48},
  HALF = {
      {{PLUMB_SAID("Hold"), 0, 0.09, PLUMB_ANCHOR_START},
       {PLUMB_SAID("In zone"), 0.095, 0.245, PLUMB_ANCHOR_END},
       {PLUMB_SAID("Asked"), 0.25, 0.36, PLUMB_ANCHOR_END},
       {PLUMB_SAID("Out"), 0.37, 0.57, PLUMB_ANCHOR_END},
       {PLUMB_SAID("Longest"), 0.575, 0.715, PLUMB_ANCHOR_END},
       {PLUMB_SAID("Farthest"), 0.72, 0.865, PLUMB_ANCHOR_END},
       {PLUMB_SAID("Moved"), 0.87, 1, PLUMB_ANCHOR_END}},
      0.385,
      0.49};

/* A table being drawn. */
struct table {
    int counted; /* as in struct plumb_page */
    const struct plumb_tongue *tongue;
    struct plumb_scene *scene; /* NULL: only measured */
    const struct shape *shape;
    double x_pt, room_pt, y_pt;
};

struct cells {
    char text[COLUMNS_N][40];
    const char *cell[COLUMNS_N];
    double share; /* of what was asked, in the zone */
};

static void
put(struct cells *cells, const struct plumb_tongue *tongue, int i, double value, int decimals,
    enum plumb_figure_sign sign, const char *unit)
{
    char figure[PLUMB_FIGURE_ROOM];
    if (isfinite(value))
        snprintf(
            cells->text[i], sizeof cells->text[i], "%.30s%s",
            plumb_said_figure(figure, tongue, value, decimals, sign), unit);
    else
        strcpy(cells->text[i], DASH);
}

static void
put_seconds(struct cells *cells, const struct plumb_tongue *tongue, const struct plumb_page_hold *hold)
{
    int whole = hold->asked_s == floor(hold->asked_s);
    put(cells, tongue, IN_ZONE, hold->in_zone_s, 1, PLUMB_SIGN_MINUS, " s");
    put(cells, tongue, ASKED, hold->asked_s, !whole, PLUMB_SIGN_MINUS, " s");
    put(cells, tongue, OUT, hold->excursions, 0, PLUMB_SIGN_MINUS, "");
    put(cells, tongue, LONGEST, hold->longest_s, 1, PLUMB_SIGN_MINUS, " s");
    put(cells, tongue, FARTHEST, hold->worst_deg, 1, PLUMB_SIGN_ALWAYS, DEG);
    cells->share = hold->in_zone_s / (hold->asked_s > 0 ? hold->asked_s : hold->held_s);
}

/* Where there is room: whether that is more than noise, in a word. */
static void put_neutral(
    struct cells *cells, const struct plumb_tongue *tongue, const struct plumb_page_hold *hold, int words)
{
    const char *format = hold->neutral_moved ? plumb_said(tongue, "yes, %s") : plumb_said(tongue, "no, %s");
    put(cells, tongue, NEUTRAL, hold->neutral_deg, 1, PLUMB_SIGN_MINUS,
        hold->neutral_moved && !words ? DEG "!" : DEG);
    if (!isfinite(hold->neutral_deg) || !words)
        return;
    char figure[sizeof cells->text[NEUTRAL]];
    strcpy(figure, cells->text[NEUTRAL]);
    snprintf(cells->text[NEUTRAL], sizeof figure, format, figure);
}

/* What nobody judged is not shown. */
static void blank(struct cells *cells)
{
    static const int judged[] = {OUT, LONGEST, FARTHEST, NEUTRAL};
    for (size_t i = 0; i < sizeof judged / sizeof *judged; i++)
        cells->text[judged[i]][0] = '\0';
}

static void begin(struct cells *cells, const char *first)
{
    memset(cells, 0, sizeof *cells);
    snprintf(cells->text[NUMBER], sizeof cells->text[NUMBER], "%s", first);
    for (int i = 0; i < COLUMNS_N; i++)
        cells->cell[i] = cells->text[i];
}

static void bar(const struct table *table, double share)
{
    const struct shape *shape = table->shape;
    double x_pt = table->x_pt + shape->bar_from * table->room_pt;
    double w_pt = (shape->bar_to - shape->bar_from) * table->room_pt;
    double y_pt = table->y_pt + (PAGE_ROW_PT - BAR_PT) / 2 + 0.5, filled_pt = w_pt * fmax(0, fmin(1, share));
    plumb_scene_rect(table->scene, x_pt, y_pt, w_pt, BAR_PT, BAR_PT / 2, PLUMB_COLOUR_RULE);
    if (filled_pt > 0.5)
        plumb_scene_rect(table->scene, x_pt, y_pt, filled_pt, BAR_PT, BAR_PT / 2, PLUMB_COLOUR_GREEN);
}

static void
row(struct table *table, const char *const *cells, const char *tag, const struct plumb_text_style *style,
    double share)
{
    struct page_column columns[COLUMNS_N];
    for (int i = 0; i < COLUMNS_N; i++) {
        columns[i] = table->shape->columns[i];
        columns[i].from_pt *= table->room_pt;
        columns[i].to_pt *= table->room_pt;
    }
    page_row(table->scene, table->x_pt, table->y_pt, columns, COLUMNS_N, cells, tag, style);
    if (table->scene && isfinite(share))
        bar(table, share);
    table->y_pt += PAGE_ROW_PT;
}

static void head(struct table *table)
{
    const char *cells[COLUMNS_N];
    for (int i = 0; i < COLUMNS_N; i++)
        cells[i] =
            table->counted && i > ASKED ? "" : plumb_said(table->tongue, table->shape->columns[i].head);
    cells[IN_ZONE] = table->counted ? plumb_said(table->tongue, "Held") : cells[IN_ZONE];
    row(table, cells, "TH", &page_fine, NAN);
}

static void hold_row(struct table *table, const struct plumb_page_hold *hold, size_t i)
{
    struct cells cells;
    char number[24];
    snprintf(number, sizeof number, "%zu", i + 1);
    begin(&cells, number);
    put_seconds(&cells, table->tongue, hold);
    put_neutral(&cells, table->tongue, hold, table->shape == &WIDE);
    if (table->counted)
        blank(&cells);
    row(table, cells.cell, "TD", &page_body, cells.share);
}

static void sum_row(struct table *table, const struct plumb_page_side *sum)
{
    struct plumb_page_hold all = {
        .in_zone_s = sum->in_zone_s,
        .held_s = sum->held_s,
        .longest_s = sum->longest_s,
        .asked_s = sum->asked_s,
        .excursions = sum->excursions,
        .worst_deg = sum->worst_deg};
    struct cells cells;
    begin(&cells, plumb_said(table->tongue, "Sum"));
    put_seconds(&cells, table->tongue, &all);
    if (table->counted)
        blank(&cells);
    row(table, cells.cell, "TD", &page_bold, cells.share);
}

static void more_row(struct table *table, size_t n)
{
    char text[64];
    snprintf(text, sizeof text, plumb_said(table->tongue, "and %zu more, in the sum"), n);
    page_line(
        table->scene, "P", &page_fine, table->x_pt, table->y_pt + PAGE_ROW_PT - 3.5, table->room_pt, text);
    table->y_pt += PAGE_ROW_PT;
}

/* The holds of one side. They keep their numbers, which the trace has too. */
static void rows(struct table *table, const struct plumb_page *page, int side, size_t most_n)
{
    size_t shown_n = 0, n = page->sides[side].holds_n;
    if (table->scene)
        plumb_scene_tag(table->scene, "Table");
    head(table);
    for (size_t i = 0; i < page->holds_n; i++)
        if (page->holds[i].side == side && shown_n < most_n) {
            hold_row(table, &page->holds[i], i);
            shown_n++;
        }
    if (n > 1)
        sum_row(table, &page->sides[side]);
    if (table->scene)
        plumb_scene_untag(table->scene, "Table");
    if (shown_n < n)
        more_row(table, n - shown_n);
}

/* Heading and table of one side; returns the lower edge. */
static double one_side(struct table table, const struct plumb_page *page, int side, size_t most_n)
{
    const char *heading = !page->sides[side].words ? plumb_said(page->tongue, "Holds")
                          : side == 0              ? plumb_said(page->tongue, "Holds, left")
                                                   : plumb_said(page->tongue, "Holds, right");
    table.y_pt += page_heading(table.scene, table.x_pt, table.y_pt, table.room_pt, heading) - 4;
    rows(&table, page, side, most_n);
    return table.y_pt;
}

double page_holds(
    struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page *page, size_t most_n)
{
    struct table table = {page->counted, page->tongue, scene, &WIDE, PAGE_MARGIN_PT, room_pt, top_pt};
    if (scene)
        plumb_scene_group(scene, "holds table");
    if (page->holds_n == 0) {
        double high_pt =
            page_heading(scene, PAGE_MARGIN_PT, top_pt, room_pt, plumb_said(page->tongue, "Holds")) - 2;
        return high_pt +
               page_words(
                   scene, "P", &page_body, PAGE_MARGIN_PT, top_pt + high_pt, room_pt, 2, page->no_holds);
    }
    if (page->sides[0].holds_n == 0 || page->sides[1].holds_n == 0)
        return one_side(table, page, page->sides[0].holds_n == 0, most_n) - top_pt;
    table.shape = &HALF;
    table.room_pt = (room_pt - PAGE_GUTTER_PT) / 2;
    double left_pt = one_side(table, page, 0, most_n);
    table.x_pt += table.room_pt + PAGE_GUTTER_PT;
    return fmax(left_pt, one_side(table, page, 1, most_n)) - top_pt;
}
