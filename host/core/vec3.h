/* Vectors of three: an axis triple in whatever frame the name of the variable says. */
#ifndef PLUMB_VEC3_H
#define PLUMB_VEC3_H

#include <math.h>

struct plumb_vec3 {
    double x, y, z;
};

static inline struct plumb_vec3 plumb_vec3_of(double x, double y, double z)
{
    return (struct plumb_vec3){x, y, z};
}

static inline struct plumb_vec3 plumb_vec3_add(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return plumb_vec3_of(a.x + b.x, a.y + b.y, a.z + b.z);
}

static inline struct plumb_vec3 plumb_vec3_sub(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return plumb_vec3_of(a.x - b.x, a.y - b.y, a.z - b.z);
}

static inline struct plumb_vec3 plumb_vec3_scale(struct plumb_vec3 a, double k)
{
    return plumb_vec3_of(a.x * k, a.y * k, a.z * k);
}

static inline double plumb_vec3_dot(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return a.x * b.x + a.y * b.y + a.z * b.z;
}

static inline struct plumb_vec3 plumb_vec3_cross(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return plumb_vec3_of(a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x);
}

static inline double plumb_vec3_norm(struct plumb_vec3 a)
{
    return sqrt(plumb_vec3_dot(a, a));
}

/* The unit vector along a; the zero vector stays zero. */
static inline struct plumb_vec3 plumb_vec3_unit(struct plumb_vec3 a)
{
    double norm = plumb_vec3_norm(a);
    return norm > 0 ? plumb_vec3_scale(a, 1 / norm) : a;
}

static inline int plumb_vec3_finite(struct plumb_vec3 a)
{
    return isfinite(a.x) && isfinite(a.y) && isfinite(a.z);
}

#endif
