/* The chip's digital low-pass filter (DLPF_CFG): a second-order section with the bandwidth and the delay that
 * the product specification states (PS-MPU-6000A, RM-MPU-6000A register 26). */
#ifndef PLUMB_EMULATOR_MPU6050_FILTER_H
#define PLUMB_EMULATOR_MPU6050_FILTER_H

enum { PLUMB_LOWPASS_DELAY_N = 2 }; /* most whole samples of pure delay any setting needs */

/* y = b0 x + s0; s0 = b1 x - a1 y + s1; s1 = b2 x - a2 y; then delayed by delay_n samples. */
struct plumb_lowpass_coeff {
    double b0, b1, b2, a1, a2;
    int delay_n;
};

struct plumb_lowpass_state {
    double s[2];
    double late[PLUMB_LOWPASS_DELAY_N];
};

/* A filter that runs at rate_hz, is 3 dB down at bandwidth_hz and delays slow signals by delay_s. Where no
 * second-order filter can do both, the bandwidth is kept: a delay that is too long for the order becomes
 * whole samples of pure delay, one too short gives a first-order filter (whose delay is then the longer one).
 */
struct plumb_lowpass_coeff plumb_lowpass_design(double rate_hz, double bandwidth_hz, double delay_s);

/* The state of a filter that has seen nothing but x for ever. */
struct plumb_lowpass_state plumb_lowpass_settled(const struct plumb_lowpass_coeff *coeff, double x);

/* One sample in, one out. */
double
plumb_lowpass_push(const struct plumb_lowpass_coeff *coeff, struct plumb_lowpass_state *state, double x);

#endif
