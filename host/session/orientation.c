#include "orientation.h"

#include <stdlib.h>

#include "../core/smooth_lag.h"

static struct plumb_tilt_variance variance_of(const struct plumb_orient *state)
{
    double x_rad = plumb_orient_sd_rad(state, plumb_vec3_of(1, 0, 0));
    double y_rad = plumb_orient_sd_rad(state, plumb_vec3_of(0, 1, 0));
    double d_rad = plumb_orient_sd_rad(state, plumb_vec3_of(sqrt(0.5), sqrt(0.5), 0));
    double xx = x_rad * x_rad, yy = y_rad * y_rad;
    return (struct plumb_tilt_variance){(float)xx, (float)(d_rad * d_rad - (xx + yy) / 2), (float)yy};
}

/* The live estimator over the track; its word is kept where asked for. */
static int run_causal(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_coeff *coeff,
    struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_wanted *wanted)
{
    struct plumb_orient state;
    plumb_orient_init(&state, coeff);
    for (size_t row = 0; row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (plumb_given_up_at(wanted, row))
            return -1;
        if (plumb_sample_has(&sample, role))
            plumb_orient_push(&state, coeff, sample.t_s, &sample.imu[role], sample.flags);
        q_ws[row] = plumb_orient_q_ws(&state);
        if (tilt)
            tilt[row] = variance_of(&state);
    }
    return 0;
}

static int run_smooth(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_coeff *coeff,
    struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_wanted *wanted)
{
    void *work = malloc(plumb_smooth_bytes(track->n, track->t_s[track->n - 1] - track->t_s[0]));
    if (!work)
        return -1;
    int fail = plumb_smooth(q_ws, tilt, track, role, coeff, work, wanted);
    free(work);
    return fail;
}

int plumb_orientation_run(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    int causal, struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_wanted *wanted)
{
    struct plumb_orient_coeff coeff;
    plumb_orient_coeff_init(&coeff, params);
    if (!track->n)
        return 0;
    return causal ? run_causal(track, role, &coeff, q_ws, tilt, wanted)
                  : run_smooth(track, role, &coeff, q_ws, tilt, wanted);
}

/* Hands on what is ready: rows that were refused get the orientation before them. Returns the next row to
 * fill. */
static size_t
take_late(const struct plumb_track *track, struct plumb_smooth_lag *lag, struct plumb_quat *q_ws, size_t row)
{
    struct plumb_smooth_late late;
    while (plumb_smooth_lag_pull(lag, &late)) {
        for (; row < track->n && track->t_s[row] < late.t_s; row++)
            q_ws[row] = row ? q_ws[row - 1] : late.q_ws;
        if (row < track->n)
            q_ws[row++] = late.q_ws;
    }
    return row;
}

int plumb_orientation_lagged(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    double lag_s, struct plumb_quat *q_ws)
{
    struct plumb_orient_coeff coeff;
    struct plumb_smooth_lag *lag = malloc(sizeof *lag);
    size_t row = 0;
    if (!lag)
        return -1;
    plumb_orient_coeff_init(&coeff, params);
    plumb_smooth_lag_init(lag, &coeff, lag_s);
    for (size_t i = 0; i < track->n; i++) {
        struct plumb_sample sample = plumb_track_at(track, i);
        if (plumb_sample_has(&sample, role))
            plumb_smooth_lag_push(lag, &coeff, sample.t_s, &sample.imu[role], sample.flags);
        row = take_late(track, lag, q_ws, row);
    }
    plumb_smooth_lag_end(lag);
    row = take_late(track, lag, q_ws, row);
    for (; row < track->n; row++)
        q_ws[row] = row ? q_ws[row - 1] : PLUMB_QUAT_IDENTITY;
    free(lag);
    return 0;
}

double plumb_orientation_rest(const struct plumb_track *track, enum plumb_role role)
{
    struct plumb_rest_params params;
    struct plumb_rest_coeff coeff;
    struct plumb_rest rest;
    size_t rest_n = 0;
    plumb_rest_params_default(&params);
    plumb_rest_coeff_init(&coeff, &params);
    plumb_rest_init(&rest);
    for (size_t row = 1; row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        const struct plumb_imu *imu = &sample.imu[role];
        if (plumb_sample_has(&sample, role))
            plumb_rest_push(
                &rest, &coeff, track->t_s[row] - track->t_s[row - 1], imu->accel_s_mps2, imu->gyro_s_radps);
        rest_n += (size_t)rest.still;
    }
    return track->n ? (double)rest_n / (double)track->n : 0;
}
