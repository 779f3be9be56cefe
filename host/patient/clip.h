/* The clip without its board: what the sensors' low-pass, counts and clipping make of a patient's motion.
 *
 * A short cut for studies that fly hundreds of sessions; whole runs go through the real firmware.
 */
#ifndef PLUMB_CLIP_H
#define PLUMB_CLIP_H

#include "patient.h"

#define PLUMB_CLIP_STEP_S 0.001 /* motion is looked at 1000 times a second, as the chip does */

struct plumb_clip_params {
    int step_n;              /* milliseconds from sample to sample: 10, 5, 2 for 100, 200, 500 Hz */
    double accel_range_mps2; /* 32768 counts */
    double gyro_range_radps; /* 32768 counts */
    double low_pass_hz;      /* -3 dB */
};

struct plumb_clip {
    struct plumb_clip_params params;
    struct plumb_imu_error error[2];
    struct plumb_imu once[2], twice[2]; /* the low-pass: two equal poles */
    struct plumb_imu ready[2];          /* what the registers show: one step old, as the chip's pipeline is */
    double keep;                        /* of each pole, per step */
    long steps;                         /* done so far */
};

/* 200 Hz, 4 g, 500 dps, 96 Hz: what the firmware sets. */
void plumb_clip_params_default(struct plumb_clip_params *params);

void plumb_clip_init(
    struct plumb_clip *clip, const struct plumb_clip_params *params, const struct plumb_patient *patient);

/* The next sample of the patient the clip was begun with, in SI units, quantised; t_s from the first sample
 * at one interval on, by a clock that runs true. */
void plumb_clip_next(
    struct plumb_clip *clip, const struct plumb_patient *patient, struct plumb_sample *sample);

#endif
