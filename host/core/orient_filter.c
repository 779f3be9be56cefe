#include "orient_filter.h"

#include <string.h>

#define N PLUMB_ORIENT_N

/* One update under way. */
struct update {
    struct plumb_orient *state;
    double delta[N];                /* what is found to be wrong so far */
    struct plumb_orient_step *step; /* the record, or NULL */
};

static void note_way(struct plumb_orient_step *step, const struct plumb_orient *state)
{
    for (int i = 0; i < 2; i++) {
        for (int a = 0; a < 3; a++)
            step->rows_w_s[i][a] = (float)state->rows_w_s[i][a];
        for (int a = 0; a < 9; a++)
            step->rows_gyro_w_rad[i][a] = (float)state->rows_gyro_w_rad[i][a];
    }
    step->up_w_mps = (float)state->force_w_mps[2];
    step->gathered_s = (float)state->gathered_s;
    step->looks_n = 0;
}

static void
note_look(struct plumb_orient_step *step, int at, const double column[N], double weight, double surprise)
{
    struct plumb_orient_look *look = &step->looks[step->looks_n++];
    for (int i = 0; i < N; i++)
        look->column[i] = (float)column[i];
    look->weight = (float)weight;
    look->surprise = (float)surprise;
    look->at = at;
}

static void note_end(struct plumb_orient_step *step, const struct plumb_orient *state, const double delta[N])
{
    for (int i = 0; i < 2; i++) {
        step->tilt_rad[i] = (float)delta[PLUMB_AT_TILT + i];
        for (int j = 0; j < N; j++)
            step->tilt_rows[i][j] = (float)state->covariance[PLUMB_AT_TILT + i][j];
    }
}

/* Rows 0..5 of the transition times `columns` (tilt, velocity, position of each column), in place. The rows
 * of offset and matrix stay: they do not change by themselves. */
static void carry_rows(double c[N][N], const struct plumb_orient *state)
{
    const double *force = state->force_w_mps, half_s = state->gathered_s / 2;
    double turn[2][N];
    for (int i = 0; i < 2; i++) {
        for (int j = 0; j < N; j++)
            turn[i][j] = 0;
        for (int a = 0; a < 3; a++)
            for (int j = 0; j < N; j++)
                turn[i][j] -= state->rows_w_s[i][a] * c[PLUMB_AT_OFFSET + a][j];
        for (int a = 0; a < 9; a++)
            for (int j = 0; j < N; j++)
                turn[i][j] -= state->rows_gyro_w_rad[i][a] * c[PLUMB_AT_MATRIX + a][j];
    }
    for (int i = 0; i < 2; i++) {
        double up_mps = i == 0 ? force[2] : -force[2]; /* a tilt about y speeds x, one about x slows y */
        for (int j = 0; j < N; j++) {
            double faster = up_mps * (c[1 - i][j] + turn[1 - i][j] / 2);
            c[PLUMB_AT_POSITION + i][j] += 2 * half_s * c[PLUMB_AT_VELOCITY + i][j] + half_s * faster;
            c[PLUMB_AT_VELOCITY + i][j] += faster;
        }
    }
    for (int i = 0; i < 2; i++)
        for (int j = 0; j < N; j++)
            c[PLUMB_AT_TILT + i][j] += turn[i][j];
}

static void transpose(double c[N][N])
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < i; j++) {
            double swap = c[i][j];
            c[i][j] = c[j][i];
            c[j][i] = swap;
        }
}

/* Rounding makes the two halves of the covariance differ, and the difference grows by itself. */
static void make_symmetric(double c[N][N])
{
    for (int i = 0; i < N; i++)
        for (int j = 0; j < i; j++)
            c[i][j] = c[j][i] = (c[i][j] + c[j][i]) / 2;
}

static void add_noise(struct plumb_orient *state, const struct plumb_orient_params *params)
{
    double(*c)[N] = state->covariance, dt_s = state->gathered_s;
    double tilt =
        params->gyro_noise_radps_rthz * params->gyro_noise_radps_rthz * dt_s + state->extra_tilt_rad2;
    double speed =
        params->accel_noise_mps2_rthz * params->accel_noise_mps2_rthz * dt_s + state->extra_speed_m2ps2;
    double travel_m = fmax(sqrt(state->reach_m2) - params->travel_m, 0);
    double travel = params->travel_accel_rthz * params->travel_accel_rthz * travel_m * travel_m * dt_s;
    double place = (params->place_walk_m_rts * params->place_walk_m_rts +
                    params->place_walk_share_rts * params->place_walk_share_rts * state->reach_m2) *
                   dt_s;
    double offset = params->gyro_offset_walk_rts * params->gyro_offset_walk_rts * dt_s;
    double matrix = params->gyro_matrix_walk_rts * params->gyro_matrix_walk_rts * dt_s;
    state->travel_sd_rad = params->travel_tilt_rad_m * travel_m;
    for (int i = 0; i < 2; i++) {
        c[PLUMB_AT_TILT + i][PLUMB_AT_TILT + i] += tilt;
        c[PLUMB_AT_VELOCITY + i][PLUMB_AT_VELOCITY + i] += speed + travel;
        c[PLUMB_AT_POSITION + i][PLUMB_AT_POSITION + i] += place;
    }
    for (int i = PLUMB_AT_OFFSET; i < PLUMB_AT_MATRIX; i++)
        c[i][i] += offset;
    for (int i = PLUMB_AT_MATRIX; i < N; i++)
        c[i][i] += matrix;
}

/* State number `at` was seen to be off by `off`, with variance `noise`. */
static void weigh(struct update *update, int at, double off, double noise)
{
    double(*c)[N] = update->state->covariance, *delta = update->delta, column[N];
    memcpy(column, c[at], sizeof column);
    double weight = 1 / (column[at] + noise);
    double surprise = off - delta[at];
    for (int i = 0; i < N; i++)
        delta[i] += weight * surprise * column[i];
    for (int i = 0; i < N; i++) {
        double gain = weight * column[i];
        for (int j = 0; j < N; j++)
            c[i][j] -= gain * column[j];
    }
    if (update->step)
        note_look(update->step, at, column, weight, surprise);
}

/* How far the wearer's place is left lately, in the mean square; what the filter's own uncertainty explains
 * is not movement. */
static void judge_reach(struct plumb_orient *state, const struct plumb_orient_params *params)
{
    const double *p = state->position_w_m;
    double own_m2 = state->covariance[PLUMB_AT_POSITION][PLUMB_AT_POSITION] +
                    state->covariance[PLUMB_AT_POSITION + 1][PLUMB_AT_POSITION + 1];
    double now_m2 = fmax(p[0] * p[0] + p[1] * p[1] - own_m2, 0) / 2;
    double share = state->gathered_s / (params->reach_memory_s + state->gathered_s);
    state->reach_m2 += share * (now_m2 - state->reach_m2);
    state->reach_m2 = fmin(state->reach_m2, params->reach_most_m * params->reach_most_m);
}

/* A quantity that stays near zero, as large as sd, with one independent look in look_s, seen every dt_s: the
 * variance of white noise that tells as much. */
static double white(double sd2, double look_s, double dt_s)
{
    return sd2 * look_s / dt_s;
}

static void weigh_wearer(struct update *update, const struct plumb_orient_params *params)
{
    struct plumb_orient *state = update->state;
    double dt_s = state->gathered_s, floor2 = params->reach_floor_m * params->reach_floor_m;
    judge_reach(state, params);
    double reach = white(floor2 + state->reach_m2, params->reach_look_s, dt_s);
    double speed = white(params->speed_mps * params->speed_mps, params->speed_look_s, dt_s);
    if (state->rest.still)
        speed = white(params->rest_speed_mps * params->rest_speed_mps, params->rest_look_s, dt_s);
    for (int i = 0; i < 2; i++)
        weigh(update, PLUMB_AT_POSITION + i, -state->position_w_m[i], reach);
    for (int i = 0; i < 2; i++)
        weigh(update, PLUMB_AT_VELOCITY + i, -state->velocity_w_mps[i], speed);
}

/* At rest the mean rate is the offset, as far as what the sensor lies on is still itself. A mean that the
 * offset cannot explain (four standard deviations) is a steady turn; or, on a table, an offset believed too
 * firmly. */
static void weigh_rest(struct update *update, const struct plumb_orient_params *params)
{
    const struct plumb_orient *state = update->state;
    if (!state->rest.still)
        return;
    struct plumb_vec3 mean = state->rest.rate_mean_radps, offset = state->offset_s_radps;
    const double off[3] = {mean.x - offset.x, mean.y - offset.y, mean.z - offset.z};
    double density = state->rest.table ? params->table_rate_radps_rthz : params->body_rate_radps_rthz;
    for (int i = 0; i < 3; i++) {
        int at = PLUMB_AT_OFFSET + i;
        double surprise = off[i] - update->delta[at], own = update->state->covariance[at][at];
        if (surprise * surprise > 16 * (own + density * density)) {
            if (!state->rest.table)
                continue;
            update->state->covariance[at][at] += surprise * surprise;
        }
        weigh(update, at, off[i], density * density / state->gathered_s);
    }
}

/* The heading is the sum of what the offset's uncertainty about the vertical may have turned. */
static void drift_heading(struct plumb_orient *state)
{
    double variance = 0;
    struct plumb_vec3 up_s = plumb_quat_apply(plumb_quat_conj(state->q_ws), plumb_vec3_of(0, 0, 1));
    const double up[3] = {up_s.x, up_s.y, up_s.z};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            variance += up[i] * up[j] * state->covariance[PLUMB_AT_OFFSET + i][PLUMB_AT_OFFSET + j];
    double more_rad = state->gathered_s * sqrt(fmax(variance, 0));
    state->heading_sd_rad = fmin(state->heading_sd_rad + more_rad, 3.0); /* nothing is known beyond */
}

static void correct(struct plumb_orient *state, const double delta[N])
{
    struct plumb_vec3 tilt = plumb_vec3_of(delta[0], delta[1], 0);
    state->q_ws = plumb_quat_unit(plumb_quat_mul(plumb_quat_from_rotvec(tilt), state->q_ws));
    for (int i = 0; i < 2; i++) {
        state->velocity_w_mps[i] += delta[PLUMB_AT_VELOCITY + i];
        state->position_w_m[i] += delta[PLUMB_AT_POSITION + i];
    }
    double *offset = &state->offset_s_radps.x;
    for (int i = 0; i < 3; i++)
        offset[i] += delta[PLUMB_AT_OFFSET + i];
    for (int i = 0; i < 9; i++)
        state->matrix[i] += delta[PLUMB_AT_MATRIX + i];
}

/* A matrix that had to move twice as far (in the mean square) as its prior allows shows that the prior was
 * too narrow, and that all that was learnt under it is less certain: everything is widened, a tenth at a
 * time. */
static void doubt_matrix(struct plumb_orient *state)
{
    const double twice = 2, tenth = 1.1, few = 0.9, widest = 0.05; /* few: as if a tenth of it were known */
    double(*c)[N] = state->covariance, moved2 = 0, expected2 = few * state->matrix_sd2;
    for (int i = 0; i < 9; i++) {
        moved2 += state->matrix[i] * state->matrix[i];
        expected2 += fmax(state->matrix_sd2 - c[PLUMB_AT_MATRIX + i][PLUMB_AT_MATRIX + i], 0);
    }
    if (moved2 <= twice * expected2 || state->matrix_sd2 > widest * widest)
        return;
    double grow = fmin(moved2 / (twice * expected2), tenth);
    state->matrix_sd2 *= grow;
    for (int i = 0; i < N; i++)
        for (int j = 0; j < N; j++)
            c[i][j] *= grow;
}

void plumb_orient_filter_gather(struct plumb_orient *state)
{
    memset(state->rows_w_s, 0, sizeof state->rows_w_s);
    memset(state->rows_gyro_w_rad, 0, sizeof state->rows_gyro_w_rad);
    memset(state->force_w_mps, 0, sizeof state->force_w_mps);
    state->gathered_s = 0;
    state->extra_tilt_rad2 = state->extra_speed_m2ps2 = 0;
}

void plumb_orient_filter_update(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, struct plumb_orient_step *step)
{
    struct update update = {.state = state, .step = step};
    if (step)
        note_way(step, state);
    carry_rows(state->covariance, state);
    transpose(state->covariance);
    carry_rows(state->covariance, state);
    make_symmetric(state->covariance);
    add_noise(state, &coeff->params);
    weigh_wearer(&update, &coeff->params);
    weigh_rest(&update, &coeff->params);
    drift_heading(state);
    correct(state, update.delta);
    if (step)
        note_end(step, state, update.delta);
    doubt_matrix(state);
    plumb_orient_filter_gather(state);
}
