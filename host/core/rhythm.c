#include "rhythm.h"

#include <math.h>
#include <string.h>

#include "spectrum.h"

#define TREMOR_LEAST_HZ 25.0 /* sampling that still shows the band */
#define SEGMENT_N       128  /* of Welch's average: 0.4 Hz fine at 50 Hz */
#define LOOK_LEAST_N    (8 * PLUMB_RHYTHM_HZ)
#define GAP_S           0.25

/* Root of the power between the band's ends, and where its density peaks. */
static void find_tremor(struct plumb_rhythm_found *found, const double *density, double rate_hz)
{
    double power = 0, most = 0, bin_hz = rate_hz / SEGMENT_N;
    for (int k = 0; k <= SEGMENT_N / 2; k++) {
        double hz = k * bin_hz;
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

int plumb_rhythm_find(struct plumb_rhythm_found *found, const double *tilt_rad, size_t n, double rate_hz)
{
    double density[SEGMENT_N / 2 + 1];
    *found = (struct plumb_rhythm_found){.tremor_rms_rad = NAN, .tremor_peak_hz = NAN};
    plumb_breath_find(&found->breath, tilt_rad, n, rate_hz);
    if (rate_hz < TREMOR_LEAST_HZ)
        return 0;
    int windows = plumb_spectrum_density(tilt_rad, n, rate_hz, density, SEGMENT_N);
    if (windows > 0)
        find_tremor(found, density, rate_hz);
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
