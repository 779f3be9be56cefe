/* Zero-phase filters and spectra against closed forms, and the Allan pyramid against known noise. */
#include <float.h>
#include <math.h>
#include <pthread.h>
#include <stdlib.h>

#include "host/core/allan.h"
#include "host/core/spectrum.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "suite.h"

#define RATE_HZ 100.0
#define LONG_N  720000

static double gain_at(double freq_hz, double cut_hz)
{
    return 1 / (1 + pow(freq_hz / cut_hz, 8));
}

static void fill_sine(double *values, size_t n, double freq_hz, double phase)
{
    for (size_t i = 0; i < n; i++)
        values[i] = sin(2 * PLUMB_PI * freq_hz * (double)i / RATE_HZ + phase);
}

/* Least squares amplitude and phase of a sinusoid in the middle half. */
static void measure_sine(const double *values, size_t n, double freq_hz, double *amplitude, double *phase)
{
    double ss = 0, cc = 0, sc = 0, sv = 0, cv = 0;
    for (size_t i = n / 4; i < 3 * n / 4; i++) {
        double angle = 2 * PLUMB_PI * freq_hz * (double)i / RATE_HZ, s = sin(angle), c = cos(angle);
        ss += s * s, cc += c * c, sc += s * c, sv += s * values[i], cv += c * values[i];
    }
    double det = ss * cc - sc * sc, a = (sv * cc - cv * sc) / det, b = (cv * ss - sv * sc) / det;
    *amplitude = hypot(a, b);
    *phase = atan2(b, a);
}

static void gain_and_phase_are_the_closed_form(void)
{
    enum { N = 6007 }; /* a prime */
    static double values[N];
    for (double freq_hz = 0.5; freq_hz < 5; freq_hz += 0.45) {
        double amplitude, phase;
        fill_sine(values, N, freq_hz, 0.7);
        CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, N, RATE_HZ, 2), 0);
        measure_sine(values, N, freq_hz, &amplitude, &phase);
        CU_ASSERT_DOUBLE_EQUAL(amplitude, gain_at(freq_hz, 2), 1e-6);
        CU_ASSERT_DOUBLE_EQUAL(phase, 0.7, 1e-6 / gain_at(freq_hz, 2));
        fill_sine(values, N, freq_hz, 0.7);
        CU_ASSERT_EQUAL(plumb_spectrum_band_pass(values, N, RATE_HZ, 1, 3), 0);
        measure_sine(values, N, freq_hz, &amplitude, &phase);
        CU_ASSERT_DOUBLE_EQUAL(amplitude, gain_at(freq_hz, 3) * (1 - gain_at(freq_hz, 1)), 1e-5);
        CU_ASSERT_DOUBLE_EQUAL(phase, 0.7, 1e-3);
    }
}

static void a_peak_stays_where_it_was(void)
{
    enum { N = 1500, PEAK = 611 };
    double values[N];
    for (int i = 0; i < N; i++)
        values[i] = exp(-pow((i - PEAK) / 30.0, 2));
    plumb_spectrum_low_pass(values, N, RATE_HZ, 1);
    int top = 0;
    for (int i = 0; i < N; i++)
        top = values[i] > values[top] ? i : top;
    CU_ASSERT_EQUAL(top, PEAK);
    for (int k = 1; k < 500; k++)
        CU_ASSERT_DOUBLE_EQUAL(values[PEAK - k], values[PEAK + k], 1e-6);
}

static void constants_and_lines_pass_exactly(void)
{
    static const size_t sizes[] = {3, 4, 5, 17, 101, 1009, 4096};
    static double values[4096];
    for (size_t k = 0; k < sizeof sizes / sizeof sizes[0]; k++) {
        size_t n = sizes[k];
        for (size_t i = 0; i < n; i++)
            values[i] = 1234.5 - 0.25 * (double)i;
        CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, n, RATE_HZ, 1.5), 0);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT_DOUBLE_EQUAL(values[i], 1234.5 - 0.25 * (double)i, 1e-9);
        CU_ASSERT_EQUAL(plumb_spectrum_band_pass(values, n, RATE_HZ, 0.1, 1.5), 0);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT_DOUBLE_EQUAL(values[i], 0, 1e-9);
    }
}

static void fewer_than_three_values_are_left_alone(void)
{
    double values[2] = {3, -7};
    CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, 0, RATE_HZ, 1), 0);
    CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, 1, RATE_HZ, 1), 0);
    CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, 2, RATE_HZ, 1), 0);
    CU_ASSERT(values[0] == 3 && values[1] == -7);
    CU_ASSERT_EQUAL(plumb_spectrum_band_pass(values, 2, RATE_HZ, 1, 2), 0);
    CU_ASSERT(values[0] == 0 && values[1] == 0);
}

static void any_length_stays_within_its_values(void)
{
    double values[64];
    struct plumb_rng rng = plumb_rng_of(3);
    for (size_t n = 3; n <= 64; n++) {
        double most = 0;
        for (size_t i = 0; i < n; i++) {
            values[i] = plumb_rng_uniform(&rng, -1, 1);
            most = fmax(most, fabs(values[i]));
        }
        CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, n, RATE_HZ, plumb_rng_uniform(&rng, 0.01, 60)), 0);
        for (size_t i = 0; i < n; i++)
            CU_ASSERT(fabs(values[i]) < 2 * most);
    }
}

/* Slow movement that is anything but flat at the ends, with noise: the ends are as good as the middle is. */
static void the_ends_neither_ring_nor_follow_noise(void)
{
    enum { N = 2000 };
    static double values[N], truth[N];
    struct plumb_rng rng = plumb_rng_of(5);
    double worst_square = 0;
    for (int run = 0; run < 50; run++) {
        double phase = plumb_rng_uniform(&rng, 0, 6.28);
        fill_sine(truth, N, 0.15, phase);
        for (int i = 0; i < N; i++)
            values[i] = truth[i] + 0.2 * plumb_rng_normal(&rng);
        plumb_spectrum_low_pass(values, N, RATE_HZ, 1.5);
        worst_square += (pow(values[0] - truth[0], 2) + pow(values[N - 1] - truth[N - 1], 2)) / 100;
        for (int i = 0; i < N; i++)
            CU_ASSERT(fabs(values[i] - truth[i]) < 0.3);
    }
    CU_ASSERT(sqrt(worst_square) < 0.15);
}

/* Against the answer of the same filter on a recording so long that its ends do not matter. */
static void the_ends_of_a_recording_agree_with_its_middle(void)
{
    enum { N = 12000, FROM = 5000, PART = 2000 };
    static double all[N], piece[PART];
    for (int i = 0; i < N; i++) {
        all[i] = sin(0.003 * i) + 0.3 * sin(0.011 * i + 1) + 0.05 * sin(0.9 * i);
        if (i >= FROM && i < FROM + PART)
            piece[i - FROM] = all[i];
    }
    plumb_spectrum_low_pass(all, N, RATE_HZ, 1.5);
    plumb_spectrum_low_pass(piece, PART, RATE_HZ, 1.5);
    for (int i = 0; i < PART; i++)
        CU_ASSERT_DOUBLE_EQUAL(piece[i], all[FROM + i], i < 60 || i >= PART - 60 ? 0.05 : 0.005);
}

static void an_hour_at_200_hz_passes(void)
{
    double *values = malloc(LONG_N * sizeof *values);
    CU_ASSERT_PTR_NOT_NULL_FATAL(values);
    for (size_t i = 0; i < LONG_N; i++)
        values[i] = 5 + sin(0.002 * (double)i) + (i % 2 ? 1 : -1);
    CU_ASSERT_EQUAL(plumb_spectrum_low_pass(values, LONG_N, 200, 1.5), 0);
    for (size_t i = 1000; i < LONG_N - 1000; i += 997)
        CU_ASSERT_DOUBLE_EQUAL(values[i], 5 + sin(0.002 * (double)i), 1e-6);
    free(values);
}

static void density_of_white_noise_and_of_a_sine(void)
{
    enum { N = 100000, SEGMENT = 500 };
    static double values[N];
    double density[SEGMENT / 2 + 1], power = 0;
    struct plumb_rng rng = plumb_rng_of(11);
    for (int i = 0; i < N; i++)
        values[i] = 40 + 0.5 * plumb_rng_normal(&rng);
    CU_ASSERT_EQUAL(plumb_spectrum_density(values, N, RATE_HZ, density, SEGMENT), 2 * N / SEGMENT - 1);
    for (int k = 2; k < SEGMENT / 2; k++)
        CU_ASSERT_DOUBLE_EQUAL(density[k], 0.25 / (RATE_HZ / 2), 0.0015);
    fill_sine(values, N, 10, 0.3);
    plumb_spectrum_density(values, N, RATE_HZ, density, SEGMENT);
    for (int k = 48; k <= 52; k++)
        power += density[k] * RATE_HZ / SEGMENT;
    CU_ASSERT_DOUBLE_EQUAL(power, 0.5, 1e-6);
    CU_ASSERT_EQUAL(plumb_spectrum_density(values, SEGMENT - 1, RATE_HZ, density, SEGMENT), 0);
    CU_ASSERT_EQUAL(plumb_spectrum_density(values, N, RATE_HZ, density, 0), 0);
}

static void allan_of_white_noise_and_of_a_walk(void)
{
    struct plumb_allan white, walk;
    struct plumb_rng rng = plumb_rng_of(17);
    double sum = 0;
    plumb_allan_init(&white, RATE_HZ);
    plumb_allan_init(&walk, RATE_HZ);
    for (int i = 0; i < 200000; i++) {
        double value = plumb_rng_normal(&rng);
        plumb_allan_push(&white, 7 + 0.05 * value);
        plumb_allan_push(&walk, sum += value);
    }
    /* One-sided density of white noise of deviation s at rate r: s / sqrt(r / 2). */
    CU_ASSERT_DOUBLE_EQUAL(plumb_allan_density(&white), 0.05 / sqrt(RATE_HZ / 2), 0.0002);
    CU_ASSERT_DOUBLE_EQUAL(plumb_allan_deviation(&white, 6), 0.05 / 8, 0.0003);
    CU_ASSERT_DOUBLE_EQUAL(plumb_allan_tau_s(&white, 6), 0.64, 1e-12);
    /* A random walk of unit steps: variance (2 m^2 + 1) / (6 m). */
    CU_ASSERT_DOUBLE_EQUAL(plumb_allan_deviation(&walk, 5), sqrt((2.0 * 32 * 32 + 1) / (6 * 32)), 0.1);
    CU_ASSERT(isnan(plumb_allan_deviation(&white, 31)));
    plumb_allan_init(&white, RATE_HZ);
    CU_ASSERT(isnan(plumb_allan_density(&white)) && isnan(plumb_allan_instability(&white)));
}

/* ---- several threads: the window looks at one session while another is recorded */

#define THREADS_N 4
#define ROUNDS_N  300
#define LONGEST_N 700

struct worker {
    pthread_t thread;
    size_t first_n;
    int wrong_n;
};

/* Series of many lengths; what comes out of the same must be the same, whoever else filters meanwhile. */
static void *filter_on_and_on(void *context)
{
    struct worker *worker = context;
    double once[LONGEST_N], again[LONGEST_N];
    for (size_t round = 0; round < ROUNDS_N; round++) {
        size_t n = 50 + (worker->first_n + 37 * round) % (LONGEST_N - 50);
        fill_sine(once, n, 0.7, 1);
        fill_sine(again, n, 0.7, 1);
        worker->wrong_n += plumb_spectrum_low_pass(once, n, RATE_HZ, 2) != 0;
        worker->wrong_n += plumb_spectrum_low_pass(again, n, RATE_HZ, 2) != 0;
        for (size_t i = 0; i < n; i++)
            worker->wrong_n += once[i] != again[i];
    }
    return NULL;
}

static void threads_do_not_disturb_each_other(void)
{
    struct worker workers[THREADS_N] = {0};
    for (size_t i = 0; i < THREADS_N; i++) {
        workers[i].first_n = 111 * i;
        CU_ASSERT_EQUAL_FATAL(pthread_create(&workers[i].thread, NULL, filter_on_and_on, &workers[i]), 0);
    }
    for (size_t i = 0; i < THREADS_N; i++) {
        pthread_join(workers[i].thread, NULL);
        CU_ASSERT_EQUAL(workers[i].wrong_n, 0);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"gain_and_phase_are_the_closed_form", gain_and_phase_are_the_closed_form},
        {"a_peak_stays_where_it_was", a_peak_stays_where_it_was},
        {"constants_and_lines_pass_exactly", constants_and_lines_pass_exactly},
        {"fewer_than_three_values_are_left_alone", fewer_than_three_values_are_left_alone},
        {"any_length_stays_within_its_values", any_length_stays_within_its_values},
        {"the_ends_neither_ring_nor_follow_noise", the_ends_neither_ring_nor_follow_noise},
        {"the_ends_of_a_recording_agree_with_its_middle", the_ends_of_a_recording_agree_with_its_middle},
        {"an_hour_at_200_hz_passes", an_hour_at_200_hz_passes},
        {"density_of_white_noise_and_of_a_sine", density_of_white_noise_and_of_a_sine},
        {"allan_of_white_noise_and_of_a_walk", allan_of_white_noise_and_of_a_walk},
        {"threads_do_not_disturb_each_other", threads_do_not_disturb_each_other},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("spectrum", tests, argc, argv);
}
