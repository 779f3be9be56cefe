/* One exercise, live: the source on one side, the session in the middle, recorder, sound and cues to the clip
 * on the other. The engine behind `plumb live` and the window: it neither prints nor draws, but tells its
 * hooks.
 *
 *   plumb_live_open -> plumb_live_turn, again and again, until plumb_live_ended -> plumb_live_close
 *
 * One thread: the one that calls plumb_live_turn also calls the commands below and is called by the hooks.
 */
#ifndef PLUMB_LIVE_H
#define PLUMB_LIVE_H

#include "../../io/sound_process.h"
#include "../../io/source.h"
#include "../../session/session.h"
#include "clip_calib.h"
#include "past.h"
#include "recorder.h"

struct plumb_live_options {
    const char *source, *exercise, *patient, *calib, *limits;
    const char *record;            /* a raw CSV beside the store, NULL: none */
    const char *program;           /* who records, with its version */
    int side, both_sides, stiffer; /* stiffer: enum plumb_side, -1 where not known */
    int longest;                   /* the upper end of every dose */
    int no_record;                 /* neither in the store nor in a raw CSV */
    int sound;                     /* enum plumb_voice_mode */
    const char *words, *sound_file;
    double volume; /* 0..1 */
    double wait_s; /* how long to wait for the clip, at the beginning and when it is gone */
};

/* What is used where nobody asked otherwise. */
struct plumb_live_options plumb_live_options_usual(void);

struct plumb_live;

/* What the engine is told by, and tells. Any may be NULL. */
struct plumb_live_hooks {
    void *context;
    /* every event of the session, after recorder and sound have had it */
    void (*event)(void *context, struct plumb_live *live, const struct plumb_event *event);
    /* a sentence for a person: the clip was unplugged, the disk is full */
    void (*say)(void *context, struct plumb_live *live, const char *text);
    /* which calibration is in use, where that changed */
    void (*calibrated)(void *context, struct plumb_live *live, const char *words);
};

struct plumb_live {
    struct plumb_live_options options;
    struct plumb_live_hooks hooks;
    struct plumb_exercise exercise;
    struct plumb_thresholds limits[2]; /* by side */
    struct plumb_past past;            /* what earlier sessions allow and ask for; nothing with no_record */
    struct plumb_session session;      /* big: allocate the whole on the heap */
    struct plumb_source *source;
    struct plumb_clip_calib calib;                /* which calibration is in use */
    void (*cut)(struct plumb_exercise *exercise); /* shortens the exercise before it begins, or NULL */
    char patient[160];                            /* as a note for the first row */
    struct plumb_recorder recorder;
    char exercise_path[PLUMB_PATH_N];
    struct plumb_words words;
    struct plumb_exercise as_written; /* before it was translated: what the store keeps */
    struct plumb_voice voice;
    struct plumb_sound_process sound; /* pid 0: no sound */
    int64_t now_us, begun_us, asked_us, gone_us, done_us;
    int gone, over, source_over; /* source_over: it was the source that ended it */
    unsigned long flags_n;
    double first_hold_s; /* from power-on; 0 before */
};

/* Exercise, limits, sound, session, source, where it is kept. 0, or a negative enum plumb_fail with
 * message; plumb_live_close closes what was opened either way. */
int plumb_live_open(struct plumb_live *live, struct plumb_message *message);

/* Waits for what the source brings (a twentieth of a second at most) and passes it on. 0, or a negative enum
 * plumb_fail with message: the session is over. */
int plumb_live_turn(struct plumb_live *live, struct plumb_message *message);

/* 1 when the exercise, the source or plumb_live_stop has ended it. */
int plumb_live_ended(const struct plumb_live *live);

/* Ends the session well: holds and flags that stand, recording, sound, source. `fail` is what ended it, 0
 * where all is well. Returns that, or what failed in closing, with message. */
int plumb_live_close(struct plumb_live *live, int fail, struct plumb_message *message);

/* ---- commands; the session's own (skip, pain, mark) may be called directly */

/* The user ends it. */
void plumb_live_stop(struct plumb_live *live);

#endif
