#include "sensor.h"

#include <stdio.h>
#include <stdlib.h>

#include "calib/turned.h"
#include "host/io/save_raw.h"

struct sensor sensor_usual(uint64_t seed)
{
    struct sensor sensor = {.rate_hz = 200, .warm_s = 600, .accel_scale = 1, .seed = seed};
    struct plumb_rng rng = plumb_rng_of(seed);
    plumb_imu_error_draw(&sensor.error, PLUMB_IMU_TYPICAL, &rng);
    return sensor;
}

void sensor_plan(struct hands *hands, size_t n, uint64_t seed)
{
    struct plumb_vec3 ups[HANDS_POSES_N];
    struct plumb_rng rng = plumb_rng_of(seed);
    struct hands_params params = hands_usual();
    for (size_t i = 0; i < n; i++)
        ups[i] = plumb_turned_way((int)(i % PLUMB_TURNED_N))->up_s;
    hands_plan(hands, &params, ups, n, &rng);
}

struct plumb_track sensor_record(const struct sensor *sensor, const struct hands *hands)
{
    struct plumb_imu_error error;
    double step_s = 1 / sensor->rate_hz;
    size_t n = (size_t)(hands_length_s(hands) * sensor->rate_hz);
    struct plumb_track track = {
        .n = n,
        .t_s = malloc(n * sizeof *track.t_s),
        .present = malloc(n),
        .flags = calloc(n, 1),
        .imu = {malloc(n * sizeof *track.imu[0])}};
    if (!track.t_s || !track.present || !track.flags || !track.imu[0])
        abort();
    plumb_imu_error_init(&error, sensor->seed);
    for (size_t i = 0; i < n; i++) {
        double t_s = (double)(i + 1) * step_s;
        struct plumb_imu truth = hands_feel(hands, t_s);
        struct plumb_imu felt =
            plumb_imu_error_apply(&error, &sensor->error, &truth, sensor->warm_s + t_s, step_s);
        felt.accel_s_mps2 = plumb_vec3_scale(felt.accel_s_mps2, sensor->accel_scale);
        track.t_s[i] = t_s;
        track.present[i] = 1u << PLUMB_PELVIS;
        track.imu[0][i] = plumb_imu_pack(&felt);
    }
    return track;
}

void track_free(struct plumb_track *track)
{
    free(track->t_s);
    free(track->present);
    free(track->flags);
    free(track->imu[0]);
}

int track_write(const struct plumb_track *track, const char *path)
{
    struct plumb_message message = {""};
    int fail = 0;
    struct plumb_save_raw *save = plumb_save_raw_open(path, 1u << PLUMB_PELVIS, &fail, &message);
    for (size_t i = 0; save && !fail && i < track->n; i++) {
        struct plumb_sample sample = plumb_track_at(track, i);
        fail = plumb_save_raw_row(save, &sample, NULL, 0, &message);
    }
    int closing = plumb_save_raw_close(save, &message);
    if (fail || closing)
        fprintf(stderr, "%s\n", message.text);
    return fail ? fail : closing;
}
