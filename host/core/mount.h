/* Sensor-to-segment alignment: how the clip sits on the pelvis, found from what the wearer does.
 *
 * The functional method: slow pelvic tilts give the mediolateral axis (principal axis of the bias-free
 * angular rate), the pose gives what is horizontal, one arch of the back gives the sign. EVIDENCE points 6
 * and 8.
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
};

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

/* The samples of one window, as the fits want them: calibrated, with the orientation of each already
 * estimated. */
struct plumb_window {
    const struct plumb_sample *samples;
    const struct plumb_quat *q_ws; /* one per sample */
    size_t n;
};

/* From the tilts and the arch (arch.n may be 0: the sign is then a guess by the sense of the first tilt, and
 * the doubt says so). Never fails: what is not known shows in quality and doubts. `role` says which sensor.
 */
void plumb_mount_fit(
    struct plumb_mount *mount, enum plumb_role role, enum plumb_pose pose, struct plumb_window tilts,
    struct plumb_window arch);

/* For a recording without any tilts: assumes a clip worn as the manual shows (sensor x cranial, z out of the
 * body). */
void plumb_mount_assume(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s);

/* Completes q_sb from ml_axis_s and up in the sensor's frame at the neutral pose. */
void plumb_mount_orient(struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s);

/* The pose that gravity shows, and how far (rad) from its ideal. */
enum plumb_pose plumb_pose_of(struct plumb_vec3 up_b, double *off_rad);

#endif
