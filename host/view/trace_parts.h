/* What the parts of the trace chart share. Private to host/view/trace_*.c. */
#ifndef PLUMB_TRACE_PARTS_H
#define PLUMB_TRACE_PARTS_H

#include "axis.h"
#include "columns.h"
#include "palette.h"
#include "scene.h"
#include "trace_chart.h"

/* Points. A page of A4 landscape at arm's length: nothing people must read is below 8. */
#define TRACE_MARGIN_PT       PLUMB_TRACE_BARE_EDGE_PT
#define TRACE_GUTTER_LEFT_PT  122.0 /* names of the panels, then the axis' numbers */
#define TRACE_GUTTER_RIGHT_PT 74.0  /* names of the zones */
#define TRACE_TEXT_TITLE_PT   21.0
#define TRACE_TEXT_FIGURE_PT  25.0
#define TRACE_TEXT_NAME_PT    10.5
#define TRACE_TEXT_BODY_PT    9.5
#define TRACE_TEXT_SMALL_PT   8.5
#define TRACE_STROKE_PT       1.5  /* of the trace */
#define TRACE_HAIR_PT         0.75 /* of the grid */

struct trace_parts {
    struct plumb_scene *scene;
    const struct plumb_trace_chart *chart;
    double left_pt, right_pt; /* of everything with a time axis */
    struct plumb_axis time;
    double from_s, to_s; /* of the rows; of the axis where there are none */
    size_t rows_per_column;
    double hole_s;
};

/* A rectangle with a scale of degrees. */
struct trace_panel {
    double top_pt, height_pt;
    struct plumb_axis axis;
};

struct trace_run {
    struct plumb_column *columns; /* owned by who made it */
    size_t n;
};

double trace_x_pt(const struct trace_parts *parts, double t_s);
double trace_y_pt(const struct trace_panel *panel, double deg); /* at most two heights outside */

/* trace_head.c. Each returns or takes a y in points. */
double trace_head(const struct trace_parts *parts, double top_pt);
void trace_foot(const struct trace_parts *parts, double bottom_pt);
void trace_legend(const struct trace_parts *parts, double x_pt, double y_pt);

/* trace_panel.c */
struct plumb_series trace_series(const struct trace_parts *parts, const double *value, const double *sd);
int trace_run_make(struct trace_run *run, const struct plumb_series *series); /* 0 without memory */
void trace_run_range(const struct trace_run *run, double *low, double *high); /* of what is judged */
void trace_panel_grid(const struct trace_parts *parts, const struct trace_panel *panel, int numbers);
void trace_panel_blanks(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run);
void trace_panel_blank_words(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run);
void trace_panel_band(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run);
void trace_panel_line(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run,
    plumb_colour colour);
void trace_panel_off_scale(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run);
void trace_name(const struct trace_parts *parts, double baseline_pt, const char *name, const char *unit);

/* trace_main.c */
void trace_main(const struct trace_parts *parts, double top_pt, double height_pt);

/* trace_rows.c */
void trace_holds(const struct trace_parts *parts, double top_pt);
double trace_zone_row(const struct trace_parts *parts, double top_pt);
double trace_rows_pt(const struct plumb_trace_chart *chart); /* height of the zone strip and the flag rows */
double trace_flag_rows(const struct trace_parts *parts, double top_pt);
void trace_time_axis(const struct trace_parts *parts, double top_pt);

/* How a kind of flag looks and is called. */
struct trace_flag_look {
    const char *kind, *words;
    enum plumb_shape shape;
    plumb_colour colour;
    int on_tilt; /* its peak is a tilt of the pelvis */
};
const struct trace_flag_look *trace_flag_look(const char *kind);

#endif
