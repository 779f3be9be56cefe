/* One exercise, live: the source on one side, the session in the middle, recorder, dashboard and JSON on the
 * other. */
#ifndef PLUMB_LIVE_H
#define PLUMB_LIVE_H

#include "../../io/save_raw.h"
#include "../../io/sound_process.h"
#include "../../io/source.h"
#include "../../session/session.h"
#include "clip_calib.h"
#include "dashboard.h"
#include "keys.h"

struct plumb_live_options {
    const char *source, *exercise, *patient, *record, *calib, *limits;
    int side, both_sides, stiffer; /* stiffer: enum plumb_side, -1 where not known */
    int longest;                   /* the upper end of every dose */
    int jsonl, no_record;
    int sound; /* enum plumb_voice_mode; -1: full when a person is at the terminal */
    const char *words, *sound_file;
    double volume; /* 0..1 */
    double jsonl_hz, wait_s, max_loss_percent;
};

/* What is used where nobody asked otherwise. */
struct plumb_live_options plumb_live_options_usual(void);

struct plumb_live {
    struct plumb_live_options options;
    struct plumb_exercise exercise;
    struct plumb_thresholds limits[2]; /* by side */
    struct plumb_session session;      /* big: allocate the whole on the heap */
    struct plumb_source *source;
    struct plumb_clip_calib calib;                /* which calibration is in use */
    void (*cut)(struct plumb_exercise *exercise); /* shortens the exercise before it begins, or NULL */
    char patient[160];                            /* as a note for the first row */
    int record_fail;                 /* the recording broke off: said once, the session went on */
    struct plumb_save_raw *recorder; /* opened with the first sample, whose sensors are its columns */
    struct plumb_dashboard dashboard;
    struct plumb_words words;
    struct plumb_voice voice;
    struct plumb_sound_process sound;
    struct plumb_keys keys;
    char recording[4200]; /* its path */
    int64_t now_us, begun_us, asked_us, gone_us, told_us, done_us;
    int gone, over;
    unsigned long flags_n;
    double first_hold_s; /* from power-on; 0 before */
};

/* Exercise, limits, sound, session, source, the recording's name. 0, or a negative enum plumb_fail with
 * message; what was opened is closed by plumb_live_run, which calls this. */
int plumb_live_open(struct plumb_live *live, struct plumb_message *message);

/* Runs until the exercise, the source or the person ends it. 0, or a negative enum plumb_fail with message.
 */
int plumb_live_run(struct plumb_live *live, struct plumb_message *message);

/* The summary on stdout. */
void plumb_live_tell(const struct plumb_live *live);

#endif
