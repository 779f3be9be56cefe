/* A pair of hands that turns a clip from pose to pose: aims roughly, trembles, sways, creeps, is never still.
 * Exact: the rate and the force are those of the motion at that instant. */
#ifndef PLUMB_TESTS_HANDS_H
#define PLUMB_TESTS_HANDS_H

#include <stddef.h>

#include "host/core/quat.h"
#include "host/core/sample.h"
#include "host/patient/rng.h"

#define HANDS_POSES_N 64
#define HANDS_SINES_N 12 /* of each of the three axes of turning and of place */

struct hands_params {
    double hold_least_s, hold_most_s, move_least_s, move_most_s;
    double aim_rad;    /* deviation of the pose from what was asked */
    double tremor_rad; /* rms, 6-12 Hz */
    double creep_rad;  /* rms, 0.1-0.5 Hz */
    double tremor_m;   /* rms, 6-12 Hz */
    double sway_m;     /* rms, 0.2-0.6 Hz */
};

struct hands {
    struct hands_params params;
    size_t n;
    struct plumb_quat q_ws[HANDS_POSES_N];
    double begin_s[HANDS_POSES_N], end_s[HANDS_POSES_N]; /* of the holds */
    struct hands_sine {
        double size, radps, phase_rad;
    } turn[3][HANDS_SINES_N], place[3][HANDS_SINES_N];
};

/* Elbows on the table: 0.03 deg and 0.04 mm of tremor (2 deg/s, 0.1 m/s2), 0.3 deg of creep, 1 mm of sway. */
struct hands_params hands_usual(void);

/* Plans poses whose up, in the sensor's axes, are about `ups`. */
void hands_plan(
    struct hands *hands, const struct hands_params *params, const struct plumb_vec3 *ups, size_t n,
    struct plumb_rng *rng);

double hands_length_s(const struct hands *hands);

/* What an ideal sensor feels at t_s; temp_c NaN. */
struct plumb_imu hands_feel(const struct hands *hands, double t_s);

#endif
