/* Breathing found in simulated tilt: rate, size, and none where there is none. */
#include <math.h>

#include "host/core/breath.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "suite.h"

#define RATE_HZ    200.0
#define VALUES_MAX 20000

/* One window: breathing that is not a sinusoid, on a drift, under tremor and noise. Angles in degrees. */
struct scene {
    double seconds, freq_hz, pp_deg, phase, harmonic, drift_degps, bend, tremor_deg, tremor_hz;
};

static double breath_at(const struct scene *scene, double phase)
{
    return sin(phase) + scene->harmonic * sin(2 * phase + 0.9);
}

static double shape_height(const struct scene *scene)
{
    double most = -9, least = 9;
    for (int i = 0; i < 2000; i++) {
        double value = breath_at(scene, 2 * PLUMB_PI * i / 2000);
        most = fmax(most, value);
        least = fmin(least, value);
    }
    return most - least;
}

static struct plumb_breath found(const struct scene *scene, struct plumb_rng *rng, double rate_hz)
{
    static double tilt_rad[VALUES_MAX];
    size_t n = (size_t)(scene->seconds * rate_hz);
    double unit = scene->pp_deg / shape_height(scene);
    for (size_t i = 0; i < n; i++) {
        double t_s = (double)i / rate_hz, phase = 2 * PLUMB_PI * scene->freq_hz * t_s + scene->phase;
        double deg = unit * breath_at(scene, phase) + scene->drift_degps * t_s + scene->bend * t_s * t_s;
        deg += scene->tremor_deg * sin(2 * PLUMB_PI * scene->tremor_hz * t_s) + 0.1 * plumb_rng_normal(rng);
        tilt_rad[i] = (4 + deg) * PLUMB_RAD_PER_DEG;
    }
    struct plumb_breath breath;
    plumb_breath_find(&breath, tilt_rad, n, rate_hz);
    return breath;
}

static struct scene any_scene(struct plumb_rng *rng, double seconds)
{
    struct scene scene = {.seconds = seconds};
    scene.freq_hz = plumb_rng_uniform(rng, fmax(0.15, 2 / seconds), 0.45);
    scene.pp_deg = plumb_rng_uniform(rng, 0.4, 2.5);
    scene.phase = plumb_rng_uniform(rng, 0, 2 * PLUMB_PI);
    scene.harmonic = plumb_rng_uniform(rng, 0, 0.25);
    scene.drift_degps = plumb_rng_uniform(rng, -0.1, 0.1);
    scene.bend = plumb_rng_uniform(rng, -0.003, 0.003);
    scene.tremor_deg = plumb_rng_uniform(rng, 0, 0.2);
    scene.tremor_hz = plumb_rng_uniform(rng, 4, 12);
    return scene;
}

static void rate_within_one_a_minute_and_size_within_15_percent(void)
{
    struct plumb_rng rng = plumb_rng_of(1);
    for (double seconds = 8; seconds <= 30; seconds += 2)
        for (int k = 0; k < 30; k++) {
            struct scene scene = any_scene(&rng, seconds);
            struct plumb_breath breath = found(&scene, &rng, RATE_HZ);
            CU_ASSERT_DOUBLE_EQUAL(breath.per_min, 60 * scene.freq_hz, 1);
            CU_ASSERT_DOUBLE_EQUAL(breath.pp_rad * PLUMB_DEG_PER_RAD, scene.pp_deg, 0.15 * scene.pp_deg);
            CU_ASSERT(breath.strength > 0.5 && breath.strength <= 1);
        }
}

static void any_sampling_rate_will_do(void)
{
    static const double rates_hz[] = {5, 10, 19.9, 20, 50, 333.3};
    struct plumb_rng rng = plumb_rng_of(2);
    for (size_t k = 0; k < sizeof rates_hz / sizeof rates_hz[0]; k++) {
        struct scene scene = {.seconds = 20, .freq_hz = 0.27, .pp_deg = 1.5};
        struct plumb_breath breath = found(&scene, &rng, rates_hz[k]);
        CU_ASSERT_DOUBLE_EQUAL(breath.per_min, 16.2, 0.5);
        CU_ASSERT_DOUBLE_EQUAL(breath.pp_rad * PLUMB_DEG_PER_RAD, 1.5, 0.15);
    }
}

static void a_long_window_counts_its_last_minute(void)
{
    struct plumb_rng rng = plumb_rng_of(3);
    struct scene scene = {.seconds = 100, .freq_hz = 0.3, .pp_deg = 1.5};
    struct plumb_breath breath = found(&scene, &rng, RATE_HZ);
    CU_ASSERT_DOUBLE_EQUAL(breath.per_min, 18, 0.2);
}

static void nothing_is_found_in_stillness_drift_or_tremor(void)
{
    struct plumb_rng rng = plumb_rng_of(4);
    struct scene still = {.seconds = 15, .freq_hz = 0.25};
    struct scene drift = {.seconds = 15, .freq_hz = 0.25, .drift_degps = 0.4, .bend = 0.02};
    struct scene tremor = {.seconds = 15, .freq_hz = 0.25, .tremor_deg = 1, .tremor_hz = 7};
    for (int k = 0; k < 20; k++) {
        CU_ASSERT_EQUAL(found(&still, &rng, RATE_HZ).per_min, 0);
        CU_ASSERT_EQUAL(found(&drift, &rng, RATE_HZ).pp_rad, 0);
        CU_ASSERT_EQUAL(found(&tremor, &rng, RATE_HZ).per_min, 0);
    }
}

static void too_short_gives_zeros(void)
{
    struct plumb_rng rng = plumb_rng_of(5);
    struct scene scene = {.seconds = 4.9, .freq_hz = 0.45, .pp_deg = 2};
    struct plumb_breath breath = found(&scene, &rng, RATE_HZ);
    CU_ASSERT(breath.pp_rad * PLUMB_DEG_PER_RAD == 0 && breath.per_min == 0 && breath.strength == 0);
    double constant[200] = {0};
    plumb_breath_find(&breath, constant, 200, 20);
    CU_ASSERT(breath.pp_rad * PLUMB_DEG_PER_RAD == 0 && breath.per_min == 0 && breath.strength == 0);
    plumb_breath_find(&breath, constant, 0, 20);
    CU_ASSERT(breath.pp_rad * PLUMB_DEG_PER_RAD == 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"rate_within_one_a_minute_and_size_within_15_percent",
         rate_within_one_a_minute_and_size_within_15_percent},
        {"any_sampling_rate_will_do", any_sampling_rate_will_do},
        {"a_long_window_counts_its_last_minute", a_long_window_counts_its_last_minute},
        {"nothing_is_found_in_stillness_drift_or_tremor", nothing_is_found_in_stillness_drift_or_tremor},
        {"too_short_gives_zeros", too_short_gives_zeros},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("breath", tests, argc, argv);
}
