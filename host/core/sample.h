/* Samples: what one instant of the sensors says, in SI units, each sensor in its own frame s. */
#ifndef PLUMB_SAMPLE_H
#define PLUMB_SAMPLE_H

#include <stdint.h>

#include "vec3.h"

enum plumb_role { PLUMB_PELVIS, PLUMB_LUMBAR, PLUMB_THIGH, PLUMB_ROLES_N };

/* One inertial sensor, one instant. At rest the specific force is +9.81 m/s2 along up. */
struct plumb_imu {
    struct plumb_vec3 accel_s_mps2;
    struct plumb_vec3 gyro_s_radps;
    double temp_c; /* NaN where the sensor does not say */
};

enum plumb_sample_flag {
    PLUMB_SAMPLE_CLIPPED = 1u << 0,  /* an axis was at the end of its range */
    PLUMB_SAMPLE_VIBRATED = 1u << 1, /* the clip's own vibration was on: do not trust the accelerometer */
    PLUMB_SAMPLE_SEGMENT = 1u << 2,  /* first sample of a new segment: the device was reset or came back */
};

/* All sensors at one instant. */
struct plumb_sample {
    double t_s;       /* device time, strictly increasing within a recording */
    unsigned present; /* bit (1u << role) where that role's six values are there and finite */
    unsigned flags;   /* enum plumb_sample_flag */
    struct plumb_imu imu[PLUMB_ROLES_N];
};

static inline int plumb_sample_has(const struct plumb_sample *sample, enum plumb_role role)
{
    return (sample->present >> role) & 1u;
}

#endif
