/* What is wrong with a real inertial sensor, laid over the true motion: offsets, scale, crooked axes, noise,
 * wandering, warming up. The digital part (filter, counts, clipping) comes after it.
 *
 * measured = M * true + offset + drift * (temperature - 25 degC) + wander + noise, for each of the two.
 */
#ifndef PLUMB_IMU_ERROR_H
#define PLUMB_IMU_ERROR_H

#include "../core/sample.h"
#include "rng.h"

/* How large the errors are: none; as boards from a shop are; at the limits of the data sheet. */
enum plumb_imu_grade { PLUMB_IMU_PERFECT, PLUMB_IMU_TYPICAL, PLUMB_IMU_WORST, PLUMB_IMU_GRADES_N };

/* One triad. Unit U: m/s2 for the accelerometer, rad/s for the gyroscope. */
struct plumb_triad_error {
    struct plumb_vec3 row_x, row_y, row_z; /* M: scale, axes not square, chip crooked on its board */
    struct plumb_vec3 offset;              /* U, at 25 degC */
    struct plumb_vec3 drift_per_c;         /* U per degC */
    double noise_per_rthz;                 /* U/sqrt(Hz), one-sided density */
    double wander;                         /* U: deviation of the slow wandering of the offset */
    double wander_s;                       /* its correlation time */
};

/* A chip soldered or described wrongly: its gyroscope's axes are not the accelerometer's. */
enum plumb_axis_fault {
    PLUMB_AXES_AGREE,
    PLUMB_AXES_X_FLIPPED,
    PLUMB_AXES_Y_FLIPPED,
    PLUMB_AXES_Z_FLIPPED,
    PLUMB_AXES_XY_SWAPPED,
    PLUMB_AXIS_FAULTS_N
};

struct plumb_imu_error_params {
    struct plumb_triad_error accel, gyro;
    double start_c, warm_c, warm_s; /* temperature at power-on, its rise, the time constant of the rise */
};

/* What time changes. Copied by assignment. */
struct plumb_imu_error {
    struct plumb_rng rng;
    struct plumb_vec3 accel_wander_mps2, gyro_wander_radps;
};

/* A sensor without any error, at a steady 30 degC. */
void plumb_imu_error_none(struct plumb_imu_error_params *params);

/* One specimen of that grade, drawn by chance. */
void plumb_imu_error_draw(
    struct plumb_imu_error_params *params, enum plumb_imu_grade grade, struct plumb_rng *rng);

/* Puts the gyroscope's axes wrong on top of what params have. */
void plumb_imu_error_axes(struct plumb_imu_error_params *params, enum plumb_axis_fault fault);

void plumb_imu_error_init(struct plumb_imu_error *state, uint64_t seed);

/* What the sensor would say if it were analog, at t_s after power-on, for_s (> 0) after the last call. */
struct plumb_imu plumb_imu_error_apply(
    struct plumb_imu_error *state, const struct plumb_imu_error_params *params, const struct plumb_imu *truth,
    double t_s, double for_s);

#endif
