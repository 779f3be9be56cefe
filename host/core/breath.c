#include "breath.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "spectrum.h"
#include "units.h"

#define WINDOW_MIN_S     5.0
#define WINDOW_MAX_S     60.0
#define POINT_HZ         10.0 /* the window is thinned to this: ten times the fastest breathing's edge */
#define POINTS_MAX       1200 /* that, of a window that came at up to 20 Hz and is not thinned */
#define LOW_HZ           0.1  /* 6 a minute */
#define HIGH_HZ          0.5  /* 30 a minute; at rest 0.2-0.35 Hz, EVIDENCE */
#define LEAST_BREATHS    1.5  /* fewer in the window: drift and breathing cannot be told apart */
#define STEPS_PER_WINDOW 16   /* trial rates per 1/window: a sinusoid's peak is one such unit wide */
#define TREMOR_CUT_HZ    1.2  /* keeps the second harmonic of a quick breath, stops tremor (4-12 Hz) */
#define SWING_SHARE      0.4  /* of the fitted height: a smaller turn is not a breath */
#define LEAST_PP_RAD     (0.1 * PLUMB_RAD_PER_DEG) /* below is the noise of the estimator */
#define MOST_PP_RAD                                                                                          \
    (5 * PLUMB_RAD_PER_DEG) /* above is a movement: breathing is 1.3-2 deg, at most 4 (EVIDENCE) */
#define LEAST_STRENGTH 0.35 /* below is anything but breathing; noise alone reaches 0.3 */
#define BASIS_N        5    /* constant, slope, bend, cosine, sine */
#define SWINGS_MAX     64

/* The window thinned, in radians. */
struct points {
    double rad[POINTS_MAX];
    size_t n;
    double rate_hz;
};

/* Least squares on the basis: normal equations, lower triangle, solved in place. */
struct normal {
    double a[BASIS_N][BASIS_N], b[BASIS_N];
};

struct fit {
    double freq_hz, height, left; /* height: peak to peak of the sinusoid; left: sum of squares unexplained */
};

/* Averages of whole groups, which already weakens tremor. */
static void thin(struct points *points, const double *tilt_rad, size_t n, double rate_hz)
{
    size_t group = rate_hz > POINT_HZ ? (size_t)(rate_hz / POINT_HZ) : 1;
    size_t most = (size_t)(WINDOW_MAX_S * rate_hz / (double)group);
    size_t groups = n / group;
    most = most < POINTS_MAX ? most : POINTS_MAX;
    points->n = groups < most ? groups : most;
    points->rate_hz = rate_hz / (double)group;
    const double *from = tilt_rad + (n - points->n * group);
    for (size_t i = 0; i < points->n; i++) {
        double sum = 0;
        for (size_t k = 0; k < group; k++)
            sum += from[i * group + k];
        points->rad[i] = sum / (double)group;
    }
}

/* The basis at point i; the phasor is turned on from point to point, which spares a sine and a cosine each.
 */
static void basis_at(double basis[BASIS_N], const struct points *points, size_t i, const double phasor[2])
{
    double u = 2 * (double)i / (double)(points->n - 1) - 1;
    basis[0] = 1;
    basis[1] = u;
    basis[2] = u * u - 1.0 / 3;
    basis[3] = phasor[0];
    basis[4] = phasor[1];
}

static void turn_on(double phasor[2], const double step[2])
{
    double c = phasor[0] * step[0] - phasor[1] * step[1];
    phasor[1] = phasor[1] * step[0] + phasor[0] * step[1];
    phasor[0] = c;
}

/* Cholesky in place, then the two triangles. The basis is never singular for the rates tried. */
static void solve(struct normal *normal, int basis_n)
{
    for (int i = 0; i < basis_n; i++) {
        for (int k = 0; k < i; k++) {
            for (int j = 0; j < k; j++)
                normal->a[i][k] -= normal->a[i][j] * normal->a[k][j];
            normal->a[i][k] /= normal->a[k][k];
            normal->a[i][i] -= normal->a[i][k] * normal->a[i][k];
            normal->b[i] -= normal->a[i][k] * normal->b[k];
        }
        normal->a[i][i] = sqrt(fmax(normal->a[i][i], 1e-12));
        normal->b[i] /= normal->a[i][i];
    }
    for (int i = basis_n - 1; i >= 0; i--) {
        for (int k = i + 1; k < basis_n; k++)
            normal->b[i] -= normal->a[k][i] * normal->b[k];
        normal->b[i] /= normal->a[i][i];
    }
}

/* Coefficients of the first basis_n functions, and the sum of squares that they leave. */
static double fit_basis(double coeff[BASIS_N], const struct points *points, double freq_hz, int basis_n)
{
    struct normal normal = {{{0}}, {0}};
    double step_rad = 2 * PLUMB_PI * freq_hz / points->rate_hz, phasor[2] = {1, 0};
    double step[2] = {cos(step_rad), sin(step_rad)}, basis[BASIS_N], moments[BASIS_N], left = 0;
    for (size_t i = 0; i < points->n; i++, turn_on(phasor, step)) {
        basis_at(basis, points, i, phasor);
        left += points->rad[i] * points->rad[i];
        for (int j = 0; j < basis_n; j++) {
            normal.b[j] += basis[j] * points->rad[i];
            for (int k = 0; k <= j; k++)
                normal.a[j][k] += basis[j] * basis[k];
        }
    }
    memcpy(moments, normal.b, sizeof moments);
    solve(&normal, basis_n);
    for (int j = 0; j < basis_n; j++) {
        coeff[j] = normal.b[j];
        left -= moments[j] * coeff[j];
    }
    return fmax(left, 0);
}

static struct fit fit_at(const struct points *points, double freq_hz)
{
    double coeff[BASIS_N];
    double left = fit_basis(coeff, points, freq_hz, BASIS_N);
    return (struct fit){freq_hz, 2 * hypot(coeff[3], coeff[4]), left};
}

/* The trial rate that leaves least, refined by the parabola through it and its neighbours. */
static struct fit best_fit(const struct points *points)
{
    double window_s = (double)points->n / points->rate_hz;
    double from_hz = fmax(LOW_HZ, LEAST_BREATHS / window_s), step_hz = 1 / (STEPS_PER_WINDOW * window_s);
    struct fit best = fit_at(points, from_hz);
    for (double freq_hz = from_hz + step_hz; freq_hz <= HIGH_HZ + step_hz / 2; freq_hz += step_hz) {
        struct fit now = fit_at(points, freq_hz);
        if (now.left < best.left)
            best = now;
    }
    double below = fit_at(points, best.freq_hz - step_hz).left,
           above = fit_at(points, best.freq_hz + step_hz).left;
    double bend = below - 2 * best.left + above;
    if (bend > 0 && below > best.left && above > best.left)
        best.freq_hz += step_hz * 0.5 * (below - above) / bend;
    return best;
}

static int ascending(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The heights of all rises and falls above `least`, from turning point to turning point. Returns how many. */
static size_t swings(double *heights, const double *values, size_t n, double least)
{
    double extreme = values[0], turn = values[0];
    int direction = 0;
    size_t found = 0, turns = 0;
    for (size_t i = 1; i < n && found < SWINGS_MAX; i++) {
        if (direction * (values[i] - extreme) >= 0 && direction)
            extreme = values[i];
        if (fabs(values[i] - extreme) < least)
            continue;
        if (turns++ > 1) /* the first one began before the window */
            heights[found++] = fabs(extreme - turn);
        turn = extreme;
        direction = values[i] > extreme ? 1 : -1;
        extreme = values[i];
    }
    return found;
}

/* The middle height of the single breaths; that of the sinusoid where the window holds too few. */
static double typical_height(struct points *points, const struct fit *fit)
{
    double heights[SWINGS_MAX], drift[BASIS_N];
    fit_basis(drift, points, fit->freq_hz, BASIS_N);
    for (size_t i = 0; i < points->n; i++) {
        static const double still[2] = {1, 0}; /* only the drift's part is wanted */
        double basis[BASIS_N];
        basis_at(basis, points, i, still);
        points->rad[i] -= drift[0] + drift[1] * basis[1] + drift[2] * basis[2];
    }
    size_t n = swings(heights, points->rad, points->n, SWING_SHARE * fit->height);
    if (n < 3)
        return fit->height;
    qsort(heights, n, sizeof heights[0], ascending);
    return n % 2 ? heights[n / 2] : 0.5 * (heights[n / 2 - 1] + heights[n / 2]);
}

void plumb_breath_find(struct plumb_breath *breath, const double *tilt_rad, size_t n, double rate_hz)
{
    struct points points;
    double drift[BASIS_N];
    *breath = (struct plumb_breath){0, 0, 0};
    if (!(rate_hz > 0) || (double)n < WINDOW_MIN_S * rate_hz)
        return;
    thin(&points, tilt_rad, n, rate_hz);
    if (points.n < 2 * BASIS_N ||
        plumb_spectrum_low_pass(points.rad, points.n, points.rate_hz, TREMOR_CUT_HZ))
        return;
    struct fit fit = best_fit(&points);
    double moved = fit_basis(drift, &points, fit.freq_hz, BASIS_N - 2);
    double strength = moved > 0 ? 1 - fit.left / moved : 0;
    double pp_rad = typical_height(&points, &fit);
    int at_edge = fit.freq_hz <= LOW_HZ * 1.001; /* slower than any breath: a drift that bends */
    if (!(strength >= LEAST_STRENGTH) || pp_rad < LEAST_PP_RAD || pp_rad > MOST_PP_RAD || at_edge)
        return;
    *breath = (struct plumb_breath){pp_rad, 60 * fit.freq_hz, fmin(strength, 1)};
}
