/* The live engine in a thread of its own: it reads the clip whatever the window does. The window looks at a
 * copy of the moment, copies the trace, and says what the user wishes.
 */
#ifndef PLUMB_ENGINE_H
#define PLUMB_ENGINE_H

#include "../../view/trail.h"
#include "../live/live.h"

#define PLUMB_MOMENT_HOLDS_N 48
#define PLUMB_MOMENT_MARKS_N 64

enum plumb_engine_state {
    PLUMB_ENGINE_WAITING, /* nothing came yet */
    PLUMB_ENGINE_RUNNING,
    PLUMB_ENGINE_ENDED,  /* the exercise, the source or the user ended it */
    PLUMB_ENGINE_FAILED, /* see `failure` */
};

enum plumb_wish {
    PLUMB_WISH_SKIP,
    PLUMB_WISH_PAUSE, /* or go on */
    PLUMB_WISH_MARK,
    PLUMB_WISH_NEUTRAL,
    PLUMB_WISH_NEUTRAL_UNDO,
    PLUMB_WISH_SWITCH,
    PLUMB_WISH_PAIN_KNEE,
    PLUMB_WISH_PAIN_BACK,
    PLUMB_WISH_PAIN_SHARP,
    PLUMB_WISH_STOP,
    PLUMB_WISHES_N
};

struct plumb_moment_hold {
    enum plumb_side side;
    double begin_s, end_s;
    double in_zone_s, target_s, worst_rad;
    int excursions;
};

/* All that the window shows at one instant. */
struct plumb_moment {
    enum plumb_engine_state state;
    char source[160], failure[400];
    /* clip */
    int have_hello, sensors_n;
    struct plumb_hello hello;
    char calibration[200];
    char trouble[200]; /* of a sensor or the link; empty when all is well */
    char told[400];    /* the last thing the engine said */
    unsigned told_n;   /* how many so far: a new one is a new number */
    int gone, silent, sound_wanted, sound_on, record_failed;
    /* exercise */
    struct plumb_step step; /* the present one, its words with the side filled in */
    char say[PLUMB_EXERCISE_TEXT_N + 16];
    char advice[PLUMB_EXERCISE_TEXT_N];
    int step_at, steps_n; /* -1 before the first */
    int judged, over;     /* of the exercise; whether it came to its own end */
    double step_left_s;   /* of steps that take their time; NaN else */
    struct plumb_progress progress;
    enum plumb_side side;
    int sides_n, side_at, paused, resting, pose_gone, stopped, can_undo_neutral;
    /* angles */
    double begun_s, t_s; /* of the first and the last sample */
    struct plumb_angles decided;
    enum plumb_zone zone;
    unsigned flags; /* bits of the flags that stand */
    enum plumb_pose pose;
    struct plumb_thresholds thresholds;
    double moved_rad; /* while getting ready: how far gravity has moved since the step began */
    int have_mount, have_neutral;
    struct plumb_mount mount;
    struct plumb_neutral neutral;
    double breath_per_min, tremor_rad;
    /* holds */
    int holding;
    struct plumb_hold hold;
    struct plumb_moment_hold holds[PLUMB_MOMENT_HOLDS_N]; /* that are over */
    int holds_n, clean_n[2];
    /* what is counted */
    int counted_n;                        /* repetitions or breaths of the present step */
    int reps_n[2], breaths_n[2];          /* so far, by side */
    double marks_s[PLUMB_MOMENT_MARKS_N]; /* when the user marked a moment */
    int marks_n;
    double rate_hz;
    unsigned long samples_n;
    uint64_t lost_n;      /* samples that the clip took and that never arrived */
    int64_t arrived_us;   /* when the last sample did; CLOCK_MONOTONIC */
    unsigned fulfilled_n; /* wishes so far */
    int64_t session_id;   /* in the store; 0 where it is not kept */
};

struct plumb_engine; /* owned, ended with plumb_engine_free */

/* Starts. Texts of the options are copied. `changed` is called from the engine's thread after every turn that
 * brought an event beside samples, and must only wake the window. NULL when there is no memory or no thread.
 */
struct plumb_engine *
plumb_engine_new(const struct plumb_live_options *options, void (*changed)(void *context), void *context);

void plumb_engine_wish(struct plumb_engine *engine, enum plumb_wish wish);

/* A copy of the moment. */
void plumb_engine_look(struct plumb_engine *engine, struct plumb_moment *moment);

/* Copies the tilt so far, in degrees: the last minute, or the whole session thinned. */
void plumb_engine_trail(struct plumb_engine *engine, enum plumb_trail_kind kind, struct plumb_trail *trail);

/* Ends the session well and frees the engine. Waits for its thread. */
void plumb_engine_free(struct plumb_engine *engine);

#endif
