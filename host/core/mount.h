/* Sensor-to-segment alignment: how the clip sits on the pelvis, found from what the wearer does.
 *
 * The functional method: slow pelvic tilts give the mediolateral axis (principal axis of the turning, 0.05
 * to 1.5 Hz, so that drift, gyroscope offset, tremor and a wobbling clip do not matter), the pose says what
 * is horizontal, one arch of the back gives the sign and a second opinion of the axis. EVIDENCE points 6
 * and 8.
 *
 * What physics allows, pose by pose:
 * - Supine, prone: the axis is horizontal, so its part out of the horizontal is mended by what is known of
 * people on soft tables. A roll about the long axis is horizontal too: by itself it looks like a tilt. The
 * arch tells, for it must turn about the same axis (else MIXED); someone who rolls instead of both is not
 * found out. Without an arch a mount is never good.
 * - Upright: the same, but a roll about the long axis is a turn about the vertical: NOT_LEVEL.
 * - Lying on a side: the axis is vertical and gravity gives its sign; tilts show in the gyroscope only. Where
 * the front is remains unknown to any movement about one axis: for that last freedom q_sb takes the clip as
 * worn the way the manual shows (the tilt does not depend on it).
 *
 * What is never good, and its doubt: a single tilt (TOO_FEW); breathing only (TOO_LITTLE); tilts about
 * different axes (UNREPEATED, MIXED); tilting and arching about different axes (MIXED); walking, getting into
 * the pose, starting too soon (MOVING); no arch or an unclear one (SIGN); an axis at the end of its range
 * (CLIPPED); samples missing (GAPS).
 */
#ifndef PLUMB_MOUNT_H
#define PLUMB_MOUNT_H

#include <stddef.h>

#include "quat.h"
#include "sample.h"

enum plumb_pose {
    PLUMB_SUPINE,
    PLUMB_PRONE,
    PLUMB_UPRIGHT,
    PLUMB_LYING_LEFT,
    PLUMB_LYING_RIGHT,
    PLUMB_POSES_N
};

enum plumb_mount_method { PLUMB_MOUNT_ASSUMED, PLUMB_MOUNT_FUNCTIONAL };
enum plumb_mount_quality { PLUMB_MOUNT_APPROXIMATE, PLUMB_MOUNT_GOOD };

/* Why a mount is only approximate; 0 where it is good. Bits. */
enum plumb_mount_doubt {
    PLUMB_DOUBT_TOO_LITTLE = 1u << 0, /* hardly any turning: tilt further */
    PLUMB_DOUBT_TOO_FEW = 1u << 1,    /* fewer than three tilts */
    PLUMB_DOUBT_MIXED = 1u << 2,      /* the turning was not about one axis */
    PLUMB_DOUBT_NOT_LEVEL = 1u << 3,  /* the axis was not across the body: a turn instead of a tilt? */
    PLUMB_DOUBT_UNREPEATED = 1u << 4, /* the tilts disagree with each other */
    PLUMB_DOUBT_SIGN = 1u << 5,       /* no arch seen: forward and backward may be exchanged */
    PLUMB_DOUBT_MOVING = 1u << 6,     /* the wearer was on the move (walking, getting into the pose) */
    PLUMB_DOUBT_CLIPPED = 1u << 7,    /* the sensor was at the end of its range */
    PLUMB_DOUBT_GAPS = 1u << 8,       /* samples are missing in the window */
};
#define PLUMB_DOUBTS_N 9

struct plumb_mount {
    enum plumb_mount_method method;
    enum plumb_mount_quality quality;
    unsigned doubts;             /* enum plumb_mount_doubt */
    struct plumb_vec3 ml_axis_s; /* unit: the pelvis' z axis (right) in the sensor's frame */
    double explained;            /* 0..1: share of the turning that was about ml_axis_s */
    double off_level_rad;        /* angle between the raw axis and the horizontal of the pose */
    double repeat_rad;           /* spread of the axis between the single tilts */
    double axis_sd_rad;          /* one standard deviation of ml_axis_s' direction, as the fit knows it */
    int tilts_n;                 /* tilts counted */
    struct plumb_quat q_sb;      /* takes a vector of the pelvis' frame to the sensor's */
};

/* How askew a pelvis lies or stands, one standard deviation (2 deg): pillow, soft table. A judgement. */
#define PLUMB_MOUNT_LEVEL_SD_RAD 0.035

/* The samples of one window, as the fits want them: calibrated, with the orientation of each already
 * estimated. */
struct plumb_window {
    const struct plumb_sample *samples;
    const struct plumb_quat *q_ws; /* one per sample */
    size_t n;
};

/* From the tilts and the arch (arch.n may be 0: the sign is then a guess by the sense of the first tilt,
 * taken for an anterior one, and the doubt says so). Both windows may hold some stillness before and after;
 * the tilts' should. Never fails: what is not known shows in quality and doubts, and with hardly any turning
 * the mount is the assumed one. `role` says which sensor: on the trunk or the thigh, which hardly turn, a
 * doubtful fit gives way to the assumed mount.
 *
 * Pure and without memory of its own: some passes over the windows. */
void plumb_mount_fit(
    struct plumb_mount *mount, enum plumb_role role, enum plumb_pose pose, struct plumb_window tilts,
    struct plumb_window arch);

/* For a recording without any tilts: assumes a clip worn as the manual shows (sensor x cranial, z out of the
 * body). up_s: up in the sensor's frame. Lying, gravity says whether that is the front or the back; upright
 * it is taken for the front, on a side for the upper side. */
void plumb_mount_assume(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s);

/* The same for a sensor that is not on the pelvis: the lumbar one sits behind, the others in front. */
void plumb_mount_assume_role(
    struct plumb_mount *mount, enum plumb_role role, enum plumb_pose pose, struct plumb_vec3 up_s);

/* Completes q_sb from ml_axis_s and up in the sensor's frame at the neutral pose. ml_axis_s stays as it is,
 * so this may be called for each new neutral. Supine, prone and upright the pelvis' z is made level: the
 * angle that is missing to 90 degrees is shared between the axis and the pelvis by their variances
 * (axis_sd_rad against PLUMB_MOUNT_LEVEL_SD_RAD of a pelvis lying askew), the smallest rotation each way. */
void plumb_mount_orient(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s);

/* The pose that gravity shows, and how far (rad) from its ideal. off_rad may be NULL. */
enum plumb_pose plumb_pose_of(struct plumb_vec3 up_b, double *off_rad);

/* 1 where the wearer seems to be in another pose than `wanted`: *seen. up_s: up in the sensor's frame at
 * neutral.
 *
 * The movements show the axis across the body and, by the arch, which end of it is right; how the clip is
 * turned about that axis they do not, and without it on the back, on the front and upright look the same. So
 * this speaks only where the mount is good, its axis within 25 deg of where a clip in front has it that is
 * worn as the manual shows (then the clip's own directions count), and up within 25 deg of what one of the
 * other poses has. A clip put on upside down is told from the wrong pose by nobody: say "if". */
int plumb_pose_contradicts(
    const struct plumb_mount *mount, enum plumb_pose wanted, struct plumb_vec3 up_s, enum plumb_pose *seen);

/* Where a recording shows a calibration; [begin, end) each. */
struct plumb_mount_found {
    size_t tilts_begin, tilts_end;
    size_t arch_begin, arch_end;
};

/* For a recording without markers: the first stretch within five minutes that can only be meant as a
 * calibration: stillness, three to six swings there and back of 0.1 to 0.5 Hz about one axis that fits the
 * pose, then an arch about the same axis within 20 s. Rather none than a wrong one. t_s and q_ws: n each, one
 * per sample. Returns 1 when both were found, else 0 and all zeros. The ranges are meant for plumb_mount_fit,
 * which has the last word. */
int plumb_mount_search(
    struct plumb_mount_found *found, enum plumb_pose pose, const double *t_s, const struct plumb_quat *q_ws,
    size_t n);

#endif
