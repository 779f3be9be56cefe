#include "run.h"

#include <math.h>
#include <stdlib.h>

#include "host/core/orient.h"
#include "host/core/smooth.h"
#include "tests/packed.h"

static const struct plumb_vec3 x_w = {1, 0, 0}, y_w = {0, 1, 0};

static void defaults(struct plumb_orient_coeff *coeff)
{
    struct plumb_orient_params params;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(coeff, &params);
}

static void live(const struct truth *truth, struct plumb_quat *q_ws, double (*sd_rad)[2])
{
    struct plumb_orient_coeff coeff;
    struct plumb_orient orient;
    defaults(&coeff);
    plumb_orient_init(&orient, &coeff);
    for (size_t i = 0; i < truth->n; i++) {
        const struct plumb_sample *sample = &truth->samples[i];
        plumb_orient_push(&orient, &coeff, sample->t_s, &sample->imu[PLUMB_PELVIS], sample->flags);
        q_ws[i] = plumb_orient_q_ws(&orient);
        sd_rad[i][0] = plumb_orient_sd_rad(&orient, x_w);
        sd_rad[i][1] = plumb_orient_sd_rad(&orient, y_w);
    }
}

static void smooth(const struct truth *truth, struct plumb_quat *q_ws, double (*sd_rad)[2])
{
    struct plumb_orient_coeff coeff;
    struct plumb_track track = packed_of(truth->samples, truth->n, PLUMB_PELVIS);
    void *work = track.n ? malloc(plumb_smooth_bytes(track.n, track.t_s[track.n - 1] - track.t_s[0])) : NULL;
    struct plumb_tilt_variance *tilt = malloc(truth->n * sizeof *tilt);
    defaults(&coeff);
    if (work && tilt)
        plumb_smooth(q_ws, tilt, &track, PLUMB_PELVIS, &coeff, work, NULL);
    for (size_t i = 0; i < truth->n; i++) {
        sd_rad[i][0] = work && tilt ? plumb_smooth_sd_rad(tilt[i], x_w) : NAN;
        sd_rad[i][1] = work && tilt ? plumb_smooth_sd_rad(tilt[i], y_w) : NAN;
    }
    free(work);
    free(tilt);
    packed_free(&track);
}

static struct truth_score
run(const struct truth *truth, void (*estimate)(const struct truth *, struct plumb_quat *, double (*)[2]))
{
    struct truth_score score = {NAN, NAN, NAN, NAN};
    struct plumb_quat *q_ws = calloc(truth->n, sizeof *q_ws);
    double(*sd_rad)[2] = malloc(truth->n * sizeof *sd_rad);
    if (q_ws && sd_rad) {
        estimate(truth, q_ws, sd_rad);
        score = truth_score(truth, q_ws, (const double(*)[2])sd_rad);
    }
    free(q_ws);
    free(sd_rad);
    return score;
}

struct truth_score run_live(const struct truth *truth)
{
    return run(truth, live);
}

struct truth_score run_smooth(const struct truth *truth)
{
    return run(truth, smooth);
}
