#include "programme.h"

#include <math.h>
#include <string.h>

#include "trend.h"

#define WHOLE_SHARE 0.999
#define SESSIONS_N  64 /* the last ones of each side say which is stiffer */

int plumb_past_hold_clean(const struct plumb_past_hold *hold)
{
    return hold->excursions == 0 && hold->target_s > 0 && hold->in_zone_s >= WHOLE_SHARE * hold->target_s;
}

static int is_of(const struct plumb_past_hold *hold, const char *exercise_id, enum plumb_side side)
{
    return hold->side == side && strcmp(hold->exercise, exercise_id) == 0;
}

static int
has_clean(const char *exercise_id, enum plumb_side side, const struct plumb_past_hold *holds, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (is_of(&holds[i], exercise_id, side) && plumb_past_hold_clean(&holds[i]))
            return 1;
    return 0;
}

int plumb_programme_weight_earned(
    const struct plumb_exercise *exercise, enum plumb_side side, const struct plumb_past_hold *holds,
    size_t n)
{
    return exercise->weight.where[0] && has_clean(exercise->id, side, holds, n);
}

enum plumb_progression plumb_programme_progression(
    const struct plumb_exercise *exercise, const struct plumb_past_hold *holds, size_t n)
{
    if (!exercise->next_id[0])
        return PLUMB_PROGRESSION_NONE;
    int both =
        has_clean(exercise->id, PLUMB_LEFT, holds, n) && has_clean(exercise->id, PLUMB_RIGHT, holds, n);
    return both ? PLUMB_PROGRESSION_ASK_PERSON : PLUMB_PROGRESSION_NOT_YET;
}

int plumb_programme_stiffer(const char *exercise_id, const struct plumb_past_hold *holds, size_t n)
{
    struct plumb_trend_session left[SESSIONS_N], right[SESSIONS_N];
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
    size_t left_n =
        plumb_trend_sessions(left, SESSIONS_N, exercise_id, PLUMB_LEFT, -INFINITY, INFINITY, holds, n);
    size_t right_n =
        plumb_trend_sessions(right, SESSIONS_N, exercise_id, PLUMB_RIGHT, -INFINITY, INFINITY, holds, n);
    plumb_trend_compare(trends, left, left_n, right, right_n);
    for (int measure = 0; measure < PLUMB_TREND_MEASURES_N; measure++) {
        if (trends[measure].verdict == PLUMB_TREND_MORE_CONTROL)
            return PLUMB_LEFT;
        if (trends[measure].verdict == PLUMB_TREND_LESS_CONTROL)
            return PLUMB_RIGHT;
    }
    return -1;
}

double plumb_programme_in_zone_s(
    const char *exercise_id, enum plumb_side side, double from_day, double to_day,
    const struct plumb_past_hold *holds, size_t n)
{
    double sum_s = 0;
    for (size_t i = 0; i < n; i++)
        if (is_of(&holds[i], exercise_id, side) && holds[i].day > from_day && holds[i].day <= to_day)
            sum_s += holds[i].in_zone_s;
    return sum_s;
}

double plumb_programme_week_s(const struct plumb_exercise *exercise)
{
    return exercise->week_n * plumb_exercise_dose(exercise).in_zone_s;
}
