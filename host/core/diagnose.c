#include "diagnose.h"

#include <math.h>

#include "diagnose_axes.h"
#include "units.h"

static const double low_hz = 0.7;      /* ESTIMATION, point 8 */
static const double every_s = 0.05;    /* the derivative is taken over so long */
static const double settle_s = 2;      /* the low-passes forget their start */
static const double norm_off = 0.15;   /* low-passed force further off gravity: a turn too fast, a push */
static const double stuck_s = 3;       /* equal for so long while the neighbours move */
static const double stuck_zero_s = 20; /* the same, exactly zero: a gyroscope may have a dead band */

void plumb_diagnose_init(struct plumb_diagnose *state)
{
    struct plumb_rest_params rest;
    *state = (struct plumb_diagnose){.started = 0};
    plumb_rest_params_default(&rest);
    plumb_rest_coeff_init(&state->rest_coeff, &rest);
    plumb_rest_init(&state->rest);
}

static struct plumb_vec3 toward(struct plumb_vec3 from, struct plumb_vec3 to, double share)
{
    return plumb_vec3_add(from, plumb_vec3_scale(plumb_vec3_sub(to, from), share));
}

static void low_pass(struct plumb_vec3 low[2], struct plumb_vec3 value, double share)
{
    low[0] = toward(low[0], value, share);
    low[1] = toward(low[1], low[0], share);
}

static void compare(struct plumb_diagnose *state)
{
    double norm = plumb_vec3_norm(state->force_low[1]);
    struct plumb_vec3 up = plumb_vec3_unit(state->force_low[1]), rate = state->rate_low[1];
    if (state->settled_s > settle_s && fabs(norm / PLUMB_GRAVITY_MPS2 - 1) < norm_off) {
        struct plumb_vec3 change = plumb_vec3_scale(plumb_vec3_sub(up, state->up_before), 1 / state->step_s);
        plumb_diagnose_axes_add(
            &state->sums, plumb_vec3_unit(plumb_vec3_add(up, state->up_before)), change,
            toward(rate, state->rate_before, 0.5));
    }
    state->up_before = up;
    state->rate_before = rate;
    state->step_s = 0;
}

static void
watch_triad(struct plumb_diagnose_axis axes[3], unsigned *stuck, struct plumb_vec3 triad, double dt_s)
{
    const double values[3] = {triad.x, triad.y, triad.z};
    int moved[3];
    for (int i = 0; i < 3; i++)
        moved[i] = values[i] != axes[i].last;
    for (int i = 0; i < 3; i++) {
        if (moved[i])
            axes[i].same_s = 0;
        else if (moved[(i + 1) % 3] || moved[(i + 2) % 3])
            axes[i].same_s += dt_s;
        if (axes[i].same_s > (values[i] == 0 ? stuck_zero_s : stuck_s))
            *stuck |= 1u << i;
        axes[i].last = values[i];
    }
}

static void watch_rest(struct plumb_diagnose *state, double dt_s, const struct plumb_imu *imu)
{
    if (!state->rest.still)
        return;
    struct plumb_vec3 rate = imu->gyro_s_radps;
    state->rest_norm_mps2 += dt_s * plumb_vec3_norm(state->rest.force_mean_mps2);
    state->rest_s += dt_s;
    if (rate.x == 0 && rate.y == 0 && rate.z == 0)
        state->rest_zero_s += dt_s;
}

static void begin(struct plumb_diagnose *state, double t_s, const struct plumb_imu *imu)
{
    state->started = 1;
    state->t_s = t_s;
    state->step_s = state->settled_s = 0;
    for (int i = 0; i < 2; i++) {
        state->force_low[i] = imu->accel_s_mps2;
        state->rate_low[i] = imu->gyro_s_radps;
    }
    state->up_before = plumb_vec3_unit(imu->accel_s_mps2);
    state->rate_before = imu->gyro_s_radps;
}

static int believable(const struct plumb_imu *imu)
{
    const double most2 = 1e8; /* far beyond any sensor; squares of it stay finite */
    return plumb_vec3_finite(imu->accel_s_mps2) && plumb_vec3_finite(imu->gyro_s_radps) &&
           plumb_vec3_dot(imu->accel_s_mps2, imu->accel_s_mps2) < most2 &&
           plumb_vec3_dot(imu->gyro_s_radps, imu->gyro_s_radps) < most2;
}

void plumb_diagnose_push(
    struct plumb_diagnose *state, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    const double gap_s = 0.5;
    if (!isfinite(t_s) || !believable(imu))
        return;
    double dt_s = t_s - state->t_s;
    if (!state->started || !(dt_s > 0) || dt_s > gap_s) {
        begin(state, t_s, imu);
        return;
    }
    state->t_s = t_s;
    watch_triad(state->accel, &state->accel_stuck, imu->accel_s_mps2, dt_s);
    watch_triad(state->gyro, &state->gyro_stuck, imu->gyro_s_radps, dt_s);
    unsigned flat = plumb_flat_top_push(&state->flat_top, imu);
    state->clipped_n += flat || (flags & PLUMB_SAMPLE_CLIPPED);
    plumb_rest_push(&state->rest, &state->rest_coeff, dt_s, imu->accel_s_mps2, imu->gyro_s_radps);
    watch_rest(state, dt_s, imu);
    double share = 1 - exp(-2 * PLUMB_PI * low_hz * dt_s);
    low_pass(state->force_low, imu->accel_s_mps2, share);
    low_pass(state->rate_low, imu->gyro_s_radps, share);
    state->step_s += dt_s;
    state->settled_s += dt_s;
    if (state->step_s >= every_s)
        compare(state);
}

void plumb_diagnose_read(const struct plumb_diagnose *state, struct plumb_diagnosis *diagnosis)
{
    *diagnosis = (struct plumb_diagnosis){
        .gyro_scale_percent = NAN,
        .gyro_scale_sd_percent = NAN,
        .accel_norm_percent = NAN,
        .clipped_n = state->clipped_n,
        .accel_stuck = state->accel_stuck,
        .gyro_stuck = state->gyro_stuck,
    };
    plumb_diagnose_axes_judge(&state->sums, diagnosis);
    if (state->rest_s > 0)
        diagnosis->accel_norm_percent =
            100 * (state->rest_norm_mps2 / state->rest_s / PLUMB_GRAVITY_MPS2 - 1);
    diagnosis->gyro_gated = state->rest_s > 1 && state->rest_zero_s > 0.9 * state->rest_s;
}
