/* The live orientation estimator: specific force and angular rate in, q_ws with its uncertainty out.
 *
 * Six axes only: heading is free and means nothing. No allocation; the state is copied by assignment.
 */
#ifndef PLUMB_ORIENT_H
#define PLUMB_ORIENT_H

#include "quat.h"
#include "sample.h"

struct plumb_orient_params;
struct plumb_orient_coeff;
struct plumb_orient;

/* What a person may tune; every default has its source in orient.c. */
void plumb_orient_params_default(struct plumb_orient_params *params);

void plumb_orient_coeff_init(struct plumb_orient_coeff *coeff, const struct plumb_orient_params *params);

void plumb_orient_init(struct plumb_orient *state, const struct plumb_orient_coeff *coeff);

/* One sample of one sensor. t_s strictly increasing (another is counted and ignored); a gap is bridged and
 * shows in the uncertainty; values that are not finite are counted and bridged. `flags` are enum
 * plumb_sample_flag. */
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
