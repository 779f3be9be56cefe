#include "exercise.h"

#include "said.h"

static const struct {
    const char *name, *words;
} poses[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = {"supine", PLUMB_SAID("lying on your back")},
    [PLUMB_PRONE] = {"prone", PLUMB_SAID("lying on your front")},
    [PLUMB_UPRIGHT] = {"upright", PLUMB_SAID("upright")},
    [PLUMB_LYING_LEFT] = {"lying-left", PLUMB_SAID("lying on your left side")},
    [PLUMB_LYING_RIGHT] = {"lying-right", PLUMB_SAID("lying on your right side")},
};

const char *plumb_pose_name(enum plumb_pose pose)
{
    return poses[pose].name;
}

const char *plumb_pose_words(enum plumb_pose pose)
{
    return poses[pose].words;
}

const char *plumb_side_name(enum plumb_side side)
{
    return side == PLUMB_LEFT ? PLUMB_SAID("left") : PLUMB_SAID("right");
}

const char *plumb_pain_name(enum plumb_pain pain)
{
    static const char *const names[PLUMB_PAINS_N] = {
        [PLUMB_PAIN_KNEE] = "knee", [PLUMB_PAIN_BACK] = "back", [PLUMB_PAIN_SHARP] = "sharp"};
    return names[pain];
}

int plumb_pose_shows(enum plumb_pose pose, enum plumb_flag_kind kind)
{
    static const unsigned back_or_feet = 1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_UPRIGHT;
    static const unsigned lying =
        1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_LYING_LEFT | 1u << PLUMB_LYING_RIGHT;
    const unsigned shown_in[PLUMB_FLAGS_N] = {
        [PLUMB_ANTERIOR_ROTATION] = back_or_feet,
        [PLUMB_POSTERIOR_TILT] = back_or_feet,
        [PLUMB_LUMBAR_ARCH] = back_or_feet,
        [PLUMB_PELVIC_ROTATION] = lying,
        [PLUMB_OBLIQUITY] = 1u << PLUMB_UPRIGHT};
    return (int)(shown_in[kind] >> pose & 1u);
}

enum plumb_pose plumb_exercise_pose(const struct plumb_exercise *exercise, enum plumb_side side)
{
    if (!exercise->mirrored || side == PLUMB_LEFT)
        return exercise->pose;
    return exercise->pose == PLUMB_LYING_LEFT ? PLUMB_LYING_RIGHT : PLUMB_LYING_LEFT;
}

int plumb_exercise_following(
    const struct plumb_exercise *exercise, int step, int again_n[PLUMB_EXERCISE_STEPS_N])
{
    int next = step + 1;
    while (next < exercise->steps_n && exercise->steps[next].kind == PLUMB_STEP_AGAIN) {
        const struct plumb_step *again = &exercise->steps[next];
        if (++again_n[next] < again->count)
            return again->back_to - 1;
        again_n[next] = 0;
        next++;
    }
    return next;
}

struct plumb_dose plumb_exercise_dose(const struct plumb_exercise *exercise)
{
    struct plumb_dose dose = {0};
    int again_n[PLUMB_EXERCISE_STEPS_N] = {0};
    for (int at = 0; at < exercise->steps_n; at = plumb_exercise_following(exercise, at, again_n)) {
        const struct plumb_step *step = &exercise->steps[at];
        dose.in_zone_s += step->kind == PLUMB_STEP_HOLD ? step->in_zone_s : 0;
        dose.holds_n += step->kind == PLUMB_STEP_HOLD;
        dose.reps_n += step->kind == PLUMB_STEP_REPS ? step->count : 0;
        dose.breaths_n += step->kind == PLUMB_STEP_BREATHS ? step->count : 0;
    }
    return dose;
}

void plumb_exercise_longest(struct plumb_exercise *exercise)
{
    for (int at = 0; at < exercise->steps_n; at++) {
        struct plumb_step *step = &exercise->steps[at];
        double longer_s = step->in_zone_most_s - step->in_zone_s;
        if (longer_s > 0) {
            step->in_zone_s += longer_s;
            step->at_most_s += step->at_most_s > 0 ? longer_s : 0;
        }
        if (step->count_most > step->count)
            step->count = step->count_most;
    }
}

int plumb_exercise_sides(
    const struct plumb_exercise *exercise, enum plumb_side first, int stiffer,
    enum plumb_side sides[PLUMB_EXERCISE_SIDES_N])
{
    int ends = exercise->order == PLUMB_ORDER_STIFFER_ENDS && stiffer >= 0;
    sides[0] = sides[2] = ends ? (enum plumb_side)stiffer : first;
    sides[1] = plumb_side_other(sides[0]);
    return exercise->order == PLUMB_ORDER_BOTH_AT_ONCE ? 1 : ends ? 3 : 2;
}
