#include "rest.h"

#include "units.h"

/* Rotation 2 deg/s and 0.3 m/s2: above the noise of ordinary sensors once smoothed, and what VQF found to
 * separate (0.5 m/s2 there, unsmoothed). Sway and creep: those of a standing or lying person begin at
 * 0.05 deg/s. Offset: MPU-6050 at most 20 deg/s by its data sheet, 5 is ordinary, and it warms up. Steady
 * turns as slow as that exist only about the vertical, where they bend no tilt.
 */
void plumb_rest_params_default(struct plumb_rest_params *params)
{
    *params = (struct plumb_rest_params){
        .rate_radps = 2 * PLUMB_RAD_PER_DEG,
        .force_mps2 = 0.3,
        .offset_radps = 25 * PLUMB_RAD_PER_DEG,
        .dwell_s = 0.35,
        .mean_s = 0.5,
        .smooth_s = 0.03,
        .block_s = 0.5,
        .sway_radps = 0.03 * PLUMB_RAD_PER_DEG,
        .creep_rad = 0.05 * PLUMB_RAD_PER_DEG,
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

/* The blocks tell a table when they differ by no more than their noise and gravity has not turned. */
static int blocks_agree(const struct plumb_rest *state, const struct plumb_rest_params *params)
{
    struct plumb_vec3 mean = plumb_vec3_of(0, 0, 0);
    double spread2 = 0, sway2 = params->sway_radps * params->sway_radps;
    for (int i = 0; i < PLUMB_REST_BLOCKS; i++)
        mean = plumb_vec3_add(mean, plumb_vec3_scale(state->block_rate_radps[i], 1.0 / PLUMB_REST_BLOCKS));
    for (int i = 0; i < PLUMB_REST_BLOCKS; i++)
        spread2 += distance2(state->block_rate_radps[i], mean) / (PLUMB_REST_BLOCKS - 1);
    int newest = (state->blocks_n - 1) % PLUMB_REST_BLOCKS, oldest = state->blocks_n % PLUMB_REST_BLOCKS;
    struct plumb_vec3 now = state->block_force_mps2[newest], then = state->block_force_mps2[oldest];
    double turned_mps2 = sqrt(distance2(now, then)), allowed_mps2 = params->creep_rad * PLUMB_GRAVITY_MPS2;
    return spread2 < 3 * sway2 + 3 * state->block_noise2_radps2 && turned_mps2 < allowed_mps2;
}

static void end_block(struct plumb_rest *state, const struct plumb_rest_params *params)
{
    double n = state->block_n;
    int at = state->blocks_n++ % PLUMB_REST_BLOCKS;
    state->block_rate_radps[at] = plumb_vec3_scale(state->rate_sum_radps, 1 / n);
    state->block_force_mps2[at] = plumb_vec3_scale(state->force_sum_mps2, 1 / n);
    state->block_noise2_radps2 = state->jitter2_radps2 / 2 / n / n; /* white noise: half the differences */
    state->table = state->blocks_n >= PLUMB_REST_BLOCKS && blocks_agree(state, params);
    state->block_n = 0;
}

static void tell_table(
    struct plumb_rest *state, const struct plumb_rest_coeff *coeff, double dt_s,
    struct plumb_vec3 force_s_mps2, struct plumb_vec3 rate_s_radps)
{
    if (state->block_n == 0) {
        state->block_s = state->jitter2_radps2 = 0;
        state->rate_sum_radps = state->force_sum_mps2 = plumb_vec3_of(0, 0, 0);
    }
    state->rate_sum_radps = plumb_vec3_add(state->rate_sum_radps, rate_s_radps);
    state->force_sum_mps2 = plumb_vec3_add(state->force_sum_mps2, force_s_mps2);
    state->jitter2_radps2 += distance2(rate_s_radps, state->rate_last_radps);
    state->block_s += dt_s;
    state->block_n++;
    if (state->block_s >= coeff->params.block_s)
        end_block(state, &coeff->params);
}

void plumb_rest_push(
    struct plumb_rest *state, const struct plumb_rest_coeff *coeff, double dt_s,
    struct plumb_vec3 force_s_mps2, struct plumb_vec3 rate_s_radps)
{
    double fast = state->started ? dt_s / (coeff->params.smooth_s + dt_s) : 1;
    double slow = state->started ? dt_s / (fmin(state->still_s, coeff->params.mean_s) + dt_s) : 1;
    double most = coeff->params.offset_radps;
    state->started = 1;
    follow(&state->rate_smooth_radps, rate_s_radps, fast);
    follow(&state->force_smooth_mps2, force_s_mps2, fast);
    follow(&state->rate_mean_radps, state->rate_smooth_radps, slow);
    follow(&state->force_mean_mps2, state->force_smooth_mps2, slow);
    int still = distance2(state->rate_smooth_radps, state->rate_mean_radps) < coeff->rate2_radps2 &&
                distance2(state->force_smooth_mps2, state->force_mean_mps2) < coeff->force2_m2ps4 &&
                fabs(state->rate_mean_radps.x) < most && fabs(state->rate_mean_radps.y) < most &&
                fabs(state->rate_mean_radps.z) < most;
    state->still_s = still ? state->still_s + dt_s : 0;
    if (!still) { /* the means begin anew where it may come to rest */
        state->rate_mean_radps = state->rate_smooth_radps;
        state->force_mean_mps2 = state->force_smooth_mps2;
    }
    state->still = state->still_s >= coeff->params.dwell_s;
    if (still)
        tell_table(state, coeff, dt_s, force_s_mps2, rate_s_radps);
    else
        state->table = state->blocks_n = state->block_n = 0;
    state->rate_last_radps = rate_s_radps;
}
