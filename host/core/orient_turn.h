/* Small helpers that the live filter and the smoother share. */
#ifndef PLUMB_ORIENT_TURN_H
#define PLUMB_ORIENT_TURN_H

#include "orient.h"

/* plumb_quat_from_rotvec without sine and cosine for the small angle of one sample: series to the fourth
 * order, off by less than 1e-9 below 0.2 rad. */
static inline struct plumb_quat plumb_orient_small_turn(struct plumb_vec3 rotvec_rad)
{
    double angle2 = plumb_vec3_dot(rotvec_rad, rotvec_rad);
    if (angle2 > 0.04)
        return plumb_quat_from_rotvec(rotvec_rad);
    double k = 0.5 - angle2 / 48 * (1 - angle2 / 80);
    return (struct plumb_quat){
        1 - angle2 / 8 * (1 - angle2 / 48), k * rotvec_rad.x, k * rotvec_rad.y, k * rotvec_rad.z};
}

/* What the gyroscope's reading means, without its offset and with its axes and scales put right. */
static inline struct plumb_vec3
plumb_orient_true_rate(const struct plumb_orient *state, struct plumb_vec3 gyro)
{
    const double *m = state->matrix;
    struct plumb_vec3 off = plumb_vec3_of(
        m[0] * gyro.x + m[1] * gyro.y + m[2] * gyro.z, m[3] * gyro.x + m[4] * gyro.y + m[5] * gyro.z,
        m[6] * gyro.x + m[7] * gyro.y + m[8] * gyro.z);
    return plumb_vec3_sub(plumb_vec3_sub(gyro, state->offset_s_radps), off);
}

#endif
