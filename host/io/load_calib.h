/* Calibration files: what is wrong with the sensors of one clip. calib/example.calib explains the keys. */
#ifndef PLUMB_LOAD_CALIB_H
#define PLUMB_LOAD_CALIB_H

#include <stddef.h>

#include "../core/calib.h"
#include "../core/message.h"

#define PLUMB_CALIB_TEXT_N 48

/* How one IMU's numbers were found, as far as they were: what is not known is NaN, 0 or "". */
struct plumb_calib_how {
    char accel_made[PLUMB_CALIB_TEXT_N]; /* the day; "" where the accelerometer was never calibrated */
    int accel_poses;
    double accel_temp_c, accel_before_mps2, accel_residual_mps2;
    double accel_check_mps2;            /* poses left out one at a time: the measured check */
    double accel_direction_sd_deg;      /* what is left of error in a direction */
    char gyro_made[PLUMB_CALIB_TEXT_N]; /* the day; "" where the gyroscope was never calibrated */
    int gyro_turns;
    double gyro_before_deg, gyro_residual_deg, gyro_scale_sd_percent;
    double gyro_noise_dps_rthz, gyro_instability_dps;
};

struct plumb_calib_file {
    char device[PLUMB_CALIB_TEXT_N]; /* the clip's serial number as a person reads it; "" where unknown */
    char made[PLUMB_CALIB_TEXT_N];   /* the day, 2026-03-14; "" where unknown */
    unsigned present;                /* bits of the IMUs that the file speaks of */
    struct plumb_calib imu[PLUMB_WIRE_IMUS_N]; /* the identity where it does not */
    struct plumb_calib_how how[PLUMB_WIRE_IMUS_N];
};

/* A file that says nothing yet. */
void plumb_calib_file_init(struct plumb_calib_file *file);

/* 0, or negative with a message that says FILE:LINE, what was wanted and what was found. A matrix that would
 * turn or flatten the sensor is refused: it is another sensor's, or a fit that failed. */
int plumb_calib_load(struct plumb_calib_file *file, const char *path, struct plumb_message *message);

/* The same from n bytes in memory; `name` is what messages call it. */
int plumb_calib_read(
    struct plumb_calib_file *file, const char *name, const char *text, size_t n,
    struct plumb_message *message);

/* The file's text, without writing it. Returns its length, always less than PLUMB_CALIB_FILE_N. */
#define PLUMB_CALIB_FILE_N 8192 /* two sensors of sixty numbers, with room */
size_t plumb_calib_write(const struct plumb_calib_file *file, char text[PLUMB_CALIB_FILE_N]);

/* Writes the file anew; every number reads back as it was. 0 or negative; nothing is half written. */
int plumb_calib_save(const struct plumb_calib_file *file, const char *path, struct plumb_message *message);

#endif
