/* An exercise played in-process: a virtual patient does what the session asks, at the moment it asks. */
#ifndef PLUMB_TESTS_REHEARSAL_H
#define PLUMB_TESTS_REHEARSAL_H

#include "host/core/mark.h"
#include "host/core/track.h"
#include "host/patient/patient.h"
#include "host/session/session.h"
#include "host/session/voice.h"

#define REHEARSAL_MARKS_N 256

enum manner {
    MANNER_PERFECT,    /* does everything as asked */
    MANNER_MOTIONLESS, /* lies there */
    MANNER_SLOPPY,     /* lapses in every hold, swings while getting into it, lowers too fast */
};

struct rehearsal {
    struct plumb_session session;
    struct plumb_patient patient;
    enum manner manner;
    int done, flags_n, anterior_n, holds_n, reps_n, breaths_n, sides_n, pose_gone_n, advice_n, stopped_n;
    int flags_outside_n; /* raised while no hold was on */
    int clean_holds_n;   /* without an excursion */
    int inferred_n, arch_measured_n;
    double length_s, elapsed_s; /* of the whole; of the holds */
    /* what was heard; set voice before rehearse_on */
    struct plumb_voice *voice; /* borrowed; NULL: nobody listens */
    char said[16384];          /* every sentence, one a line */
    int signs_n, tones_n;      /* tones begun */
    int tones_outside_n;       /* while no hold was judged */
    double turned_s[8];        /* when each side began, and which */
    enum plumb_side turned[8];
    /* the recording, as live would have written it */
    struct plumb_track track; /* owned by the rehearsal; rehearsal_free */
    size_t room;
    struct plumb_mark marks[REHEARSAL_MARKS_N];
    size_t marks_n;
};

void rehearsal_free(struct rehearsal *rehearsal);

/* What a caller may do at every sample (press keys). */
typedef void rehearsal_hook(struct rehearsal *rehearsal, double t_s);

/* Plays it to its end, at most most_s. both: both sides. `rehearsal` is big: on the heap. */
void rehearse(
    struct rehearsal *rehearsal, const struct plumb_exercise *exercise, enum manner manner, int both,
    double most_s, rehearsal_hook *hook);

/* The same with someone listening. */
void rehearse_aloud(
    struct rehearsal *rehearsal, const struct plumb_exercise *exercise, enum manner manner, int both,
    struct plumb_voice *voice);

#endif
