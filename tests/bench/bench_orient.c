/* What an orientation costs: nanoseconds of CPU per sample, live, with a fixed lag, smoothed.
 *
 *     bench_orient [SAMPLES]         all, each over SAMPLES (1.6 million unless given)
 *     bench_orient SAMPLES nothing|live|lag|smooth|smooth-tilt     one of them, and no clock, for callgrind:
 *         instructions per sample = (Ir of it - Ir of nothing) / SAMPLES
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/core/smooth.h"
#include "host/core/smooth_lag.h"
#include "host/core/units.h"
#include "tests/packed.h"

#define RATE_HZ 285.714 /* BROAD's, so that the figures stand beside those of VQF */

struct work {
    struct plumb_sample *samples;
    struct plumb_track track; /* the same, packed */
    size_t n;
    struct plumb_orient_coeff coeff;
    struct plumb_quat *q_ws;
    struct plumb_tilt_variance *tilt;
    void *knots;
    struct plumb_smooth_lag *lag;
};

/* Turns and pushes about all axes, a rest of 5 s in every 20. */
static void make(struct work *work)
{
    struct plumb_quat q_ws = PLUMB_QUAT_IDENTITY;
    for (size_t i = 0; i < work->n; i++) {
        double t_s = (double)i / RATE_HZ, moving = fmod(t_s, 20) < 15;
        struct plumb_vec3 rate = plumb_vec3_scale(
            plumb_vec3_of(sin(1.3 * t_s), sin(0.9 * t_s + 1), sin(1.7 * t_s + 2)), 1.5 * moving);
        struct plumb_vec3 force_w = {moving * sin(5 * t_s), moving * sin(4 * t_s), PLUMB_GRAVITY_MPS2};
        q_ws = plumb_quat_unit(
            plumb_quat_mul(q_ws, plumb_quat_from_rotvec(plumb_vec3_scale(rate, 1 / RATE_HZ))));
        work->samples[i] = (struct plumb_sample){.t_s = t_s, .present = 1u << PLUMB_PELVIS};
        work->samples[i].imu[PLUMB_PELVIS] = (struct plumb_imu){
            .accel_s_mps2 = plumb_quat_apply(plumb_quat_conj(q_ws), force_w), .gyro_s_radps = rate};
    }
}

static double run_live(struct work *work)
{
    struct plumb_orient orient;
    double sum = 0;
    plumb_orient_init(&orient, &work->coeff);
    for (size_t i = 0; i < work->n; i++) {
        const struct plumb_sample *sample = &work->samples[i];
        plumb_orient_push(&orient, &work->coeff, sample->t_s, &sample->imu[PLUMB_PELVIS], sample->flags);
        sum += plumb_orient_q_ws(&orient).w;
    }
    return sum;
}

static double run_lag(struct work *work)
{
    struct plumb_smooth_late late;
    double sum = 0;
    plumb_smooth_lag_init(work->lag, &work->coeff, 1);
    for (size_t i = 0; i < work->n; i++) {
        const struct plumb_sample *sample = &work->samples[i];
        plumb_smooth_lag_push(
            work->lag, &work->coeff, sample->t_s, &sample->imu[PLUMB_PELVIS], sample->flags);
        while (plumb_smooth_lag_pull(work->lag, &late))
            sum += late.q_ws.w;
    }
    return sum;
}

static double run_smooth(struct work *work)
{
    plumb_smooth(work->q_ws, NULL, &work->track, PLUMB_PELVIS, &work->coeff, work->knots, NULL);
    return work->q_ws[work->n / 2].w;
}

static double run_smooth_tilt(struct work *work)
{
    plumb_smooth(work->q_ws, work->tilt, &work->track, PLUMB_PELVIS, &work->coeff, work->knots, NULL);
    return work->q_ws[work->n / 2].w;
}

static double run_nothing(struct work *work)
{
    return work->samples[0].t_s;
}

static const struct mode {
    const char *name, *what;
    double (*run)(struct work *);
} modes[] = {
    {"nothing", "the benchmark's own part", run_nothing},
    {"live", "live", run_live},
    {"lag", "fixed lag of 1 s", run_lag},
    {"smooth", "smoother", run_smooth},
    {"smooth-tilt", "smoother with its uncertainty", run_smooth_tilt},
};
enum { MODES_N = sizeof modes / sizeof *modes };

static double cpu_ns(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec * 1e9 + (double)now.tv_nsec;
}

static int prepare(struct work *work)
{
    struct plumb_orient_params params;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&work->coeff, &params);
    work->samples = malloc(work->n * sizeof *work->samples);
    work->q_ws = malloc(work->n * sizeof *work->q_ws);
    work->tilt = malloc(work->n * sizeof *work->tilt);
    size_t knots_bytes = plumb_smooth_bytes(work->n, (double)work->n / RATE_HZ);
    work->knots = malloc(knots_bytes);
    work->lag = malloc(sizeof *work->lag);
    if (!work->samples || !work->q_ws || !work->tilt || !work->knots || !work->lag)
        return 0;
    memset(work->q_ws, 0, work->n * sizeof *work->q_ws); /* the system's share of new memory is not ours */
    memset(work->tilt, 0, work->n * sizeof *work->tilt);
    memset(work->knots, 0, knots_bytes);
    return 1;
}

static void release(struct work *work)
{
    free(work->samples);
    packed_free(&work->track);
    free(work->q_ws);
    free(work->tilt);
    free(work->knots);
    free(work->lag);
}

int main(int argc, char **argv)
{
    struct work work = {.n = argc > 1 ? strtoul(argv[1], NULL, 10) : 1600000};
    int done = 0;
    if (work.n > 0 && prepare(&work)) {
        make(&work);
        work.track = packed_of(work.samples, work.n, PLUMB_PELVIS);
        for (int i = 0; i < MODES_N; i++) {
            if (argc > 2 && strcmp(argv[2], modes[i].name) != 0)
                continue;
            double begin_ns = cpu_ns(), mark = modes[i].run(&work);
            if (argc > 2)
                printf("%s, %zu samples (%.6f)\n", modes[i].what, work.n, mark);
            else
                printf(
                    "%-30s %6.0f ns a sample (%zu samples)\n", modes[i].what,
                    (cpu_ns() - begin_ns) / (double)work.n, work.n);
            done = 1;
        }
    }
    release(&work);
    return !done;
}
