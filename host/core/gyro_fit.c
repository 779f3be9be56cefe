#include "gyro_fit.h"

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
#define KNOWN_SLOPE      (0.05 * PLUMB_RAD_PER_DEG) /* per degC */
#define BIAS_FLOOR_RADPS (0.005 * PLUMB_RAD_PER_DEG)

enum { MATRIX = 0, OFFSET = 9, SLOPE = 12 };

static double part(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

static struct plumb_vec3 triple(const double *p)
{
    return plumb_vec3_of(p[0], p[1], p[2]);
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
    calib.gyro_bias_radps = triple(p + OFFSET);
    calib.gyro_slope_radps_per_c = triple(p + SLOPE);
    calib.temp_ref_c = isfinite(fit->rest.temp_c) ? fit->rest.temp_c : calib.temp_ref_c;
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
    for (int axis = 0; axis < 3; axis++) {
        plumb_least_believe(
            least, OFFSET + axis, part(fit->rest.bias_radps, axis) - p[OFFSET + axis],
            part(fit->rest.bias_sd_radps, axis) + BIAS_FLOOR_RADPS);
        plumb_least_believe(
            least, SLOPE + axis, part(fit->rest.slope_radps_per_c, axis) - p[SLOPE + axis],
            part(fit->rest.slope_sd_radps_per_c, axis));
    }
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

static void note_matrix(struct plumb_gyro_fit *fit, const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double worst = -1;
    fit->matrix_known = 1;
    fit->cross_sd = 0;
    for (int i = 0; i < 9; i++) {
        double sd = sqrt(covariance[MATRIX + i][MATRIX + i]);
        if (i % 4)
            fit->cross_sd = fmax(fit->cross_sd, sd);
        else
            fit->scale_sd[i / 4] = sd;
        fit->matrix_known &= sd < KNOWN_SCALE;
    }
    for (int axis = 0; axis < 3; axis++) { /* a column: what turning about that axis does */
        double open =
            covariance[axis][axis] + covariance[3 + axis][3 + axis] + covariance[6 + axis][6 + axis];
        fit->weak_axis = open > worst ? axis : fit->weak_axis;
        worst = fmax(worst, open);
    }
}

/* The bias at the mean temperature, and its slope where the poses clearly know it. */
static void
note_bias(struct plumb_gyro_fit *fit, const double *p, const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double sd[3];
    fit->slope_known = fit->rest.temp_range_c > SLOPE_RANGE_C;
    for (int axis = 0; axis < 3; axis++) {
        sd[axis] = sqrt(covariance[OFFSET + axis][OFFSET + axis]);
        fit->slope_known &= sqrt(covariance[SLOPE + axis][SLOPE + axis]) < KNOWN_SLOPE;
    }
    fit->bias_radps = triple(p + OFFSET);
    fit->bias_sd_radps = triple(sd);
    if (fit->slope_known)
        fit->slope_radps_per_c = triple(p + SLOPE);
}

static void note_certainty(struct plumb_gyro_fit *fit, const double *p, const struct plumb_least *least)
{
    double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}};
    if (plumb_least_covariance(least, covariance))
        return;
    note_matrix(fit, (const double(*)[PLUMB_LEAST_N])covariance);
    note_bias(fit, p, (const double(*)[PLUMB_LEAST_N])covariance);
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
    note_certainty(fit, fitting->p, &least);
    return 0;
}

static void begin(struct plumb_gyro_fit *fit)
{
    *fit = (struct plumb_gyro_fit){
        .refusal = PLUMB_GYRO_NO_REST,
        .matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1},
        .before_rad = NAN,
        .residual_rad = NAN,
        .scale_sd = {SCALE_SD, SCALE_SD, SCALE_SD},
        .cross_sd = CROSS_SD,
        .rest = {.temp_c = NAN, .temp_range_c = NAN}};
}

static void begin_at_rest(struct fitting *fitting)
{
    struct plumb_gyro_fit *fit = fitting->fit;
    for (int axis = 0; axis < 3; axis++) {
        fitting->p[OFFSET + axis] = part(fit->rest.bias_radps, axis);
        fitting->p[SLOPE + axis] = part(fit->rest.slope_radps_per_c, axis);
    }
}

int plumb_gyro_fit(
    struct plumb_gyro_fit *fit, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n, const struct plumb_calib *accel)
{
    struct fitting fitting = {.fit = fit, .track = track, .role = role, .p = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    struct plumb_least least;
    begin(fit);
    if (!n)
        return -1;
    plumb_gyro_rest_fit(&fit->rest, track, role, stills, n);
    begin_at_rest(&fitting);
    list_ways(&fitting, stills, n, accel);
    if (fitting.n && fit_matrix(&fitting)) {
        fit->refusal = PLUMB_GYRO_WRONG_AXES;
        return -1;
    }
    if (!fitting.n) {
        equations(&fitting, &least, 0);
        note_certainty(fit, fitting.p, &least);
    }
    fit->refusal = PLUMB_GYRO_FITTED;
    return 0;
}
