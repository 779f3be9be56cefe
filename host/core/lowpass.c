#include "lowpass.h"

#include <math.h>

#include "units.h"

#define FRESH_S 0.5 /* what happened during a longer gap is not known: begin at the new value */

static double begin(struct plumb_lowpass *filter, double t_s, double value)
{
    *filter = (struct plumb_lowpass){value, 0, t_s, 1};
    return value;
}

/* The exact answer of y'' + sqrt(2) w y' + w^2 y = w^2 x to a constant x over step_s: a damped turn by w
 * step/sqrt(2). */
static void advance(struct plumb_lowpass *filter, double w_radps, double step_s, double value)
{
    double a = w_radps / sqrt(2), decay = exp(-a * step_s), c = cos(a * step_s), s = sin(a * step_s);
    double error = filter->value - value, slope = filter->slope;
    filter->value = value + decay * (error * (c + s) + slope / a * s);
    filter->slope = decay * (slope * (c - s) - 2 * a * error * s);
}

double plumb_lowpass_push(struct plumb_lowpass *filter, double cut_hz, double t_s, double value)
{
    if (isnan(value))
        return value;
    if (!filter->begun || t_s - filter->last_s > FRESH_S)
        return begin(filter, t_s, value);
    advance(filter, 2 * PLUMB_PI * cut_hz, t_s - filter->last_s, value);
    filter->last_s = t_s;
    return filter->value;
}

double plumb_lowpass_lag_s(double cut_hz)
{
    return sqrt(2) / (2 * PLUMB_PI * cut_hz);
}
