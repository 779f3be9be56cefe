/* The gyroscope from still poses and the turns between them; least squares itself. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calib/guide.h"
#include "host/core/gyro_fit.h"
#include "host/core/units.h"
#include "sensor.h"
#include "suite.h"

#define BLOCKS_N 6000
#define DEG      PLUMB_RAD_PER_DEG

struct bench {
    struct hands hands;
    struct sensor sensor;
    struct plumb_track track;
    struct plumb_still_block blocks[BLOCKS_N];
    struct plumb_guide guide;
    struct plumb_gyro_fit fit;
};

static struct bench bench;

static int fit(void)
{
    struct plumb_calib calib;
    plumb_guide_init(&bench.guide, bench.blocks, BLOCKS_N);
    for (size_t i = 0; i < bench.track.n; i++) {
        struct plumb_sample sample = plumb_track_at(&bench.track, i);
        plumb_guide_keep(&bench.guide, i, sample.t_s, &sample.imu[PLUMB_PELVIS], sample.flags);
    }
    plumb_guide_look(&bench.guide);
    plumb_calib_identity(&calib);
    calib.accel_bias_mps2 = bench.guide.fit.bias_mps2;
    memcpy(calib.accel_matrix, bench.guide.fit.matrix, sizeof calib.accel_matrix);
    return plumb_gyro_fit(
        &bench.fit, &bench.track, PLUMB_PELVIS, bench.guide.stills, bench.guide.stills_n, &calib);
}

static void record(size_t poses_n, uint64_t seed)
{
    sensor_plan(&bench.hands, poses_n, seed);
    track_free(&bench.track);
    bench.track = sensor_record(&bench.sensor, &bench.hands);
}

static void perfect_but_for_the_gyroscope(void)
{
    bench.sensor = sensor_usual(1);
    plumb_imu_error_none(&bench.sensor.error);
    bench.sensor.error.gyro.row_x = plumb_vec3_of(1.03, 0.01, -0.02);
    bench.sensor.error.gyro.row_y = plumb_vec3_of(-0.015, 0.97, 0.01);
    bench.sensor.error.gyro.row_z = plumb_vec3_of(0.02, -0.01, 1.02);
    bench.sensor.error.gyro.offset = plumb_vec3_of(5 * DEG, -3 * DEG, 1 * DEG);
}

/* matrix * errors = identity, within `off`. */
static void matrix_undoes(double off)
{
    const struct plumb_triad_error *gyro = &bench.sensor.error.gyro;
    const double *m = bench.fit.matrix;
    const struct plumb_vec3 rows[3] = {gyro->row_x, gyro->row_y, gyro->row_z};
    for (int i = 0; i < 3; i++) {
        struct plumb_vec3 row = {0, 0, 0};
        for (int k = 0; k < 3; k++)
            row = plumb_vec3_add(row, plumb_vec3_scale(rows[k], m[3 * i + k]));
        CU_ASSERT_DOUBLE_EQUAL(row.x, i == 0, off);
        CU_ASSERT_DOUBLE_EQUAL(row.y, i == 1, off);
        CU_ASSERT_DOUBLE_EQUAL(row.z, i == 2, off);
    }
}

static void nine_numbers_and_the_bias_are_found(void)
{
    perfect_but_for_the_gyroscope();
    record(14, 2);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT(bench.fit.matrix_known);
    matrix_undoes(0.002);
    CU_ASSERT_DOUBLE_EQUAL(bench.fit.bias_radps.x, 5 * DEG, 0.03 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(bench.fit.bias_radps.y, -3 * DEG, 0.03 * DEG);
    CU_ASSERT(bench.fit.before_rad > 1 * DEG && bench.fit.residual_rad < 0.1 * DEG);
    CU_ASSERT_EQUAL(bench.fit.turns_n, 13);
}

static void an_ordinary_sensor_is_put_right(void)
{
    bench.sensor = sensor_usual(4);
    record(12, 4);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT(bench.fit.matrix_known);
    CU_ASSERT(bench.fit.residual_rad < 0.2 * DEG);
    CU_ASSERT(bench.fit.residual_rad < bench.fit.before_rad / 2);
}

static void exchanged_axes_are_refused(void)
{
    static const enum plumb_axis_fault faults[] = {
        PLUMB_AXES_X_FLIPPED, PLUMB_AXES_Y_FLIPPED, PLUMB_AXES_Z_FLIPPED, PLUMB_AXES_XY_SWAPPED};
    for (int i = 0; i < 4; i++) {
        bench.sensor = sensor_usual(5);
        plumb_imu_error_axes(&bench.sensor.error, faults[i]);
        record(12, 5);
        CU_ASSERT_NOT_EQUAL(fit(), 0);
        CU_ASSERT_EQUAL(bench.fit.refusal, PLUMB_GYRO_WRONG_AXES);
        CU_ASSERT_EQUAL(bench.fit.matrix[0], 1);
    }
}

/* Turning that reaches the end of the range is left out, not believed. */
static void clipped_turns_are_left_out(void)
{
    perfect_but_for_the_gyroscope();
    record(14, 6);
    size_t clipped = 0;
    const float most = 2.0f;
    for (size_t i = 0; i < bench.track.n; i++)
        for (int axis = 0; axis < 3; axis++) {
            float *rate = &bench.track.imu[0][i].gyro_s_radps[axis];
            clipped += fabsf(*rate) > most;
            *rate = fmaxf(fminf(*rate, most), -most);
        }
    CU_ASSERT(clipped > 20);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT(bench.fit.broken_n > 0);
    CU_ASSERT(bench.fit.residual_rad < 0.1 * DEG);
}

/* To and fro about x only: what turning about y and z does was not seen, and is not claimed. */
static void what_was_not_turned_is_not_claimed(void)
{
    struct plumb_vec3 ups[8];
    struct plumb_rng rng = plumb_rng_of(7);
    struct hands_params params = hands_usual();
    perfect_but_for_the_gyroscope();
    for (int i = 0; i < 8; i++)
        ups[i] = i % 2 ? plumb_vec3_of(0, 1, 0) : plumb_vec3_of(0, 0, 1);
    params.aim_rad = 1 * DEG;
    hands_plan(&bench.hands, &params, ups, 8, &rng);
    for (size_t i = 0; i < 8; i++) /* one heading: no turning about the vertical */
        bench.hands.q_ws[i] = plumb_quat_between(ups[i], plumb_vec3_of(0, 0, 1));
    track_free(&bench.track);
    bench.track = sensor_record(&bench.sensor, &bench.hands);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT_FALSE(bench.fit.matrix_known);
    CU_ASSERT_NOT_EQUAL(bench.fit.weak_axis, 0);
    CU_ASSERT_DOUBLE_EQUAL(bench.fit.bias_radps.x, 5 * DEG, 0.1 * DEG);
}

static void warmth_moves_the_bias(void)
{
    bench.sensor = sensor_usual(8);
    bench.sensor.error.gyro.drift_per_c = plumb_vec3_of(0.2 * DEG, -0.1 * DEG, 0);
    bench.sensor.error.warm_c = 8;
    bench.sensor.error.warm_s = 60;
    bench.sensor.warm_s = 0;
    record(16, 8);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT(bench.fit.rest.temp_range_c > 4);
    CU_ASSERT(bench.fit.slope_known);
    CU_ASSERT_DOUBLE_EQUAL(bench.fit.slope_radps_per_c.x, 0.2 * DEG, 0.05 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(bench.fit.slope_radps_per_c.y, -0.1 * DEG, 0.05 * DEG);
}

/* A minute on the table: the density that the sensor was given. */
static void a_table_tells_the_noise(void)
{
    struct plumb_vec3 up = {0, 0, 1};
    struct plumb_rng rng = plumb_rng_of(9);
    struct hands_params params = {.hold_least_s = 60, .hold_most_s = 60, .move_least_s = 1, .move_most_s = 1};
    bench.sensor = sensor_usual(9);
    hands_plan(&bench.hands, &params, &up, 1, &rng);
    track_free(&bench.track);
    bench.track = sensor_record(&bench.sensor, &bench.hands);
    CU_ASSERT_EQUAL_FATAL(fit(), 0);
    CU_ASSERT_DOUBLE_EQUAL(
        bench.fit.rest.density_radps_rthz.x / bench.sensor.error.gyro.noise_per_rthz, 1, 0.2);
    CU_ASSERT_EQUAL(bench.fit.turns_n, 0);
    CU_ASSERT_FALSE(bench.fit.matrix_known);
}

static void without_rest_there_is_nothing(void)
{
    struct plumb_calib calib;
    plumb_calib_identity(&calib);
    CU_ASSERT_NOT_EQUAL(plumb_gyro_fit(&bench.fit, &bench.track, PLUMB_PELVIS, NULL, 0, &calib), 0);
    CU_ASSERT_EQUAL(bench.fit.refusal, PLUMB_GYRO_NO_REST);
}

/* ---- least squares */

static void equations_are_solved(void)
{
    struct plumb_least least;
    double step[PLUMB_LEAST_N], covariance[PLUMB_LEAST_N][PLUMB_LEAST_N], values[PLUMB_LEAST_N];
    const double first[] = {1, 1}, second[] = {1, -1};
    plumb_least_init(&least, 2);
    plumb_least_add(&least, first, 3, 2);
    CU_ASSERT_NOT_EQUAL(plumb_least_solve(&least, 0, step), 0);
    CU_ASSERT_EQUAL(step[0], 0);
    plumb_least_add(&least, second, 1, 2);
    CU_ASSERT_EQUAL_FATAL(plumb_least_solve(&least, 0, step), 0);
    CU_ASSERT_DOUBLE_EQUAL(step[0], 2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(step[1], 1, 1e-12);
    CU_ASSERT_EQUAL_FATAL(plumb_least_covariance(&least, covariance), 0);
    CU_ASSERT_DOUBLE_EQUAL(covariance[0][0], 0.25, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(covariance[0][1], 0, 1e-12);
    plumb_least_believe(&least, 0, 0, 0.5);
    plumb_least_eigenvalues(&least, values);
    CU_ASSERT_DOUBLE_EQUAL(values[0], 4, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(values[1], 8, 1e-9);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"nine numbers and the bias are found", nine_numbers_and_the_bias_are_found},
        {"an ordinary sensor is put right", an_ordinary_sensor_is_put_right},
        {"exchanged axes are refused", exchanged_axes_are_refused},
        {"clipped turns are left out", clipped_turns_are_left_out},
        {"what was not turned is not claimed", what_was_not_turned_is_not_claimed},
        {"warmth moves the bias", warmth_moves_the_bias},
        {"a table tells the noise", a_table_tells_the_noise},
        {"without rest there is nothing", without_rest_there_is_nothing},
        {"equations are solved", equations_are_solved},
        CU_TEST_INFO_NULL,
    };
    int failed = plumb_suite_run("gyroscope", tests, argc, argv);
    track_free(&bench.track);
    return failed;
}
