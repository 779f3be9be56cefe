/* What is wrong with one sensor and how to put it right: the only way from raw counts to SI samples.
 *
 *   accel = accel_matrix (counts in m/s2 - accel_bias)
 *   gyro  = gyro_matrix  (counts in rad/s - gyro_bias - gyro_slope (temperature - temp_ref))
 *
 * All in the sensor's own frame s. Matrices are row by row: scale on the diagonal, misalignment beside it.
 */
#ifndef PLUMB_CALIB_H
#define PLUMB_CALIB_H

#include "plumb/wire.h"
#include "sample.h"

struct plumb_calib {
    struct plumb_vec3 accel_bias_mps2;
    double accel_matrix[9];
    struct plumb_vec3 gyro_bias_radps;        /* at temp_ref_c */
    struct plumb_vec3 gyro_slope_radps_per_c; /* used where the sensor tells its temperature */
    double gyro_matrix[9];
    double temp_ref_c;
};

/* A sensor without error; 25 degC. */
void plumb_calib_identity(struct plumb_calib *calib);

/* One reading to SI. `scale` says what the counts mean; a scale of 0 counts makes NaN, as a missing
 * thermometer makes temp_c. */
void plumb_calib_apply(
    const struct plumb_calib *calib, const struct plumb_hello_imu *scale, const struct plumb_counts *counts,
    struct plumb_imu *imu);

/* The same for a reading that is already in SI but not yet put right (a recording made without one). */
struct plumb_imu plumb_calib_correct(const struct plumb_calib *calib, const struct plumb_imu *raw);

/* The record that a clip keeps in its EEPROM. It has no slope and only the diagonal of the gyroscope's
 * matrix; what is beyond its range is put at the end of it. */
void plumb_calib_from_record(struct plumb_calib *calib, const struct plumb_calib_record *record);
void plumb_calib_to_record(const struct plumb_calib *calib, uint16_t day, struct plumb_calib_record *record);

#endif
