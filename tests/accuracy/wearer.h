/* A simulated wearer who calibrates the mount: lies or stands still, tilts, arches; with a clip at any angle
 * and a sensor of two euros. Everything wrong about a performance is a number here, so that studies can set
 * it.
 */
#ifndef PLUMB_TESTS_WEARER_H
#define PLUMB_TESTS_WEARER_H

#include "host/core/mount.h"
#include "host/patient/rng.h"

#define WEARER_RATE_HZ     200
#define WEARER_SECONDS     60
#define WEARER_SAMPLES_MAX (WEARER_RATE_HZ * WEARER_SECONDS)

struct wearer {
    enum plumb_pose pose;
    struct plumb_quat q_sb;      /* how the clip sits: pelvis to sensor */
    struct plumb_vec3 askew_rad; /* the pelvis' lie, off the pose's ideal */
    double heading_rad;
    int tilts_n;
    double tilt_hz, tilt_pp_rad;
    double tilt_sense;                /* 1: the first goes anterior; -1: posterior */
    double roll_share;                /* 1: the "tilts" are rolls about the long axis */
    double cross_in[2], cross_out[2]; /* in phase and a quarter period off, about x and y */
    double arch_rad;                  /* anterior; 0: none */
    double arch_roll_share;           /* 1: the "arch" is a roll */
    double arch_cross[2];             /* about x and y, in phase */
    double arch_rebound;              /* share by which the return overshoots backward */
    double arch_before;               /* share by which the other way comes first */
    double breath_pp_rad, breath_hz, wobble_rad, wobble_hz, walk_mps2;
    double arch_late_s; /* the arch window begins this much later than it should */
    double settle_rad;  /* turns that far onto a side while the tilts should be */
    struct plumb_vec3 wobble_axis_s;
    /* the sensor: reading = matrix * truth + offset + noise */
    double gyro_matrix[3][3], accel_matrix[3][3];
    struct plumb_vec3 gyro_offset_radps, accel_offset_mps2;
    double gyro_noise_radps, accel_noise_mps2; /* per sample */
};

/* What it leaves behind. */
struct wearer_run {
    struct plumb_sample samples[WEARER_SAMPLES_MAX];
    struct plumb_quat q_ws_true[WEARER_SAMPLES_MAX], q_ws[WEARER_SAMPLES_MAX];
    double t_s[WEARER_SAMPLES_MAX];
    size_t n, tilts_begin, tilts_end, arch_begin, arch_end;
};

/* Any clip orientation, a good performance as issue-sized figures describe it, MPU-6050 errors. */
struct wearer wearer_of(struct plumb_rng *rng);

/* Everything that is not the performance set to nothing: an exact sensor, no breathing, no cross-talk. */
struct wearer wearer_ideal(enum plumb_pose pose, struct plumb_quat q_sb);

/* Runs it and estimates its orientation; `rng` gives the noise. */
void wearer_play(struct wearer_run *run, const struct wearer *wearer, struct plumb_rng *rng);

struct plumb_window wearer_tilts(const struct wearer_run *run);
struct plumb_window wearer_arch(const struct wearer_run *run);

/* A rotation drawn evenly from all. */
struct plumb_quat wearer_any_rotation(struct plumb_rng *rng);

#endif
