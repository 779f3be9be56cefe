/* Unit quaternions (w, x, y, z). q_ab takes a vector given in frame b to frame a: v_a = q_ab v_b q_ab*. */
#ifndef PLUMB_QUAT_H
#define PLUMB_QUAT_H

#include "vec3.h"

struct plumb_quat {
    double w, x, y, z;
};

#define PLUMB_QUAT_IDENTITY ((struct plumb_quat){1, 0, 0, 0})

/* q_ac = q_ab * q_bc. */
static inline struct plumb_quat plumb_quat_mul(struct plumb_quat a, struct plumb_quat b)
{
    return (struct plumb_quat){
        a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
        a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
}

static inline struct plumb_quat plumb_quat_conj(struct plumb_quat q)
{
    return (struct plumb_quat){q.w, -q.x, -q.y, -q.z};
}

static inline double plumb_quat_norm(struct plumb_quat q)
{
    return sqrt(q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z);
}

/* The unit quaternion along q; the zero quaternion becomes the identity. */
static inline struct plumb_quat plumb_quat_unit(struct plumb_quat q)
{
    double norm = plumb_quat_norm(q);
    if (!(norm > 0))
        return PLUMB_QUAT_IDENTITY;
    return (struct plumb_quat){q.w / norm, q.x / norm, q.y / norm, q.z / norm};
}

/* v_a from v_b. */
static inline struct plumb_vec3 plumb_quat_apply(struct plumb_quat q_ab, struct plumb_vec3 v_b)
{
    struct plumb_vec3 r = plumb_vec3_of(q_ab.x, q_ab.y, q_ab.z);
    struct plumb_vec3 t = plumb_vec3_scale(plumb_vec3_cross(r, v_b), 2);
    return plumb_vec3_add(plumb_vec3_add(v_b, plumb_vec3_scale(t, q_ab.w)), plumb_vec3_cross(r, t));
}

/* The rotation by the vector's length (rad) about its direction. */
static inline struct plumb_quat plumb_quat_from_rotvec(struct plumb_vec3 rotvec_rad)
{
    double angle_rad = plumb_vec3_norm(rotvec_rad);
    double k = angle_rad > 1e-6 ? sin(angle_rad / 2) / angle_rad : 0.5 - angle_rad * angle_rad / 48;
    return (struct plumb_quat){cos(angle_rad / 2), k * rotvec_rad.x, k * rotvec_rad.y, k * rotvec_rad.z};
}

/* The shortest rotation that takes unit vector `from` onto unit vector `to`. */
static inline struct plumb_quat plumb_quat_between(struct plumb_vec3 from, struct plumb_vec3 to)
{
    struct plumb_vec3 axis = plumb_vec3_cross(from, to);
    double cosine = plumb_vec3_dot(from, to);
    if (cosine < -1 + 1e-12) {
        struct plumb_vec3 other = fabs(from.x) < 0.9 ? plumb_vec3_of(1, 0, 0) : plumb_vec3_of(0, 1, 0);
        axis = plumb_vec3_unit(plumb_vec3_cross(from, other));
        return (struct plumb_quat){0, axis.x, axis.y, axis.z};
    }
    return plumb_quat_unit((struct plumb_quat){1 + cosine, axis.x, axis.y, axis.z});
}

/* The quaternion of the frame whose unit axes, seen in frame a, are x_a, y_a, z_a (right-handed). */
static inline struct plumb_quat
plumb_quat_from_axes(struct plumb_vec3 x_a, struct plumb_vec3 y_a, struct plumb_vec3 z_a)
{
    double w = 1 + x_a.x + y_a.y + z_a.z, x = 1 + x_a.x - y_a.y - z_a.z;
    double y = 1 - x_a.x + y_a.y - z_a.z, z = 1 - x_a.x - y_a.y + z_a.z;
    if (w >= x && w >= y && w >= z)
        return plumb_quat_unit((struct plumb_quat){w, y_a.z - z_a.y, z_a.x - x_a.z, x_a.y - y_a.x});
    if (x >= y && x >= z)
        return plumb_quat_unit((struct plumb_quat){y_a.z - z_a.y, x, x_a.y + y_a.x, z_a.x + x_a.z});
    if (y >= z)
        return plumb_quat_unit((struct plumb_quat){z_a.x - x_a.z, x_a.y + y_a.x, y, y_a.z + z_a.y});
    return plumb_quat_unit((struct plumb_quat){x_a.y - y_a.x, z_a.x + x_a.z, y_a.z + z_a.y, z});
}

#endif
