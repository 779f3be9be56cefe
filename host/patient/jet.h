/* A smooth function of time at one instant: its value and its first two derivatives by time.
 *
 * Movements are built from jets so that the rate and the acceleration which a sensor feels are the exact
 * derivatives of where it is. Units: x in U, d in U/s, dd in U/s2.
 */
#ifndef PLUMB_JET_H
#define PLUMB_JET_H

#include <math.h>

struct plumb_jet {
    double x, d, dd;
};

static inline struct plumb_jet plumb_jet_const(double x)
{
    return (struct plumb_jet){x, 0, 0};
}

/* x0 + slope * t. */
static inline struct plumb_jet plumb_jet_line(double x0, double slope, double t_s)
{
    return (struct plumb_jet){x0 + slope * t_s, slope, 0};
}

static inline struct plumb_jet plumb_jet_add(struct plumb_jet a, struct plumb_jet b)
{
    return (struct plumb_jet){a.x + b.x, a.d + b.d, a.dd + b.dd};
}

static inline struct plumb_jet plumb_jet_scale(struct plumb_jet a, double k)
{
    return (struct plumb_jet){a.x * k, a.d * k, a.dd * k};
}

static inline struct plumb_jet plumb_jet_mul(struct plumb_jet a, struct plumb_jet b)
{
    return (struct plumb_jet){a.x * b.x, a.d * b.x + a.x * b.d, a.dd * b.x + 2 * a.d * b.d + a.x * b.dd};
}

static inline struct plumb_jet plumb_jet_sin(struct plumb_jet a)
{
    double s = sin(a.x), c = cos(a.x);
    return (struct plumb_jet){s, c * a.d, c * a.dd - s * a.d * a.d};
}

/* From 0 at at_s to 1 at at_s + for_s, with the least jerk (Flash & Hogan 1985): rest, speed and
 * acceleration are continuous at both ends. for_s > 0. */
static inline struct plumb_jet plumb_jet_step(double t_s, double at_s, double for_s)
{
    double u = (t_s - at_s) / for_s, w = 1 - u;
    if (!(u > 0))
        return plumb_jet_const(0);
    if (u >= 1)
        return plumb_jet_const(1);
    return (struct plumb_jet){
        u * u * u * (10 + u * (6 * u - 15)), 30 * u * u * w * w / for_s,
        60 * u * w * (1 - 2 * u) / (for_s * for_s)};
}

/* Up within rise_s, held for hold_s, down within fall_s: 0..1..0. */
static inline struct plumb_jet
plumb_jet_pulse(double t_s, double at_s, double rise_s, double hold_s, double fall_s)
{
    struct plumb_jet up = plumb_jet_step(t_s, at_s, rise_s);
    struct plumb_jet down = plumb_jet_step(t_s, at_s + rise_s + hold_s, fall_s);
    return plumb_jet_add(up, plumb_jet_scale(down, -1));
}

#endif
