#include "exercise_edit.h"

#include <assert.h>
#include <string.h>

#include "units.h"

#define USUAL_REP_RAD (4 * PLUMB_RAD_PER_DEG)

static const struct plumb_step usual_steps[PLUMB_STEPS_KINDS_N] = {
    [PLUMB_STEP_SAY] = {.say = "Words for the person.", .for_s = 3},
    [PLUMB_STEP_STILL] = {.say = "Lie still.", .for_s = 3, .at_most_s = 30},
    [PLUMB_STEP_TILTS] = {.say = "Rock your pelvis slowly, four times.", .count = 4, .at_most_s = 45},
    [PLUMB_STEP_ARCH] = {.say = "Arch your lower back once, and come back.", .at_most_s = 20},
    [PLUMB_STEP_NEUTRAL] = {.say = "Breathe quietly. This is your set zone.", .for_s = 10},
    [PLUMB_STEP_MOVE] = {.say = "Go into the stretch.", .for_s = 8},
    [PLUMB_STEP_HOLD] = {.say = "Hold.", .in_zone_s = 30, .at_most_s = 90},
    [PLUMB_STEP_AGAIN] = {.count = 2, .back_to = 1},
    [PLUMB_STEP_CONTRACT] = {.say = "Press against the stretch.", .for_s = 10},
    [PLUMB_STEP_REPS] = {.say = "Raise the LEG leg and lower it slowly.", .count = 10, .at_most_s = 120},
    [PLUMB_STEP_BREATHS] = {.say = "Breathe slowly.", .count = 3, .at_most_s = 40},
};

void plumb_step_usual(struct plumb_step *step, enum plumb_step_kind kind)
{
    *step = usual_steps[kind];
    step->kind = kind;
    step->rep_rad = USUAL_REP_RAD;
}

/* ---- where the steps went */

/* Lets every step that leads back follow: the one that was at i is at went[i] now. */
static void follow(struct plumb_exercise *exercise, const int went[PLUMB_EXERCISE_STEPS_N])
{
    for (int at = 0; at < exercise->steps_n; at++) {
        int *back_to = &exercise->steps[at].back_to;
        if (*back_to >= 1 && *back_to <= PLUMB_EXERCISE_STEPS_N)
            *back_to = went[*back_to - 1] + 1;
    }
}

int plumb_exercise_step_insert(struct plumb_exercise *exercise, int at, const struct plumb_step *step)
{
    struct plumb_step fresh = *step; /* may be one of the exercise's own */
    int went[PLUMB_EXERCISE_STEPS_N];
    assert(at >= 0 && at <= exercise->steps_n);
    if (exercise->steps_n == PLUMB_EXERCISE_STEPS_N)
        return -1;
    for (int i = 0; i < PLUMB_EXERCISE_STEPS_N; i++)
        went[i] = i + (i >= at && i < exercise->steps_n);
    follow(exercise, went);
    memmove(
        &exercise->steps[at + 1], &exercise->steps[at],
        (size_t)(exercise->steps_n - at) * sizeof *exercise->steps);
    exercise->steps[at] = fresh;
    exercise->steps_n++;
    return 0;
}

void plumb_exercise_step_remove(struct plumb_exercise *exercise, int at)
{
    int went[PLUMB_EXERCISE_STEPS_N];
    assert(at >= 0 && at < exercise->steps_n);
    for (int i = 0; i < PLUMB_EXERCISE_STEPS_N; i++)
        went[i] = i - (i > at);
    follow(exercise, went);
    exercise->steps_n--;
    memmove(
        &exercise->steps[at], &exercise->steps[at + 1],
        (size_t)(exercise->steps_n - at) * sizeof *exercise->steps);
    memset(&exercise->steps[exercise->steps_n], 0, sizeof *exercise->steps);
}

static int place_after_move(int i, int at, int to)
{
    if (i == at)
        return to;
    if (at < to)
        return i - (i > at && i <= to);
    return i + (i >= to && i < at);
}

void plumb_exercise_step_move(struct plumb_exercise *exercise, int at, int to)
{
    struct plumb_step steps[PLUMB_EXERCISE_STEPS_N];
    int went[PLUMB_EXERCISE_STEPS_N];
    assert(at >= 0 && at < exercise->steps_n && to >= 0 && to < exercise->steps_n);
    for (int i = 0; i < PLUMB_EXERCISE_STEPS_N; i++)
        went[i] = place_after_move(i, at, to);
    follow(exercise, went);
    memcpy(steps, exercise->steps, sizeof steps);
    for (int i = 0; i < exercise->steps_n; i++)
        exercise->steps[went[i]] = steps[i];
}

void plumb_exercise_step_change(struct plumb_exercise *exercise, int at, enum plumb_step_kind kind)
{
    struct plumb_step *step = &exercise->steps[at], was = *step;
    plumb_step_usual(step, kind);
    if (was.say[0] && strcmp(was.say, usual_steps[was.kind].say) != 0)
        memcpy(step->say, was.say, sizeof step->say);
}

void plumb_exercise_pose_change(struct plumb_exercise *exercise, enum plumb_pose pose, int mirrored)
{
    if (exercise->pose != pose)
        plumb_posture_default(&exercise->posture, pose);
    exercise->pose = pose;
    exercise->mirrored = mirrored;
}
