/* A calibration run as JSON. */
#ifndef PLUMB_JSON_CALIB_H
#define PLUMB_JSON_CALIB_H

#include "../core/accel_fit.h"
#include "../core/gyro_fit.h"

/* What is told; all borrowed, NULL where there is none. */
struct plumb_calib_told {
    const char *source, *device;
    const char *refused;              /* why nothing came of it, in words */
    const struct plumb_still *stills; /* those of the fit */
    size_t stills_n;
    const struct plumb_accel_fit *accel; /* NULL: not asked for */
    const struct plumb_gyro_fit *gyro;   /* NULL: not asked for */
    const char *grade;                   /* what it is good for */
    const char *missing;                 /* the way to show next, in words */
    struct plumb_vec3 missing_up_s;
    const char *file; /* where it was written */
};

/* The text, owned by the caller (free); NULL when memory is short. */
char *plumb_json_calib(const struct plumb_calib_told *told);

#endif
