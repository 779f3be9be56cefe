#include "doubt.h"

#include <math.h>
#include <string.h>

#include "../core/rhythm.h"
#include "../core/said.h"

#define LOOK_EVERY_S 10.0 /* half of the window that rhythm looks at */

static const struct {
    unsigned bits; /* of the flags that mean it */
    const char *words;
} whys[PLUMB_WHYS_N] = {
    [PLUMB_WHY_NO_DATA] = {0, PLUMB_SAID("no data")},
    [PLUMB_WHY_LOST] = {1u << PLUMB_SIGNAL_LOST, PLUMB_SAID("sensor lost")},
    [PLUMB_WHY_SLIPPED] = {1u << PLUMB_SENSOR_SLIP, PLUMB_SAID("clip had slipped")},
    [PLUMB_WHY_AXES] = {1u << PLUMB_AXIS_FAULT, PLUMB_SAID("axes disagree")},
    [PLUMB_WHY_RANGE] = {1u << PLUMB_SATURATED, PLUMB_SAID("beyond the sensor's range")},
    [PLUMB_WHY_UNKNOWN] = {0, PLUMB_SAID("angle not known")},
    [PLUMB_WHY_WIDE] = {0, PLUMB_SAID("angle hardly known")},
};

const char *plumb_why_words(enum plumb_why why)
{
    return whys[why].words;
}

/* The first reason for doubt; PLUMB_WHYS_N: none. */
static int why_of(double step_s, unsigned flags, double tilt_rad, double tilt_sd_rad)
{
    if (step_s > PLUMB_HOLD_GAP_S)
        return PLUMB_WHY_NO_DATA;
    for (int why = 0; why < PLUMB_WHYS_N; why++)
        if (flags & whys[why].bits)
            return why;
    if (!isfinite(tilt_rad))
        return PLUMB_WHY_UNKNOWN;
    return tilt_sd_rad > PLUMB_JUDGE_SD_MOST_RAD ? PLUMB_WHY_WIDE : PLUMB_WHYS_N;
}

void plumb_doubt_push(
    struct plumb_doubt *doubt, double step_s, unsigned flags, double tilt_rad, double tilt_sd_rad)
{
    int why = why_of(step_s, flags, tilt_rad, tilt_sd_rad);
    if (why == PLUMB_WHYS_N || !(step_s > 0))
        return;
    doubt->why_s[why] += step_s;
    doubt->sum_s += step_s;
}

void plumb_doubt_of_analysis(
    struct plumb_doubt *doubt, const struct plumb_analysis *analysis, const struct plumb_track *track)
{
    memset(doubt, 0, sizeof *doubt);
    for (size_t i = 0; i < analysis->holds_n; i++) {
        const struct plumb_hold_window *window = &analysis->holds[i];
        double end_s = window->hold.end_s;
        for (size_t row = window->begin; row < window->end && row < track->n; row++) {
            double next_s = row + 1 < track->n ? fmin(track->t_s[row + 1], end_s) : end_s;
            plumb_doubt_push(
                doubt, next_s - track->t_s[row], analysis->row_flags[row], (double)analysis->tilt_rad[row],
                (double)analysis->tilt_sd_rad[row]);
        }
    }
}

/* Sums of squares over looks. */
struct tremor {
    double square_sum;
    int looks_n;
};

static void look(struct tremor *tremor, const struct plumb_rhythm *rhythm)
{
    struct plumb_rhythm_found found;
    if (plumb_rhythm_look(rhythm, &found) != 0 || !isfinite(found.tremor_rms_rad))
        return;
    tremor->square_sum += found.tremor_rms_rad * found.tremor_rms_rad;
    tremor->looks_n++;
}

/* A look every half window, and one at the end of a hold that is too short for any. */
static void one_hold(
    struct tremor *tremor, const struct plumb_analysis *analysis, const struct plumb_track *track,
    const struct plumb_hold_window *window)
{
    struct plumb_rhythm rhythm = {.pushed_n = 0};
    double next_s = window->hold.start_s + 2 * LOOK_EVERY_S;
    int before_n = tremor->looks_n;
    for (size_t row = window->begin; row < window->end && row < track->n; row++) {
        plumb_rhythm_push(&rhythm, track->t_s[row], (double)analysis->tilt_rad[row]);
        if (track->t_s[row] < next_s)
            continue;
        look(tremor, &rhythm);
        next_s += LOOK_EVERY_S;
    }
    if (tremor->looks_n == before_n)
        look(tremor, &rhythm);
}

double plumb_tremor_of_analysis(const struct plumb_analysis *analysis, const struct plumb_track *track)
{
    struct tremor tremor = {0, 0};
    for (size_t i = 0; i < analysis->holds_n; i++)
        one_hold(&tremor, analysis, track, &analysis->holds[i]);
    return tremor.looks_n ? sqrt(tremor.square_sum / tremor.looks_n) : NAN;
}
