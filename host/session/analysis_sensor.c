/* What the recording says about its sensor: axes that disagree, values at the end of the range. Flagged
 * within holds, where somebody relies on the angle. */
#include "analysis_internal.h"

#define ACCEL_LEAST_MPS2 15.0 /* a flat top below is none: the narrowest range is 2 g */
#define GYRO_LEAST_RADPS 4.0  /* likewise: 250 deg/s */
#define JOIN_S           0.5  /* flat tops closer than this are one event */

static void values_of(const struct plumb_imu_packed *imu, float values[6])
{
    for (int axis = 0; axis < 3; axis++) {
        values[axis] = imu->accel_s_mps2[axis];
        values[3 + axis] = imu->gyro_s_radps[axis];
    }
}

/* The largest magnitude of each axis, or infinity where it never came near any sensor's range. */
static void find_tops(const struct plumb_track *track, float tops[6])
{
    for (int i = 0; i < 6; i++)
        tops[i] = 0;
    for (size_t row = 0; row < track->n; row++) {
        float values[6];
        values_of(&track->imu[PLUMB_PELVIS][row], values);
        for (int i = 0; i < 6; i++)
            tops[i] = fabsf(values[i]) > tops[i] ? fabsf(values[i]) : tops[i];
    }
    for (int i = 0; i < 6; i++)
        if ((double)tops[i] < (i < 3 ? ACCEL_LEAST_MPS2 : GYRO_LEAST_RADPS))
            tops[i] = INFINITY;
}

/* Three equal values in a row at the largest magnitude are a range's end, not a peak. */
static int is_flat(const struct plumb_track *track, const float tops[6], size_t row)
{
    float now[6], before[6], earlier[6];
    if (track->flags[row] & PLUMB_SAMPLE_CLIPPED)
        return 1;
    if (row < 2)
        return 0;
    values_of(&track->imu[PLUMB_PELVIS][row], now);
    values_of(&track->imu[PLUMB_PELVIS][row - 1], before);
    values_of(&track->imu[PLUMB_PELVIS][row - 2], earlier);
    for (int i = 0; i < 6; i++)
        if (!(fabsf(now[i]) < tops[i]) && !(now[i] < before[i]) && !(now[i] > before[i]) &&
            !(now[i] < earlier[i]) && !(now[i] > earlier[i]))
            return 1;
    return 0;
}

static int flag_flat(struct plumb_batch *batch, const float tops[6], const struct plumb_hold_window *hold)
{
    const struct plumb_track *track = batch->track;
    struct plumb_flag flag = {.kind = PLUMB_SATURATED, .onset_s = NAN};
    for (size_t row = hold->begin; row < hold->end; row++) {
        if (!is_flat(track, tops, row))
            continue;
        if (!isnan(flag.onset_s) && track->t_s[row] - flag.end_s > JOIN_S) {
            if (plumb_batch_add_flag(batch, &flag))
                return -1;
            flag.onset_s = NAN;
        }
        if (isnan(flag.onset_s))
            flag.onset_s = flag.start_s = track->t_s[row];
        flag.end_s = track->t_s[row];
    }
    return isnan(flag.onset_s) ? 0 : plumb_batch_add_flag(batch, &flag);
}

static int flag_axes(struct plumb_batch *batch, const struct plumb_hold_window *hold)
{
    const struct plumb_track *track = batch->track;
    double begin_s = track->t_s[hold->begin], end_s = track->t_s[hold->end - 1];
    struct plumb_flag flag = {
        .kind = PLUMB_AXIS_FAULT, .onset_s = begin_s, .start_s = begin_s, .end_s = end_s};
    return plumb_batch_add_flag(batch, &flag);
}

static void diagnose(struct plumb_batch *batch)
{
    const struct plumb_track *track = batch->track;
    struct plumb_diagnose state;
    plumb_diagnose_init(&state);
    for (size_t row = 0; row < track->n; row++) {
        struct plumb_imu imu = plumb_imu_unpack(&track->imu[PLUMB_PELVIS][row]);
        if (track->present[row] & 1u << PLUMB_PELVIS)
            plumb_diagnose_push(&state, track->t_s[row], &imu, track->flags[row]);
    }
    plumb_diagnose_read(&state, &batch->analysis->diagnosis);
}

int plumb_batch_sensor(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    float tops[6];
    int fail = 0;
    diagnose(batch);
    find_tops(batch->track, tops);
    for (size_t i = 0; i < analysis->holds_n && !fail; i++) {
        fail = flag_flat(batch, tops, &analysis->holds[i]);
        if (!fail && analysis->diagnosis.axes == PLUMB_FAULT)
            fail = flag_axes(batch, &analysis->holds[i]);
    }
    return fail;
}
