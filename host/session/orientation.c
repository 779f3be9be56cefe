#include "orientation.h"

#include <stdlib.h>

static void keep_cov(float *cov, const struct plumb_orient *state)
{
    double x_rad = plumb_orient_sd_rad(state, plumb_vec3_of(1, 0, 0));
    double y_rad = plumb_orient_sd_rad(state, plumb_vec3_of(0, 1, 0));
    double d_rad = plumb_orient_sd_rad(state, plumb_vec3_of(sqrt(0.5), sqrt(0.5), 0));
    cov[0] = (float)(x_rad * x_rad);
    cov[1] = (float)(d_rad * d_rad - (x_rad * x_rad + y_rad * y_rad) / 2);
    cov[2] = (float)(y_rad * y_rad);
}

int plumb_orientation_run(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    int causal, struct plumb_quat *q_ws, float *cov_w, size_t *rest_n)
{
    struct plumb_orient_coeff coeff;
    struct plumb_orient state;
    (void)causal;
    plumb_orient_coeff_init(&coeff, params);
    plumb_orient_init(&state, &coeff);
    for (size_t row = 0; row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (plumb_sample_has(&sample, role))
            plumb_orient_push(&state, &coeff, sample.t_s, &sample.imu[role], sample.flags);
        q_ws[row] = plumb_orient_q_ws(&state);
        if (rest_n)
            *rest_n += (size_t)plumb_orient_at_rest(&state);
        if (cov_w)
            keep_cov(cov_w + 3 * row, &state);
    }
    return 0;
}
