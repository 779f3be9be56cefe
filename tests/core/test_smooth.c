/* The smoother and the estimators on real data: better than live, honest, whole, and never unsound. */
#include <stdlib.h>
#include <string.h>

#include "host/core/smooth.h"
#include "host/core/smooth_forward.h"
#include "host/core/smooth_lag.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "suite.h"
#include "tests/accuracy/run.h"
#include "tests/packed.h"

#define EXCERPT PLUMB_SOURCE_DIR "/tests/data/broad_02_excerpt.csv.gz"

static void test_real_data_live_and_smoothed(void)
{
    struct truth truth;
    CU_ASSERT_EQUAL_FATAL(truth_load(&truth, EXCERPT), 0);
    struct truth_score live = run_live(&truth), smooth = run_smooth(&truth);
    CU_ASSERT(live.moving_deg < 0.33);
    CU_ASSERT(live.rest_deg < 0.22);
    CU_ASSERT(smooth.moving_deg < 0.28);
    CU_ASSERT(live.within_one > 0.6 && live.within_two > 0.9);
    CU_ASSERT(smooth.within_one > 0.55 && smooth.within_two > 0.9);
    truth_free(&truth);
}

enum { SAMPLES_N = 6000 };
#define RATE_HZ 100.0

/* A swing about x with a push along y; the truth beside it. */
static void make(struct plumb_sample *samples, struct plumb_quat *q_ws)
{
    struct plumb_rng rng = plumb_rng_of(7);
    for (int i = 0; i < SAMPLES_N; i++) {
        double t_s = i / RATE_HZ, w = 2 * PLUMB_PI * 0.4;
        struct plumb_vec3 force_w = {0, 2 * cos(2 * PLUMB_PI * 0.7 * t_s), PLUMB_GRAVITY_MPS2};
        q_ws[i] = plumb_quat_from_rotvec(plumb_vec3_of(0.5 * sin(w * t_s), 0, 0));
        samples[i] = (struct plumb_sample){.t_s = t_s, .present = 1u << PLUMB_LUMBAR};
        struct plumb_imu *imu = &samples[i].imu[PLUMB_LUMBAR];
        imu->accel_s_mps2 = plumb_quat_apply(plumb_quat_conj(q_ws[i]), force_w);
        double step_rad = 0.5 * (sin(w * t_s) - sin(w * (t_s - 1 / RATE_HZ)));
        imu->gyro_s_radps = plumb_vec3_of(step_rad * RATE_HZ + 0.05, -0.05, 0.05);
        imu->gyro_s_radps.y += 2e-3 * plumb_rng_normal(&rng);
    }
}

static double tilt_error_rad(struct plumb_quat a, struct plumb_quat b)
{
    struct plumb_quat e = plumb_quat_mul(a, plumb_quat_conj(b));
    return 2 * asin(fmin(1, hypot(e.x, e.y)));
}

static struct plumb_sample samples[SAMPLES_N];
static struct plumb_quat true_q_ws[SAMPLES_N], q_ws[SAMPLES_N];
static struct plumb_tilt_variance tilt[SAMPLES_N];

static void smooth_all(size_t n, int with_tilt)
{
    struct plumb_orient_params params;
    struct plumb_orient_coeff coeff;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&coeff, &params);
    struct plumb_track track = packed_of(samples, n, PLUMB_LUMBAR);
    double duration_s = n > 0 ? samples[n - 1].t_s - samples[0].t_s : 0;
    void *work = malloc(plumb_smooth_bytes(n, duration_s));
    CU_ASSERT_PTR_NOT_NULL_FATAL(work);
    plumb_smooth(q_ws, with_tilt ? tilt : NULL, &track, PLUMB_LUMBAR, &coeff, work, NULL);
    free(work);
    packed_free(&track);
}

static double worst_error_rad(size_t from, size_t to)
{
    double worst = 0;
    for (size_t i = from; i < to; i++)
        worst = fmax(worst, tilt_error_rad(q_ws[i], true_q_ws[i]));
    return worst;
}

static void test_the_first_second_is_as_good_as_the_rest(void)
{
    make(samples, true_q_ws);
    smooth_all(SAMPLES_N, 1);
    CU_ASSERT(worst_error_rad(0, 200) < 1.2 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(worst_error_rad(1000, 5000) < 0.5 * PLUMB_RAD_PER_DEG);
    for (int i = 0; i < SAMPLES_N; i++)
        CU_ASSERT(tilt[i].xx_rad2 > 0 && tilt[i].yy_rad2 > 0 && tilt[i].xx_rad2 < 0.1f);
}

/* A start at 300 deg/s about an axis that turns too, twice sampled too seldom for anything but care; and an
 * offset that is another one when the recording ends. */
static void test_a_fast_start_is_rolled_back_right(void)
{
    const double dt_s = 1 / RATE_HZ;
    struct plumb_quat q = PLUMB_QUAT_IDENTITY;
    make(samples, true_q_ws);
    for (int i = 0; i < SAMPLES_N; i++) {
        struct plumb_vec3 rate = {0, 0, 0};
        for (int k = 0; k < 20; k++) { /* the truth in fine steps */
            double t_s = (i - 1 + (k + 0.5) / 20) * dt_s, size = t_s < 4 ? 5 : 0.5;
            rate = plumb_vec3_of(size * cos(6 * t_s), size * sin(7 * t_s), 0.5 * size);
            q = plumb_quat_unit(plumb_quat_mul(q, plumb_quat_from_rotvec(plumb_vec3_scale(rate, dt_s / 20))));
        }
        double t_s = i * dt_s, size = t_s < 4 ? 5 : 0.5, offset = 1e-4 * t_s;
        rate = plumb_vec3_of(size * cos(6 * t_s) + offset, size * sin(7 * t_s), 0.5 * size);
        true_q_ws[i] = plumb_quat_mul(q, plumb_quat_from_rotvec(plumb_vec3_scale(rate, dt_s / 2)));
        samples[i].imu[PLUMB_LUMBAR].gyro_s_radps = rate;
        samples[i].imu[PLUMB_LUMBAR].accel_s_mps2 =
            plumb_quat_apply(plumb_quat_conj(q), plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2));
    }
    smooth_all(SAMPLES_N, 1);
    CU_ASSERT(worst_error_rad(0, 150) < 0.7 * PLUMB_RAD_PER_DEG);
}

/* Scales 3 % off and quick movement: the smoother's start rests on what was learnt later. */
static void test_a_gyroscope_far_off_is_learnt_from_the_start(void)
{
    struct plumb_quat q = PLUMB_QUAT_IDENTITY;
    const double dt_s = 1 / RATE_HZ;
    make(samples, true_q_ws);
    for (int i = 0; i < SAMPLES_N; i++) {
        struct plumb_vec3 rate = {0, 0, 0};
        for (int k = 0; k < 20; k++) { /* the truth in fine steps */
            double t_s = (i - 1 + (k + 0.5) / 20) * dt_s;
            rate = plumb_vec3_of(2.5 * cos(2.1 * t_s), 2.5 * sin(1.7 * t_s), 1.5 * cos(0.7 * t_s));
            q = plumb_quat_unit(plumb_quat_mul(q, plumb_quat_from_rotvec(plumb_vec3_scale(rate, dt_s / 20))));
        }
        true_q_ws[i] = plumb_quat_mul(q, plumb_quat_from_rotvec(plumb_vec3_scale(rate, dt_s / 2)));
        samples[i].imu[PLUMB_LUMBAR].gyro_s_radps =
            plumb_vec3_of(1.03 * rate.x, 0.97 * rate.y, 1.03 * rate.z);
        samples[i].imu[PLUMB_LUMBAR].accel_s_mps2 =
            plumb_quat_apply(plumb_quat_conj(q), plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2));
    }
    smooth_all(SAMPLES_N, 1);
    CU_ASSERT(worst_error_rad(0, SAMPLES_N) < 1 * PLUMB_RAD_PER_DEG);
}

static void test_without_the_uncertainty_the_same_orientation(void)
{
    static struct plumb_quat with[SAMPLES_N];
    make(samples, true_q_ws);
    smooth_all(SAMPLES_N, 1);
    memcpy(with, q_ws, sizeof q_ws);
    smooth_all(SAMPLES_N, 0);
    CU_ASSERT_EQUAL(memcmp(with, q_ws, sizeof q_ws), 0);
}

static void test_missing_samples_lie_between_their_neighbours(void)
{
    make(samples, true_q_ws);
    for (int i = 3000; i < 3020; i++)
        samples[i].present = 0;
    samples[0].present = samples[SAMPLES_N - 1].present = 0;
    smooth_all(SAMPLES_N, 1);
    CU_ASSERT(worst_error_rad(2900, 3100) < 1.5 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(worst_error_rad(0, 2) < 2.5 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(tilt_error_rad(q_ws[SAMPLES_N - 1], q_ws[SAMPLES_N - 2]) < 1e-9);
}

static void test_a_long_gap_parts_the_recording(void)
{
    make(samples, true_q_ws);
    for (int i = 3000; i < SAMPLES_N; i++)
        samples[i].t_s += 30;
    smooth_all(SAMPLES_N, 1);
    CU_ASSERT(worst_error_rad(0, SAMPLES_N) < 2.5 * PLUMB_RAD_PER_DEG);
}

static void test_short_recordings(void)
{
    make(samples, true_q_ws);
    for (size_t n = 0; n < 300; n += n < 5 ? 1 : 37) {
        smooth_all(n, 1);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT_DOUBLE_EQUAL(plumb_quat_norm(q_ws[i]), 1, 1e-6);
    }
}

static void test_memory_does_not_grow_with_the_rate(void)
{
    CU_ASSERT(plumb_smooth_bytes(720000, 3600) < 63000000);
    CU_ASSERT_EQUAL(plumb_smooth_bytes(3600000, 3600), plumb_smooth_bytes(720000, 3600));
    CU_ASSERT(plumb_smooth_bytes(10, 1e9) < 100000);
}

static void test_garbage_never_makes_it_unsound(void)
{
    static const double nasty[] = {0, NAN, INFINITY, -1e300, 1e-300, 3e3, 9.81, 50};
    for (uint64_t seed = 0; seed < 20; seed++) {
        struct plumb_rng rng = plumb_rng_of(seed);
        make(samples, true_q_ws);
        for (int i = 0; i < SAMPLES_N; i++) {
            double *values = &samples[i].imu[PLUMB_LUMBAR].accel_s_mps2.x;
            if (plumb_rng_next(&rng) % 20 == 0)
                values[plumb_rng_next(&rng) % 3] = nasty[plumb_rng_next(&rng) % 8];
            if (plumb_rng_next(&rng) % 500 == 0)
                samples[i].flags = plumb_rng_next(&rng) % 8;
            if (i > 0 && plumb_rng_next(&rng) % 300 == 0)
                samples[i].t_s = samples[i - 1].t_s - 3;
        }
        smooth_all(SAMPLES_N, 1);
        int sound = 1;
        for (int i = 0; i < SAMPLES_N; i++)
            sound &= fabs(plumb_quat_norm(q_ws[i]) - 1) < 1e-6 && isfinite(tilt[i].xx_rad2 + tilt[i].yy_rad2);
        CU_ASSERT(sound);
    }
}

static struct plumb_smooth_lag lag; /* too large for a stack */

/* Runs the samples through a lag, pulling as they come; the number that came out. */
static size_t run_lag(double lag_s, double *latest_s)
{
    struct plumb_orient_params params;
    struct plumb_orient_coeff coeff;
    struct plumb_smooth_late late;
    size_t out_n = 0;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&coeff, &params);
    plumb_smooth_lag_init(&lag, &coeff, lag_s);
    *latest_s = 0;
    for (int i = 0; i < SAMPLES_N; i++) {
        const struct plumb_imu *imu = &samples[i].imu[PLUMB_LUMBAR];
        plumb_smooth_lag_push(&lag, &coeff, samples[i].t_s, imu, samples[i].flags);
        while (plumb_smooth_lag_pull(&lag, &late)) {
            CU_ASSERT_EQUAL(late.t_s, samples[out_n].t_s);
            q_ws[out_n++] = late.q_ws;
            *latest_s = i > 500 ? fmax(*latest_s, samples[i].t_s - late.t_s) : 0;
        }
    }
    plumb_smooth_lag_end(&lag);
    while (plumb_smooth_lag_pull(&lag, &late))
        q_ws[out_n++] = late.q_ws;
    return out_n;
}

static void test_a_lag_lets_nothing_out_twice_or_never(void)
{
    const double lags_s[] = {0, 0.5, 1, 3};
    double latest_s, errors_rad[4];
    make(samples, true_q_ws);
    for (int i = 0; i < 4; i++) {
        CU_ASSERT_EQUAL(run_lag(lags_s[i], &latest_s), SAMPLES_N);
        CU_ASSERT(latest_s <= (lags_s[i] > 0 ? lags_s[i] + 0.4 : 0));
        errors_rad[i] = worst_error_rad(2000, SAMPLES_N - 400);
    }
    CU_ASSERT(errors_rad[3] < errors_rad[0]);
}

static void test_a_lag_passes_long_gaps_and_high_rates(void)
{
    double latest_s;
    make(samples, true_q_ws);
    for (int i = 0; i < SAMPLES_N; i++)
        samples[i].t_s = samples[i].t_s / 20 + (i >= 3000 ? 30 : 0); /* 2 kHz, a gap */
    CU_ASSERT(run_lag(3, &latest_s) <= SAMPLES_N);
    for (int i = 0; i < SAMPLES_N; i++)
        CU_ASSERT_DOUBLE_EQUAL(plumb_quat_norm(q_ws[i]), 1, 1e-6);
}

/* ---- long recordings: what was not kept is run once more */

enum { LONG_N = 36000 }; /* three stretches of records */

/* Slow enough that each sample is an update; restless, with gaps that restart the filter. */
static void make_long(struct plumb_sample *longer)
{
    struct plumb_rng rng = plumb_rng_of(11);
    double t_s = 0;
    for (int i = 0; i < LONG_N; i++) {
        t_s += i % 9000 == 8999 ? 40 : 0.06;
        longer[i] = (struct plumb_sample){.t_s = t_s, .present = i % 50 ? 1u << PLUMB_LUMBAR : 0};
        struct plumb_imu *imu = &longer[i].imu[PLUMB_LUMBAR];
        imu->accel_s_mps2 = plumb_vec3_of(plumb_rng_normal(&rng), 0.3, PLUMB_GRAVITY_MPS2);
        imu->gyro_s_radps = plumb_vec3_of(0.02, 0.3 * plumb_rng_normal(&rng), 0.01);
    }
}

static void run_forward(
    struct plumb_smooth_forward *forward, const struct plumb_track *track,
    const struct plumb_orient_coeff *coeff, void *work, struct plumb_quat *found_q_ws)
{
    struct plumb_orient live;
    plumb_orient_init(&live, coeff);
    plumb_smooth_forward_init(forward, track, PLUMB_LUMBAR, coeff, NULL, work);
    CU_ASSERT_EQUAL(plumb_smooth_forward_run(forward, &live, found_q_ws), 0);
}

static int same_step(const struct plumb_orient_step *a, const struct plumb_orient_step *b)
{
    int same = a->looks_n == b->looks_n && memcmp(a->tilt_rad, b->tilt_rad, sizeof a->tilt_rad) == 0 &&
               memcmp(a->tilt_rows, b->tilt_rows, sizeof a->tilt_rows) == 0 &&
               memcmp(a->rows_gyro_w_rad, b->rows_gyro_w_rad, sizeof a->rows_gyro_w_rad) == 0;
    return same && memcmp(a->looks, b->looks, (size_t)a->looks_n * sizeof *a->looks) == 0;
}

/* What a long recording has run again, against its beginning alone, which has kept it. */
static void compare_records(
    struct plumb_smooth_forward *whole, const struct plumb_track *track, size_t n,
    const struct plumb_orient_coeff *coeff, struct plumb_quat *found_q_ws)
{
    struct plumb_track begin = *track;
    struct plumb_smooth_forward part;
    begin.n = n;
    void *work = malloc(plumb_smooth_forward_bytes(n, track->t_s[n - 1]));
    run_forward(&part, &begin, coeff, work, found_q_ws);
    size_t same_n = 0, restarts_n = 0;
    for (size_t k = part.knots_n; k-- > 0;) {
        int restart = part.knots[k].restart;
        restarts_n += (size_t)restart;
        same_n +=
            restart || same_step(plumb_smooth_forward_step(whole, k), plumb_smooth_forward_step(&part, k));
    }
    CU_ASSERT_EQUAL(same_n, part.knots_n);
    CU_ASSERT(part.knots_n > n / 2 && restarts_n > 0);
    free(work);
}

static void test_what_is_run_again_is_the_same(void)
{
    struct plumb_orient_params params;
    struct plumb_orient_coeff coeff;
    struct plumb_smooth_forward whole;
    struct plumb_sample *longer = malloc(LONG_N * sizeof *longer);
    struct plumb_quat *found_q_ws = malloc(LONG_N * sizeof *found_q_ws);
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&coeff, &params);
    make_long(longer);
    struct plumb_track track = packed_of(longer, LONG_N, PLUMB_LUMBAR);
    size_t bytes = plumb_smooth_forward_bytes(LONG_N, longer[LONG_N - 1].t_s);
    void *work = malloc(bytes);
    CU_ASSERT(bytes < LONG_N * sizeof(struct plumb_orient_step));
    run_forward(&whole, &track, &coeff, work, found_q_ws);
    CU_ASSERT(whole.knots_n > 2 * 16384);
    compare_records(&whole, &track, 16000, &coeff, found_q_ws); /* within the first stretch */
    compare_records(&whole, &track, 30000, &coeff, found_q_ws); /* within the second */
    free(work);
    free(found_q_ws);
    free(longer);
    packed_free(&track);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a fast start is rolled back right", test_a_fast_start_is_rolled_back_right},
        {"a gyroscope far off", test_a_gyroscope_far_off_is_learnt_from_the_start},
        {"real data", test_real_data_live_and_smoothed},
        {"the first second", test_the_first_second_is_as_good_as_the_rest},
        {"without the uncertainty", test_without_the_uncertainty_the_same_orientation},
        {"missing samples", test_missing_samples_lie_between_their_neighbours},
        {"a long gap", test_a_long_gap_parts_the_recording},
        {"short recordings", test_short_recordings},
        {"memory", test_memory_does_not_grow_with_the_rate},
        {"a long recording", test_what_is_run_again_is_the_same},
        {"a lag", test_a_lag_lets_nothing_out_twice_or_never},
        {"a lag over gaps", test_a_lag_passes_long_gaps_and_high_rates},
        {"garbage", test_garbage_never_makes_it_unsound},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("smooth", tests, argc, argv);
}
