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

/* The turn in dt_s (negative: backward) while the rate runs straight from `before` to `rate`: their mean and,
 * to the second order, what the turning of the axis adds (coning). */
static inline struct plumb_quat
plumb_orient_mean_turn(struct plumb_vec3 before, struct plumb_vec3 rate, double dt_s)
{
    struct plumb_vec3 mean_rad = plumb_vec3_scale(plumb_vec3_add(rate, before), dt_s / 2);
    struct plumb_vec3 cone_rad = plumb_vec3_scale(plumb_vec3_cross(before, rate), dt_s * dt_s / 12);
    return plumb_orient_small_turn(plumb_vec3_add(mean_rad, cone_rad));
}

/* The rows of R_ws. */
static inline void plumb_orient_rows(struct plumb_quat q, double rows[3][3])
{
    double xx = q.x * q.x, yy = q.y * q.y, zz = q.z * q.z, xy = q.x * q.y, xz = q.x * q.z, yz = q.y * q.z;
    double wx = q.w * q.x, wy = q.w * q.y, wz = q.w * q.z;
    rows[0][0] = 1 - 2 * (yy + zz), rows[0][1] = 2 * (xy - wz), rows[0][2] = 2 * (xz + wy);
    rows[1][0] = 2 * (xy + wz), rows[1][1] = 1 - 2 * (xx + zz), rows[1][2] = 2 * (yz - wx);
    rows[2][0] = 2 * (xz - wy), rows[2][1] = 2 * (yz + wx), rows[2][2] = 1 - 2 * (xx + yy);
}

static inline double plumb_orient_along(const double row[3], struct plumb_vec3 v)
{
    return row[0] * v.x + row[1] * v.y + row[2] * v.z;
}

/* What the gyroscope's reading means, without its offset and with its axes and scales put right. */
static inline struct plumb_vec3
plumb_orient_true_rate(struct plumb_vec3 offset_s_radps, const double m[9], struct plumb_vec3 gyro)
{
    struct plumb_vec3 off = plumb_vec3_of(
        m[0] * gyro.x + m[1] * gyro.y + m[2] * gyro.z, m[3] * gyro.x + m[4] * gyro.y + m[5] * gyro.z,
        m[6] * gyro.x + m[7] * gyro.y + m[8] * gyro.z);
    return plumb_vec3_sub(plumb_vec3_sub(gyro, offset_s_radps), off);
}

#endif
