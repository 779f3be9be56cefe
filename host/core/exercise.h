/* An exercise as data: what is asked, in which pose, what is judged, step by step. Read from host/exercises.
 */
#ifndef PLUMB_EXERCISE_H
#define PLUMB_EXERCISE_H

#include "flag.h"
#include "mount.h"

#define PLUMB_EXERCISE_TEXT_N  256
#define PLUMB_EXERCISE_STEPS_N 32

enum plumb_side { PLUMB_LEFT, PLUMB_RIGHT };

/* What a step waits for. */
enum plumb_step_kind {
    PLUMB_STEP_SAY,     /* for_s to pass */
    PLUMB_STEP_STILL,   /* the wearer lies in the pose, still for for_s */
    PLUMB_STEP_TILTS,   /* `count` slow pelvic tilts */
    PLUMB_STEP_ARCH,    /* one arch of the back */
    PLUMB_STEP_NEUTRAL, /* for_s of quiet breathing: neutral is captured */
    PLUMB_STEP_MOVE,    /* for_s to get into the stretch: never judged */
    PLUMB_STEP_HOLD,    /* in_zone_s seconds in the zone, judged */
    PLUMB_STEP_AGAIN,   /* goes back to step `back_to` until it was done `count` times */
    PLUMB_STEPS_KINDS_N
};

struct plumb_step {
    enum plumb_step_kind kind;
    char
        say[PLUMB_EXERCISE_TEXT_N]; /* what to do now, in words for the wearer; LEG is replaced by the side */
    double for_s;
    double in_zone_s;
    double at_most_s; /* goes on after this long even so; 0 = waits */
    int count, back_to;
};

struct plumb_exercise {
    char id[48], name[96], summary[PLUMB_EXERCISE_TEXT_N];
    int judged; /* 0: a companion exercise, counted and never judged */
    enum plumb_pose pose;
    unsigned judges; /* bits (1u << enum plumb_flag_kind) */
    struct plumb_thresholds thresholds;
    struct plumb_step steps[PLUMB_EXERCISE_STEPS_N];
    int steps_n;
};

const char *plumb_pose_name(enum plumb_pose pose);  /* as in the data files */
const char *plumb_pose_words(enum plumb_pose pose); /* for a person: "lying on your back" */
const char *plumb_side_name(enum plumb_side side);

#endif
