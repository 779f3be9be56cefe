#include "gyro_fit.h"

#include "allan.h"
#include "least_squares.h"
#include "units.h"

/* Before any turn: the data sheets' 3 % of scale and more, for other people's conversions; 2 % across. */
#define SCALE_SD 0.05
#define CROSS_SD 0.02

/* Of up at either end of a turn: a hand's millimetres, the accelerometer. Of the way: coning, time stamps. */
#define UP_SD_RAD  (0.05 * PLUMB_RAD_PER_DEG)
#define TURN_SHARE 0.001

#define TURN_MOST_S      20.0 /* longer ways drift too far to be of use */
#define TURN_LEAST_RAD   (15 * PLUMB_RAD_PER_DEG)
#define HUBER_SIGMA      2.5
#define ITERATIONS_N     8
#define PLAIN_N          3 /* of them before turns are judged by what they leave */
#define KNOWN_SCALE      0.005
#define WRONG_RAD        (5 * PLUMB_RAD_PER_DEG) /* what the best fit of a sensor with wrong axes leaves */
#define FAR_MATRIX       0.2                     /* as the calibration file allows */
#define SLOPE_RANGE_C    1.5
#define SLOPE_SIGMA      3.0
#define BIAS_FLOOR_RADPS (0.005 * PLUMB_RAD_PER_DEG)
#define ALLAN_LEAST_S    10.0

enum { MATRIX = 0, OFFSET = 9 };

static double *component(struct plumb_vec3 *v, int axis)
{
    return axis == 0 ? &v->x : axis == 1 ? &v->y : &v->z;
}

static double part(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

/* ---- stillness: bias and slope */

static double weight_of(const struct plumb_still *still)
{
    return 1 / (still->gyro_sd_radps * still->gyro_sd_radps + BIAS_FLOOR_RADPS * BIAS_FLOOR_RADPS);
}

static void note_warmth(struct plumb_gyro_fit *fit, const struct plumb_still *stills, size_t n)
{
    double sum = 0, weights = 0, least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        sum += weight_of(&stills[i]) * stills[i].temp_c;
        weights += weight_of(&stills[i]);
        least = fmin(least, stills[i].temp_c);
        most = fmax(most, stills[i].temp_c);
    }
    fit->temp_c = sum / weights;
    fit->temp_range_c = isfinite(sum) ? most - least : NAN;
}

/* A straight line over temperature, one axis; level where it does not clearly rise or fall. */
static void
fit_line(struct plumb_gyro_fit *fit, const struct plumb_still *stills, size_t n, int axis, int sloped)
{
    struct plumb_least least;
    double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}}, line[PLUMB_LEAST_N] = {0};
    plumb_least_init(&least, sloped ? 2 : 1);
    for (size_t i = 0; i < n; i++) {
        double slope[PLUMB_LEAST_N] = {1, sloped ? stills[i].temp_c - fit->temp_c : 0};
        plumb_least_add(&least, slope, part(stills[i].gyro_s_radps, axis), weight_of(&stills[i]));
    }
    if (plumb_least_solve(&least, 0, line) || plumb_least_covariance(&least, covariance))
        return;
    if (sloped && fabs(line[1]) < SLOPE_SIGMA * sqrt(covariance[1][1])) {
        fit_line(fit, stills, n, axis, 0);
        return;
    }
    *component(&fit->bias_radps, axis) = line[0];
    *component(&fit->bias_sd_radps, axis) = sqrt(covariance[0][0]);
    *component(&fit->slope_radps_per_c, axis) = line[1];
    fit->slope_known |= sloped;
}

static void fit_bias(struct plumb_gyro_fit *fit, const struct plumb_still *stills, size_t n)
{
    note_warmth(fit, stills, n);
    int sloped = n >= 3 && fit->temp_range_c > SLOPE_RANGE_C;
    for (int axis = 0; axis < 3; axis++)
        fit_line(fit, stills, n, axis, sloped);
}

/* ---- turns */

struct way {
    size_t from, to; /* rows: the middles of the poses */
    struct plumb_vec3 start_up_s, end_up_s;
    double weight;
};

static size_t middle_of(const struct plumb_still *still)
{
    return still->row + still->rows_n / 2;
}

static struct plumb_calib calib_of(const double *p, const struct plumb_gyro_fit *fit)
{
    struct plumb_calib calib;
    plumb_calib_identity(&calib);
    for (int i = 0; i < 9; i++)
        calib.gyro_matrix[i] = p[MATRIX + i];
    calib.gyro_bias_radps = plumb_vec3_of(p[OFFSET], p[OFFSET + 1], p[OFFSET + 2]);
    calib.gyro_slope_radps_per_c = fit->slope_radps_per_c;
    calib.temp_ref_c = isfinite(fit->temp_c) ? fit->temp_c : calib.temp_ref_c;
    return calib;
}

struct fitting {
    struct plumb_gyro_fit *fit;
    const struct plumb_track *track;
    enum plumb_role role;
    struct way ways[PLUMB_GYRO_TURNS_N];
    size_t n;
    double p[PLUMB_GYRO_UNKNOWNS];
};

/* Up in the middle of a pose: the accelerometer as it is corrected, the gyroscope as far as it is known. */
static struct plumb_vec3
up_of(const struct fitting *fitting, const struct plumb_still *still, const struct plumb_calib *accel)
{
    struct plumb_calib calib = calib_of(fitting->p, fitting->fit);
    calib.accel_bias_mps2 = accel->accel_bias_mps2;
    for (int i = 0; i < 9; i++)
        calib.accel_matrix[i] = accel->accel_matrix[i];
    return plumb_gyro_turn_held_up(
        fitting->track, fitting->role, still->row, middle_of(still), still->row + still->rows_n - 1, &calib);
}

static double sd_of(const struct plumb_gyro_turn *turn)
{
    double way = TURN_SHARE * turn->angle_rad;
    return sqrt(2 * UP_SD_RAD * UP_SD_RAD + way * way);
}

/* The three equations of a turn: d(up) = up x d(turn). Returns the angle that is left. */
static double
add_turn(struct plumb_least *least, const struct plumb_gyro_turn *turn, const struct way *way, double weight)
{
    struct plumb_vec3 up = plumb_gyro_turn_up(turn, way->start_up_s);
    struct plumb_vec3 left = plumb_vec3_sub(way->end_up_s, up);
    const double cross[3][3] = {{0, -up.z, up.y}, {up.z, 0, -up.x}, {-up.y, up.x, 0}};
    double sd = sd_of(turn);
    for (int i = 0; i < 3; i++) {
        double slope[PLUMB_LEAST_N] = {0};
        for (int k = 0; k < PLUMB_GYRO_UNKNOWNS; k++)
            for (int j = 0; j < 3; j++)
                slope[k] += cross[i][j] * turn->slope[j][k];
        plumb_least_add(least, slope, part(left, i), weight / (sd * sd));
    }
    return plumb_vec3_norm(left);
}

static void believe(struct plumb_least *least, const double *p, const struct plumb_gyro_fit *fit)
{
    for (int i = 0; i < 9; i++)
        plumb_least_believe(
            least, MATRIX + i, (i % 4 == 0) - p[MATRIX + i], i % 4 == 0 ? SCALE_SD : CROSS_SD);
    for (int axis = 0; axis < 3; axis++)
        plumb_least_believe(
            least, OFFSET + axis, part(fit->bias_radps, axis) - p[OFFSET + axis],
            part(fit->bias_sd_radps, axis) + BIAS_FLOOR_RADPS);
}

static double huber(double error, double sd)
{
    double sigmas = error / sd;
    return sigmas <= HUBER_SIGMA ? 1 : HUBER_SIGMA / sigmas;
}

/* The equations at the present unknowns; returns the weighted rms of what is left. */
static double equations(struct fitting *fitting, struct plumb_least *least, int judged)
{
    struct plumb_calib calib = calib_of(fitting->p, fitting->fit);
    double left2 = 0, weights = 0;
    plumb_least_init(least, PLUMB_GYRO_UNKNOWNS);
    for (size_t i = 0; i < fitting->n; i++) {
        struct plumb_gyro_turn turn;
        struct way *way = &fitting->ways[i];
        plumb_gyro_turn_run(&turn, fitting->track, fitting->role, way->from, way->to, &calib);
        double left = add_turn(least, &turn, way, way->weight);
        left2 += way->weight * left * left;
        weights += way->weight;
        way->weight = judged ? huber(left, sd_of(&turn)) : 1;
    }
    believe(least, fitting->p, fitting->fit);
    return weights > 0 ? sqrt(left2 / weights) : NAN;
}

static void list_ways(
    struct fitting *fitting, const struct plumb_still *stills, size_t n, const struct plumb_calib *accel)
{
    struct plumb_calib calib = calib_of(fitting->p, fitting->fit);
    for (size_t i = 0; i + 1 < n && fitting->n < PLUMB_GYRO_TURNS_N; i++) {
        struct plumb_gyro_turn turn;
        struct way way = {
            middle_of(&stills[i]), middle_of(&stills[i + 1]), up_of(fitting, &stills[i], accel),
            up_of(fitting, &stills[i + 1], accel), 1};
        if (stills[i + 1].begin_s - stills[i].end_s > TURN_MOST_S)
            continue;
        plumb_gyro_turn_run(&turn, fitting->track, fitting->role, way.from, way.to, &calib);
        if (turn.angle_rad < TURN_LEAST_RAD)
            continue;
        fitting->fit->broken_n += turn.broken != 0;
        if (turn.broken)
            continue;
        fitting->fit->turned_rad += turn.angle_rad;
        fitting->ways[fitting->n++] = way;
    }
    fitting->fit->turns_n = fitting->n;
}

static void note_certainty(struct plumb_gyro_fit *fit, const struct plumb_least *least)
{
    double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}}, worst = -1;
    if (plumb_least_covariance(least, covariance))
        return;
    fit->matrix_known = 1;
    for (int i = 0; i < 9; i++) {
        double sd = sqrt(covariance[MATRIX + i][MATRIX + i]);
        if (i % 4)
            fit->cross_sd = fmax(fit->cross_sd, sd);
        else
            fit->scale_sd[i / 4] = sd;
        fit->matrix_known &= sd < KNOWN_SCALE;
    }
    for (int axis = 0; axis < 3; axis++) {
        double open =
            covariance[axis][axis] + covariance[3 + axis][3 + axis] + covariance[6 + axis][6 + axis];
        fit->weak_axis = open > worst ? axis : fit->weak_axis;
        worst = fmax(worst, open);
    }
}

static void step_on(struct fitting *fitting, struct plumb_least *least)
{
    double step[PLUMB_LEAST_N];
    if (plumb_least_solve(least, 0, step))
        return;
    for (int i = 0; i < PLUMB_GYRO_UNKNOWNS; i++)
        fitting->p[i] += step[i];
}

static int is_wrong(const struct plumb_gyro_fit *fit)
{
    int far = fit->residual_rad > WRONG_RAD;
    for (int i = 0; i < 9; i++)
        far |= fabs(fit->matrix[i] - (i % 4 == 0)) > FAR_MATRIX;
    return far;
}

static int fit_matrix(struct fitting *fitting)
{
    struct plumb_gyro_fit *fit = fitting->fit;
    struct plumb_least least;
    fit->before_rad = equations(fitting, &least, 0);
    for (int turn = 0; turn < ITERATIONS_N; turn++) {
        step_on(fitting, &least);
        fit->residual_rad = equations(fitting, &least, turn >= PLAIN_N);
    }
    for (int i = 0; i < 9; i++)
        fit->matrix[i] = fitting->p[MATRIX + i];
    if (is_wrong(fit)) {
        for (int i = 0; i < 9; i++)
            fit->matrix[i] = i % 4 == 0;
        return -1;
    }
    note_certainty(fit, &least);
    fit->bias_radps = plumb_vec3_of(fitting->p[OFFSET], fitting->p[OFFSET + 1], fitting->p[OFFSET + 2]);
    return 0;
}

/* ---- noise, from the longest stillness */

static void fit_noise(
    struct plumb_gyro_fit *fit, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *still)
{
    struct plumb_allan allan[3];
    double rate_hz = (double)still->rows_n / (still->end_s - still->begin_s);
    fit->still_s = still->end_s - still->begin_s;
    for (int axis = 0; axis < 3; axis++)
        plumb_allan_init(&allan[axis], rate_hz);
    for (size_t row = still->row; row < still->row + still->rows_n && row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        for (int axis = 0; axis < 3 && plumb_sample_has(&sample, role); axis++)
            plumb_allan_push(&allan[axis], part(sample.imu[role].gyro_s_radps, axis));
    }
    for (int axis = 0; axis < 3 && fit->still_s >= ALLAN_LEAST_S; axis++) {
        *component(&fit->density_radps_rthz, axis) = plumb_allan_density(&allan[axis]);
        *component(&fit->instability_radps, axis) = plumb_allan_instability(&allan[axis]);
    }
}

static const struct plumb_still *longest(const struct plumb_still *stills, size_t n)
{
    const struct plumb_still *best = stills;
    for (size_t i = 1; i < n; i++)
        if (stills[i].end_s - stills[i].begin_s > best->end_s - best->begin_s)
            best = &stills[i];
    return best;
}

static void begin(struct plumb_gyro_fit *fit)
{
    struct plumb_vec3 unknown = {NAN, NAN, NAN};
    *fit = (struct plumb_gyro_fit){
        .refusal = PLUMB_GYRO_NO_REST,
        .matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1},
        .temp_c = NAN,
        .temp_range_c = NAN,
        .before_rad = NAN,
        .residual_rad = NAN,
        .scale_sd = {SCALE_SD, SCALE_SD, SCALE_SD},
        .cross_sd = CROSS_SD,
        .density_radps_rthz = unknown,
        .instability_radps = unknown};
}

int plumb_gyro_fit(
    struct plumb_gyro_fit *fit, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n, const struct plumb_calib *accel)
{
    struct fitting fitting = {.fit = fit, .track = track, .role = role, .p = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    begin(fit);
    if (!n)
        return -1;
    fit_bias(fit, stills, n);
    fit_noise(fit, track, role, longest(stills, n));
    for (int axis = 0; axis < 3; axis++)
        fitting.p[OFFSET + axis] = part(fit->bias_radps, axis);
    list_ways(&fitting, stills, n, accel);
    int wrong = fitting.n && fit_matrix(&fitting);
    fit->refusal = wrong ? PLUMB_GYRO_WRONG_AXES : PLUMB_GYRO_FITTED;
    return wrong ? -1 : 0;
}
