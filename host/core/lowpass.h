/* A causal second-order Butterworth low-pass that takes irregular steps: the decision filter of EVIDENCE,
 * point 2 (1.5-2 Hz passes a ramp of 22 deg/s, stops tremor, leaves breathing in). */
#ifndef PLUMB_LOWPASS_H
#define PLUMB_LOWPASS_H

struct plumb_lowpass {
    double value, slope; /* state of y'' = w^2 (x - y) - sqrt(2) w y' */
    double last_s;
    int begun;
};

/* One value at t_s; NaN is bridged (returned as NaN, state kept). After a gap above 0.5 s it starts afresh.
 */
double plumb_lowpass_push(struct plumb_lowpass *filter, double cut_hz, double t_s, double value);

/* How far the output trails a slow input: sqrt(2) / (2 pi cut). */
double plumb_lowpass_lag_s(double cut_hz);

#endif
