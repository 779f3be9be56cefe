#include "mpu6050_filter.h"

#include <math.h>

#define PI 3.14159265358979323846
#define BUTTERWORTH_Q                                                                                        \
    0.70710678118654752440    /* flattest second order: its delay * bandwidth is the largest                 \
                               */
#define LEAST_DELAY_N     0.1 /* of a sample: less is not worth an all-pass, and near its limit of stability */
#define FIRST_ORDER_DELAY 1.0 /* delay * angular bandwidth of a first-order filter */

/* Bandwidth of a second-order filter in units of its natural frequency. */
static double bandwidth_of_q(double q)
{
    double c = 1.0 - 1.0 / (2.0 * q * q);
    return sqrt(c + sqrt(c * c + 1.0));
}

/* The quality whose delay * angular bandwidth is product, for 1 < product < sqrt 2; it grows with q. */
static double q_of_product(double product)
{
    double low = 0.01, high = BUTTERWORTH_Q;
    for (int i = 0; i < 60; i++) {
        double q = 0.5 * (low + high);
        if (bandwidth_of_q(q) / q < product)
            low = q;
        else
            high = q;
    }
    return 0.5 * (low + high);
}

/* Bilinear transform of 1 / (s/w + 1); k = 2 rate / w. */
static struct plumb_lowpass_coeff first_order(double k)
{
    double norm = 1.0 / (1.0 + k);
    return (struct plumb_lowpass_coeff){.b0 = norm, .b1 = norm, .a1 = (1.0 - k) * norm};
}

/* Bilinear transform of 1 / ((s/w)^2 + (s/w)/q + 1). */
static struct plumb_lowpass_coeff second_order(double k, double q)
{
    double norm = 1.0 / (k * k + k / q + 1.0);
    return (struct plumb_lowpass_coeff){
        .b0 = norm,
        .b1 = 2.0 * norm,
        .b2 = norm,
        .a1 = 2.0 * (1.0 - k * k) * norm,
        .a2 = (k * k - k / q + 1.0) * norm,
    };
}

struct plumb_lowpass_coeff plumb_lowpass_design(double rate_hz, double bandwidth_hz, double delay_s)
{
    double warped_radps = 2.0 * rate_hz * tan(PI * bandwidth_hz / rate_hz);
    double product = delay_s * warped_radps;
    if (product <= FIRST_ORDER_DELAY)
        return first_order(2.0 * rate_hz / warped_radps);
    double most = bandwidth_of_q(BUTTERWORTH_Q) / BUTTERWORTH_Q;
    double q = product >= most ? BUTTERWORTH_Q : q_of_product(product);
    double natural_radps = warped_radps / bandwidth_of_q(q);
    struct plumb_lowpass_coeff coeff = second_order(2.0 * rate_hz / natural_radps, q);
    double rest_n = (product - most) / warped_radps * rate_hz;
    coeff.late = rest_n > LEAST_DELAY_N;
    coeff.late_a = (1.0 - rest_n) / (1.0 + rest_n);
    return coeff;
}

struct plumb_lowpass_state plumb_lowpass_settled(const struct plumb_lowpass_coeff *coeff, double x)
{
    return (struct plumb_lowpass_state){
        .s = {(1.0 - coeff->b0) * x, (coeff->b2 - coeff->a2) * x}, .y_before = x, .out_before = x};
}

double
plumb_lowpass_push(const struct plumb_lowpass_coeff *coeff, struct plumb_lowpass_state *state, double x)
{
    double y = coeff->b0 * x + state->s[0];
    state->s[0] = coeff->b1 * x - coeff->a1 * y + state->s[1];
    state->s[1] = coeff->b2 * x - coeff->a2 * y;
    if (!coeff->late)
        return y;
    double out = coeff->late_a * (y - state->out_before) + state->y_before;
    state->y_before = y;
    state->out_before = out;
    return out;
}
