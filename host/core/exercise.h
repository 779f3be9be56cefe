/* An exercise as data: what is asked, in which pose, what is judged, step by step. Read from host/exercises.
 */
#ifndef PLUMB_EXERCISE_H
#define PLUMB_EXERCISE_H

#include "flag.h"
#include "mount.h"
#include "posture.h"

#define PLUMB_EXERCISE_TEXT_N  256
#define PLUMB_EXERCISE_STEPS_N 32
#define PLUMB_EXERCISE_SIDES_N 3
#define PLUMB_SIDE_WORD_N      24

enum plumb_side { PLUMB_LEFT, PLUMB_RIGHT };

/* What a step waits for. */
enum plumb_step_kind {
    PLUMB_STEP_SAY,      /* for_s to pass */
    PLUMB_STEP_STILL,    /* the wearer lies in the pose, still for for_s */
    PLUMB_STEP_TILTS,    /* `count` slow pelvic tilts */
    PLUMB_STEP_ARCH,     /* one arch of the back */
    PLUMB_STEP_NEUTRAL,  /* for_s of quiet breathing: neutral is captured */
    PLUMB_STEP_MOVE,     /* for_s to get into the stretch: never judged */
    PLUMB_STEP_HOLD,     /* in_zone_s seconds in the zone, judged */
    PLUMB_STEP_AGAIN,    /* goes back to step `back_to` until it was done `count` times */
    PLUMB_STEP_CONTRACT, /* for_s of pressing against the stretch: the band is wider, nothing sounds */
    PLUMB_STEP_REPS,     /* `count` repetitions of a movement */
    PLUMB_STEP_BREATHS,  /* `count` breaths */
    PLUMB_STEPS_KINDS_N
};

struct plumb_step {
    enum plumb_step_kind kind;
    char say[PLUMB_EXERCISE_TEXT_N]; /* what to do now, in words for the wearer; LEG becomes the side, OTHER
                                        the other one */
    double for_s;
    double in_zone_s;
    double in_zone_most_s; /* the upper end of the dose, for who wants the longest; 0 = in_zone_s */
    double at_most_s;      /* goes on after this long even so; 0 = waits */
    int count, back_to;
    int count_most;    /* the upper end, as above */
    double rep_rad;    /* REPS: the smallest movement that counts as one */
    double lowering_s; /* REPS: lowering faster than this is said; 0 = any */
};

/* In which order the two sides are done. */
enum plumb_side_order {
    PLUMB_ORDER_ONE_BY_ONE,   /* one side, then the other */
    PLUMB_ORDER_STIFFER_ENDS, /* the stiffer side first and last; one by one while none is known */
    PLUMB_ORDER_BOTH_AT_ONCE, /* the exercise has no side */
};

enum plumb_pain { PLUMB_PAIN_KNEE, PLUMB_PAIN_BACK, PLUMB_PAIN_SHARP, PLUMB_PAINS_N };

/* Weights: locked until a full clean hold of the same exercise and side is on record. */
struct plumb_added_weight {
    char where[24]; /* "thigh", "ankle"; empty: this exercise knows no weights */
    double from_kg, to_kg;
};

struct plumb_exercise {
    char id[48], name[96], summary[PLUMB_EXERCISE_TEXT_N];
    char stance[PLUMB_EXERCISE_TEXT_N]; /* how to stand, kneel or lie, where the pose alone does not say it */
    int judged;                         /* 0: a companion exercise, counted and never judged */
    enum plumb_pose pose;               /* with the left side stretched; plumb_exercise_pose for either */
    int mirrored;                       /* side-lying: the other side's pose is the mirror image */
    unsigned judges;                    /* bits (1u << enum plumb_flag_kind) */
    struct plumb_thresholds thresholds;
    enum plumb_side_order order;
    int other_side_from; /* index of the step with which the next side begins */
    int week_n;          /* how often a week; 0 = not set */
    /* rules and words beside the steps; empty where there are none */
    char support[PLUMB_EXERCISE_TEXT_N]; /* said after a hold that was hard to keep */
    char allowed[PLUMB_EXERCISE_TEXT_N]; /* what may happen and is no mistake */
    char pain[PLUMB_PAINS_N][PLUMB_EXERCISE_TEXT_N];
    struct plumb_added_weight weight;
    char next_id[48], next_ask[PLUMB_EXERCISE_TEXT_N]; /* progression: to what, and what is asked first */
    char side_words[2][PLUMB_SIDE_WORD_N]; /* what LEG and OTHER become, by enum plumb_side; empty: left,
                                              right */
    struct plumb_posture posture;          /* how it is drawn */
    struct plumb_step steps[PLUMB_EXERCISE_STEPS_N];
    int steps_n;
};

/* What one side of an exercise asks for in all, `again` counted out. */
struct plumb_dose {
    double in_zone_s;
    int holds_n, reps_n, breaths_n;
};

const char *plumb_pose_name(enum plumb_pose pose);  /* as in the data files */
const char *plumb_pose_words(enum plumb_pose pose); /* for a person: "lying on your back" */
const char *plumb_side_name(enum plumb_side side);
const char *plumb_pain_name(enum plumb_pain pain);

/* 1 where gravity shows that kind of flag in the pose, by itself or with a second sensor (EVIDENCE, point 6).
 */
int plumb_pose_shows(enum plumb_pose pose, enum plumb_flag_kind kind);

static inline enum plumb_side plumb_side_other(enum plumb_side side)
{
    return side == PLUMB_LEFT ? PLUMB_RIGHT : PLUMB_LEFT;
}

enum plumb_pose plumb_exercise_pose(const struct plumb_exercise *exercise, enum plumb_side side);

/* The index of the step behind `step`: `again` steps are counted in again_n (one a step, zeroed at the
 * beginning) and lead back until they were done often enough. steps_n when the exercise is over. */
int plumb_exercise_following(
    const struct plumb_exercise *exercise, int step, int again_n[PLUMB_EXERCISE_STEPS_N]);

struct plumb_dose plumb_exercise_dose(const struct plumb_exercise *exercise);

/* Takes the upper end of every dose. */
void plumb_exercise_longest(struct plumb_exercise *exercise);

/* The order of the sides, beginning with `first` unless the exercise wants the stiffer one (known: stiffer 0
 * or 1, else -1) first and last. Returns how many. */
int plumb_exercise_sides(
    const struct plumb_exercise *exercise, enum plumb_side first, int stiffer,
    enum plumb_side sides[PLUMB_EXERCISE_SIDES_N]);

#endif
