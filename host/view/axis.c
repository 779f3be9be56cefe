#include "axis.h"

#include <math.h>
#include <stddef.h>

#define CLOCK_FROM_S 120.0 /* longer ranges are labelled m:ss */
#define SLACK        1e-9  /* of a step: a tick at the very end still counts */
#define TICKS_MOST   1000  /* whatever happens, a loop over ticks ends */

static const double TIME_STEPS_S[] = {5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 14400, 28800};

static struct plumb_axis sound_range(double low, double high)
{
    struct plumb_axis axis = {.low = isfinite(low) ? low : 0, .high = high, .step = 1};
    if (!(high > axis.low) || !isfinite(high - axis.low)) {
        axis.low -= 0.5;
        axis.high = axis.low + 1;
    }
    return axis;
}

static double round_step(double least)
{
    double power = pow(10, floor(log10(least)));
    double mantissa = least / power;
    if (mantissa <= 1 + SLACK)
        return power;
    return mantissa <= 2 + SLACK ? 2 * power : mantissa <= 5 + SLACK ? 5 * power : 10 * power;
}

static int decimals_of(double step)
{
    int decimals = (int)ceil(-log10(step) - SLACK);
    return decimals < 0 ? 0 : decimals > 6 ? 6 : decimals;
}

struct plumb_axis plumb_axis_values(double low, double high, int ticks_most)
{
    struct plumb_axis axis = sound_range(low, high);
    axis.step = round_step((axis.high - axis.low) / (ticks_most > 0 ? ticks_most : 1));
    axis.decimals = decimals_of(axis.step);
    return axis;
}

struct plumb_axis plumb_axis_time(double low_s, double high_s, int ticks_most)
{
    struct plumb_axis axis = plumb_axis_values(low_s, high_s, ticks_most);
    double span_s = axis.high - axis.low;
    double least_s = span_s / (ticks_most > 0 ? ticks_most : 1);
    axis.minutes = span_s > CLOCK_FROM_S;
    if (least_s <= 2)
        return axis;
    for (size_t i = 0; i < sizeof TIME_STEPS_S / sizeof TIME_STEPS_S[0]; i++)
        if (TIME_STEPS_S[i] >= least_s * (1 - SLACK)) {
            axis.step = TIME_STEPS_S[i];
            return axis;
        }
    axis.step = 3600 * round_step(least_s / 3600);
    return axis;
}

int plumb_axis_ticks(const struct plumb_axis *axis)
{
    double first = ceil(axis->low / axis->step - SLACK);
    double last = floor(axis->high / axis->step + SLACK);
    double n = last - first + 1;
    return n < 0 ? 0 : n > TICKS_MOST ? TICKS_MOST : (int)n;
}

double plumb_axis_tick(const struct plumb_axis *axis, int i)
{
    return (ceil(axis->low / axis->step - SLACK) + i) * axis->step;
}
