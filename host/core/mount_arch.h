/* What one arch of the back tells the mount fit: which way the pelvis tilted, and about which axis. */
#ifndef PLUMB_MOUNT_ARCH_H
#define PLUMB_MOUNT_ARCH_H

#include "mount_turn.h"

struct plumb_arch {
    struct plumb_vec3
        axis_s; /* unit: the right-hand rotation about it took the sensor into the arch; else zero */
    double excursion_rad; /* how far, about the axis asked for; unsigned */
    double astray_rad;    /* how far the pelvis turned about anything but that axis */
    int is_clear;         /* far enough, and far enough beyond whatever moved the other way */
};

/* About axis_s, from the posture before it: the largest excursion that was sustained. neutral_rad: where the
 * pelvis was before the tilts, about the same axis and counted from the window's first attitude; NaN when not
 * known. It decides when the window began or ended within the arch. */
struct plumb_arch
plumb_arch_find(const struct plumb_turns *turns, struct plumb_vec3 axis_s, double neutral_rad);

#endif
