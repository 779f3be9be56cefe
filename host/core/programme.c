#include "programme.h"

#include <math.h>
#include <string.h>

#include "units.h"

#define WHOLE_SHARE 0.999
/* What comes and goes from day to day and says nothing about stiffness [R]; the tilt: EVIDENCE,
 * repositioning 1.9 deg. */
#define SHARE_APART      0.05
#define EXCURSIONS_APART 0.5
#define WORST_APART_RAD  (2 * PLUMB_RAD_PER_DEG)

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

struct sums {
    double in_zone_s, elapsed_s, worst_rad;
    int excursions;
};

static struct sums
sum_of(const char *exercise_id, enum plumb_side side, const struct plumb_past_hold *holds, size_t n)
{
    struct sums sums = {0, 0, 0, 0};
    for (size_t i = 0; i < n; i++) {
        if (!is_of(&holds[i], exercise_id, side))
            continue;
        sums.in_zone_s += holds[i].in_zone_s;
        sums.elapsed_s += holds[i].elapsed_s;
        sums.excursions += holds[i].excursions;
        sums.worst_rad = fmax(sums.worst_rad, holds[i].worst_rad);
    }
    return sums;
}

/* The side with more of it, where they differ by more than `apart`. */
static int more_of(double left, double right, double apart)
{
    if (fabs(left - right) <= apart)
        return -1;
    return left > right ? PLUMB_LEFT : PLUMB_RIGHT;
}

int plumb_programme_stiffer(const char *exercise_id, const struct plumb_past_hold *holds, size_t n)
{
    struct sums left = sum_of(exercise_id, PLUMB_LEFT, holds, n);
    struct sums right = sum_of(exercise_id, PLUMB_RIGHT, holds, n);
    if (!(left.elapsed_s > 0) || !(right.elapsed_s > 0))
        return -1;
    int side =
        more_of(1 - left.in_zone_s / left.elapsed_s, 1 - right.in_zone_s / right.elapsed_s, SHARE_APART);
    if (side < 0)
        side = more_of(
            60 * left.excursions / left.elapsed_s, 60 * right.excursions / right.elapsed_s, EXCURSIONS_APART);
    return side < 0 ? more_of(left.worst_rad, right.worst_rad, WORST_APART_RAD) : side;
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
