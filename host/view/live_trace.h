/* The last seconds of tilt as they pass: the zones behind, the trace before them, now at the right edge.
 * Two scenes: one that stays until size, limits or scale change, and one for every frame. Afterwards the same
 * picture shows any stretch of the session, with a cursor in it. Pure. */
#ifndef PLUMB_LIVE_TRACE_H
#define PLUMB_LIVE_TRACE_H

#include "scene.h"
#include "theme.h"
#include "trace_chart.h"
#include "trail.h"

#define PLUMB_LIVE_TRACE_S     60.0 /* shown */
#define PLUMB_LIVE_TRACE_AHEAD 0.02 /* of the width: space between now and the right edge */

/* A moment with a word: "M1", "left". */
struct plumb_live_mark {
    double t_s;
    char word[24];
};

/* A stretch of time that was held. */
struct plumb_live_span {
    double begin_s, end_s; /* end NaN: goes on */
};

/* A flag that was raised: a bar along the bottom. */
struct plumb_live_flag {
    struct plumb_live_span span;
    int pauses; /* 1: the hold's timer waited */
};

/* What a trace has afterwards: a window of any length that ends at now_s, and a moment that is looked at. */
struct plumb_look_back {
    double span_s;                       /* shown, > 0 */
    double cursor_s;                     /* NaN: none */
    double cursor_deg;                   /* the tilt there; NaN where it is not known */
    enum plumb_zone zone;                /* there */
    int judged_only;                     /* 1: the scale has room for what was judged; other tilts are cut */
    const struct plumb_live_flag *flags; /* borrowed */
    size_t flags_n;
};

struct plumb_live_trace {
    const struct plumb_theme *theme;
    const struct plumb_trail *tilt; /* degrees; live PLUMB_TRAIL_LAST of PLUMB_TRAIL_LIVE_S */
    double now_s;                   /* at the right */
    double high_deg, low_deg;       /* the scale: plumb_live_trace_scale */
    double text_px;                 /* of the axis' numbers: 18 at 100 % */
    int judged;                     /* 0: no zones */
    struct plumb_trace_limits limits;
    const struct plumb_live_mark *marks; /* borrowed */
    size_t marks_n;
    const struct plumb_live_span *holds;
    size_t holds_n;
    const struct plumb_look_back *back; /* borrowed; NULL: live */
};

/* Where the plot lies in the scene, and its scale: to read a picture back. */
struct plumb_live_plot {
    double left_px, top_px, width_px, height_px; /* width: from the oldest moment to now */
    double low_deg, high_deg;
};

/* Sets high_deg and low_deg so that limits and everything shown have room, in coarse steps so that the scale
 * rarely changes. 1 when it did: the part that stays is to be drawn again. */
int plumb_live_trace_scale(struct plumb_live_trace *trace);

/* The part that stays: zones, grid, numbers, words. What was in the scene is removed. */
void plumb_live_trace_stay(struct plumb_scene *scene, const struct plumb_live_trace *trace);

/* The part that moves: to be painted over the other. What was in the scene is removed. */
void plumb_live_trace_move(struct plumb_scene *scene, const struct plumb_live_trace *trace);

struct plumb_live_plot
plumb_live_trace_plot(const struct plumb_scene *scene, const struct plumb_live_trace *trace);

/* The moment under x, for a pointer; within what is shown. */
double
plumb_live_trace_at_s(const struct plumb_scene *scene, const struct plumb_live_trace *trace, double x_px);

#endif
