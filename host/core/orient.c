#include "orient.h"

#include <stddef.h>

#include "orient_filter.h"
#include "orient_turn.h"
#include "units.h"

#define N PLUMB_ORIENT_N

static const double rate_most_radps = 105;  /* 6000 deg/s: beyond any sensor's range (ICM-42688: 2000) */
static const double force_most_mps2 = 1600; /* 160 g: likewise (high-g parts end at 100 to 160) */
static const double long_gap_s = 2;         /* after this the tilt is begun anew */
static const double gap_periods = 1.5;      /* DESIGN: a gap is longer than 1.5 samples */
static const double tilt_unknown_rad = 1;   /* "could be anything" for a filter of small errors */
static const unsigned refused_most = 20;    /* so many backward times in a row: the clock was set back */

/* Noise, offset, matrix: what cheap sensors' data sheets and ESTIMATION say; the rest was found on ten trials
 * of BROAD (doi:10.3390/data6070072), each left out in turn. */
void plumb_orient_params_default(struct plumb_orient_params *params)
{
    *params = (struct plumb_orient_params){
        .gyro_noise_radps_rthz = 0.0017,
        .gyro_offset_sd_radps = 0.05,
        .gyro_offset_walk_rts = 6e-5, /* a sensor that warms up: 0.05 deg/s a minute, for an hour */
        .gyro_matrix_sd = 0.0045,
        .gyro_matrix_walk_rts = 7e-5,
        .silent_radps_rthz = 1 * PLUMB_RAD_PER_DEG, /* parts that are silent are so below 0.1 to 2 deg/s */
        .lead_samples = 0.5,
        .lead_most_s = 0.005,
        .accel_noise_mps2_rthz = 0.015,
        .accel_error_mps2 = 0.02,
        .jolt_share = 1.0 / 12, /* a random walk between two readings */
        .reach_floor_m = 0.002,
        .reach_most_m = 3,
        .reach_start_m = 0.2,
        .reach_look_s = 30,
        .reach_memory_s = 2.5,
        .place_walk_m_rts = 0.06,
        .place_walk_share_rts = 1,
        .travel_m = 0.7,
        .travel_accel_rthz = 0.3,
        .travel_tilt_rad_m = 0.01,
        .speed_mps = 1,
        .speed_look_s = 1,
        .rest_speed_mps = 0.005,
        .rest_look_s = 0.1,
        .table_rate_radps_rthz = 0.005,
        .body_rate_radps_rthz = 0.08,
        .start_speed_mps = 1.5,
        .align_s = 1.5,
        .timing_s = 0.003,
    };
    plumb_rest_params_default(&params->rest);
}

void plumb_orient_coeff_init(struct plumb_orient_coeff *coeff, const struct plumb_orient_params *params)
{
    coeff->params = *params;
    coeff->stride_s = PLUMB_ORIENT_STRIDE_S;
    plumb_rest_coeff_init(&coeff->rest, &params->rest);
}

static void forget_tilt(struct plumb_orient *state, const struct plumb_orient_params *params)
{
    for (int i = 0; i < PLUMB_AT_OFFSET; i++)
        for (int j = 0; j < N; j++)
            state->covariance[i][j] = state->covariance[j][i] = 0;
    for (int i = 0; i < 2; i++) {
        state->velocity_w_mps[i] = state->position_w_m[i] = 0;
        state->covariance[PLUMB_AT_TILT + i][PLUMB_AT_TILT + i] = tilt_unknown_rad * tilt_unknown_rad;
        state->covariance[PLUMB_AT_VELOCITY + i][PLUMB_AT_VELOCITY + i] =
            params->start_speed_mps * params->start_speed_mps;
        state->covariance[PLUMB_AT_POSITION + i][PLUMB_AT_POSITION + i] =
            params->reach_start_m * params->reach_start_m;
    }
    state->force_low_w_mps2 = plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2);
    state->aligning_s = 0;
    state->aligned = 0;
    state->align_force_w_mps = plumb_vec3_of(0, 0, 0);
}

void plumb_orient_init(struct plumb_orient *state, const struct plumb_orient_coeff *coeff)
{
    const struct plumb_orient_params *params = &coeff->params;
    *state = (struct plumb_orient){.q_ws = PLUMB_QUAT_IDENTITY, .timing_s = params->timing_s};
    state->level_sd_rad = params->accel_error_mps2 / PLUMB_GRAVITY_MPS2;
    for (int i = PLUMB_AT_OFFSET; i < PLUMB_AT_MATRIX; i++)
        state->covariance[i][i] = params->gyro_offset_sd_radps * params->gyro_offset_sd_radps;
    for (int i = PLUMB_AT_MATRIX; i < N; i++)
        state->covariance[i][i] = params->gyro_matrix_sd * params->gyro_matrix_sd;
    state->reach_m2 = params->reach_start_m * params->reach_start_m;
    state->matrix_sd2 = params->gyro_matrix_sd * params->gyro_matrix_sd;
    plumb_rest_init(&state->rest);
    forget_tilt(state, params);
}

/* What a movement can change within a gap: three times its rate in a second, and 1 rad/s2 from stillness. */
static void doubt_gap(struct plumb_orient *state, double dt_s, struct plumb_vec3 rate)
{
    double change_radps2 = 1 + 3 * plumb_vec3_norm(rate);
    double off_rad = fmin(change_radps2 * dt_s * dt_s / 4, tilt_unknown_rad);
    double off_mps = dt_s; /* 1 m/s2 of unseen acceleration */
    state->extra_tilt_rad2 += off_rad * off_rad;
    state->extra_speed_m2ps2 += off_mps * off_mps;
}

static void turn(struct plumb_orient *state, double dt_s, struct plumb_vec3 rate, int gap)
{
    struct plumb_vec3 before = dt_s > 0 ? state->rate_s_radps : rate;
    if (gap)
        doubt_gap(state, dt_s, plumb_vec3_scale(plumb_vec3_add(rate, before), 0.5));
    struct plumb_quat q = plumb_quat_mul(state->q_ws, plumb_orient_mean_turn(before, rate, dt_s));
    double keep = 1.5 - 0.5 * (q.w * q.w + q.x * q.x + q.y * q.y + q.z * q.z); /* back to length 1 */
    state->q_ws = (struct plumb_quat){keep * q.w, keep * q.x, keep * q.y, keep * q.z};
    state->rate_s_radps = rate;
}

/* Stillness shows gravity at once: a speed within what rest grants, lost within the mean. */
static void align_at_rest(struct plumb_orient *state, const struct plumb_orient_params *params)
{
    struct plumb_vec3 up_w = plumb_vec3_of(0, 0, 1);
    struct plumb_vec3 force_w = plumb_quat_apply(state->q_ws, state->rest.force_mean_mps2);
    struct plumb_quat level = plumb_quat_between(plumb_vec3_unit(force_w), up_w);
    double sd_rad = 2 * params->rest_speed_mps / (PLUMB_GRAVITY_MPS2 * params->rest.mean_s);
    state->q_ws = plumb_quat_unit(plumb_quat_mul(level, state->q_ws));
    for (int i = 0; i < 2; i++) {
        state->covariance[PLUMB_AT_TILT + i][PLUMB_AT_TILT + i] = sd_rad * sd_rad;
        state->covariance[PLUMB_AT_VELOCITY + i][PLUMB_AT_VELOCITY + i] =
            params->rest_speed_mps * params->rest_speed_mps;
    }
    state->aligned = 1;
}

/* The start: up is the mean force since then, seen from a frame that the gyroscope holds still. What a change
 * of speed adds to the mean shrinks as the time grows. */
static void align(
    struct plumb_orient *state, const struct plumb_orient_params *params, double dt_s,
    struct plumb_vec3 force_s_mps2)
{
    struct plumb_vec3 up_w = plumb_vec3_of(0, 0, 1);
    double first_s = 1e-3; /* the first sample has no duration, but a say */
    struct plumb_vec3 force_w = plumb_quat_apply(state->q_ws, force_s_mps2);
    state->align_force_w_mps =
        plumb_vec3_add(state->align_force_w_mps, plumb_vec3_scale(force_w, fmax(dt_s, first_s)));
    state->aligning_s += fmax(dt_s, first_s);
    double sum_mps = plumb_vec3_norm(state->align_force_w_mps);
    if (sum_mps > 1e-9) {
        struct plumb_quat level =
            plumb_quat_between(plumb_vec3_scale(state->align_force_w_mps, 1 / sum_mps), up_w);
        state->q_ws = plumb_quat_unit(plumb_quat_mul(level, state->q_ws));
        state->align_force_w_mps = plumb_vec3_of(0, 0, sum_mps);
    }
    double fall_mps = PLUMB_GRAVITY_MPS2 * state->aligning_s;
    double change_mps = fmin(1.4 * params->start_speed_mps, 0.1 * fall_mps);
    double sd_rad = (change_mps + fabs(sum_mps - fall_mps)) / fall_mps;
    sd_rad = fmin(sd_rad, tilt_unknown_rad);
    state->covariance[0][0] = state->covariance[1][1] = sd_rad * sd_rad;
    state->aligned = state->aligning_s >= params->align_s;
    if (state->rest.still && !state->aligned)
        align_at_rest(state, params);
}

/* Velocity and position from the force, and what the covariance will want to know of this sample. */
static void gather(
    struct plumb_orient *state, double dt_s, double rows[3][3], struct plumb_vec3 force_w,
    struct plumb_vec3 gyro)
{
    const double force[2] = {force_w.x, force_w.y};
    for (int i = 0; i < 2; i++) {
        double faster_mps = force[i] * dt_s;
        state->position_w_m[i] += (state->velocity_w_mps[i] + faster_mps / 2) * dt_s;
        state->velocity_w_mps[i] += faster_mps;
        state->force_w_mps[i] += faster_mps;
        for (int a = 0; a < 3; a++) {
            double row_s = rows[i][a] * dt_s;
            state->rows_w_s[i][a] += row_s;
            state->rows_gyro_w_rad[i][3 * a + 0] += row_s * gyro.x;
            state->rows_gyro_w_rad[i][3 * a + 1] += row_s * gyro.y;
            state->rows_gyro_w_rad[i][3 * a + 2] += row_s * gyro.z;
        }
    }
    state->force_w_mps[2] += force_w.z * dt_s;
    state->gathered_s += dt_s;
}

/* Between two readings the force may have been anything as far from both as they differ: a tap. A gyroscope
 * that says exactly nothing is silent below some rate by design, or dead. */
static void doubt_reading(
    struct plumb_orient *state, const struct plumb_orient_params *params, double dt_s,
    const struct plumb_imu *imu)
{
    const double *last = state->flat_top.last, silent = params->silent_radps_rthz;
    struct plumb_vec3 force = imu->accel_s_mps2, rate = imu->gyro_s_radps;
    struct plumb_vec3 jolt = plumb_vec3_sub(force, plumb_vec3_of(last[0], last[1], last[2]));
    state->extra_speed_m2ps2 += params->jolt_share * plumb_vec3_dot(jolt, jolt) * dt_s * dt_s;
    if (rate.x == 0 && rate.y == 0 && rate.z == 0)
        state->extra_tilt_rad2 += silent * silent * dt_s;
}

/* What a clipped triad hides: three tenths of its reading, and more with every moment it lasts. Vibrated: the
 * force is replaced by gravity alone, and the true one is unknown by 1 m/s2. */
static struct plumb_vec3
distrust(struct plumb_orient *state, double dt_s, struct plumb_vec3 force_w, unsigned flags, unsigned flat)
{
    const double hidden = 0.3, hidden2 = hidden * hidden;
    if (flags & PLUMB_SAMPLE_CLIPPED && !flat)
        flat = PLUMB_FLAT_FORCE | PLUMB_FLAT_RATE;
    state->clipped_s = flat ? state->clipped_s + dt_s : 0;
    if (flat & PLUMB_FLAT_RATE)
        state->extra_tilt_rad2 +=
            2 * hidden2 * plumb_vec3_dot(state->rate_s_radps, state->rate_s_radps) * state->clipped_s * dt_s;
    if (flat & PLUMB_FLAT_FORCE)
        state->extra_speed_m2ps2 += 2 * hidden2 * plumb_vec3_dot(force_w, force_w) * state->clipped_s * dt_s;
    if (flags & PLUMB_SAMPLE_VIBRATED) {
        state->extra_speed_m2ps2 += 1.0 * dt_s * fmax(dt_s, 0.05);
        return plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2);
    }
    return force_w;
}

static int healthy(const struct plumb_orient *state)
{
    double sum = state->q_ws.w + state->q_ws.x + state->q_ws.y + state->q_ws.z;
    for (int i = 0; i < N; i++) {
        if (!(state->covariance[i][i] >= 0) || !isfinite(state->covariance[i][i]))
            return 0;
        sum += state->covariance[i][i];
    }
    return isfinite(sum) && isfinite(state->velocity_w_mps[0]) && isfinite(state->position_w_m[0]);
}

/* Small errors are the filter's business. Where the force of the last seconds points more than 60 degrees
 * away from up (a start in a fall, a gyroscope that lied), the attitude is put upright at once; upside down
 * would else be as stable as upright. */
static int put_upright(
    struct plumb_orient *state, const struct plumb_orient_params *params, struct plumb_vec3 mean_w,
    double dt_s)
{
    const double memory_s = 3, least_mps2 = 0.5 * PLUMB_GRAVITY_MPS2, cosine = 0.5, sd_rad = 0.3;
    struct plumb_vec3 *low = &state->force_low_w_mps2, up_w = plumb_vec3_of(0, 0, 1);
    double share = dt_s / (memory_s + dt_s), norm;
    *low = plumb_vec3_add(plumb_vec3_scale(*low, 1 - share), plumb_vec3_scale(mean_w, share));
    norm = plumb_vec3_norm(*low);
    if (norm < least_mps2 || low->z > cosine * norm)
        return 0;
    state->q_ws = plumb_quat_mul(plumb_quat_between(plumb_vec3_scale(*low, 1 / norm), up_w), state->q_ws);
    forget_tilt(state, params);
    state->covariance[0][0] = state->covariance[1][1] = sd_rad * sd_rad;
    state->aligned = 1;
    state->restarts_n++;
    return 1;
}

static enum plumb_orient_event
update(struct plumb_orient *state, const struct plumb_orient_coeff *coeff, struct plumb_orient_step *step)
{
    double dt_s = state->gathered_s;
    const double *force = state->force_w_mps;
    struct plumb_vec3 mean_w = plumb_vec3_scale(plumb_vec3_of(force[0], force[1], force[2]), 1 / dt_s);
    plumb_orient_filter_update(state, coeff, step);
    if (healthy(state))
        return put_upright(state, &coeff->params, mean_w, dt_s) ? PLUMB_ORIENT_RESTARTED
                                                                : PLUMB_ORIENT_UPDATED;
    struct plumb_orient old = *state;
    plumb_orient_init(state, coeff);
    state->t_s = old.t_s;
    state->period_s = old.period_s;
    state->samples_n = old.samples_n;
    state->times_refused_n = old.times_refused_n;
    state->values_refused_n = old.values_refused_n;
    state->gaps_n = old.gaps_n;
    state->restarts_n = old.restarts_n + 1;
    return PLUMB_ORIENT_RESTARTED;
}

/* The time since the sample before, -1 where this one is to be ignored. */
static double step_s(struct plumb_orient *state, double t_s, unsigned flags, int *restart)
{
    double dt_s = t_s - state->t_s;
    *restart = state->samples_n > 0 && (flags & PLUMB_SAMPLE_SEGMENT) != 0;
    if (state->samples_n == 0)
        return 0;
    if (!(dt_s > 0) && !*restart && ++state->refused_in_row < refused_most) {
        state->times_refused_n++;
        return -1;
    }
    if (!(dt_s > 0) || dt_s > long_gap_s)
        *restart = 1;
    return *restart ? 0 : dt_s;
}

static int believable(const struct plumb_imu *imu)
{
    struct plumb_vec3 force = imu->accel_s_mps2, rate = imu->gyro_s_radps;
    return plumb_vec3_finite(force) && plumb_vec3_finite(rate) &&
           plumb_vec3_dot(force, force) < force_most_mps2 * force_most_mps2 &&
           plumb_vec3_dot(rate, rate) < rate_most_radps * rate_most_radps;
}

static void restart(struct plumb_orient *state, const struct plumb_orient_coeff *coeff)
{
    forget_tilt(state, &coeff->params);
    plumb_rest_init(&state->rest);
    plumb_orient_filter_gather(state);
    state->restarts_n++;
}

static int is_gap(struct plumb_orient *state, const struct plumb_orient_params *params, double dt_s)
{
    const double twentieth = 0.05; /* the usual period, over twenty samples; a gap counts as two */
    int gap = state->period_s > 0 && dt_s > gap_periods * state->period_s;
    if (gap)
        state->gaps_n++;
    if (!(state->period_s > 0))
        state->period_s = dt_s;
    state->period_s += twentieth * (fmin(dt_s, 2 * state->period_s) - state->period_s);
    state->lead_s = fmin(params->lead_samples * state->period_s, params->lead_most_s);
    return gap;
}

static enum plumb_orient_event follow(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, double dt_s,
    const struct plumb_imu *imu, unsigned flags, struct plumb_orient_step *step)
{
    struct plumb_vec3 accel = imu->accel_s_mps2, rate = state->rate_s_radps;
    double rows[3][3];
    plumb_orient_rows(state->q_ws, rows);
    state->rate_w_radps = plumb_vec3_of(
        plumb_orient_along(rows[0], rate), plumb_orient_along(rows[1], rate),
        plumb_orient_along(rows[2], rate));
    struct plumb_vec3 force_w = plumb_vec3_of(
        plumb_orient_along(rows[0], accel), plumb_orient_along(rows[1], accel),
        plumb_orient_along(rows[2], accel));
    doubt_reading(state, &coeff->params, dt_s, imu);
    gather(
        state, dt_s, rows, distrust(state, dt_s, force_w, flags, plumb_flat_top_push(&state->flat_top, imu)),
        imu->gyro_s_radps);
    if (state->gathered_s < coeff->stride_s)
        return PLUMB_ORIENT_TURNED;
    return update(state, coeff, step);
}

enum plumb_orient_event plumb_orient_filter_push(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags, struct plumb_orient_step *step)
{
    int anew;
    if (!isfinite(t_s) || !believable(imu)) {
        state->values_refused_n++;
        return PLUMB_ORIENT_IGNORED;
    }
    double dt_s = step_s(state, t_s, flags, &anew);
    if (dt_s < 0)
        return PLUMB_ORIENT_IGNORED;
    state->t_s = t_s;
    state->samples_n++;
    state->refused_in_row = 0;
    if (anew)
        restart(state, coeff);
    turn(
        state, dt_s, plumb_orient_true_rate(state->offset_s_radps, state->matrix, imu->gyro_s_radps),
        is_gap(state, &coeff->params, dt_s));
    plumb_rest_push(&state->rest, &coeff->rest, dt_s, imu->accel_s_mps2, imu->gyro_s_radps);
    if (state->aligned)
        return follow(state, coeff, dt_s, imu, flags, step);
    align(state, &coeff->params, dt_s, imu->accel_s_mps2);
    return anew ? PLUMB_ORIENT_RESTARTED : PLUMB_ORIENT_TURNED;
}

void plumb_orient_push(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags)
{
    plumb_orient_filter_push(state, coeff, t_s, imu, flags, NULL);
}

struct plumb_quat plumb_orient_q_ws(const struct plumb_orient *state)
{
    struct plumb_vec3 late_rad = plumb_vec3_scale(state->rate_s_radps, state->lead_s);
    return plumb_quat_mul(state->q_ws, plumb_orient_small_turn(late_rad));
}

double plumb_orient_sd_rad(const struct plumb_orient *state, struct plumb_vec3 axis_w)
{
    const double(*c)[N] = (const double(*)[N])state->covariance;
    double x = axis_w.x, y = axis_w.y;
    double level2 = state->level_sd_rad * state->level_sd_rad + state->travel_sd_rad * state->travel_sd_rad;
    double late_rad = fmax(state->timing_s, state->lead_s) * plumb_vec3_dot(state->rate_w_radps, axis_w);
    double heading_rad = axis_w.z * state->heading_sd_rad;
    double variance = x * x * (c[0][0] + level2) + 2 * x * y * c[0][1] + y * y * (c[1][1] + level2);
    return sqrt(fmax(variance, 0) + late_rad * late_rad + heading_rad * heading_rad);
}

int plumb_orient_at_rest(const struct plumb_orient *state)
{
    return state->rest.still;
}
