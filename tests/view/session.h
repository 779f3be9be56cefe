/* A session made of formulas, for pictures: two holds on a breathing patient, a lapse to 9 degrees with its
 * recovery, a second without data. */
#ifndef PLUMB_TESTS_VIEW_SESSION_H
#define PLUMB_TESTS_VIEW_SESSION_H

#include "host/view/trace_chart.h"

struct session {
    struct plumb_trace_chart chart; /* points into the fields below */
    size_t n;
    double *t_s, *tilt_deg, *sd_deg, *rotation_deg, *obliquity_deg;
    unsigned char *zone;
    struct plumb_trace_hold holds[2];
    struct plumb_trace_flag flags[4];
    struct plumb_trace_gap gaps[1];
    const char *lines[3];
};

/* A session of so many seconds at rate_hz; what is above happens in its first 130 s. Free with session_free.
 */
void session_make(struct session *session, double seconds, double rate_hz);
void session_free(struct session *session);

#endif
