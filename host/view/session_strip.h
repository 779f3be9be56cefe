/* The whole session on one line: when it was held and for which side, how the zone was (worse is higher),
 * where moments were marked, where nothing came. An hour costs no more than a minute. Pure. */
#ifndef PLUMB_SESSION_STRIP_H
#define PLUMB_SESSION_STRIP_H

#include "live_trace.h"

struct plumb_strip_hold {
    struct plumb_live_span span;
    const char *word; /* "left"; borrowed for the call */
};

struct plumb_session_strip {
    const struct plumb_theme *theme;
    const struct plumb_trail *tilt; /* PLUMB_TRAIL_WHOLE */
    double begin_s, now_s;
    double text_px;      /* 16 at 100 % */
    double least_s;      /* at least this much time is shown, so that a short session does not rush by */
    double cursor_s;     /* a moment looked at; NaN: none */
    int over;            /* 1: nothing more comes: the strip is exactly as long as the session */
    double from_s, to_s; /* with `over`: what a window beside it shows; the same twice: none */
    const struct plumb_strip_hold *holds;
    size_t holds_n;
    const struct plumb_live_mark *marks;
    size_t marks_n;
    const struct plumb_live_flag *flags; /* with `over` */
    size_t flags_n;
};

/* Fills the scene, whose size decides; what was in it is removed. */
void plumb_session_strip_draw(struct plumb_scene *scene, const struct plumb_session_strip *strip);

/* The moment under x, for a pointer. */
double plumb_session_strip_at_s(
    const struct plumb_scene *scene, const struct plumb_session_strip *strip, double x_px);

#endif
