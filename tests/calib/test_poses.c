/* Still poses are found in a hand's recording, and the accelerometer is fitted to them. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "calib/guide.h"
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
};

static struct bench bench;

static void look(void)
{
    plumb_guide_init(&bench.guide, bench.blocks, BLOCKS_N);
    for (size_t i = 0; i < bench.track.n; i++) {
        struct plumb_sample sample = plumb_track_at(&bench.track, i);
        plumb_guide_keep(&bench.guide, i, sample.t_s, &sample.imu[PLUMB_PELVIS], sample.flags);
    }
    plumb_guide_look(&bench.guide);
}

static void hold(size_t n, uint64_t seed)
{
    sensor_plan(&bench.hands, n, seed);
    bench.sensor = sensor_usual(seed);
}

static void record(void)
{
    track_free(&bench.track);
    bench.track = sensor_record(&bench.sensor, &bench.hands);
    look();
}

/* Every pose of the plan is found once, within its own time. */
static void poses_are_the_plans(void)
{
    CU_ASSERT_EQUAL_FATAL(bench.guide.stills_n, bench.hands.n);
    for (size_t i = 0; i < bench.hands.n; i++) {
        const struct plumb_still *still = &bench.guide.stills[i];
        CU_ASSERT(still->begin_s > bench.hands.begin_s[i] - 0.4);
        CU_ASSERT(still->end_s < bench.hands.end_s[i] + 0.4);
        CU_ASSERT(still->end_s - still->begin_s > 0.6 * (bench.hands.end_s[i] - bench.hands.begin_s[i]));
    }
}

static void poses_are_found_at_any_rate(void)
{
    static const double rates_hz[] = {20, 50, 104, 200, 1000};
    for (size_t i = 0; i < sizeof rates_hz / sizeof *rates_hz; i++) {
        hold(12, 3);
        bench.sensor.rate_hz = rates_hz[i];
        record();
        poses_are_the_plans();
    }
}

static void a_gyroscope_far_off_hides_no_pose(void)
{
    hold(12, 4);
    bench.sensor.error.gyro.offset = plumb_vec3_of(5 * DEG, -5 * DEG, 5 * DEG);
    record();
    poses_are_the_plans();
}

static void a_second_is_enough(void)
{
    struct plumb_vec3 ups[20];
    struct plumb_rng rng = plumb_rng_of(5);
    struct hands_params params = hands_usual();
    params.hold_least_s = 1;
    params.hold_most_s = 1.3;
    for (int i = 0; i < 20; i++)
        ups[i] = plumb_turned_way(i)->up_s;
    bench.sensor = sensor_usual(5);
    hands_plan(&bench.hands, &params, ups, 20, &rng);
    record();
    CU_ASSERT(bench.guide.stills_n >= 19);
    CU_ASSERT_EQUAL(bench.guide.fit.refusal, PLUMB_ACCEL_FITTED);
}

/* 4 deg/s, evenly: no pose lasts. */
static void turning_slowly_is_not_holding_still(void)
{
    struct plumb_still_blocks blocks;
    struct plumb_still stills[8];
    plumb_still_blocks_init(&blocks, bench.blocks, BLOCKS_N);
    for (size_t i = 0; i < 4000; i++) {
        double t_s = (double)i / 200, angle = 8 * DEG * t_s;
        struct plumb_imu imu = {
            .accel_s_mps2 = {PLUMB_GRAVITY_MPS2 * sin(angle), 0, PLUMB_GRAVITY_MPS2 * cos(angle)},
            .gyro_s_radps = {0, -8 * DEG, 0},
            .temp_c = NAN};
        plumb_still_blocks_push(&blocks, i, t_s, &imu, 0);
    }
    struct plumb_still_limits limits = plumb_still_limits(&blocks);
    CU_ASSERT_EQUAL(plumb_still_find(&blocks, &limits, stills, 8), 0);
}

static void a_gap_ends_a_pose(void)
{
    struct plumb_still_blocks blocks;
    struct plumb_still stills[8];
    struct plumb_imu imu = {.accel_s_mps2 = {0, 0, 9.8}, .temp_c = NAN};
    plumb_still_blocks_init(&blocks, bench.blocks, BLOCKS_N);
    for (size_t i = 0; i < 1000; i++)
        plumb_still_blocks_push(&blocks, i, (double)i / 100 + (i >= 500 ? 3 : 0), &imu, 0);
    struct plumb_still_limits limits = plumb_still_limits(&blocks);
    CU_ASSERT_EQUAL(plumb_still_find(&blocks, &limits, stills, 8), 2);
    CU_ASSERT(stills[0].end_s <= 5.001 && stills[1].begin_s >= 7.999);
    CU_ASSERT_EQUAL(stills[1].row, 500);
}

/* ---- the fit */

static void what_is_wrong_is_found(void)
{
    hold(12, 6);
    record();
    const struct plumb_accel_fit *fit = &bench.guide.fit;
    struct plumb_vec3 offset = plumb_vec3_add(
        bench.sensor.error.accel.offset,
        plumb_vec3_scale(bench.sensor.error.accel.drift_per_c, fit->temp_c - 25));
    CU_ASSERT_EQUAL_FATAL(fit->refusal, PLUMB_ACCEL_FITTED);
    CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(fit->bias_mps2, offset)) < 0.015);
    CU_ASSERT(fit->residual_mps2 < 0.005 && fit->check_mps2 < 0.02);
    CU_ASSERT(fit->direction_sd_rad < 0.15 * DEG);
    CU_ASSERT_EQUAL(fit->matrix[1], fit->matrix[3]);
    CU_ASSERT(fit->condition > 0.001);
}

/* Somebody converted another sensor's counts: 7 to 15 % wrong, offsets of an m/s2. */
static void a_wrong_conversion_is_put_right(void)
{
    static const double scales[] = {0.85, 0.93, 1.07, 1.15};
    for (int i = 0; i < 4; i++) {
        hold(36, (uint64_t)(7 + i));
        bench.sensor.error.accel.offset = plumb_vec3_of(0.86, 1.22, -0.97);
        bench.sensor.error.gyro.offset = plumb_vec3_of(4 * DEG, -4 * DEG, 3 * DEG);
        bench.sensor.accel_scale = scales[i];
        record();
        const struct plumb_accel_fit *fit = &bench.guide.fit;
        poses_are_the_plans();
        CU_ASSERT_EQUAL_FATAL(fit->refusal, PLUMB_ACCEL_FITTED);
        CU_ASSERT_DOUBLE_EQUAL(fit->bias_mps2.y, 1.22 * scales[i], 0.02);
        CU_ASSERT_DOUBLE_EQUAL(fit->matrix[0] * scales[i], 1, 0.03);
        CU_ASSERT(fit->residual_mps2 < 0.006);
    }
}

/* Poses made of arithmetic: no noise, any errors. */
static struct plumb_still pose_of(struct plumb_vec3 up_s)
{
    struct plumb_vec3 a = plumb_vec3_scale(up_s, PLUMB_GRAVITY_MPS2);
    return (struct plumb_still){
        .accel_s_mps2 = {1.02 * a.x + 0.01 * a.y + 0.2, 0.98 * a.y + 0.01 * a.x - 0.1, 0.99 * a.z + 0.3},
        .accel_sd_mps2 = 0.001,
        .temp_c = NAN};
}

static void a_pose_that_contradicts_counts_less(void)
{
    struct plumb_still stills[26];
    static struct plumb_accel_fit fit;
    for (int i = 0; i < 26; i++)
        stills[i] = pose_of(plumb_turned_way(i)->up_s);
    stills[9].accel_s_mps2 = plumb_vec3_scale(stills[9].accel_s_mps2, 1.02);
    CU_ASSERT_EQUAL_FATAL(plumb_accel_fit(&fit, stills, 26), 0);
    CU_ASSERT(fit.poses[9].weight < 0.2);
    CU_ASSERT(fabs(fit.poses[9].residual_mps2) > 0.15);
    CU_ASSERT_DOUBLE_EQUAL(fit.bias_mps2.x, 0.2, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(fit.bias_mps2.z, 0.3, 0.01);
}

static void duplicates_share_one_vote(void)
{
    struct plumb_still stills[12];
    static struct plumb_accel_fit fit;
    for (int i = 0; i < 12; i++)
        stills[i] = pose_of(plumb_turned_way(i % 4)->up_s);
    CU_ASSERT_NOT_EQUAL(plumb_accel_fit(&fit, stills, 12), 0);
    CU_ASSERT_DOUBLE_EQUAL(fit.distinct_n, 4, 1e-9);
    CU_ASSERT_EQUAL(fit.refusal, PLUMB_ACCEL_TOO_FEW);
    CU_ASSERT_EQUAL(fit.bias_mps2.x, 0);
    CU_ASSERT_EQUAL(plumb_turned_next(&fit, stills, 12), 4);
}

/* Twelve ways round one axis: nothing is known of that axis. */
static void poses_in_a_plane_are_refused(void)
{
    struct plumb_still stills[12];
    static struct plumb_accel_fit fit;
    for (int i = 0; i < 12; i++)
        stills[i] = pose_of(plumb_vec3_of(cos(i * 30 * DEG), sin(i * 30 * DEG), 0));
    CU_ASSERT_NOT_EQUAL(plumb_accel_fit(&fit, stills, 12), 0);
    CU_ASSERT_EQUAL(fit.refusal, PLUMB_ACCEL_ONE_SIDED);
    CU_ASSERT_EQUAL(fit.weak_axis, 2);
    CU_ASSERT_EQUAL(fit.matrix[8], 1);
    int next = plumb_turned_next(&fit, stills, 12);
    CU_ASSERT(fabs(plumb_turned_way(next)->up_s.z) > 0.9);
}

static void a_hemisphere_is_refused(void)
{
    struct plumb_still stills[9];
    static struct plumb_accel_fit fit;
    for (int i = 0; i < 9; i++)
        stills[i] =
            pose_of(plumb_vec3_unit(plumb_vec3_of(cos(i * 40 * DEG), sin(i * 40 * DEG), i % 2 ? 1 : 2)));
    CU_ASSERT_NOT_EQUAL(plumb_accel_fit(&fit, stills, 9), 0);
    CU_ASSERT_EQUAL(fit.refusal, PLUMB_ACCEL_ONE_SIDED);
}

static void poses_that_make_no_sense_are_refused(void)
{
    struct plumb_still stills[26] = {{0}};
    struct plumb_rng rng = plumb_rng_of(1);
    static struct plumb_accel_fit fit;
    for (int i = 0; i < 26; i++) {
        stills[i] = pose_of(plumb_turned_way(i)->up_s);
        stills[i].accel_s_mps2 = plumb_vec3_scale(stills[i].accel_s_mps2, plumb_rng_uniform(&rng, 0.7, 1.3));
    }
    CU_ASSERT_NOT_EQUAL(plumb_accel_fit(&fit, stills, 26), 0);
    CU_ASSERT_EQUAL(fit.refusal, PLUMB_ACCEL_NO_SENSE);
    CU_ASSERT_NOT_EQUAL(plumb_accel_fit(&fit, stills, 0), 0);
    CU_ASSERT_EQUAL(fit.refusal, PLUMB_ACCEL_TOO_FEW);
}

/* Ten poses that what is missing next asked for are enough for a good fit. */
static void following_the_next_way_ends(void)
{
    struct plumb_still stills[20] = {{0}};
    static struct plumb_accel_fit fit;
    size_t n = 0;
    int next;
    plumb_accel_fit(&fit, stills, 0);
    while ((next = plumb_turned_next(&fit, stills, n)) >= 0 && n < 20) {
        stills[n++] = pose_of(plumb_turned_way(next)->up_s);
        plumb_accel_fit(&fit, stills, n);
    }
    CU_ASSERT_EQUAL(next, -1);
    CU_ASSERT(n >= 10 && n <= 14);
    CU_ASSERT(fit.direction_sd_rad < 0.15 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(fit.matrix[1], -0.01, 0.002);
}

/* ---- the guide */

static size_t played[5]; /* how often each event came */

static void play(void)
{
    memset(played, 0, sizeof played);
    plumb_guide_init(&bench.guide, bench.blocks, BLOCKS_N);
    for (size_t i = 0; i < bench.track.n; i++) {
        struct plumb_sample sample = plumb_track_at(&bench.track, i);
        played[plumb_guide_push(&bench.guide, i, sample.t_s, &sample.imu[PLUMB_PELVIS], sample.flags)]++;
    }
}

static void the_guide_takes_each_pose_once(void)
{
    hold(10, 8);
    record();
    play();
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_TAKEN] + played[PLUMB_GUIDE_DONE], 10);
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_AGAIN], 0);
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_TOO_SOON], 0);
}

static void the_guide_notices_what_was_shown_before(void)
{
    struct plumb_vec3 ups[] = {{0, 0, 1}, {1, 0, 0}, {0, 0, 1}, {0, 0, -1}};
    struct plumb_rng rng = plumb_rng_of(2);
    struct hands_params params = hands_usual();
    params.aim_rad = 1 * DEG;
    bench.sensor = sensor_usual(2);
    hands_plan(&bench.hands, &params, ups, 4, &rng);
    record();
    play();
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_TAKEN], 3);
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_AGAIN], 1);
    CU_ASSERT_EQUAL(bench.guide.next, 3);
}

static void moving_too_soon_is_said(void)
{
    struct plumb_rng rng = plumb_rng_of(3);
    struct hands_params params = hands_usual();
    struct plumb_vec3 ups[8];
    params.hold_least_s = params.hold_most_s = 0.45;
    for (int i = 0; i < 8; i++)
        ups[i] = plumb_turned_way(i)->up_s;
    bench.sensor = sensor_usual(3);
    hands_plan(&bench.hands, &params, ups, 8, &rng);
    record();
    play();
    CU_ASSERT(played[PLUMB_GUIDE_TOO_SOON] >= 4);
    CU_ASSERT_EQUAL(played[PLUMB_GUIDE_DONE], 0);
}

/* An axis that ends at 9 m/s2, flat. */
static void a_saturated_axis_is_named(void)
{
    hold(12, 9);
    record();
    for (size_t i = 0; i < bench.track.n; i++)
        for (int axis = 0; axis < 3; axis++) {
            float *a = &bench.track.imu[0][i].accel_s_mps2[axis];
            *a = *a > 5 ? 5 : *a < -5 ? -5 : *a;
        }
    for (size_t i = 0; i < bench.track.n; i++)
        for (int axis = 0; axis < 3; axis++)
            if (fabsf(bench.track.imu[0][i].accel_s_mps2[axis]) >= 5)
                bench.track.flags[i] = PLUMB_SAMPLE_CLIPPED;
    look();
    CU_ASSERT(bench.guide.clipped_n > 6);
    CU_ASSERT_EQUAL(bench.guide.fit.refusal, PLUMB_ACCEL_CLIPPED);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"poses are found at any rate", poses_are_found_at_any_rate},
        {"a gyroscope far off hides no pose", a_gyroscope_far_off_hides_no_pose},
        {"a second is enough", a_second_is_enough},
        {"turning slowly is not holding still", turning_slowly_is_not_holding_still},
        {"a gap ends a pose", a_gap_ends_a_pose},
        {"what is wrong is found", what_is_wrong_is_found},
        {"a wrong conversion is put right", a_wrong_conversion_is_put_right},
        {"a pose that contradicts counts less", a_pose_that_contradicts_counts_less},
        {"duplicates share one vote", duplicates_share_one_vote},
        {"poses in a plane are refused", poses_in_a_plane_are_refused},
        {"a hemisphere is refused", a_hemisphere_is_refused},
        {"poses that make no sense are refused", poses_that_make_no_sense_are_refused},
        {"following the next way ends", following_the_next_way_ends},
        {"the guide takes each pose once", the_guide_takes_each_pose_once},
        {"the guide notices what was shown before", the_guide_notices_what_was_shown_before},
        {"moving too soon is said", moving_too_soon_is_said},
        {"a saturated axis is named", a_saturated_axis_is_named},
        CU_TEST_INFO_NULL,
    };
    int failed = plumb_suite_run("poses", tests, argc, argv);
    track_free(&bench.track);
    return failed;
}
