/* The table of the holds: one row each, the sums of a side below. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "page_parts.h"

#define COLUMNS_N 8
#define BAR_PT    5.0
#define DEG       "\xc2\xb0"
#define DASH      "\xe2\x80\x93"

/* In shares of the width; the bar of the share that was in the zone lies between columns 3 and 4. */
static const struct page_column SHARES[COLUMNS_N] = {
    {"Hold", 0, 0.075, PLUMB_ANCHOR_START},      {"Side", 0.08, 0.15, PLUMB_ANCHOR_START},
    {"In zone", 0.15, 0.235, PLUMB_ANCHOR_END},  {"Asked", 0.24, 0.315, PLUMB_ANCHOR_END},
    {"Times out", 0.505, 0.6, PLUMB_ANCHOR_END}, {"Longest run", 0.605, 0.72, PLUMB_ANCHOR_END},
    {"Farthest", 0.725, 0.82, PLUMB_ANCHOR_END}, {"Neutral moved", 0.825, 1, PLUMB_ANCHOR_END},
};
#define BAR_FROM 0.34
#define BAR_TO   0.48

struct cells {
    char text[COLUMNS_N][40];
    const char *cell[COLUMNS_N];
    double share; /* of what was asked, in the zone */
};

static void columns_of(struct page_column columns[COLUMNS_N], double room_pt)
{
    for (int i = 0; i < COLUMNS_N; i++) {
        columns[i] = SHARES[i];
        columns[i].from_pt *= room_pt;
        columns[i].to_pt *= room_pt;
    }
}

static void
put(struct cells *cells, int i, double value, int decimals, enum plumb_sign sign, const char *unit)
{
    char figure[PLUMB_FIGURE_ROOM];
    if (isfinite(value))
        snprintf(
            cells->text[i], sizeof cells->text[i], "%s%s", plumb_figure(figure, value, decimals, sign), unit);
    else
        strcpy(cells->text[i], DASH);
}

static void put_seconds(struct cells *cells, const struct plumb_page_hold *hold)
{
    put(cells, 2, hold->in_zone_s, 1, PLUMB_SIGN_MINUS, " s");
    put(cells, 3, hold->asked_s, hold->asked_s == floor(hold->asked_s) ? 0 : 1, PLUMB_SIGN_MINUS, " s");
    put(cells, 4, hold->excursions, 0, PLUMB_SIGN_MINUS, "");
    put(cells, 5, hold->longest_s, 1, PLUMB_SIGN_MINUS, " s");
    put(cells, 6, hold->worst_deg, 1, PLUMB_SIGN_ALWAYS, DEG);
    cells->share = hold->in_zone_s / (hold->asked_s > 0 ? hold->asked_s : hold->held_s);
}

static void put_neutral(struct cells *cells, const struct plumb_page_hold *hold)
{
    char figure[PLUMB_FIGURE_ROOM];
    plumb_figure(figure, hold->neutral_deg, 1, PLUMB_SIGN_MINUS);
    snprintf(
        cells->text[7], sizeof cells->text[7], isnan(hold->neutral_deg) ? "not seen" : "%s, %s" DEG,
        hold->neutral_moved ? "yes" : "no", figure);
}

static void begin(struct cells *cells, const char *first, const char *side)
{
    memset(cells, 0, sizeof *cells);
    snprintf(cells->text[0], sizeof cells->text[0], "%s", first);
    snprintf(cells->text[1], sizeof cells->text[1], "%s", side ? side : "");
    for (int i = 0; i < COLUMNS_N; i++)
        cells->cell[i] = cells->text[i];
}

static void bar(struct plumb_scene *scene, double top_pt, double room_pt, double share)
{
    double x_pt = PAGE_MARGIN_PT + BAR_FROM * room_pt, w_pt = (BAR_TO - BAR_FROM) * room_pt;
    double y_pt = top_pt + (PAGE_ROW_PT - BAR_PT) / 2 + 0.5, filled_pt = w_pt * fmax(0, fmin(1, share));
    plumb_scene_rect(scene, x_pt, y_pt, w_pt, BAR_PT, BAR_PT / 2, PLUMB_COLOUR_RULE);
    if (filled_pt > 0.5)
        plumb_scene_rect(scene, x_pt, y_pt, filled_pt, BAR_PT, BAR_PT / 2, PLUMB_COLOUR_GREEN);
}

static double
row(struct plumb_scene *scene, double top_pt, double room_pt, const struct cells *cells,
    const struct plumb_text_style *style)
{
    struct page_column columns[COLUMNS_N];
    columns_of(columns, room_pt);
    page_row(scene, PAGE_MARGIN_PT, top_pt, columns, COLUMNS_N, cells->cell, "TD", style);
    if (scene && isfinite(cells->share))
        bar(scene, top_pt, room_pt, cells->share);
    return PAGE_ROW_PT;
}

static double head(struct plumb_scene *scene, double top_pt, double room_pt)
{
    struct page_column columns[COLUMNS_N];
    const char *cells[COLUMNS_N];
    columns_of(columns, room_pt);
    for (int i = 0; i < COLUMNS_N; i++)
        cells[i] = columns[i].head;
    page_row(scene, PAGE_MARGIN_PT, top_pt, columns, COLUMNS_N, cells, "TH", &page_fine);
    return PAGE_ROW_PT;
}

static double hold_row(
    struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page_hold *hold, size_t i)
{
    struct cells cells;
    char number[24];
    snprintf(number, sizeof number, "%zu", i + 1);
    begin(&cells, number, hold->side);
    put_seconds(&cells, hold);
    put_neutral(&cells, hold);
    return row(scene, top_pt, room_pt, &cells, &page_body);
}

static double
sum_row(struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page *page, int side)
{
    const struct plumb_page_side *sum = &page->sides[side];
    struct plumb_page_hold all = {
        page->weeks.side_word[side],
        sum->in_zone_s,
        sum->held_s,
        sum->longest_s,
        sum->asked_s,
        sum->excursions,
        sum->worst_deg,
        NAN,
        0};
    struct cells cells;
    begin(&cells, "Sum", page->holds[0].side ? all.side : "");
    put_seconds(&cells, &all);
    cells.text[7][0] = '\0';
    return row(scene, top_pt, room_pt, &cells, &page_bold);
}

static double more_row(struct plumb_scene *scene, double top_pt, double room_pt, size_t n)
{
    char text[64];
    snprintf(text, sizeof text, "and %zu more, in the sums", n);
    page_line(scene, "P", &page_fine, PAGE_MARGIN_PT, top_pt + PAGE_ROW_PT - 4, room_pt, text);
    return PAGE_ROW_PT;
}

static double
rows(struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page *page, size_t most_n)
{
    double y_pt = top_pt;
    size_t n = page->holds_n <= most_n ? page->holds_n : most_n;
    if (scene)
        plumb_scene_tag(scene, "Table");
    y_pt += head(scene, y_pt, room_pt);
    for (size_t i = 0; i < n; i++)
        y_pt += hold_row(scene, y_pt, room_pt, &page->holds[i], i);
    for (int side = 0; side < 2; side++)
        if (page->sides[side].holds_n > 1)
            y_pt += sum_row(scene, y_pt, room_pt, page, side);
    if (scene)
        plumb_scene_untag(scene, "Table");
    if (n < page->holds_n)
        y_pt += more_row(scene, y_pt, room_pt, page->holds_n - n);
    return y_pt - top_pt;
}

double page_holds(
    struct plumb_scene *scene, double top_pt, double room_pt, const struct plumb_page *page, size_t most_n)
{
    double y_pt = top_pt + page_heading(scene, PAGE_MARGIN_PT, top_pt, room_pt, "Holds") - 4;
    if (scene)
        plumb_scene_group(scene, "holds table");
    if (page->holds_n > 0)
        return y_pt + rows(scene, y_pt, room_pt, page, most_n) - top_pt;
    y_pt += page_words(scene, "P", &page_body, PAGE_MARGIN_PT, y_pt + 2, room_pt, 2, page->no_holds) + 2;
    return y_pt - top_pt;
}
