/* Self-diagnosis of one sensor from ordinary movement: do its gyroscope and accelerometer tell the same
 * story?
 *
 * What turns a sensor turns up as it sees it: d(up)/dt = up x rate. Both sides low-passed alike (0.7 Hz) and
 * compared over the 48 ways to exchange and flip three axes. An accelerometer with all axes negated cannot be
 * seen so; it needs a known pose.
 */
#ifndef PLUMB_DIAGNOSE_H
#define PLUMB_DIAGNOSE_H

#include "flat_top.h"
#include "rest.h"
#include "sample.h"

enum plumb_verdict { PLUMB_CANNOT_TELL, PLUMB_FINE, PLUMB_FAULT };

/* The gyroscope that would be right: axis i is sign[i] times axis from[i] of the one that is there. */
struct plumb_axis_map {
    int from[3], sign[3];
};

struct plumb_diagnosis {
    enum plumb_verdict axes;
    int map_known; /* 1 when only one mapping fits; then `map` */
    struct plumb_axis_map map;
    double gyro_scale_percent,
        gyro_scale_sd_percent;        /* reads so much too large; NaN where axes are not fine */
    double accel_norm_percent;        /* |a| at rest is so much more than gravity; NaN before any rest */
    int gyro_gated;                   /* the gyroscope is exactly zero at rest: by design, no fault */
    unsigned long clipped_n;          /* samples at the end of a range, flagged or seen as a flat top */
    unsigned accel_stuck, gyro_stuck; /* bit (1u << axis): the axis does not move while the others do */
};

/* Sums over all that was seen; i, j, k, l count axes; "across" is the unit matrix less up up'. */
struct plumb_diagnose_sums {
    double n;
    double change2;                  /* |d(up)/dt|^2 */
    double pull[3];                  /* d(up)/dt x up */
    double pull_rate[3][3];          /* (d(up)/dt x up)_i rate_j */
    double across[3][3];             /* across_ij */
    double across_rate[3][3][3];     /* across_ij rate_k */
    double across_rates[3][3][3][3]; /* across_ij rate_k rate_l */
};

/* One axis of one triad. */
struct plumb_diagnose_axis {
    double last;   /* the value before */
    double same_s; /* unchanged for so long, while its neighbours moved */
};

/* What time changes. Copied by assignment; begin with plumb_diagnose_init. */
struct plumb_diagnose {
    struct plumb_rest_coeff rest_coeff;
    struct plumb_rest rest;
    struct plumb_diagnose_sums sums;
    struct plumb_vec3 force_low[2], rate_low[2]; /* two low-passes in a row */
    struct plumb_vec3 up_before, rate_before;
    double t_s, step_s, settled_s;
    double rest_norm_mps2, rest_s, rest_zero_s;
    struct plumb_flat_top flat_top;
    struct plumb_diagnose_axis accel[3], gyro[3];
    unsigned accel_stuck, gyro_stuck;
    unsigned long clipped_n;
    int started;
};

void plumb_diagnose_init(struct plumb_diagnose *state);

/* One sample; bad values and times are ignored. `flags` are enum plumb_sample_flag. */
void plumb_diagnose_push(
    struct plumb_diagnose *state, double t_s, const struct plumb_imu *imu, unsigned flags);

/* What is known by now. Some tens of seconds of turning about two axes are needed for a verdict. */
void plumb_diagnose_read(const struct plumb_diagnose *state, struct plumb_diagnosis *diagnosis);

#endif
