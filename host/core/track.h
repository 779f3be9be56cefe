/* A recording in memory, packed: single precision is finer than any 16-bit sensor, and an hour stays small
 * (44 bytes a sample with one sensor). Storage belongs to whoever filled it in. */
#ifndef PLUMB_TRACK_H
#define PLUMB_TRACK_H

#include <stddef.h>

#include "sample.h"

struct plumb_imu_packed {
    float accel_s_mps2[3], gyro_s_radps[3], temp_c;
};

struct plumb_track {
    size_t n;
    double *t_s;                                 /* n, strictly increasing */
    unsigned char *present, *flags;              /* n, as in struct plumb_sample */
    struct plumb_imu_packed *imu[PLUMB_ROLES_N]; /* n each, NULL for a role without columns */
};

static inline struct plumb_imu plumb_imu_unpack(const struct plumb_imu_packed *packed)
{
    const float *a = packed->accel_s_mps2, *g = packed->gyro_s_radps;
    return (struct plumb_imu){
        plumb_vec3_of((double)a[0], (double)a[1], (double)a[2]),
        plumb_vec3_of((double)g[0], (double)g[1], (double)g[2]), (double)packed->temp_c};
}

static inline struct plumb_imu_packed plumb_imu_pack(const struct plumb_imu *imu)
{
    struct plumb_vec3 a = imu->accel_s_mps2, g = imu->gyro_s_radps;
    return (struct plumb_imu_packed){
        {(float)a.x, (float)a.y, (float)a.z}, {(float)g.x, (float)g.y, (float)g.z}, (float)imu->temp_c};
}

/* Sample i, unpacked. */
static inline struct plumb_sample plumb_track_at(const struct plumb_track *track, size_t i)
{
    struct plumb_sample sample = {
        .t_s = track->t_s[i], .present = track->present[i], .flags = track->flags[i]};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (plumb_sample_has(&sample, (enum plumb_role)role))
            sample.imu[role] = plumb_imu_unpack(&track->imu[role][i]);
    return sample;
}

#endif
