#include "lying.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"

/* Sensor axes: x cranial, y left, z out of the belly. Anterior tilt turns the cranial axis up. */
static struct plumb_imu feel(double tilt_deg, double rate_dps)
{
    double a = tilt_deg * PLUMB_RAD_PER_DEG;
    return (struct plumb_imu){
        .accel_s_mps2 = {PLUMB_GRAVITY_MPS2 * sin(a), 0, PLUMB_GRAVITY_MPS2 * cos(a)},
        .gyro_s_radps = {0, -rate_dps * PLUMB_RAD_PER_DEG, 0},
        .temp_c = 30};
}

static void append(struct plumb_track *track, double t_s, const struct plumb_imu *imu)
{
    track->t_s[track->n] = t_s;
    track->present[track->n] = 1u << PLUMB_PELVIS;
    track->flags[track->n] = 0;
    track->imu[PLUMB_PELVIS][track->n++] = plumb_imu_pack(imu);
}

void lying_make(
    struct lying *lying, double for_s, double rate_hz, double (*tilt_deg)(double t_s),
    int (*gone)(double t_s))
{
    size_t most = (size_t)(for_s * rate_hz) + 1;
    struct plumb_track *track = &lying->track;
    memset(lying, 0, sizeof *lying);
    track->t_s = malloc(most * sizeof *track->t_s);
    track->present = malloc(most);
    track->flags = malloc(most);
    track->imu[PLUMB_PELVIS] = malloc(most * sizeof *track->imu[PLUMB_PELVIS]);
    for (size_t i = 0; i < most; i++) {
        double t_s = (double)i / rate_hz;
        struct plumb_imu imu = feel(tilt_deg(t_s), (tilt_deg(t_s + 1e-4) - tilt_deg(t_s - 1e-4)) / 2e-4);
        if (!gone || !gone(t_s))
            append(track, t_s, &imu);
    }
}

void lying_mark(struct lying *lying, enum plumb_marker kind, double t_s)
{
    size_t row = 0;
    while (row + 1 < lying->track.n && lying->track.t_s[row] < t_s)
        row++;
    lying->marks[lying->marks_n++] = (struct plumb_mark){kind, row, lying->track.t_s[row], NULL};
}

void lying_free(struct lying *lying)
{
    free(lying->track.t_s);
    free(lying->track.present);
    free(lying->track.flags);
    free(lying->track.imu[PLUMB_PELVIS]);
}

void lying_exercise(struct plumb_exercise *exercise)
{
    memset(exercise, 0, sizeof *exercise);
    exercise->judged = 1;
    exercise->pose = PLUMB_SUPINE;
    exercise->judges = 1u << PLUMB_ANTERIOR_ROTATION | 1u << PLUMB_LUMBAR_ARCH | 1u << PLUMB_PELVIC_ROTATION |
                       1u << PLUMB_POSTERIOR_TILT;
    plumb_thresholds_default(&exercise->thresholds);
}
