/* Samples as a packed track: for tests that make their own. */
#ifndef PLUMB_TESTS_PACKED_H
#define PLUMB_TESTS_PACKED_H

#include <stdlib.h>

#include "host/core/track.h"

/* One role of n samples; free with packed_free. All NULL with n = 0 when memory is short. */
static inline struct plumb_track packed_of(const struct plumb_sample *samples, size_t n, enum plumb_role role)
{
    struct plumb_track track = {.n = n, .t_s = malloc((n + 1) * sizeof(double))};
    track.present = malloc(n + 1);
    track.flags = malloc(n + 1);
    track.imu[role] = malloc((n + 1) * sizeof *track.imu[role]);
    if (!track.t_s || !track.present || !track.flags || !track.imu[role])
        track.n = 0;
    for (size_t i = 0; i < track.n; i++) {
        track.t_s[i] = samples[i].t_s;
        track.present[i] = (unsigned char)(samples[i].present & (1u << role));
        track.flags[i] = (unsigned char)samples[i].flags;
        track.imu[role][i] = plumb_imu_pack(&samples[i].imu[role]);
    }
    return track;
}

static inline void packed_free(struct plumb_track *track)
{
    free(track->t_s);
    free(track->present);
    free(track->flags);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        free(track->imu[role]);
    *track = (struct plumb_track){0};
}

#endif
