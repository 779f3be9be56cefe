/* The live orientation estimator: specific force and angular rate in, q_ws with its uncertainty out.
 *
 * Six axes only: heading is free and means nothing. No allocation; the state is copied by assignment.
 */
#ifndef PLUMB_ORIENT_H
#define PLUMB_ORIENT_H

#include "flat_top.h"
#include "quat.h"
#include "rest.h"
#include "sample.h"

/* What a person may tune, independent of the sample rate; every default has its source in orient.c. "rthz":
 * a noise density, per root hertz; "rts": a random walk, per root second. */
struct plumb_orient_params {
    double gyro_noise_radps_rthz; /* angular rate noise, with what the sampling leaves out */
    double gyro_offset_sd_radps;  /* zero-rate offset, before anything is known */
    double gyro_offset_walk_rts;  /* its wander, rad/s per root second */
    double gyro_matrix_sd;        /* scale and misalignment, before anything is known */
    double gyro_matrix_walk_rts;  /* their wander */
    double silent_radps_rthz;     /* rotation that readings of exactly zero may hide */
    double lead_samples; /* q_ws is carried on by so many sample periods: a reading is the mean ... */
    double lead_most_s;  /* ... of the period that it ends; but by no more than this */
    double accel_noise_mps2_rthz; /* specific force noise */
    double accel_error_mps2;      /* its offset; shows in the uncertainty only */
    double jolt_share;           /* of the square of its change from reading to reading: noise between them */
    double reach_floor_m;        /* "the wearer goes nowhere": distance from its place always granted */
    double reach_most_m;         /* and the most that is ever granted */
    double reach_start_m;        /* and what is granted at first */
    double reach_look_s;         /* a place counts as one independent look at it in so long */
    double reach_memory_s;       /* over how long the reach of the movement is judged */
    double place_walk_m_rts;     /* how fast the place itself may wander */
    double place_walk_share_rts; /* and in proportion to the reach */
    double travel_m;             /* beyond such a reach the wearer is travelling: per metre more ... */
    double travel_accel_rthz;    /* ... unseen acceleration, m/s2 per root hertz */
    double travel_tilt_rad_m;    /* ... error of tilt; shows in the uncertainty only */
    double speed_mps;            /* speed that is granted at all times */
    double speed_look_s;         /* as reach_look_s */
    double rest_speed_mps;       /* speed granted at rest */
    double rest_look_s;          /* as reach_look_s */
    double table_rate_radps_rthz; /* rotation granted at rest on a table, as a density */
    double body_rate_radps_rthz;  /* and at rest on a body, that sways and creeps */
    double start_speed_mps;       /* speed at the first sample */
    double align_s;               /* the start: up is the mean force of so long */
    double timing_s; /* unknown delay of the sensor's own filter; shows in the uncertainty only */
    struct plumb_rest_params rest;
};

/* Tilt 2 (x, y of the world), velocity 2, position 2, gyroscope offset 3, gyroscope matrix 9. */
#define PLUMB_ORIENT_N 18

/* Derived once. */
struct plumb_orient_coeff {
    struct plumb_orient_params params;
    struct plumb_rest_coeff rest;
    double stride_s; /* time between two updates of the covariance */
};

/* What time changes. */
struct plumb_orient {
    struct plumb_quat q_ws; /* at the time that the readings are of */
    double velocity_w_mps[3];
    double position_w_m[3];
    struct plumb_vec3 offset_s_radps; /* zero-rate offset of the gyroscope */
    double matrix[9];                 /* row-major: true rate = gyro - offset - matrix gyro */
    double covariance[PLUMB_ORIENT_N][PLUMB_ORIENT_N];
    double reach_m2;                    /* mean square distance from the place, as judged lately */
    double matrix_sd2;                  /* what is believed of the matrix, before it is learnt */
    struct plumb_vec3 force_low_w_mps2; /* over seconds: must point up, or the attitude is wrong altogether */
    double travel_sd_rad;               /* what travelling adds to the uncertainty of tilt now */
    double heading_sd_rad;              /* how far the free heading may have drifted */
    double lead_s;                      /* by which q_ws is carried on */
    double timing_s, level_sd_rad;      /* what only shows in the uncertainty */
    struct plumb_rest rest;
    /* What gathers between two updates. */
    double rows_w_s[2][3];        /* integral of the first two rows of R_ws */
    double rows_gyro_w_rad[2][9]; /* the same, times the angular rate */
    double force_w_mps[3];        /* integral of the specific force */
    double gathered_s;
    double extra_tilt_rad2, extra_speed_m2ps2; /* from gaps, clipping, vibration */
    /* The sample before. */
    double t_s, period_s;
    struct plumb_vec3 rate_s_radps, rate_w_radps; /* corrected */
    struct plumb_flat_top flat_top;
    double clipped_s; /* a clipped stretch has lasted so long */
    /* The start: the sum of the force since then. */
    int aligned;
    double aligning_s;
    struct plumb_vec3 align_force_w_mps;
    /* What came and what was refused. */
    unsigned refused_in_row;
    unsigned long samples_n, times_refused_n, values_refused_n, gaps_n, restarts_n;
};

void plumb_orient_params_default(struct plumb_orient_params *params);

void plumb_orient_coeff_init(struct plumb_orient_coeff *coeff, const struct plumb_orient_params *params);

void plumb_orient_init(struct plumb_orient *state, const struct plumb_orient_coeff *coeff);

/* One sample of one sensor. t_s strictly increasing (another is counted and ignored, unless 20 in a row say
 * that the clock was set back); a gap is bridged and shows in the uncertainty; values that are not finite or
 * beyond any sensor are counted and bridged. `flags` are enum plumb_sample_flag. */
void plumb_orient_push(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags);

/* Takes a vector in the sensor's frame to the world's, z up. */
struct plumb_quat plumb_orient_q_ws(const struct plumb_orient *state);

/* Standard deviation (rad) of a rotation about the given unit vector in the world's frame; only its
 * horizontal part is known to gravity. */
double plumb_orient_sd_rad(const struct plumb_orient *state, struct plumb_vec3 axis_w);

/* 1 while the sensor is still enough for gravity to be read at once. */
int plumb_orient_at_rest(const struct plumb_orient *state);

#endif
