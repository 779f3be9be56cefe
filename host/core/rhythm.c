#include "rhythm.h"

#include <math.h>
#include <string.h>

#include "spectrum.h"

#define TREMOR_LEAST_HZ 25.0 /* sampling that still shows the band */
#define SEGMENT_S       5.12 /* of Welch's average: 0.2 Hz fine, so the band's edges are sharp at any rate */
#define SEGMENT_MOST_N  8192 /* reached at 1600 Hz */
#define LOOK_LEAST_N    (8 * PLUMB_RHYTHM_HZ)
#define GAP_S           0.25

/* Root of the power between the band's ends, and where its density peaks. */
static void
find_tremor(struct plumb_rhythm_found *found, const double *density, size_t segment_n, double rate_hz)
{
    double power = 0, most = 0, bin_hz = rate_hz / (double)segment_n;
    for (size_t k = 0; k <= segment_n / 2; k++) {
        double hz = (double)k * bin_hz;
        if (hz < PLUMB_TREMOR_LOW_HZ || hz > PLUMB_TREMOR_HIGH_HZ)
            continue;
        power += density[k] * bin_hz;
        if (density[k] > most) {
            most = density[k];
            found->tremor_peak_hz = hz;
        }
    }
    found->tremor_rms_rad = sqrt(power);
}

static size_t segment_of(size_t n, double rate_hz)
{
    double want = fmin(fmin(SEGMENT_S * rate_hz, SEGMENT_MOST_N), (double)n);
    return 2 * (size_t)(want / 2);
}

int plumb_rhythm_find(struct plumb_rhythm_found *found, const double *tilt_rad, size_t n, double rate_hz)
{
    double density[SEGMENT_MOST_N / 2 + 1];
    size_t segment_n = segment_of(n, rate_hz);
    *found = (struct plumb_rhythm_found){.tremor_rms_rad = NAN, .tremor_peak_hz = NAN};
    plumb_breath_find(&found->breath, tilt_rad, n, rate_hz);
    if (rate_hz < TREMOR_LEAST_HZ)
        return 0;
    int windows = plumb_spectrum_density(tilt_rad, n, rate_hz, density, segment_n);
    if (windows > 0)
        find_tremor(found, density, segment_n, rate_hz);
    return windows < 0 ? -1 : 0;
}

void plumb_rhythm_push(struct plumb_rhythm *rhythm, double t_s, double tilt_rad)
{
    if (isnan(tilt_rad) || t_s > rhythm->next_s + GAP_S)
        rhythm->pushed_n = 0;
    if (isnan(tilt_rad) || (rhythm->pushed_n && t_s < rhythm->next_s))
        return;
    rhythm->next_s = (rhythm->pushed_n ? rhythm->next_s : t_s) + 1.0 / PLUMB_RHYTHM_HZ;
    rhythm->tilt_rad[rhythm->pushed_n++ % PLUMB_RHYTHM_N] = tilt_rad;
}

int plumb_rhythm_look(const struct plumb_rhythm *rhythm, struct plumb_rhythm_found *found)
{
    double straight[PLUMB_RHYTHM_N];
    size_t n = rhythm->pushed_n < PLUMB_RHYTHM_N ? rhythm->pushed_n : PLUMB_RHYTHM_N;
    if (n < LOOK_LEAST_N)
        return -1;
    for (size_t i = 0; i < n; i++)
        straight[i] = rhythm->tilt_rad[(rhythm->pushed_n - n + i) % PLUMB_RHYTHM_N];
    return plumb_rhythm_find(found, straight, n, PLUMB_RHYTHM_HZ);
}
