#include "trend.h"

#include <math.h>
#include <string.h>

#include "said.h"
#include "units.h"

/* Spread from session to session that is usual before a person's own is known, counted like PRIOR_N sessions;
 * and the measurement's own error, below which no spread is believed.
 * The worst tilt: sensor 1.1 deg and repositioning 1.9 deg, root sum square 2.2; with the breathing of 1.3 to
 * 2 deg the noise floor of 2.7 to 3.2 (EVIDENCE, "The size of things" and "What follows", 2).
 * The zone: a twentieth of the time [R]; excursions are counted, so their error is that of a count. */
#define PRIOR_N 4.0
static const struct {
    double usual, error;
} spread_of[PLUMB_TREND_MEASURES_N] = {
    [PLUMB_TREND_IN_ZONE] = {6, 3},
    [PLUMB_TREND_EXCURSIONS] = {0.8, 0.25},
    [PLUMB_TREND_WORST] = {3.2 * PLUMB_RAD_PER_DEG, 2.2 * PLUMB_RAD_PER_DEG},
};

/* Two-sided, 5 % shared by three measures: the normal distribution's point for 1 - 0.05 / 6. */
#define NORMAL_POINT 2.394

/* ---- sessions of holds */

size_t plumb_trend_sessions(
    struct plumb_trend_session *sessions, size_t room, const char *exercise_id, enum plumb_side side,
    double from_day, double to_day, const struct plumb_past_hold *holds, size_t n)
{
    size_t found = 0;
    for (size_t i = 0; i < n && room; i++) {
        const struct plumb_past_hold *hold = &holds[i];
        if (hold->side != side || strcmp(hold->exercise, exercise_id) != 0 || !(hold->elapsed_s > 0) ||
            hold->day < from_day || hold->day >= to_day)
            continue;
        if (!found || sessions[found - 1].day != hold->day) {
            if (found == room)
                memmove(sessions, sessions + 1, --found * sizeof *sessions);
            sessions[found++] = (struct plumb_trend_session){.day = hold->day};
        }
        struct plumb_trend_session *session = &sessions[found - 1];
        session->in_zone_s += hold->in_zone_s;
        session->elapsed_s += hold->elapsed_s;
        session->excursions += hold->excursions;
        session->worst_rad = fmax(session->worst_rad, hold->worst_rad);
    }
    return found;
}

static double value(const struct plumb_trend_session *session, enum plumb_trend_measure measure)
{
    double minutes = session->elapsed_s / 60;
    return measure == PLUMB_TREND_IN_ZONE      ? session->in_zone_s / minutes
           : measure == PLUMB_TREND_EXCURSIONS ? session->excursions / minutes
                                               : session->worst_rad;
}

/* ---- means and spreads */

struct group {
    double n, mean, squares; /* squares: about the mean */
    double minutes;          /* of holds, in all */
};

static struct group
group_of(const struct plumb_trend_session *sessions, size_t n, enum plumb_trend_measure measure)
{
    struct group group = {(double)n, NAN, 0, 0};
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += value(&sessions[i], measure);
    group.mean = n ? sum / group.n : NAN;
    for (size_t i = 0; i < n; i++) {
        double off = value(&sessions[i], measure) - group.mean;
        group.squares += off * off;
        group.minutes += sessions[i].elapsed_s / 60;
    }
    return group;
}

/* Counts vary by themselves: the variance of a session's rate is the rate over its minutes, at least that of
 * one in all the time. */
static double error_variance(const struct group *a, const struct group *b, enum plumb_trend_measure measure)
{
    double error = spread_of[measure].error, minutes = a->minutes + b->minutes, n = a->n + b->n;
    if (measure != PLUMB_TREND_EXCURSIONS)
        return error * error;
    double counted = a->mean * a->minutes + b->mean * b->minutes;
    return error * error + fmax(counted, 1) / minutes / (minutes / n);
}

static double variance(const struct group *a, const struct group *b, enum plumb_trend_measure measure)
{
    double usual = spread_of[measure].usual, own_n = a->n + b->n - 2;
    double seen = (PRIOR_N * usual * usual + a->squares + b->squares) / (PRIOR_N + own_n);
    return fmax(seen, error_variance(a, b, measure));
}

/* Student's point for so many degrees of freedom from the normal one (Cornish and Fisher's expansion). */
static double student_point(double freedom)
{
    double z = NORMAL_POINT, z2 = z * z;
    return z + z * (z2 + 1) / (4 * freedom) + z * (5 * z2 * z2 + 16 * z2 + 3) / (96 * freedom * freedom) +
           z * (3 * z2 * z2 * z2 + 19 * z2 * z2 + 17 * z2 - 15) / (384 * freedom * freedom * freedom);
}

/* ---- verdicts */

static enum plumb_trend_verdict judge(const struct plumb_trend *trend, enum plumb_trend_measure measure)
{
    double change = trend->second - trend->first;
    if (fabs(change) <= trend->comes_and_goes)
        return PLUMB_TREND_NO_CLEAR_CHANGE;
    int more = change > 0;
    return more == (measure == PLUMB_TREND_IN_ZONE) ? PLUMB_TREND_MORE_CONTROL : PLUMB_TREND_LESS_CONTROL;
}

static struct plumb_trend
compare(const struct group *first, const struct group *second, enum plumb_trend_measure measure)
{
    struct plumb_trend trend = {first->mean, second->mean, NAN, PLUMB_TREND_UNKNOWN};
    if (!(first->n > 0) || !(second->n > 0))
        return trend;
    double of_means = variance(first, second, measure) * (1 / first->n + 1 / second->n);
    trend.comes_and_goes = student_point(PRIOR_N + first->n + second->n - 2) * sqrt(of_means);
    trend.verdict = judge(&trend, measure);
    return trend;
}

void plumb_trend_compare(
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N], const struct plumb_trend_session *first,
    size_t first_n, const struct plumb_trend_session *second, size_t second_n)
{
    for (int m = 0; m < PLUMB_TREND_MEASURES_N; m++) {
        enum plumb_trend_measure measure = (enum plumb_trend_measure)m;
        struct group before = group_of(first, first_n, measure), after = group_of(second, second_n, measure);
        trends[m] = compare(&before, &after, measure);
    }
}

/* ---- words */

const char *plumb_trend_measure_words(enum plumb_trend_measure measure)
{
    static const char *const words[PLUMB_TREND_MEASURES_N] = {
        [PLUMB_TREND_IN_ZONE] = "seconds in the zone, a minute of hold",
        [PLUMB_TREND_EXCURSIONS] = "times out of the zone, a minute of hold",
        [PLUMB_TREND_WORST] = "most forward tilt from that day's neutral",
    };
    return words[measure];
}

const char *plumb_trend_words(enum plumb_trend_measure measure, enum plumb_trend_verdict verdict)
{
    static const char *const more[PLUMB_TREND_MEASURES_N] = {
        PLUMB_SAID("more time in the zone"), PLUMB_SAID("fewer times out of the zone"),
        PLUMB_SAID("less tilt at the worst moment")};
    static const char *const less[PLUMB_TREND_MEASURES_N] = {
        PLUMB_SAID("less time in the zone"), PLUMB_SAID("more times out of the zone"),
        PLUMB_SAID("more tilt at the worst moment")};
    return verdict == PLUMB_TREND_UNKNOWN           ? PLUMB_SAID("no sessions to compare with")
           : verdict == PLUMB_TREND_NO_CLEAR_CHANGE ? PLUMB_SAID("no clear change")
           : verdict == PLUMB_TREND_MORE_CONTROL    ? more[measure]
                                                    : less[measure];
}
