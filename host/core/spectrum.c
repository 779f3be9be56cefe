#include "spectrum.h"

#include <fftw3.h>
#include <math.h>
#include <stdatomic.h>

#include "units.h"

#define PAD_PERIODS 6 /* padding at each end in periods of the lowest edge: the answer has faded to 1e-6 */
#define ANCHOR_PERIODS                                                                                       \
    0.25                /* the end is fitted over this part of a period of the cut: straight enough there */
#define SEGMENT_MIN_N 4 /* shorter Welch segments have no inner bin */

/* What passes; low_hz 0: everything from zero on. */
struct band {
    double low_hz, high_hz;
};

/* The straight line that runs between the two fitted ends. */
struct line {
    double start, slope;
};

/* FFTW has one planner for the whole program, and only fftw_execute may run in several threads at once: plans
 * are made and dropped by one thread at a time, some microseconds each. The window derives stored sessions
 * while another one is recorded. */
static atomic_flag planning = ATOMIC_FLAG_INIT;

static void planner_take(void)
{
    while (atomic_flag_test_and_set_explicit(&planning, memory_order_acquire))
        ;
}

static void planner_give(void)
{
    atomic_flag_clear_explicit(&planning, memory_order_release);
}

static fftw_plan plan_there(size_t size, double *work, fftw_complex *bins)
{
    planner_take();
    fftw_plan plan = fftw_plan_dft_r2c_1d((int)size, work, bins, FFTW_ESTIMATE);
    planner_give();
    return plan;
}

static fftw_plan plan_back(size_t size, fftw_complex *bins, double *work)
{
    planner_take();
    fftw_plan plan = fftw_plan_dft_c2r_1d((int)size, bins, work, FFTW_ESTIMATE);
    planner_give();
    return plan;
}

static void plan_drop(fftw_plan plan)
{
    planner_take();
    fftw_destroy_plan(plan);
    planner_give();
}

/* |Butterworth, order 4|^2, what forward and backward filtering leaves. */
static double low_gain(double freq_hz, double cut_hz)
{
    double r = freq_hz / cut_hz, r2 = r * r, r4 = r2 * r2;
    return 1 / (1 + r4 * r4);
}

static double gain(const struct band *band, double freq_hz)
{
    double high = band->low_hz > 0 ? 1 - low_gain(freq_hz, band->low_hz) : 1;
    return high * low_gain(freq_hz, band->high_hz);
}

/* The value at its first point of the straight line fitted to m values, step apart (step -1: backwards). */
static double fitted_end(const double *first, ptrdiff_t step, size_t m)
{
    double mean = 0, slope = 0, centre = ((double)m - 1) / 2;
    for (size_t i = 0; i < m; i++)
        mean += first[(ptrdiff_t)i * step] - *first;
    mean /= (double)m;
    for (size_t i = 0; i < m; i++)
        slope += ((double)i - centre) * (first[(ptrdiff_t)i * step] - *first - mean);
    if (m > 1)
        slope *= 12 / ((double)m * ((double)m * (double)m - 1));
    return *first + mean - slope * centre;
}

/* The ends are fitted, not read: a reflection about one noisy value would drag the filtered end there. */
static struct line end_line(const double *values, size_t n, double rate_hz, double cut_hz)
{
    double want = ANCHOR_PERIODS * rate_hz / cut_hz;
    size_t m = want >= (double)n / 2 ? n / 2 : (size_t)want;
    m = m < 1 ? 1 : m;
    double start = fitted_end(values, 1, m), end = fitted_end(values + n - 1, -1, m);
    return (struct line){start, (end - start) / (double)(n - 1)};
}

static double line_at(const struct line *line, size_t i)
{
    return line->start + line->slope * (double)i;
}

/* The recording less its line, continued for ever: odd about both ends, hence periodic in 2 (n - 1). */
static double continued(const double *values, size_t n, const struct line *line, size_t periodic_i)
{
    size_t i = periodic_i % (2 * (n - 1));
    if (i < n)
        return values[i] - line_at(line, i);
    i = 2 * (n - 1) - i;
    return line_at(line, i) - values[i];
}

/* The next length that FFTW is quick with: only factors 2, 3, 5; even. */
static size_t fast_size(size_t n)
{
    for (size_t size = n + n % 2;; size += 2) {
        size_t rest = size;
        for (size_t factor = 2; factor <= 5; factor += factor == 2 ? 1 : 2)
            while (rest % factor == 0)
                rest /= factor;
        if (rest == 1)
            return size;
    }
}

static size_t pad_size(size_t n, double rate_hz, const struct band *band)
{
    double want = PAD_PERIODS * rate_hz / (band->low_hz > 0 ? band->low_hz : band->high_hz);
    double most = 4 * (double)n + 64; /* a cut far below the recording's length: more would only cost */
    return (size_t)(want < most ? want : most) + 1;
}

/* 1 next to the recording, falling to 0 at the far end of the padding, where both paddings meet. */
static double taper(size_t distance, size_t pad_n)
{
    double u = (double)distance / (double)pad_n;
    return u < 0.5 ? 1 : 0.5 * (1 + cos(2 * PLUMB_PI * (u - 0.5)));
}

/* work: values, then the padding of the end, then that of the start, all of size. */
static void spread(double *work, size_t size, const double *values, size_t n, const struct line *line)
{
    size_t pad_n = size - n, after_n = pad_n / 2, before_n = pad_n - after_n, period = 2 * (n - 1);
    for (size_t i = 0; i < n; i++)
        work[i] = values[i] - line_at(line, i);
    for (size_t k = 1; k <= after_n; k++)
        work[n - 1 + k] = taper(k, after_n) * continued(values, n, line, n - 1 + k);
    for (size_t k = 1; k <= before_n; k++)
        work[size - k] = taper(k, before_n) * continued(values, n, line, period - k % period);
}

static void weigh(fftw_complex *bins, size_t size, double rate_hz, const struct band *band)
{
    double step_hz = rate_hz / (double)size;
    for (size_t k = 0; k <= size / 2; k++) {
        double scaled = gain(band, (double)k * step_hz) / (double)size;
        bins[k][0] *= scaled;
        bins[k][1] *= scaled;
    }
}

static int filter(double *values, size_t n, double rate_hz, const struct band *band)
{
    struct line line = end_line(values, n, rate_hz, band->high_hz);
    size_t size = fast_size(n + 2 * pad_size(n, rate_hz, band));
    double *work = fftw_malloc((size + 2) * sizeof *work);
    if (!work)
        return -1;
    fftw_complex *bins = (fftw_complex *)work;
    fftw_plan there = plan_there(size, work, bins);
    fftw_plan back = plan_back(size, bins, work);
    int planned = there && back;
    if (planned) {
        spread(work, size, values, n, &line);
        fftw_execute(there);
        weigh(bins, size, rate_hz, band);
        fftw_execute(back);
        for (size_t i = 0; i < n; i++)
            values[i] = work[i] + (band->low_hz > 0 ? 0 : line_at(&line, i));
    }
    plan_drop(there);
    plan_drop(back);
    fftw_free(work);
    return planned ? 0 : -1;
}

int plumb_spectrum_low_pass(double *values, size_t n, double rate_hz, double cut_hz)
{
    struct band band = {0, cut_hz};
    return n < 3 ? 0 : filter(values, n, rate_hz, &band);
}

int plumb_spectrum_band_pass(double *values, size_t n, double rate_hz, double low_hz, double high_hz)
{
    struct band band = {low_hz, high_hz};
    if (n >= 3)
        return filter(values, n, rate_hz, &band);
    for (size_t i = 0; i < n; i++)
        values[i] = 0;
    return 0;
}

static double hann(size_t i, size_t n)
{
    return 0.5 - 0.5 * cos(2 * PLUMB_PI * (double)i / (double)n);
}

/* One segment, less its mean, under the window. */
static void window_segment(double *work, const double *values, size_t n)
{
    double mean = 0;
    for (size_t i = 0; i < n; i++)
        mean += values[i] / (double)n;
    for (size_t i = 0; i < n; i++)
        work[i] = hann(i, n) * (values[i] - mean);
}

static void add_power(double *density, fftw_complex *bins, size_t n)
{
    for (size_t k = 0; k <= n / 2; k++)
        density[k] += bins[k][0] * bins[k][0] + bins[k][1] * bins[k][1];
}

/* A periodic Hann window's squares add to 3/8 n; every bin but zero and Nyquist stands for two. */
static void scale_density(double *density, size_t n, double rate_hz, int windows)
{
    for (size_t k = 0; k <= n / 2; k++) {
        double sides = k == 0 || 2 * k == n ? 1 : 2;
        density[k] *= sides / (windows * rate_hz * 0.375 * (double)n);
    }
}

int plumb_spectrum_density(const double *values, size_t n, double rate_hz, double *density, size_t segment_n)
{
    if (segment_n < SEGMENT_MIN_N || n < segment_n)
        return 0;
    double *work = fftw_malloc((segment_n + 2) * sizeof *work);
    fftw_complex *bins = (fftw_complex *)work;
    fftw_plan plan = work ? plan_there(segment_n, work, bins) : NULL;
    int windows = plan ? 0 : -1;
    for (size_t k = 0; k <= segment_n / 2; k++)
        density[k] = 0;
    for (size_t at = 0; plan && at + segment_n <= n; at += segment_n / 2, windows++) {
        window_segment(work, values + at, segment_n);
        fftw_execute(plan);
        add_power(density, bins, segment_n);
    }
    if (windows > 0)
        scale_density(density, segment_n, rate_hz, windows);
    plan_drop(plan);
    fftw_free(work);
    return windows;
}
