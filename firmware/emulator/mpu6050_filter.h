/* The chip's digital low-pass filter (DLPF_CFG): a second-order section with the bandwidth and the delay that
 * the product specification states (PS-MPU-6000A, RM-MPU-6000A register 26). */
#ifndef PLUMB_EMULATOR_MPU6050_FILTER_H
#define PLUMB_EMULATOR_MPU6050_FILTER_H

#include <stdbool.h>

/* y = b0 x + s0; s0 = b1 x - a1 y + s1; s1 = b2 x - a2 y; then, if late, a first-order all-pass (Thiran 1971)
 * that delays by a fraction of a sample: out = late_a y + y_before - late_a out_before. */
struct plumb_lowpass_coeff {
    double b0, b1, b2, a1, a2;
    bool late;
    double late_a;
};

struct plumb_lowpass_state {
    double s[2];
    double y_before, out_before;
};

/* A filter that runs at rate_hz, is 3 dB down at bandwidth_hz and delays slow signals by delay_s. Where no
 * second-order filter can do both, the bandwidth is kept: the rest of a long delay goes into the all-pass, a
 * delay too short gives a first-order filter (whose delay is then the longer one). */
struct plumb_lowpass_coeff plumb_lowpass_design(double rate_hz, double bandwidth_hz, double delay_s);

/* The state of a filter that has seen nothing but x for ever. */
struct plumb_lowpass_state plumb_lowpass_settled(const struct plumb_lowpass_coeff *coeff, double x);

/* One sample in, one out. */
double
plumb_lowpass_push(const struct plumb_lowpass_coeff *coeff, struct plumb_lowpass_state *state, double x);

#endif
