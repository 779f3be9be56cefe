/* Self-diagnosis: constructed faults on simulated movement. */
#include "host/core/diagnose.h"
#include "host/core/units.h"
#include "suite.h"
#include "tests/accuracy/cheap.h"
#include "tests/accuracy/truth.h"

#define EXCERPT PLUMB_SOURCE_DIR "/tests/data/broad_02_excerpt.csv.gz"
enum { MAPS_N = 48, RECORDINGS_N = 20, RATE_HZ = 50 };

/* The fault number `number`: reading i is sign times the true axis from[i]; 0 is none. */
static struct plumb_axis_map fault_of(int number)
{
    static const int orders[6][3] = {{0, 1, 2}, {1, 2, 0}, {2, 0, 1}, {0, 2, 1}, {1, 0, 2}, {2, 1, 0}};
    struct plumb_axis_map map;
    for (int i = 0; i < 3; i++) {
        map.from[i] = orders[number / 8][i];
        map.sign[i] = (number >> i) & 1 ? -1 : 1;
    }
    return map;
}

static struct plumb_vec3 mapped(const struct plumb_axis_map *map, struct plumb_vec3 v)
{
    const double in[3] = {v.x, v.y, v.z};
    return plumb_vec3_of(
        map->sign[0] * in[map->from[0]], map->sign[1] * in[map->from[1]], map->sign[2] * in[map->from[2]]);
}

/* 1 where the named mapping undoes the fault. */
static int undoes(const struct plumb_axis_map *map, const struct plumb_axis_map *fault)
{
    struct plumb_vec3 v = mapped(map, mapped(fault, plumb_vec3_of(1, 2, 3)));
    return v.x == 1 && v.y == 2 && v.z == 3;
}

/* A minute of pelvic movement about all axes: slow tilts, rolls and turns of the body, with pushes. */
static struct plumb_imu moved(struct plumb_rng *rng, const struct cheap_triad *gyro, double t_s, double phase)
{
    struct plumb_quat q[2];
    const double step_s = 1e-3;
    for (int k = 0; k < 2; k++) {
        double t = t_s + (k - 0.5) * step_s;
        q[k] = plumb_quat_from_rotvec(plumb_vec3_of(
            0.6 * sin(1.1 * t + phase), 0.5 * sin(0.7 * t + 2 * phase), 0.8 * sin(0.5 * t + 3 * phase)));
    }
    struct plumb_quat turned = plumb_quat_mul(plumb_quat_conj(q[0]), q[1]);
    struct plumb_vec3 rate = plumb_vec3_scale(plumb_vec3_of(turned.x, turned.y, turned.z), 2 / step_s);
    struct plumb_vec3 force_w = {
        0.3 * sin(3 * t_s), 0.3 * sin(2.3 * t_s + phase), PLUMB_GRAVITY_MPS2 + 0.3 * sin(4 * t_s)};
    struct plumb_imu imu = {.accel_s_mps2 = plumb_quat_apply(plumb_quat_conj(q[0]), force_w), .temp_c = NAN};
    imu.accel_s_mps2.x += 0.05 * plumb_rng_normal(rng);
    imu.accel_s_mps2.y += 0.05 * plumb_rng_normal(rng);
    imu.accel_s_mps2.z += 0.05 * plumb_rng_normal(rng);
    imu.gyro_s_radps = plumb_vec3_of(
        gyro->matrix[0][0] * rate.x + gyro->offset.x, gyro->matrix[1][1] * rate.y + gyro->offset.y,
        gyro->matrix[2][2] * rate.z + gyro->offset.z);
    imu.gyro_s_radps.x += 2e-3 * plumb_rng_normal(rng);
    imu.gyro_s_radps.y += 2e-3 * plumb_rng_normal(rng);
    imu.gyro_s_radps.z += 2e-3 * plumb_rng_normal(rng);
    return imu;
}

static struct cheap_triad gyro_of(double scale, double offset)
{
    return (struct cheap_triad){
        .matrix = {{scale, 0, 0}, {0, scale, 0}, {0, 0, scale}}, .offset = {offset, -offset, offset}};
}

static struct plumb_diagnosis
diagnose(uint64_t seed, const struct cheap_triad *gyro, const struct plumb_axis_map *fault)
{
    struct plumb_rng rng = plumb_rng_of(seed);
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    double phase = plumb_rng_uniform(&rng, 0, 6);
    plumb_diagnose_init(&state);
    for (int i = 0; i < 60 * RATE_HZ; i++) {
        double t_s = i / (double)RATE_HZ;
        struct plumb_imu imu = moved(&rng, gyro, t_s, phase);
        imu.gyro_s_radps = mapped(fault, imu.gyro_s_radps);
        plumb_diagnose_push(&state, t_s, &imu, 0);
    }
    plumb_diagnose_read(&state, &found);
    return found;
}

static void test_every_mapping_is_named_and_the_right_one_never_blamed(void)
{
    const struct cheap_triad gyro = gyro_of(1.02, 0.09);
    int named = 0;
    for (uint64_t seed = 0; seed < RECORDINGS_N; seed++)
        for (int m = 0; m < MAPS_N; m++) {
            struct plumb_axis_map fault = fault_of(m);
            struct plumb_diagnosis found = diagnose(seed, &gyro, &fault);
            CU_ASSERT(m == 0 ? found.axes != PLUMB_FAULT : found.axes != PLUMB_FINE);
            if (found.axes == PLUMB_FAULT && found.map_known)
                CU_ASSERT(undoes(&found.map, &fault));
            named += m == 0 ? found.axes == PLUMB_FINE : found.axes == PLUMB_FAULT && found.map_known;
        }
    CU_ASSERT(named > MAPS_N * RECORDINGS_N * 9 / 10);
}

static void test_real_movement(void)
{
    struct truth truth;
    CU_ASSERT_EQUAL_FATAL(truth_load(&truth, EXCERPT), 0);
    for (int m = 0; m < MAPS_N; m++) {
        struct plumb_axis_map fault = fault_of(m);
        struct plumb_diagnose state;
        struct plumb_diagnosis found;
        plumb_diagnose_init(&state);
        for (size_t i = 0; i < truth.n; i += 4) {
            struct plumb_imu imu = truth.samples[i].imu[PLUMB_PELVIS];
            imu.gyro_s_radps = mapped(&fault, imu.gyro_s_radps);
            plumb_diagnose_push(&state, truth.samples[i].t_s, &imu, 0);
        }
        plumb_diagnose_read(&state, &found);
        CU_ASSERT_EQUAL(found.axes, m == 0 ? PLUMB_FINE : PLUMB_FAULT);
        CU_ASSERT(found.map_known && undoes(&found.map, &fault));
    }
    truth_free(&truth);
}

static void test_scale_is_told_with_its_uncertainty(void)
{
    const double percents[] = {-5, -1, 0, 3};
    struct plumb_axis_map none = fault_of(0);
    for (int i = 0; i < 4; i++) {
        struct cheap_triad gyro = gyro_of(1 + percents[i] / 100, 0.05);
        struct plumb_diagnosis found = diagnose(5, &gyro, &none);
        CU_ASSERT(found.gyro_scale_sd_percent < 2);
        CU_ASSERT(fabs(found.gyro_scale_percent - percents[i]) < 2.5 * found.gyro_scale_sd_percent);
    }
}

static void test_turning_about_one_axis_cannot_tell(void)
{
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    plumb_diagnose_init(&state);
    for (int i = 0; i < 60 * RATE_HZ; i++) {
        double t_s = i / (double)RATE_HZ, angle = 0.5 * sin(t_s);
        struct plumb_imu imu = {
            .accel_s_mps2 = {0, PLUMB_GRAVITY_MPS2 * sin(angle), PLUMB_GRAVITY_MPS2 * cos(angle)},
            .gyro_s_radps = {0.5 * cos(t_s), 0, 0}};
        plumb_diagnose_push(&state, t_s, &imu, 0);
    }
    plumb_diagnose_read(&state, &found);
    CU_ASSERT_EQUAL(found.axes, PLUMB_CANNOT_TELL);
    CU_ASSERT_EQUAL(found.gyro_stuck & 1u, 0u);
}

/* Pushes a constant sample for so long, with a little life on the axes of `alive` (bits, accelerometer
 * first). */
static void hold(struct plumb_diagnose *state, struct plumb_imu imu, double for_s, unsigned alive)
{
    struct plumb_rng rng = plumb_rng_of(9);
    double begin_s = state->started ? state->t_s + 0.01 : 0;
    for (int i = 0; i < (int)(for_s * 100); i++) {
        struct plumb_imu now = imu;
        double *values[6] = {&now.accel_s_mps2.x, &now.accel_s_mps2.y, &now.accel_s_mps2.z,
                             &now.gyro_s_radps.x, &now.gyro_s_radps.y, &now.gyro_s_radps.z};
        for (int k = 0; k < 6; k++)
            *values[k] += (alive >> k) & 1u ? 0.002 * plumb_rng_normal(&rng) : 0;
        plumb_diagnose_push(state, begin_s + i * 0.01, &now, 0);
    }
}

static void test_norm_at_rest(void)
{
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    plumb_diagnose_init(&state);
    plumb_diagnose_read(&state, &found);
    CU_ASSERT(isnan(found.accel_norm_percent));
    struct plumb_imu imu = {.accel_s_mps2 = {0, 1.04 * PLUMB_GRAVITY_MPS2, 0}};
    hold(&state, imu, 10, 63);
    plumb_diagnose_read(&state, &found);
    CU_ASSERT_DOUBLE_EQUAL(found.accel_norm_percent, 4, 0.05);
    CU_ASSERT_FALSE(found.gyro_gated);
}

static void test_a_gyroscope_that_is_zero_at_rest_is_no_fault(void)
{
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    plumb_diagnose_init(&state);
    hold(&state, (struct plumb_imu){.accel_s_mps2 = {0, 0, PLUMB_GRAVITY_MPS2}}, 120, 7);
    plumb_diagnose_read(&state, &found);
    CU_ASSERT(found.gyro_gated);
    CU_ASSERT_EQUAL(found.gyro_stuck, 0);
    CU_ASSERT_EQUAL(found.axes, PLUMB_CANNOT_TELL);
}

static void test_stuck_axes(void)
{
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    plumb_diagnose_init(&state);
    struct plumb_imu imu = {.accel_s_mps2 = {3, 0, 9}, .gyro_s_radps = {0.1, 0.2, 0.3}};
    hold(&state, imu, 10, 1u | 2u | 8u | 32u);
    plumb_diagnose_read(&state, &found);
    CU_ASSERT_EQUAL(found.accel_stuck, 4);
    CU_ASSERT_EQUAL(found.gyro_stuck, 2);
}

static void test_clipping_is_counted(void)
{
    struct plumb_diagnose state;
    struct plumb_diagnosis found;
    plumb_diagnose_init(&state);
    struct plumb_imu imu = {.accel_s_mps2 = {0, 0, 9.8}};
    for (int i = 0; i < 1000; i++) {
        imu.gyro_s_radps.x = fmax(-4.36, fmin(4.36, 6 * sin(i * 0.05))); /* 250 deg/s */
        imu.accel_s_mps2.z = 9.8 + 0.01 * sin(i);
        plumb_diagnose_push(&state, i * 0.01, &imu, i == 500 ? PLUMB_SAMPLE_CLIPPED : 0);
    }
    plumb_diagnose_read(&state, &found);
    CU_ASSERT(found.clipped_n > 300 && found.clipped_n < 600);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every mapping", test_every_mapping_is_named_and_the_right_one_never_blamed},
        {"real movement", test_real_movement},
        {"scale", test_scale_is_told_with_its_uncertainty},
        {"one axis cannot tell", test_turning_about_one_axis_cannot_tell},
        {"norm at rest", test_norm_at_rest},
        {"zero at rest by design", test_a_gyroscope_that_is_zero_at_rest_is_no_fault},
        {"stuck axes", test_stuck_axes},
        {"clipping", test_clipping_is_counted},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("diagnose", tests, argc, argv);
}
