#include "trend_say.h"

#include <stdio.h>

#define WEEKS_DAYS 28.0
#define SESSIONS_N 128

/* What changed, or that nothing clearly did. */
static void say_changes(
    char *out, size_t room, const struct plumb_tongue *tongue, const char *side_words,
    const struct plumb_trend *trends)
{
    const char *before = "";
    int n = snprintf(
        out, room, plumb_said(tongue, "%s, the last four weeks against the four before: "), side_words);
    for (int m = 0; m < PLUMB_TREND_MEASURES_N && n > 0 && (size_t)n < room; m++) {
        if (trends[m].verdict != PLUMB_TREND_MORE_CONTROL && trends[m].verdict != PLUMB_TREND_LESS_CONTROL)
            continue;
        n += snprintf(
            out + n, room - (size_t)n, "%s%s", before,
            plumb_said(tongue, plumb_trend_words((enum plumb_trend_measure)m, trends[m].verdict)));
        before = ", ";
    }
    if (n > 0 && (size_t)n < room)
        snprintf(out + n, room - (size_t)n, "%s.", before[0] ? "" : plumb_said(tongue, "no clear change"));
}

char *plumb_trend_say(
    char *out, size_t room, const struct plumb_tongue *tongue, const char *exercise_id, enum plumb_side side,
    const char *side_words, double day, const struct plumb_past_hold *holds, size_t n)
{
    struct plumb_trend_session first[SESSIONS_N], second[SESSIONS_N];
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
    double end = day + 1e-6, middle = end - WEEKS_DAYS;
    size_t first_n =
        plumb_trend_sessions(first, SESSIONS_N, exercise_id, side, middle - WEEKS_DAYS, middle, holds, n);
    size_t second_n = plumb_trend_sessions(second, SESSIONS_N, exercise_id, side, middle, end, holds, n);
    out[0] = '\0';
    if (second_n == 0)
        return out;
    if (first_n == 0) {
        snprintf(
            out, room, plumb_said(tongue, "%s: nothing older than four weeks to compare with yet."),
            side_words);
        return out;
    }
    plumb_trend_compare(trends, first, first_n, second, second_n);
    say_changes(out, room, tongue, side_words, trends);
    return out;
}
