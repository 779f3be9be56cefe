/* plumb calibrate: what its four kinds share. */
#ifndef PLUMB_CALIBRATE_H
#define PLUMB_CALIBRATE_H

#include "../../../calib/guide.h"
#include "../../core/gyro_fit.h"
#include "../../io/find_data.h"
#include "../../io/load_calib.h"
#include "../../io/source.h"
#include "../../session/session.h"
#include "../live/clip_calib.h"

struct plumb_calibrate_options {
    const char *source, *out, *device, *picture, *calib, *exercise;
    int side, json, no_clip;
    enum plumb_role sensor;
    double still_s, wait_s; /* on the table first; how long to wait for the clip */
};

/* What a run brings together. Big: on the heap. */
struct plumb_calibrate {
    struct plumb_calibrate_options options;
    struct plumb_source *source;
    struct plumb_session session;   /* bytes to samples; without an exercise */
    struct plumb_clip_calib in_use; /* check only: what live would use */
    struct plumb_track track;       /* owned: every sample as the sensor gave it */
    size_t room;
    struct plumb_guide guide; /* its blocks are owned too */
    int imu;                  /* index on the clip */
    int is_recording, terminal, over, gone, table_over, poses_told, acked, ack_result;
    int64_t now_us, begun_us, asked_us, gone_us;
    struct plumb_calib_reply reply; /* what the clip said last that it keeps */
    double progress_s;              /* when the line on the terminal was written last */
    /* what comes of it */
    char device[PLUMB_CALIB_TEXT_N]; /* the clip's serial number; "" where nobody knows */
    struct plumb_gyro_fit gyro;
    int want_accel, want_gyro, have_accel, have_gyro, have_grade;
    char grade[240];
    struct plumb_calib_file before, after;
    char path[PLUMB_PATH_N], kept[PLUMB_PATH_N];
};

/* ---- calibrate_collect.c: from the source to samples and poses */

/* Opens the source and takes samples until the poses are complete (or, where `for_s` > 0, for so long), the
 * recording is over or the person ends it. 0, or a negative enum plumb_fail with message. */
int plumb_calibrate_collect(struct plumb_calibrate *run, double for_s, struct plumb_message *message);

/* Gives a clip that has no serial number one, so that its calibration can be found again. 0 or negative. */
int plumb_calibrate_name_clip(struct plumb_calibrate *run, struct plumb_message *message);

/* Writes the calibration into the clip's memory. 0 or negative. */
int plumb_calibrate_to_clip(struct plumb_calibrate *run, struct plumb_message *message);

void plumb_calibrate_close(struct plumb_calibrate *run);

/* ---- calibrate_guide.c: what the person hears and sees meanwhile */

void plumb_calibrate_begin_words(const struct plumb_calibrate *run);
void plumb_calibrate_guide_event(struct plumb_calibrate *run, enum plumb_guide_event event);
void plumb_calibrate_progress(struct plumb_calibrate *run);
void plumb_calibrate_draw(const struct plumb_calibrate *run);

/* ---- calibrate_fit.c: fits, and where they are kept */

/* Fits what is wanted. 0, or PLUMB_FAILED with a sentence that says what to do. */
int plumb_calibrate_fit(struct plumb_calibrate *run, struct plumb_message *message);

/* Keeps it: in the file asked for, or under the clip's serial number. 0 or negative. */
int plumb_calibrate_store(struct plumb_calibrate *run, struct plumb_message *message);

/* ---- calibrate_tell.c: the result, on standard output */

/* refused: the sentence why nothing was kept, or NULL. */
void plumb_calibrate_tell(const struct plumb_calibrate *run, const char *refused);

/* ---- calibrate_check.c, calibrate_mount.c: 0 or negative, with message */

int plumb_calibrate_check(struct plumb_calibrate *run, struct plumb_message *message);
int plumb_calibrate_mount(struct plumb_calibrate *run, struct plumb_message *message);

#endif
