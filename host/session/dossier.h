/* A session after the fact as one value: who, when, with what, what was found, and its rows one after the
 * other. The page, the exporters, the history and the window read this and nothing else; a stored session and
 * a bare recording both become one.
 *
 * The head is small and lies in memory; the rows are pulled, so that an hour costs no more memory than a
 * minute.
 */
#ifndef PLUMB_DOSSIER_H
#define PLUMB_DOSSIER_H

#include <stdint.h>

#include "../core/message.h"
#include "analysis.h"
#include "kept.h"

#define PLUMB_UUID_N          37 /* 36 characters and the end */
#define PLUMB_DOSSIER_WORDS_N 128

/* Empty texts and zeros where nothing is known. */
struct plumb_dossier_patient {
    char alias[PLUMB_DOSSIER_WORDS_N]; /* what the user calls the person; "me" for oneself */
    char code[64];                     /* a code of the practice's own */
    char sex;                          /* 'F', 'M', 'X' or 0 */
    int birth_year;
};

struct plumb_dossier_device {
    char serial[16]; /* "0000002A" */
    char board[48], firmware[32];
    char sensor[PLUMB_ROLES_N][32];                         /* "MPU-6050" */
    char calibration[PLUMB_ROLES_N][PLUMB_DOSSIER_WORDS_N]; /* which one was in use, in words */
};

struct plumb_dossier_hold {
    enum plumb_side side;
    struct plumb_hold hold;
    double target_s;           /* asked for; 0 where the recording does not say */
    double neutral_change_rad; /* as in struct plumb_hold_window */
};

struct plumb_dossier_mark {
    double t_s;
    const char *text; /* as in the raw CSV's marker column: "hold_begin", "note:TEXT" */
};

/* One row. marker: borrowed until the next row. */
struct plumb_dossier_row {
    struct plumb_sample sample;            /* calibrated */
    struct plumb_quat q_ws[PLUMB_ROLES_N]; /* only where sample.present says so */
    struct plumb_angles angles;
    enum plumb_zone zone;
    unsigned flags; /* bits of the flags that stand */
    const char *marker;
};

struct plumb_dossier {
    /* who, when, with what */
    int64_t id;              /* in the store; 0 for a recording */
    char uuid[PLUMB_UUID_N]; /* empty for a recording */
    struct plumb_dossier_patient patient;
    struct plumb_dossier_device device;
    int64_t begun_utc_us; /* of the first row; 0 where unknown */
    int utc_offset_s;     /* of the user's clock then */
    struct plumb_exercise exercise;
    enum plumb_side side;
    int both_sides;
    char ended[64];          /* "done", "stopped: sharp pain", "interrupted", "recovered"... */
    const char *note, *tags; /* the user's; owned; NULL where there is none */
    char recorded_by[32];    /* program and version */
    char derived_by[32];     /* the code that found what follows */
    /* what was found */
    enum plumb_found mount_from, neutral_from;
    int holds_marked;
    struct plumb_mount mount[PLUMB_ROLES_N];
    struct plumb_neutral neutral;
    struct plumb_thresholds thresholds[2]; /* in force, by side */
    struct plumb_quality quality;
    double doubt_s;    /* seconds within holds whose angles are in doubt (slip, loss, wide sd) */
    double tremor_rad; /* rms within holds; NaN where it is not known */
    struct plumb_dossier_hold *holds; /* owned */
    size_t holds_n;
    struct plumb_flag *flags; /* owned; by onset */
    size_t flags_n;
    struct plumb_dossier_mark *marks; /* owned, with their texts; in time order */
    size_t marks_n;
    /* rows */
    unsigned roles; /* bits of the roles that have columns */
    size_t rows_n;
    double first_s, last_s; /* t_s of the first and last row; the recording's own time begins anywhere */
    void *rows;             /* of the three below */
    int (*rewind)(void *rows, struct plumb_message *message);
    int (*next)(void *rows, struct plumb_dossier_row *row, struct plumb_message *message);
    void (*close)(void *rows);
    /* what was kept as it came; all NULL where nothing was (a recording) */
    void *kept; /* of the three below */
    int (*rewind_kept)(void *kept, struct plumb_message *message);
    int (*next_kept)(void *kept, struct plumb_kept *row, struct plumb_message *message); /* as next */
    void (*close_kept)(void *kept);
};

/* Goes back to the first row. 0 or negative with message. */
int plumb_dossier_rewind(struct plumb_dossier *dossier, struct plumb_message *message);

/* The next row: 1, 0 behind the last one, or negative with message. */
int plumb_dossier_next(
    struct plumb_dossier *dossier, struct plumb_dossier_row *row, struct plumb_message *message);

/* The dossier of a recording and its analysis, both borrowed until plumb_dossier_free; who and when stay
 * empty. 0, or -1 when memory is short. */
int plumb_dossier_of_analysis(
    struct plumb_dossier *dossier, const struct plumb_analysis *analysis,
    const struct plumb_analysis_params *params, const struct plumb_track *track,
    const struct plumb_mark *marks, size_t marks_n);

/* Frees what the dossier owns and closes its rows and what was kept. */
void plumb_dossier_free(struct plumb_dossier *dossier);

#endif
