/* Left against right: the bars grow from the middle, the names stand between them. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/said.h"
#include "page_parts.h"

#define ROW_PT   13.0
#define NAMES_PT 74.0 /* in the middle */
#define BAR_PT   7.0
#define VALUE_PT 42.0 /* beside a bar */
#define DEG      "\xc2\xb0"

struct measure {
    const char *name; /* not yet in the page's tongue */
    double value[2];
    int decimals;
    enum plumb_figure_sign sign;
    const char *unit;
};
#define MEASURES_N 4

static void measures_of(const struct plumb_page_side sides[2], struct measure measures[MEASURES_N])
{
    measures[0] = (struct measure){
        PLUMB_SAID("in zone"), {sides[0].in_zone_s, sides[1].in_zone_s}, 1, PLUMB_SIGN_MINUS, " s"};
    measures[1] = (struct measure){
        PLUMB_SAID("longest run"), {sides[0].longest_s, sides[1].longest_s}, 1, PLUMB_SIGN_MINUS, " s"};
    measures[2] = (struct measure){
        PLUMB_SAID("times out"), {sides[0].excursions, sides[1].excursions}, 0, PLUMB_SIGN_MINUS, ""};
    measures[3] = (struct measure){
        PLUMB_SAID("farthest forward"), {sides[0].worst_deg, sides[1].worst_deg}, 1, PLUMB_SIGN_ALWAYS, DEG};
}

static void value_text(
    char *text, size_t room, const struct plumb_tongue *tongue, const struct measure *measure, int side)
{
    char figure[PLUMB_FIGURE_ROOM];
    int known = isfinite(measure->value[side]);
    plumb_said_figure(figure, tongue, measure->value[side], measure->decimals, measure->sign);
    snprintf(text, room, "%s%s", figure, known ? measure->unit : "");
}

/* One side's bar with its value beyond the end. */
static void side_bar(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, const struct measure *measure, int side,
    double edge_pt, double most_pt, double y_pt)
{
    double most = fmax(fmax(measure->value[0], measure->value[1]), 1e-9);
    double long_pt = most_pt * fmax(0, fmin(1, measure->value[side] / most)), way = side ? 1 : -1;
    struct plumb_text_style style = page_body;
    char text[PLUMB_FIGURE_ROOM + 8];
    if (isnan(measure->value[side]))
        long_pt = 0;
    style.anchor = side ? PLUMB_ANCHOR_START : PLUMB_ANCHOR_END;
    value_text(text, sizeof text, tongue, measure, side);
    if (long_pt > 0.3)
        plumb_scene_rect(
            scene, side ? edge_pt : edge_pt - long_pt, y_pt - BAR_PT + 0.5, long_pt, BAR_PT, 1,
            side ? PLUMB_COLOUR_SIDE_RIGHT : PLUMB_COLOUR_SIDE_LEFT);
    plumb_scene_text(scene, &style, edge_pt + way * (long_pt + 4), y_pt, VALUE_PT - 4, text);
}

static void measure_row(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, const struct measure *measure, double x_pt,
    double room_pt, double y_pt)
{
    struct plumb_text_style name = page_fine;
    double middle_pt = x_pt + room_pt / 2, most_pt = (room_pt - NAMES_PT) / 2 - VALUE_PT;
    name.anchor = PLUMB_ANCHOR_MIDDLE;
    side_bar(scene, tongue, measure, 0, middle_pt - NAMES_PT / 2, most_pt, y_pt);
    plumb_scene_text(scene, &name, middle_pt, y_pt, NAMES_PT - 6, plumb_said(tongue, measure->name));
    side_bar(scene, tongue, measure, 1, middle_pt + NAMES_PT / 2, most_pt, y_pt);
}

static void side_names(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double room_pt, double y_pt)
{
    struct plumb_text_style left = page_bold, right = page_bold;
    double middle_pt = x_pt + room_pt / 2;
    left.anchor = PLUMB_ANCHOR_END;
    plumb_scene_text(scene, &left, middle_pt - NAMES_PT / 2, y_pt, 60, plumb_said(tongue, "Left"));
    plumb_scene_text(scene, &right, middle_pt + NAMES_PT / 2, y_pt, 60, plumb_said(tongue, "Right"));
}

double page_sides(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_page_side sides[2], const char *verdict)
{
    struct measure measures[MEASURES_N];
    double y_pt =
        top_pt + page_heading(scene, x_pt, top_pt, room_pt, plumb_said(tongue, "Left against right"));
    measures_of(sides, measures);
    if (scene) {
        plumb_scene_group(scene, "sides");
        plumb_scene_tag(scene, "Figure");
        side_names(scene, tongue, x_pt, room_pt, y_pt + 8);
        for (int i = 0; i < MEASURES_N; i++)
            measure_row(scene, tongue, &measures[i], x_pt, room_pt, y_pt + 8 + ROW_PT * (i + 1));
        plumb_scene_untag(scene, "Figure");
    }
    y_pt += ROW_PT * (MEASURES_N + 1);
    y_pt += page_words(scene, "P", &page_body, x_pt, y_pt, room_pt, 3, verdict);
    return y_pt - top_pt;
}
