/* An accelerometer's nine errors from still poses: whatever way up it is held, gravity is 9.80665 m/s2.
 *
 *   | matrix (reading - bias) | = gravity, for every pose; matrix symmetric
 *
 * The length alone cannot know a rotation of the sensor in its case, so of all matrices that fit, the
 * symmetric one is taken: it turns the readings least, and the axes stay those printed on the board. (What
 * rotation there is, the mount takes up each time the clip is worn.) Gauss-Newton on the length, each pose by
 * how still it was; poses that contradict the others count less, near-duplicates share one vote. What data
 * sheets promise stands in for what the poses do not show, and the covariance says so.
 */
#ifndef PLUMB_ACCEL_FIT_H
#define PLUMB_ACCEL_FIT_H

#include "calib.h"
#include "least_squares.h"
#include "still.h"

#define PLUMB_ACCEL_POSES_N  256 /* most poses of one fit */
#define PLUMB_ACCEL_LEAST_N  6   /* distinct poses below which nothing is fitted */
#define PLUMB_ACCEL_UNKNOWNS 12  /* bias 3, matrix xx yy zz xy xz yz, drift of the bias with warmth 3 */

enum plumb_accel_refusal {
    PLUMB_ACCEL_FITTED,
    PLUMB_ACCEL_TOO_FEW,   /* distinct poses */
    PLUMB_ACCEL_ONE_SIDED, /* they leave bias or scale of an axis open */
    PLUMB_ACCEL_CLIPPED,   /* an axis stands at the end of its range while still */
    PLUMB_ACCEL_NO_SENSE,  /* no nine numbers make their lengths alike */
};

struct plumb_accel_pose {
    double residual_mps2; /* length after the fit less gravity */
    double weight;        /* 0..1: how much the pose counted */
    double unseen_mps2;   /* its residual for a fit without it; NaN where that fit would be open */
};

struct plumb_accel_fit {
    enum plumb_accel_refusal refusal;
    struct plumb_vec3 bias_mps2; /* at temp_c */
    double matrix[9];
    struct plumb_vec3 drift_mps2_per_c; /* of the bias, as far as the poses tell */
    double temp_c, temp_range_c;        /* mean over the poses; NaN without a thermometer */
    size_t poses_n;
    double distinct_n; /* near-duplicates counted once */
    struct plumb_accel_pose poses[PLUMB_ACCEL_POSES_N];
    double before_mps2;   /* rms of |reading| less gravity */
    double residual_mps2; /* rms after the fit */
    double check_mps2;    /* rms of the unseen residuals: the measured check; NaN below ten poses */
    struct plumb_vec3 bias_sd_mps2;
    double direction_sd_rad;  /* what the fit leaves of error in a direction, mean over all directions */
    double condition;         /* smallest eigenvalue of the poses' information over the largest */
    int weak_axis;            /* 0..2: the axis of which least is known */
    struct plumb_least least; /* at the solution, with what was believed */
    double parameters[PLUMB_ACCEL_UNKNOWNS];
};

/* Fits. 0, or -1 where it refuses: then fit->refusal says why, and bias and matrix are those of a perfect
 * sensor. poses_n beyond PLUMB_ACCEL_POSES_N are left out. */
int plumb_accel_fit(struct plumb_accel_fit *fit, const struct plumb_still *stills, size_t n);

/* What direction_sd_rad would be with one more pose whose up is that unit vector; any fit with at least one
 * pose, refused ones too. */
double plumb_accel_sd_with(const struct plumb_accel_fit *fit, struct plumb_vec3 up_s);

#endif
