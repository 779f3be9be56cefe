#include "page_patient.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/message.h"
#include "../core/said.h"
#include "page_parts.h"

#define CELL_PT    13.0 /* a day of the calendar */
#define CELL_GAP   2.0
#define DAYS_PT    24.0 /* their names */
#define TIGHT_STEP 0.04
#define TIGHT_MOST 1.28
#define DEG        "\xc2\xb0"
#define DASH       "\xe2\x80\x93"

/* ---- the calendar: a column a week, a row a day; a day's sessions as a figure on a colour */

static const struct plumb_text_style DAY = {
    PAGE_FINE_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
static const struct plumb_text_style WEEK = {
    PAGE_FINE_PT - 1, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};
static const struct plumb_text_style COUNT = {
    PAGE_FINE_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_PAPER, PLUMB_ANCHOR_MIDDLE};

static double step_x_pt(void)
{
    return 2 * CELL_PT + CELL_GAP;
}

static void day_cell(struct plumb_scene *scene, double x_pt, double y_pt, unsigned sessions_n)
{
    char figure[8];
    plumb_scene_rect(
        scene, x_pt, y_pt, 2 * CELL_PT, CELL_PT, 2, sessions_n ? PLUMB_COLOUR_GREEN_TEXT : PLUMB_COLOUR_MIST);
    if (!sessions_n)
        return;
    snprintf(figure, sizeof figure, "%u", sessions_n);
    plumb_scene_text(scene, &COUNT, x_pt + CELL_PT, y_pt + CELL_PT - 3.8, 2 * CELL_PT, figure);
}

static void day_names(struct plumb_scene *scene, const struct plumb_tongue *tongue, double top_pt)
{
    static const char *const names[7] = {PLUMB_SAID("Mon"), PLUMB_SAID("Tue"), PLUMB_SAID("Wed"),
                                         PLUMB_SAID("Thu"), PLUMB_SAID("Fri"), PLUMB_SAID("Sat"),
                                         PLUMB_SAID("Sun")};
    for (int day = 0; day < 7; day++)
        plumb_scene_text(
            scene, &DAY, PAGE_MARGIN_PT, top_pt + (CELL_PT + CELL_GAP) * day + CELL_PT - 3.8, DAYS_PT - 4,
            plumb_said(tongue, names[day]));
}

static void draw_calendar(struct plumb_scene *scene, const struct plumb_patient_page *page, double top_pt)
{
    plumb_scene_group(scene, "calendar");
    plumb_scene_tag(scene, "Figure");
    day_names(scene, page->tongue, top_pt);
    for (int i = 0; i < page->days_n && i < PLUMB_PATIENT_DAYS_N; i++)
        day_cell(
            scene, PAGE_MARGIN_PT + DAYS_PT + step_x_pt() * (i / 7), top_pt + (CELL_PT + CELL_GAP) * (i % 7),
            page->sessions[i]);
    for (int week = 0; week < PLUMB_PATIENT_WEEKS_N; week++)
        if (page->weeks[week])
            plumb_scene_text(
                scene, &WEEK, PAGE_MARGIN_PT + DAYS_PT + step_x_pt() * week + CELL_PT,
                top_pt + (CELL_PT + CELL_GAP) * 7 + 7, step_x_pt(), page->weeks[week]);
    plumb_scene_untag(scene, "Figure");
}

/* The calendar at the left, what it comes to at the right. */
static double
calendar(struct plumb_scene *scene, const struct plumb_patient_page *page, double inner_pt, double top_pt)
{
    static const struct plumb_text_style style = {
        PAGE_BODY_PT + 1, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    double used_pt = DAYS_PT + step_x_pt() * PLUMB_PATIENT_WEEKS_N + PAGE_GUTTER_PT;
    double y_pt =
        top_pt +
        page_heading(scene, PAGE_MARGIN_PT, top_pt, used_pt, plumb_said(page->tongue, "Sessions a day"));
    if (scene)
        draw_calendar(scene, page, y_pt);
    double words_pt = y_pt;
    for (size_t i = 0; i < page->summary_n; i++)
        words_pt += page_words(
                        scene, "P", &style, PAGE_MARGIN_PT + used_pt, words_pt, inner_pt - used_pt, 4,
                        page->summary[i]) +
                    4;
    return fmax(y_pt + (CELL_PT + CELL_GAP) * 7 + 10, words_pt) - top_pt;
}

/* ---- one exercise */

enum { SIDE, IN_ZONE, HOLDS, OUT, FARTHEST, COLUMNS_N };

static const struct page_column SHARES[COLUMNS_N] = {
    {PLUMB_SAID("Side"), 0, 0.2, PLUMB_ANCHOR_START},
    {PLUMB_SAID("In zone"), 0.2, 0.4, PLUMB_ANCHOR_END},
    {PLUMB_SAID("Holds"), 0.42, 0.56, PLUMB_ANCHOR_END},
    {PLUMB_SAID("Times out"), 0.58, 0.78, PLUMB_ANCHOR_END},
    {PLUMB_SAID("Farthest"), 0.8, 1, PLUMB_ANCHOR_END},
};

static void
row(struct plumb_scene *scene, double x_pt, double top_pt, double room_pt, const char *const *cells,
    const char *tag, const struct plumb_text_style *style)
{
    struct page_column columns[COLUMNS_N];
    for (int i = 0; i < COLUMNS_N; i++) {
        columns[i] = SHARES[i];
        columns[i].from_pt *= room_pt;
        columns[i].to_pt *= room_pt;
    }
    page_row(scene, x_pt, top_pt, columns, COLUMNS_N, cells, tag, style);
}

static void side_row(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_page_side *side)
{
    char text[COLUMNS_N][48] = {""}, figure[PLUMB_FIGURE_ROOM];
    const char *cells[COLUMNS_N];
    int known = isfinite(side->worst_deg), clock = side->in_zone_s >= 600;
    snprintf(text[SIDE], sizeof text[SIDE], "%.40s", side->words ? side->words : plumb_said(tongue, "both"));
    snprintf(
        text[IN_ZONE], sizeof text[IN_ZONE], "%s%s",
        plumb_said_clock(figure, tongue, side->in_zone_s, 1, clock), clock ? "" : " s");
    snprintf(text[HOLDS], sizeof text[HOLDS], "%u", side->holds_n);
    snprintf(text[OUT], sizeof text[OUT], "%u", side->excursions);
    snprintf(
        text[FARTHEST], sizeof text[FARTHEST], "%s%s",
        known ? plumb_said_figure(figure, tongue, side->worst_deg, 1, PLUMB_SIGN_ALWAYS) : DASH,
        known ? DEG : "");
    for (int i = 0; i < COLUMNS_N; i++)
        cells[i] = text[i];
    row(scene, x_pt, top_pt, room_pt, cells, "TD", &page_body);
}

static double sides_table(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_patient_exercise *exercise)
{
    const char *heads[COLUMNS_N];
    double y_pt = top_pt;
    for (int i = 0; i < COLUMNS_N; i++)
        heads[i] = plumb_said(tongue, SHARES[i].head);
    if (exercise->sides[0].holds_n + exercise->sides[1].holds_n == 0)
        return 0;
    if (scene)
        plumb_scene_tag(scene, "Table");
    row(scene, x_pt, y_pt, room_pt, heads, "TH", &page_fine);
    for (int side = 0; side < 2; side++)
        if (exercise->sides[side].holds_n > 0)
            side_row(scene, tongue, x_pt, y_pt += PAGE_ROW_PT, room_pt, &exercise->sides[side]);
    if (scene)
        plumb_scene_untag(scene, "Table");
    return y_pt + PAGE_ROW_PT - top_pt;
}

static double block(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_patient_exercise *exercise)
{
    char said[64];
    double y_pt = top_pt + page_heading(scene, x_pt, top_pt, room_pt, exercise->name) - 4;
    snprintf(
        said, sizeof said, plumb_said_of(tongue, "%u session", "%u sessions", exercise->sessions_n),
        exercise->sessions_n);
    y_pt += page_words(scene, "P", &page_fine, x_pt, y_pt, room_pt, 1, said) + 2;
    if (exercise->weeks.bars_n > 0)
        y_pt += page_bars(scene, tongue, x_pt, y_pt, room_pt, &exercise->weeks) + 2;
    y_pt += sides_table(scene, tongue, x_pt, y_pt, room_pt, exercise) + 3;
    for (int i = 0; i < 2; i++)
        y_pt += page_words(scene, "P", &page_body, x_pt, y_pt, room_pt, 2, exercise->trend[i]);
    return y_pt - top_pt;
}

/* What has no picture of its own is at least named. */
static double
also(struct plumb_scene *scene, const struct plumb_patient_page *page, double inner_pt, double top_pt)
{
    char text[512];
    int n = snprintf(text, sizeof text, "%s", plumb_said(page->tongue, "Also practised:"));
    if (page->exercises_n <= PLUMB_PATIENT_EXERCISES_N)
        return 0;
    for (size_t i = PLUMB_PATIENT_EXERCISES_N; i < page->exercises_n && n > 0 && (size_t)n < sizeof text; i++)
        n += snprintf(
            text + n, sizeof text - (size_t)n, "%s %s (%u)", i > PLUMB_PATIENT_EXERCISES_N ? "," : "",
            page->exercises[i].name, page->exercises[i].sessions_n);
    return page_words(scene, "P", &page_body, PAGE_MARGIN_PT, top_pt, inner_pt, 2, text);
}

static double
blocks(struct plumb_scene *scene, const struct plumb_patient_page *page, double inner_pt, double top_pt)
{
    double room_pt = (inner_pt - PAGE_GUTTER_PT) / 2, bottom_pt[2] = {top_pt, top_pt};
    for (size_t i = 0; i < page->exercises_n && i < PLUMB_PATIENT_EXERCISES_N; i++) {
        int column = bottom_pt[1] < bottom_pt[0];
        double x_pt = PAGE_MARGIN_PT + column * (room_pt + PAGE_GUTTER_PT);
        bottom_pt[column] +=
            block(scene, page->tongue, x_pt, bottom_pt[column], room_pt, &page->exercises[i]) +
            PAGE_SECTION_PT;
    }
    double y_pt = fmax(bottom_pt[0], bottom_pt[1]);
    return y_pt + also(scene, page, inner_pt, y_pt) - top_pt;
}

/* ---- the sheet */

static double sheet(struct plumb_scene *scene, const struct plumb_patient_page *page, double width_pt)
{
    double inner_pt = width_pt - 2 * PAGE_MARGIN_PT, y_pt = PAGE_TOP_PT;
    y_pt += page_header(scene, width_pt, page->who, page->period, NULL, page->who_more, page->made) + 11;
    y_pt += page_figures(scene, width_pt, y_pt, page->figures, page->figures_n) + PAGE_SECTION_PT;
    y_pt += calendar(scene, page, inner_pt, y_pt) + PAGE_SECTION_PT;
    return y_pt + blocks(scene, page, inner_pt, y_pt);
}

static double tight_of(const struct plumb_scene *scene, const struct plumb_patient_page *page)
{
    double foot_pt = page_foot(NULL, 0, page->cautions, page->cautions_n, page->footer), tight = 1;
    while (tight < TIGHT_MOST &&
           sheet(NULL, page, tight * scene->width_pt) > tight * scene->height_pt - PAGE_BOTTOM_PT - foot_pt)
        tight += TIGHT_STEP;
    return tight;
}

int plumb_patient_page_draw(struct plumb_scene *scene, const struct plumb_patient_page *page)
{
    double width_pt = scene->width_pt, height_pt = scene->height_pt, tight = tight_of(scene, page);
    plumb_scene_clear(scene);
    plumb_scene_title(scene, page->who ? page->who : plumb_said(page->tongue, "Eight weeks"));
    snprintf(scene->date, sizeof scene->date, "%s", page->date ? page->date : "");
    plumb_scene_scale(scene, tight);
    plumb_scene_tag(scene, "Document");
    sheet(scene, page, scene->width_pt);
    page_foot(scene, scene->height_pt, page->cautions, page->cautions_n, page->footer);
    plumb_scene_untag(scene, "Document");
    plumb_scene_scale(scene, 1 / tight);
    scene->width_pt = width_pt; /* to the last digit */
    scene->height_pt = height_pt;
    return scene->failed ? PLUMB_FAILED : 0;
}
