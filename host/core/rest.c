#include "rest.h"

#include "units.h"

/* Rotation 2 deg/s and 0.3 m/s2: above the noise of ordinary sensors once smoothed, and what VQF found to
 * separate (0.5 m/s2 there, unsmoothed). Offset: MPU-6050 at most 20 deg/s by its data sheet, 5 is ordinary.
 */
void plumb_rest_params_default(struct plumb_rest_params *params)
{
    *params = (struct plumb_rest_params){
        .rate_radps = 2 * PLUMB_RAD_PER_DEG,
        .force_mps2 = 0.3,
        .offset_radps = 6 * PLUMB_RAD_PER_DEG,
        .dwell_s = 0.5,
        .mean_s = 0.5,
        .smooth_s = 0.03,
    };
}

void plumb_rest_coeff_init(struct plumb_rest_coeff *coeff, const struct plumb_rest_params *params)
{
    coeff->params = *params;
    coeff->rate2_radps2 = params->rate_radps * params->rate_radps;
    coeff->force2_m2ps4 = params->force_mps2 * params->force_mps2;
}

void plumb_rest_init(struct plumb_rest *state)
{
    *state = (struct plumb_rest){.still_s = 0};
}

static void follow(struct plumb_vec3 *mean, struct plumb_vec3 value, double share)
{
    *mean = plumb_vec3_add(*mean, plumb_vec3_scale(plumb_vec3_sub(value, *mean), share));
}

static double distance2(struct plumb_vec3 a, struct plumb_vec3 b)
{
    struct plumb_vec3 between = plumb_vec3_sub(a, b);
    return plumb_vec3_dot(between, between);
}

void plumb_rest_push(
    struct plumb_rest *state, const struct plumb_rest_coeff *coeff, double dt_s,
    struct plumb_vec3 force_s_mps2, struct plumb_vec3 rate_s_radps)
{
    double slow = state->started ? dt_s / (coeff->params.mean_s + dt_s) : 1;
    double fast = state->started ? dt_s / (coeff->params.smooth_s + dt_s) : 1;
    double most = coeff->params.offset_radps;
    state->started = 1;
    follow(&state->rate_mean_radps, rate_s_radps, slow);
    follow(&state->force_mean_mps2, force_s_mps2, slow);
    follow(&state->rate_smooth_radps, rate_s_radps, fast);
    follow(&state->force_smooth_mps2, force_s_mps2, fast);
    int still = distance2(state->rate_smooth_radps, state->rate_mean_radps) < coeff->rate2_radps2 &&
                distance2(state->force_smooth_mps2, state->force_mean_mps2) < coeff->force2_m2ps4 &&
                fabs(state->rate_mean_radps.x) < most && fabs(state->rate_mean_radps.y) < most &&
                fabs(state->rate_mean_radps.z) < most;
    state->still_s = still ? state->still_s + dt_s : 0;
    state->still = state->still_s >= coeff->params.dwell_s;
}
