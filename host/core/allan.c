#include "allan.h"

#include <math.h>

#define AVERAGES_MIN     3     /* two differences: fewer say nothing */
#define SURE_AVERAGES    17    /* 16 differences: the deviation is known to about 20 % */
#define WHITE_FROM_S     0.1   /* below: the chip's own low-pass */
#define WHITE_TO_S       1.0   /* above: flicker begins in an MPU-6050 */
#define FLICKER_TO_ALLAN 0.664 /* sqrt(2 ln 2 / pi), IEEE Std 952-1997 annex C */

void plumb_allan_init(struct plumb_allan *allan, double rate_hz)
{
    *allan = (struct plumb_allan){.rate_hz = rate_hz};
}

static void add_average(struct plumb_allan_level *level, double average)
{
    double step = average - level->previous;
    if (level->averages_n)
        level->squares_sum += step * step;
    level->previous = average;
    level->averages_n++;
}

void plumb_allan_push(struct plumb_allan *allan, double value)
{
    for (int i = 0; i < PLUMB_ALLAN_LEVELS_N; i++) {
        struct plumb_allan_level *level = &allan->levels[i];
        add_average(level, value);
        level->is_pending = !level->is_pending;
        if (level->is_pending) {
            level->pending = value;
            return;
        }
        value = (level->pending + value) / 2;
    }
}

double plumb_allan_tau_s(const struct plumb_allan *allan, int level)
{
    return ldexp(1, level) / allan->rate_hz;
}

double plumb_allan_deviation(const struct plumb_allan *allan, int level)
{
    const struct plumb_allan_level *at = &allan->levels[level];
    if (at->averages_n < AVERAGES_MIN)
        return NAN;
    return sqrt(at->squares_sum / (2 * (double)(at->averages_n - 1)));
}

double plumb_allan_density(const struct plumb_allan *allan)
{
    double weighted = 0, weight_sum = 0;
    for (int i = 0; i < PLUMB_ALLAN_LEVELS_N; i++) {
        double tau_s = plumb_allan_tau_s(allan, i), weight = (double)allan->levels[i].averages_n;
        if (tau_s < WHITE_FROM_S || tau_s > WHITE_TO_S || allan->levels[i].averages_n < SURE_AVERAGES)
            continue;
        /* The variance of white noise falls as 1/tau, and is half the one-sided density then. */
        weighted += weight * 2 * tau_s * pow(plumb_allan_deviation(allan, i), 2);
        weight_sum += weight;
    }
    return weight_sum > 0 ? sqrt(weighted / weight_sum) : NAN;
}

double plumb_allan_instability(const struct plumb_allan *allan)
{
    double least = NAN;
    for (int i = 0; i < PLUMB_ALLAN_LEVELS_N; i++)
        if (allan->levels[i].averages_n >= SURE_AVERAGES)
            least = fmin(least, plumb_allan_deviation(allan, i));
    return least / FLICKER_TO_ALLAN;
}
