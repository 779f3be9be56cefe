/* What a person does before a hold, watched: lie still, tilt, arch, breathe. One step at a time; the mount
 * and the neutral come out of it. Pure: the session feeds it, whoever shows it reads the progress.
 *
 *   step    | done when                                             | at_most_s: what then
 *   --------+-------------------------------------------------------+---------------------------
 *   STILL   | up within 1.5 deg of its mean for for_s               | goes on as it is
 *   TILTS   | `count` tilts were seen, then 1.5 s of quiet          | the fit says what it has
 *   ARCH    | up moved by 3 deg and came back (or stays), and quiet | the sign stays a guess
 *   NEUTRAL | for_s of quiet breathing; moving by 6 deg begins anew | never
 */
#ifndef PLUMB_PREPARE_H
#define PLUMB_PREPARE_H

#include "../host/core/body.h"
#include "../host/core/exercise.h"
#include "../host/core/units.h"

#define PLUMB_PREPARE_ROWS_N 7200 /* tilts and arch: 72 s */
#define PLUMB_PREPARE_STEP_S 0.01 /* one row each */
#define PLUMB_PREPARE_UPS_N  750  /* the last 30 s of up ... */
#define PLUMB_PREPARE_UP_S   0.04 /* ... one each */

/* From the mean: further than any breath. In neutral it is a move. */
#define PLUMB_PREPARE_MOVED_RAD (3.0 * PLUMB_RAD_PER_DEG)

enum plumb_prepare_hint {
    PLUMB_HINT_NONE,
    PLUMB_HINT_LIE_STILL,    /* still moving */
    PLUMB_HINT_TILT_FURTHER, /* the tilts are too small to see */
    PLUMB_HINT_KEEP_TILTING,
    PLUMB_HINT_STOP_MOVING, /* enough: come to rest */
    PLUMB_HINT_ARCH,
    PLUMB_HINT_BREATHE,
    PLUMB_HINT_MOVED, /* moved during neutral: begun again */
};

struct plumb_progress {
    double fraction; /* 0..1 */
    int done;
    enum plumb_prepare_hint hint;
};

struct plumb_prepare {
    enum plumb_pose pose;
    struct plumb_step step;
    double begun_s, last_row_s, last_up_s, last_fit_s;
    struct plumb_sample samples[PLUMB_PREPARE_ROWS_N];
    struct plumb_quat q_ws[PLUMB_ROLES_N][PLUMB_PREPARE_ROWS_N];
    size_t rows_n, tilts_begin, tilts_n, arch_begin, arch_n;
    struct plumb_vec3 ups[PLUMB_PREPARE_UPS_N][PLUMB_ROLES_N]; /* ring, in the sensors' frames */
    double ups_s[PLUMB_PREPARE_UPS_N];
    size_t ups_n;     /* pushed so far */
    unsigned present; /* roles seen since the step began */
    double moved_rad;
    struct plumb_vec3 start_up_s;
    struct plumb_progress progress; /* of the last look */
    /* what it has found */
    int have_mount, have_neutral;
    struct plumb_mount mount[PLUMB_ROLES_N];
    struct plumb_neutral neutral;
};

void plumb_prepare_init(struct plumb_prepare *prepare, enum plumb_pose pose);

/* Begins a step of one of the kinds above at t_s. */
void plumb_prepare_begin(struct plumb_prepare *prepare, const struct plumb_step *step, double t_s);

/* One sample with the orientation of each of its sensors. Not after the step is done. */
struct plumb_progress plumb_prepare_push(
    struct plumb_prepare *prepare, const struct plumb_sample *sample,
    const struct plumb_quat q_ws[PLUMB_ROLES_N]);

/* A sentence for the wearer. */
const char *plumb_hint_words(enum plumb_prepare_hint hint);

#endif
