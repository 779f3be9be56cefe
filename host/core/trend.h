/* Honest trends over days, for one exercise and one side: what a person's sessions say when they are compared
 * with others of theirs. Seconds in the zone, excursions, the worst tilt from that day's own neutral; never
 * an absolute tilt (EVIDENCE, "What follows", 4: between sessions its ICC is 0.54).
 *
 * A change is named only when it is larger than what comes and goes: the measurement's own error, and the
 * person's own spread between sessions as far as these sessions show it. The test is Welch's with a spread
 * that begins at the usual one and counts like PRIOR_N sessions (trend.c), at 5 % for the three measures
 * together, so that of a hundred people in whom nothing has changed at most five hear of a change.
 */
#ifndef PLUMB_TREND_H
#define PLUMB_TREND_H

#include <stddef.h>

#include "programme.h"

/* All holds of one exercise and side in one session. */
struct plumb_trend_session {
    double day; /* as in struct plumb_past_hold */
    double in_zone_s, elapsed_s, worst_rad;
    int excursions;
};

/* Sums the holds by session (those of the same `day` belong together and stand beside each other) on the days
 * [from_day, to_day), in their order, into `sessions`, `room` of them at most: the last ones. Holds without a
 * second are left out. Returns how many. */
size_t plumb_trend_sessions(
    struct plumb_trend_session *sessions, size_t room, const char *exercise_id, enum plumb_side side,
    double from_day, double to_day, const struct plumb_past_hold *holds, size_t n);

enum plumb_trend_measure {
    PLUMB_TREND_IN_ZONE,    /* seconds in the zone a minute of hold */
    PLUMB_TREND_EXCURSIONS, /* a minute of hold */
    PLUMB_TREND_WORST,      /* rad: the largest anterior tilt of a session, the mean over sessions */
    PLUMB_TREND_MEASURES_N
};

enum plumb_trend_verdict {
    PLUMB_TREND_UNKNOWN, /* one of the two has no sessions */
    PLUMB_TREND_NO_CLEAR_CHANGE,
    PLUMB_TREND_MORE_CONTROL, /* the second has more of the zone, fewer excursions, less tilt */
    PLUMB_TREND_LESS_CONTROL
};

struct plumb_trend {
    double first, second;  /* the means; NaN where there is none */
    double comes_and_goes; /* a difference up to this is no clear change */
    enum plumb_trend_verdict verdict;
};

/* Compares the second sessions with the first ones, measure by measure. */
void plumb_trend_compare(
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N], const struct plumb_trend_session *first,
    size_t first_n, const struct plumb_trend_session *second, size_t second_n);

/* For a person: "seconds in the zone a minute"; "no clear change", "more seconds in the zone". */
const char *plumb_trend_measure_words(enum plumb_trend_measure measure);
const char *plumb_trend_words(enum plumb_trend_measure measure, enum plumb_trend_verdict verdict);

#endif
