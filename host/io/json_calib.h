/* Calibration, check and mount as JSON. */
#ifndef PLUMB_JSON_CALIB_H
#define PLUMB_JSON_CALIB_H

#include "../core/accel_fit.h"
#include "../core/gyro_fit.h"
#include "../core/mount.h"

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

/* One line of the page that a check makes. */
struct plumb_check_line {
    const char *state, *what; /* "ok", "DO", "FAULT"; "noise" */
    char words[200];
};

#define PLUMB_CHECK_LINES_N 8

/* What a check tells; a number that is not known is NaN. */
struct plumb_check_told {
    struct plumb_check_line lines[PLUMB_CHECK_LINES_N];
    size_t lines_n;
    const char *calibration; /* which is in use, in words */
    int fit_for_use;
    double rate_hz, length_s, lost_s;
    double accel_off_percent, direction_deg; /* of gravity at rest; error of a direction to reckon with */
    struct plumb_vec3 gyro_offset_dps;
    double accel_noise_mg_rthz, gyro_noise_dps_rthz;
};

/* As above. */
char *plumb_json_check(const struct plumb_check_told *told);
char *plumb_json_mount(const struct plumb_mount *mount);

#endif
