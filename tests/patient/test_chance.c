/* What is left to chance: the same for the same seed, and of the size it says. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "host/patient/clip.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static struct plumb_scenario scenario;
static struct plumb_patient patient;
static struct plumb_clip clip;

static void fly(uint64_t seed, struct plumb_sample *samples, int n)
{
    struct plumb_clip_params params;
    plumb_clip_params_default(&params);
    plumb_scenario_random(&scenario, seed, 1);
    plumb_patient_init(&patient, &scenario);
    plumb_clip_init(&clip, &params, &patient);
    for (int i = 0; i < n; i++)
        plumb_clip_next(&clip, &patient, &samples[i]);
}

static void a_seed_is_a_person(void)
{
    static struct plumb_sample one[1000], same[1000], other[1000];
    fly(5, one, 1000);
    fly(5, same, 1000);
    fly(6, other, 1000);
    for (int i = 0; i < 1000; i++) {
        CU_ASSERT(!memcmp(&one[i].imu[PLUMB_PELVIS], &same[i].imu[PLUMB_PELVIS], sizeof one[i].imu[0]));
        CU_ASSERT(one[i].imu[0].accel_s_mps2.x != other[i].imu[0].accel_s_mps2.x);
        CU_ASSERT_DOUBLE_EQUAL(one[i].t_s, 0.005 * (i + 1), 1e-9);
    }
}

static void random_scenarios_are_in_order(void)
{
    for (uint64_t seed = 1; seed <= 200; seed++) {
        int neutral = 0, hold = 0, lapse = 0;
        plumb_scenario_random(&scenario, seed, 1);
        for (size_t i = 0; i < scenario.acts_n; i++) {
            const struct plumb_act *act = &scenario.acts[i];
            neutral += act->kind == PLUMB_ACT_NEUTRAL;
            hold += act->kind == PLUMB_ACT_HOLD;
            lapse += act->kind == PLUMB_ACT_LAPSE;
            CU_ASSERT(!i || act->at_s >= scenario.acts[i - 1].at_s);
            CU_ASSERT(plumb_act_end_s(act) <= scenario.length_s);
        }
        CU_ASSERT(neutral == 1 && hold >= 1 && lapse >= 2);
        CU_ASSERT(scenario.length_s < 300);
    }
}

/* Any axis of the clip is up as often as any other: the mean of up over many is nowhere. */
static void clips_are_worn_in_every_way(void)
{
    struct plumb_vec3 sum = {0, 0, 0};
    int n = 3000;
    for (int i = 0; i < n; i++) {
        plumb_scenario_random(&scenario, (uint64_t)i + 1, 0.5);
        struct plumb_quat q_bs = plumb_wear_q_bs(scenario.wear.site, scenario.wear.turn_rad);
        sum = plumb_vec3_add(sum, plumb_quat_apply(plumb_quat_conj(q_bs), plumb_vec3_of(1, 0, 0)));
    }
    CU_ASSERT(plumb_vec3_norm(sum) / n < 4 / sqrt(n)); /* four deviations of a walk of n unit steps */
}

/* Noise of density d in a bandwidth of half the rate has the deviation d * sqrt(rate / 2). */
static void noise_has_its_density(void)
{
    struct plumb_imu_error_params params;
    struct plumb_imu_error state;
    struct plumb_imu still = {{0, 0, PLUMB_GRAVITY_MPS2}, {0, 0, 0}, NAN};
    double sum = 0, squares = 0;
    int n = 20000;
    plumb_imu_error_none(&params);
    params.accel.noise_per_rthz = 0.004;
    plumb_imu_error_init(&state, 3);
    for (int i = 0; i < n; i++) {
        double x = plumb_imu_error_apply(&state, &params, &still, i * 0.001, 0.001).accel_s_mps2.x;
        sum += x;
        squares += x * x;
    }
    CU_ASSERT_DOUBLE_EQUAL(sqrt(squares / n), 0.004 * sqrt(500), 0.03 * 0.004 * sqrt(500));
    CU_ASSERT_DOUBLE_EQUAL(sum / n, 0, 5 * 0.004 * sqrt(500.0 / n));
}

static void grades_stay_within_the_data_sheet(void)
{
    struct plumb_rng rng = plumb_rng_of(1);
    for (int i = 0; i < 500; i++) {
        struct plumb_imu_error_params params;
        plumb_imu_error_draw(&params, PLUMB_IMU_WORST, &rng);
        CU_ASSERT(fabs(params.gyro.offset.x) <= 20 * DEG && fabs(params.gyro.offset.x) > 13 * DEG);
        CU_ASSERT(fabs(params.accel.offset.z) <= 0.08 * PLUMB_GRAVITY_MPS2);
        CU_ASSERT(fabs(params.gyro.row_x.x - 1) <= 0.03 && fabs(params.gyro.row_x.y) <= 0.02);
    }
}

static void a_perfect_sensor_only_counts(void)
{
    struct plumb_clip_params params;
    struct plumb_sample sample;
    plumb_clip_params_default(&params);
    plumb_scenario_default(&scenario);
    plumb_patient_init(&patient, &scenario);
    plumb_clip_init(&clip, &params, &patient);
    for (int i = 0; i < 100; i++)
        plumb_clip_next(&clip, &patient, &sample);
    CU_ASSERT_DOUBLE_EQUAL(sample.imu[0].accel_s_mps2.z, PLUMB_GRAVITY_MPS2, params.accel_range_mps2 / 65536);
    CU_ASSERT(sample.flags == 0 && sample.present == 1u << PLUMB_PELVIS);
}

static void beyond_the_range_is_clipped_and_said(void)
{
    struct plumb_clip_params params;
    struct plumb_sample sample;
    plumb_clip_params_default(&params);
    params.accel_range_mps2 = PLUMB_GRAVITY_MPS2 / 2;
    plumb_scenario_default(&scenario);
    plumb_patient_init(&patient, &scenario);
    plumb_clip_init(&clip, &params, &patient);
    plumb_clip_next(&clip, &patient, &sample);
    CU_ASSERT(sample.flags & PLUMB_SAMPLE_CLIPPED);
    CU_ASSERT(sample.imu[0].accel_s_mps2.z < PLUMB_GRAVITY_MPS2 / 2);
}

static void a_gyroscope_can_be_mounted_wrongly(void)
{
    const struct plumb_vec3 turn = {1, 2, 3};
    const struct plumb_vec3 said[PLUMB_AXIS_FAULTS_N] = {
        [PLUMB_AXES_AGREE] = {1, 2, 3},
        [PLUMB_AXES_X_FLIPPED] = {-1, 2, 3},
        [PLUMB_AXES_Y_FLIPPED] = {1, -2, 3},
        [PLUMB_AXES_Z_FLIPPED] = {1, 2, -3},
        [PLUMB_AXES_XY_SWAPPED] = {2, 1, 3}};
    for (enum plumb_axis_fault fault = 0; fault < PLUMB_AXIS_FAULTS_N; fault++) {
        struct plumb_imu_error_params params;
        struct plumb_imu_error state;
        struct plumb_imu truth = {{0, 0, PLUMB_GRAVITY_MPS2}, turn, NAN};
        plumb_imu_error_none(&params);
        plumb_imu_error_axes(&params, fault);
        plumb_imu_error_init(&state, 1);
        struct plumb_imu out = plumb_imu_error_apply(&state, &params, &truth, 0, 0.001);
        CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(out.gyro_s_radps, said[fault])) < 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(out.accel_s_mps2.z, PLUMB_GRAVITY_MPS2, 1e-12);
    }
}

/* A steady turn comes out of the low-pass late by the data sheet's 2.9 ms, within a millisecond. */
static void the_low_pass_is_as_late_as_the_chip(void)
{
    struct plumb_clip_params params;
    struct plumb_sample sample;
    double late_s = 0;
    int n = 0;
    plumb_clip_params_default(&params);
    plumb_scenario_default(&scenario);
    struct plumb_act tilts = plumb_act_default(PLUMB_ACT_TILTS);
    tilts.at_s = 0;
    plumb_scenario_add(&scenario, tilts);
    plumb_patient_init(&patient, &scenario);
    plumb_clip_init(&clip, &params, &patient);
    for (int i = 0; i < 1000; i++) {
        plumb_clip_next(&clip, &patient, &sample);
        double before = plumb_patient_clip(&patient, PLUMB_PELVIS, sample.t_s - 0.001).felt.gyro_s_radps.y;
        double now = plumb_patient_clip(&patient, PLUMB_PELVIS, sample.t_s).felt.gyro_s_radps.y;
        double slope = (now - before) / 0.001;
        if (fabs(slope) < 0.1)
            continue;
        late_s += (now - sample.imu[0].gyro_s_radps.y) / slope;
        n++;
    }
    CU_ASSERT(n > 100);
    CU_ASSERT_DOUBLE_EQUAL(late_s / n, 0.0029, 0.001);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a_seed_is_a_person", a_seed_is_a_person},
        {"random_scenarios_are_in_order", random_scenarios_are_in_order},
        {"clips_are_worn_in_every_way", clips_are_worn_in_every_way},
        {"noise_has_its_density", noise_has_its_density},
        {"grades_stay_within_the_data_sheet", grades_stay_within_the_data_sheet},
        {"a_perfect_sensor_only_counts", a_perfect_sensor_only_counts},
        {"beyond_the_range_is_clipped_and_said", beyond_the_range_is_clipped_and_said},
        {"a_gyroscope_can_be_mounted_wrongly", a_gyroscope_can_be_mounted_wrongly},
        {"the_low_pass_is_as_late_as_the_chip", the_low_pass_is_as_late_as_the_chip},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("chance", tests, argc, argv);
}
