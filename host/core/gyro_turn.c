#include "gyro_turn.h"

#include "quat.h"
#include "units.h"

#define GAP_S      0.06
#define GAP_STEPS  2.5
#define FLAT_N     3 /* so many rates the same at a height that a hand does not hold: the range's end */
#define FLAT_RADPS (100 * PLUMB_RAD_PER_DEG)

struct walk {
    struct plumb_gyro_turn *turn;
    const struct plumb_calib *calib;
    struct plumb_quat q_se;                     /* end (so far) to start */
    double slope_start[3][PLUMB_GYRO_UNKNOWNS]; /* as the turn's, in the start's frame */
    struct plumb_imu last;
    double last_s, step_s;
    int begun, flat_n[3];
};

static void axes_of(struct plumb_quat q, struct plumb_vec3 columns[3])
{
    columns[0] = plumb_quat_apply(q, plumb_vec3_of(1, 0, 0));
    columns[1] = plumb_quat_apply(q, plumb_vec3_of(0, 1, 0));
    columns[2] = plumb_quat_apply(q, plumb_vec3_of(0, 0, 1));
}

static double warmer_by(const struct plumb_calib *calib, const struct plumb_imu *raw)
{
    return isfinite(raw->temp_c) ? raw->temp_c - calib->temp_ref_c : 0;
}

/* The reading less its offset, before the matrix. */
static struct plumb_vec3 off_of(const struct plumb_calib *calib, const struct plumb_imu *raw)
{
    struct plumb_vec3 warmth = plumb_vec3_scale(calib->gyro_slope_radps_per_c, warmer_by(calib, raw));
    struct plumb_vec3 bias = plumb_vec3_add(calib->gyro_bias_radps, warmth);
    return plumb_vec3_sub(raw->gyro_s_radps, bias);
}

/* d(turn)/d(matrix jk) = R column j times reading k; d/d(bias k) = -R matrix column k; d/d(slope k) that by
 * how much warmer it is. */
static void
gather(struct walk *walk, struct plumb_quat middle, struct plumb_vec3 off, double warmer_c, double dt_s)
{
    const double *m = walk->calib->gyro_matrix, reading[3] = {off.x, off.y, off.z};
    struct plumb_vec3 columns[3];
    axes_of(middle, columns);
    for (int j = 0; j < 3; j++) {
        const double column[3] = {columns[j].x, columns[j].y, columns[j].z};
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < 3; k++) {
                walk->slope_start[i][3 * j + k] += column[i] * reading[k] * dt_s;
                walk->slope_start[i][9 + k] -= column[i] * m[3 * j + k] * dt_s;
                walk->slope_start[i][12 + k] -= column[i] * m[3 * j + k] * warmer_c * dt_s;
            }
    }
}

static void look_for_faults(struct walk *walk, const struct plumb_imu *raw, double dt_s, unsigned flags)
{
    const double now[3] = {raw->gyro_s_radps.x, raw->gyro_s_radps.y, raw->gyro_s_radps.z};
    const double last[3] = {walk->last.gyro_s_radps.x, walk->last.gyro_s_radps.y, walk->last.gyro_s_radps.z};
    for (int i = 0; i < 3; i++) {
        int flat = !(now[i] < last[i]) && !(now[i] > last[i]) && fabs(now[i]) > FLAT_RADPS;
        walk->flat_n[i] = flat ? walk->flat_n[i] + 1 : 0;
        walk->turn->broken |= walk->flat_n[i] >= FLAT_N;
    }
    walk->turn->broken |= (flags & (PLUMB_SAMPLE_CLIPPED | PLUMB_SAMPLE_SEGMENT)) != 0;
    walk->turn->broken |= walk->step_s > 0 && dt_s > GAP_S && dt_s > GAP_STEPS * walk->step_s;
    walk->step_s = walk->step_s > 0 ? fmin(walk->step_s, dt_s) : dt_s;
}

static void step_on(struct walk *walk, const struct plumb_imu *raw, double dt_s)
{
    struct plumb_vec3 before = plumb_calib_correct(walk->calib, &walk->last).gyro_s_radps;
    struct plumb_vec3 now = plumb_calib_correct(walk->calib, raw).gyro_s_radps;
    struct plumb_vec3 mean = plumb_vec3_scale(plumb_vec3_add(before, now), 0.5);
    struct plumb_vec3 coning = plumb_vec3_scale(plumb_vec3_cross(before, now), dt_s * dt_s / 12);
    struct plumb_vec3 rotvec = plumb_vec3_add(plumb_vec3_scale(mean, dt_s), coning);
    struct plumb_vec3 off = plumb_vec3_add(off_of(walk->calib, &walk->last), off_of(walk->calib, raw));
    struct plumb_quat half = plumb_quat_from_rotvec(plumb_vec3_scale(rotvec, 0.5));
    struct plumb_quat middle = plumb_quat_mul(walk->q_se, half);
    gather(walk, middle, plumb_vec3_scale(off, 0.5), warmer_by(walk->calib, raw), dt_s);
    walk->q_se = plumb_quat_unit(plumb_quat_mul(middle, half));
    walk->turn->for_s += dt_s;
    walk->turn->angle_rad += plumb_vec3_norm(rotvec);
    walk->turn->most_radps = fmax(walk->turn->most_radps, plumb_vec3_norm(mean));
}

static void walk_row(struct walk *walk, const struct plumb_sample *sample, const struct plumb_imu *raw)
{
    double dt_s = sample->t_s - walk->last_s;
    if (walk->begun) {
        look_for_faults(walk, raw, dt_s, sample->flags);
        step_on(walk, raw, dt_s);
    }
    walk->begun = 1;
    walk->last = *raw;
    walk->last_s = sample->t_s;
}

static void turn_into_end_frame(struct walk *walk)
{
    struct plumb_vec3 rows[3];
    axes_of(walk->q_se, rows); /* columns of start-from-end are the rows of end-from-start */
    for (int i = 0; i < 3; i++) {
        const double row[3] = {rows[i].x, rows[i].y, rows[i].z};
        for (int j = 0; j < 3; j++)
            walk->turn->end_start[3 * i + j] = row[j];
        for (int k = 0; k < PLUMB_GYRO_UNKNOWNS; k++)
            for (int j = 0; j < 3; j++)
                walk->turn->slope[i][k] += row[j] * walk->slope_start[j][k];
    }
}

void plumb_gyro_turn_run(
    struct plumb_gyro_turn *turn, const struct plumb_track *track, enum plumb_role role, size_t from,
    size_t to, const struct plumb_calib *calib)
{
    struct walk walk = {.turn = turn, .calib = calib, .q_se = PLUMB_QUAT_IDENTITY};
    *turn = (struct plumb_gyro_turn){.for_s = 0};
    for (size_t row = from; row <= to && row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (plumb_sample_has(&sample, role))
            walk_row(&walk, &sample, &sample.imu[role]);
    }
    turn_into_end_frame(&walk);
}

struct plumb_vec3 plumb_gyro_turn_up(const struct plumb_gyro_turn *turn, struct plumb_vec3 start_up_s)
{
    const double *m = turn->end_start;
    struct plumb_vec3 v = start_up_s;
    return plumb_vec3_of(
        m[0] * v.x + m[1] * v.y + m[2] * v.z, m[3] * v.x + m[4] * v.y + m[5] * v.z,
        m[6] * v.x + m[7] * v.y + m[8] * v.z);
}

struct plumb_vec3 plumb_gyro_turn_held_up(
    const struct plumb_track *track, enum plumb_role role, size_t from, size_t middle, size_t to,
    const struct plumb_calib *calib)
{
    struct plumb_quat q_se = PLUMB_QUAT_IDENTITY, q_sm = PLUMB_QUAT_IDENTITY; /* now, middle to start */
    struct plumb_vec3 sum_start = {0, 0, 0};
    double last_s = 0;
    int begun = 0;
    for (size_t row = from; row <= to && row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (!plumb_sample_has(&sample, role))
            continue;
        struct plumb_imu right = plumb_calib_correct(calib, &sample.imu[role]);
        struct plumb_vec3 rotvec = plumb_vec3_scale(right.gyro_s_radps, begun ? sample.t_s - last_s : 0);
        q_se = plumb_quat_unit(plumb_quat_mul(q_se, plumb_quat_from_rotvec(rotvec)));
        sum_start = plumb_vec3_add(sum_start, plumb_quat_apply(q_se, right.accel_s_mps2));
        q_sm = row <= middle ? q_se : q_sm;
        last_s = sample.t_s;
        begun = 1;
    }
    return plumb_vec3_unit(plumb_quat_apply(plumb_quat_conj(q_sm), sum_start));
}
