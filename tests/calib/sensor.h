/* A clip in somebody's hands, as rows of a recording: the sensor with its errors, or none. */
#ifndef PLUMB_TESTS_SENSOR_H
#define PLUMB_TESTS_SENSOR_H

#include "host/core/track.h"
#include "host/patient/imu_error.h"
#include "tests/accuracy/hands.h"

struct sensor {
    double rate_hz, warm_s; /* warm: since power-on at the first row */
    double accel_scale;     /* whoever converted the counts was wrong by this factor; 1: right */
    struct plumb_imu_error_params error;
    uint64_t seed;
};

/* An ordinary specimen, warm, 200 Hz. */
struct sensor sensor_usual(uint64_t seed);

/* Plans the first n ways of turned.c (again from the first beyond 26) for usual hands. */
void sensor_plan(struct hands *hands, size_t n, uint64_t seed);

/* Records the whole of it. Its arrays are owned by the caller: track_free. */
struct plumb_track sensor_record(const struct sensor *sensor, const struct hands *hands);

void track_free(struct plumb_track *track);

/* Writes it as raw CSV; returns 0. */
int track_write(const struct plumb_track *track, const char *path);

#endif
