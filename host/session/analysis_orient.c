/* The attitude of every sensor at every row. */
#include <stdlib.h>

#include "analysis_internal.h"

static void keep_cov(float *cov, const struct plumb_orient *state)
{
    double x_rad = plumb_orient_sd_rad(state, plumb_vec3_of(1, 0, 0));
    double y_rad = plumb_orient_sd_rad(state, plumb_vec3_of(0, 1, 0));
    double d_rad = plumb_orient_sd_rad(state, plumb_vec3_of(sqrt(0.5), sqrt(0.5), 0));
    cov[0] = (float)(x_rad * x_rad);
    cov[1] = (float)(d_rad * d_rad - (x_rad * x_rad + y_rad * y_rad) / 2);
    cov[2] = (float)(y_rad * y_rad);
}

static void run_causal(struct plumb_batch *batch, int role, size_t *rest_n)
{
    struct plumb_orient_coeff coeff;
    struct plumb_orient state;
    plumb_orient_coeff_init(&coeff, &batch->params->orient);
    plumb_orient_init(&state, &coeff);
    for (size_t row = 0; row < batch->track->n; row++) {
        struct plumb_sample sample = plumb_track_at(batch->track, row);
        if (plumb_sample_has(&sample, (enum plumb_role)role))
            plumb_orient_push(&state, &coeff, sample.t_s, &sample.imu[role], sample.flags);
        batch->analysis->q_ws[role][row] = plumb_orient_q_ws(&state);
        *rest_n += (size_t)plumb_orient_at_rest(&state);
        if (role == PLUMB_PELVIS)
            keep_cov(batch->cov_w + 3 * row, &state);
    }
}

static int orient_role(struct plumb_batch *batch, int role)
{
    struct plumb_analysis *analysis = batch->analysis;
    size_t rest_n = 0;
    analysis->q_ws[role] = malloc((batch->track->n + 1) * sizeof **analysis->q_ws);
    if (!analysis->q_ws[role])
        return -1;
    run_causal(batch, role, &rest_n);
    if (role == PLUMB_PELVIS)
        analysis->quality.rest_fraction = (double)rest_n / (double)batch->track->n;
    return 0;
}

int plumb_batch_orient(struct plumb_batch *batch)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (batch->track->imu[role] && orient_role(batch, role))
            return -1;
    return 0;
}
