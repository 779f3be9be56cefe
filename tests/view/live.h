/* A stretch to draw live: two minutes with breathing, a lapse forward, a silence; a hold runs. */
#ifndef PLUMB_TESTS_VIEW_LIVE_H
#define PLUMB_TESTS_VIEW_LIVE_H

#include "host/view/hold_ring.h"
#include "host/view/live_trace.h"
#include "host/view/session_strip.h"

struct live_example {
    struct plumb_trail last, whole;
    struct plumb_live_mark marks[1];
    struct plumb_live_span spans[1];
    struct plumb_strip_hold holds[2];
    struct plumb_live_trace trace;
    struct plumb_hold_ring ring;
    struct plumb_session_strip strip;
};

/* The tilt at a moment, degrees; NaN in the silence. */
double live_tilt_deg(double t_s);
enum plumb_zone live_zone(double t_s);

void live_make(struct live_example *live, const struct plumb_theme *theme, double seconds, double rate_hz);

#endif
