#include "accel_fit.h"

#include "units.h"

#define G PLUMB_GRAVITY_MPS2

/* A hand also moves while it is held still: a millimetre or two to and fro within seconds. */
#define HAND_MPS2 0.003

/* What is believed before: wide for bias and scale, so that other people's conversions from counts fit too;
 * axes not square as the MPU-6050's data sheet has them (2 % at most, evenly spread); drift 35-60 mg over
 * 45 degC at most. */
#define BIAS_SD_MPS2        1.0
#define SCALE_SD            0.1
#define SQUARE_SD           0.012
#define DRIFT_SD_MPS2_PER_C 0.006

#define ITERATIONS_N   40
#define PLAIN_N        4 /* of them before poses are judged by their residuals */
#define HALVINGS_N     8
#define SETTLED_MPS2   1e-7
#define HUBER_SIGMA    2.5
#define DUPLICATE_RAD  (8 * PLUMB_RAD_PER_DEG)
#define CHECK_LEAST_N  10 /* nine unknowns: below this a fit has nothing left to be checked by */
#define LEVERAGE_MOST  0.98
#define FIXED_UNKNOWNS 9
#define BELIEVED_N     1.0

/* Beyond these a fit is refused: bias and scale open, or lengths that stay unlike. */
#define OPEN_BIAS_MPS2     0.1
#define OPEN_SCALE         0.02
#define OPEN_DIRECTION_RAD (1.2 * PLUMB_RAD_PER_DEG)
#define UNLIKE_MPS2        0.15
#define FAR_BIAS_MPS2      3.0 /* as the calibration file allows */
#define FAR_MATRIX         0.2

enum { BIAS = 0, XX = 3, XY = 6, DRIFT = 9 };

struct pose {
    struct plumb_vec3 reading_mps2;
    double sd_mps2, share, warmer_c;
};

static const int pairs[3][2] = {{0, 1}, {0, 2}, {1, 2}}; /* XY, XZ, YZ */

static void to_array(double out[3], struct plumb_vec3 v)
{
    out[0] = v.x;
    out[1] = v.y;
    out[2] = v.z;
}

static void matrix_of(const double *p, double m[9])
{
    for (int i = 0; i < 3; i++) {
        m[4 * i] = p[XX + i];
        m[3 * pairs[i][0] + pairs[i][1]] = m[3 * pairs[i][1] + pairs[i][0]] = p[XY + i];
    }
}

/* The reading put right; *off is the reading less its bias. */
static struct plumb_vec3 put_right(const double *p, const struct pose *pose, double off[3])
{
    double m[9], a[3];
    matrix_of(p, m);
    to_array(off, pose->reading_mps2);
    for (int i = 0; i < 3; i++)
        off[i] -= p[BIAS + i] + p[DRIFT + i] * pose->warmer_c;
    for (int i = 0; i < 3; i++)
        a[i] = m[3 * i] * off[0] + m[3 * i + 1] * off[1] + m[3 * i + 2] * off[2];
    return plumb_vec3_of(a[0], a[1], a[2]);
}

/* How the component of the corrected reading along `along` moves with each unknown. */
static void
slope_along(const double *p, const double off[3], double warmer_c, const double along[3], double *slope)
{
    double m[9];
    matrix_of(p, m);
    for (int i = 0; i < 3; i++) {
        slope[BIAS + i] = -(m[i] * along[0] + m[3 + i] * along[1] + m[6 + i] * along[2]);
        slope[DRIFT + i] = slope[BIAS + i] * warmer_c;
        slope[XX + i] = along[i] * off[i];
        slope[XY + i] = along[pairs[i][0]] * off[pairs[i][1]] + along[pairs[i][1]] * off[pairs[i][0]];
    }
}

/* The length less gravity, and its slope. */
static double length_error(const double *p, const struct pose *pose, double *slope)
{
    double off[3], u[3];
    struct plumb_vec3 a = put_right(p, pose, off);
    double length = plumb_vec3_norm(a);
    to_array(u, plumb_vec3_unit(a));
    if (slope)
        slope_along(p, off, pose->warmer_c, u, slope);
    return length - G;
}

static double huber(double error, double sd)
{
    double sigmas = fabs(error) / sd;
    return sigmas <= HUBER_SIGMA ? 1 : HUBER_SIGMA / sigmas;
}

static void believe(struct plumb_least *least, const double *p)
{
    for (int i = 0; i < 3; i++) {
        plumb_least_believe(least, BIAS + i, -p[BIAS + i], BIAS_SD_MPS2);
        plumb_least_believe(least, XX + i, 1 - p[XX + i], SCALE_SD);
        plumb_least_believe(least, XY + i, -p[XY + i], SQUARE_SD);
        plumb_least_believe(least, DRIFT + i, -p[DRIFT + i], DRIFT_SD_MPS2_PER_C);
    }
}

/* The equations at p; `loud` is how much louder than promised the poses are. */
static void equations(
    struct plumb_least *least, const double *p, const struct pose *poses, size_t n, const double *weights)
{
    double slope[PLUMB_LEAST_N] = {0};
    plumb_least_init(least, PLUMB_ACCEL_UNKNOWNS);
    for (size_t i = 0; i < n; i++) {
        double error = length_error(p, &poses[i], slope);
        plumb_least_add(
            least, slope, -error, weights[i] * poses[i].share / (poses[i].sd_mps2 * poses[i].sd_mps2));
    }
    believe(least, p);
}

static double cost_at(const double *p, const struct pose *poses, size_t n, const double *weights)
{
    struct plumb_least least;
    equations(&least, p, poses, n, weights);
    return least.cost;
}

/* One step downhill. Returns how far it went. */
static double step_down(double *p, const struct pose *poses, size_t n, const double *weights)
{
    struct plumb_least least;
    double step[PLUMB_LEAST_N], trial[PLUMB_ACCEL_UNKNOWNS], far = 0;
    equations(&least, p, poses, n, weights);
    if (plumb_least_solve(&least, 0, step))
        return 0;
    for (int halving = 0; halving < HALVINGS_N; halving++) {
        double k = ldexp(1, -halving);
        for (int i = 0; i < PLUMB_ACCEL_UNKNOWNS; i++)
            trial[i] = p[i] + k * step[i];
        if (cost_at(trial, poses, n, weights) > least.cost * (1 + 1e-12))
            continue;
        for (int i = 0; i < PLUMB_ACCEL_UNKNOWNS; i++) {
            far = fmax(far, fabs(trial[i] - p[i]));
            p[i] = trial[i];
        }
        break;
    }
    return far;
}

static double ascending_median(double *values, size_t n)
{
    for (size_t i = 1; i < n; i++)
        for (size_t k = i; k > 0 && values[k - 1] > values[k]; k--) {
            double keep = values[k];
            values[k] = values[k - 1];
            values[k - 1] = keep;
        }
    return n ? values[n / 2] : 0;
}

/* How many times larger than promised the residuals are, by their median; poses to spare make it sure. */
static double loudness(const double *p, const struct pose *poses, size_t n)
{
    double sigmas[PLUMB_ACCEL_POSES_N];
    for (size_t i = 0; i < n; i++)
        sigmas[i] = fabs(length_error(p, &poses[i], NULL)) / poses[i].sd_mps2;
    double spare = n > FIXED_UNKNOWNS ? (double)n / (double)(n - FIXED_UNKNOWNS) : 1;
    return fmax(1, 1.4826 * ascending_median(sigmas, n) * sqrt(spare));
}

static void weigh(double *weights, const double *p, const struct pose *poses, size_t n)
{
    double loud = loudness(p, poses, n);
    for (size_t i = 0; i < n; i++)
        weights[i] = huber(length_error(p, &poses[i], NULL), loud * poses[i].sd_mps2);
}

static void solve(double *p, const struct pose *poses, size_t n, double *weights)
{
    for (int i = 0; i < PLUMB_ACCEL_UNKNOWNS; i++)
        p[i] = i >= XX && i < XY;
    for (size_t i = 0; i < n; i++)
        weights[i] = 1;
    for (int turn = 0; turn < ITERATIONS_N; turn++) {
        if (turn >= PLAIN_N)
            weigh(weights, p, poses, n);
        if (step_down(p, poses, n, weights) < SETTLED_MPS2 && turn > PLAIN_N)
            break;
    }
}

/* ---- what is known of the poses before */

static double warmth_of(const struct plumb_still *stills, size_t n, double *range_c)
{
    double sum = 0, least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < n; i++) {
        sum += stills[i].temp_c / (double)n;
        least = fmin(least, stills[i].temp_c);
        most = fmax(most, stills[i].temp_c);
    }
    *range_c = isfinite(sum) ? most - least : NAN;
    return sum;
}

/* One over the number of poses, itself included, whose direction is the same. */
static double share_of(const struct plumb_still *stills, size_t n, size_t which)
{
    struct plumb_vec3 up = plumb_vec3_unit(stills[which].accel_s_mps2);
    int alike = 0;
    for (size_t i = 0; i < n; i++)
        alike += plumb_vec3_dot(up, plumb_vec3_unit(stills[i].accel_s_mps2)) > cos(DUPLICATE_RAD);
    return 1.0 / alike;
}

static void read_poses(struct plumb_accel_fit *fit, struct pose *poses, const struct plumb_still *stills)
{
    size_t n = fit->poses_n;
    fit->temp_c = warmth_of(stills, n, &fit->temp_range_c);
    for (size_t i = 0; i < n; i++) {
        double share = share_of(stills, n, i);
        poses[i] = (struct pose){
            .reading_mps2 = stills[i].accel_s_mps2,
            .sd_mps2 = hypot(stills[i].accel_sd_mps2, HAND_MPS2),
            .share = share,
            .warmer_c = isfinite(fit->temp_c) ? stills[i].temp_c - fit->temp_c : 0,
        };
        fit->distinct_n += share;
        double off = plumb_vec3_norm(stills[i].accel_s_mps2) - G;
        fit->before_mps2 += off * off / (double)n;
    }
    fit->before_mps2 = sqrt(fit->before_mps2);
}

/* ---- what came out */

/* Mean square error of a direction (rad^2), over the faces, edges and corners of a cube. */
static double direction_var(const double *p, const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double sum = 0;
    for (int i = 0; i < 27; i++) {
        struct plumb_vec3 u = plumb_vec3_unit(plumb_vec3_of(i % 3 - 1, i / 3 % 3 - 1, i / 9 - 1));
        double off[3], axis[3], slope[PLUMB_LEAST_N] = {0}, lengthwise[3];
        to_array(off, plumb_vec3_scale(u, G));
        to_array(lengthwise, u);
        for (int k = 0; k < 3; k++) {
            for (int j = 0; j < 3; j++)
                axis[j] = (j == k) - lengthwise[j] * lengthwise[k];
            slope_along(p, off, 0, axis, slope);
            sum += plumb_least_variance(covariance, slope, PLUMB_ACCEL_UNKNOWNS) / (G * G) / 26;
        }
    }
    return sum;
}

/* The poses' own information without what was believed, in units of m/s2: smallest over largest eigenvalue.
 */
static double condition_of(const struct pose *poses, size_t n, const double *p)
{
    struct plumb_least least;
    double values[PLUMB_LEAST_N] = {0}, slope[PLUMB_LEAST_N] = {0};
    plumb_least_init(&least, FIXED_UNKNOWNS);
    for (size_t i = 0; i < n; i++) {
        length_error(p, &poses[i], slope);
        for (int k = XX; k < FIXED_UNKNOWNS; k++)
            slope[k] /= G;
        plumb_least_add(&least, slope, 0, poses[i].share);
    }
    plumb_least_eigenvalues(&least, values);
    return fmax(values[0], 0) / values[FIXED_UNKNOWNS - 1];
}

static void judge_poses(
    struct plumb_accel_fit *fit, const struct pose *poses, const double *weights,
    const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double sum2 = 0, unseen2 = 0, weights_n = 0;
    for (size_t i = 0; i < fit->poses_n; i++) {
        double slope[PLUMB_LEAST_N] = {0}, sd = poses[i].sd_mps2;
        double error = length_error(fit->parameters, &poses[i], slope);
        double worth = weights[i] * poses[i].share / (sd * sd);
        double leverage = worth * plumb_least_variance(covariance, slope, PLUMB_ACCEL_UNKNOWNS);
        int open = leverage > LEVERAGE_MOST || fit->distinct_n < CHECK_LEAST_N - 0.5;
        fit->poses[i] = (struct plumb_accel_pose){error, weights[i], open ? NAN : error / (1 - leverage)};
        sum2 += weights[i] * error * error;
        unseen2 += open ? 0 : weights[i] * fit->poses[i].unseen_mps2 * fit->poses[i].unseen_mps2;
        weights_n += weights[i];
    }
    fit->residual_mps2 = sqrt(sum2 / weights_n);
    fit->check_mps2 = unseen2 > 0 ? sqrt(unseen2 / weights_n) : NAN;
}

/* The residuals' own word on how well the poses were held, against what was promised of them: a promise that
 * counts as much as BELIEVED_N poses. Trembling averages out better than the promise has it. */
static double excess_of(const struct plumb_accel_fit *fit, const struct pose *poses)
{
    double chi2 = 0, spare = fit->distinct_n - FIXED_UNKNOWNS;
    for (size_t i = 0; i < fit->poses_n; i++) {
        double sigmas = fit->poses[i].residual_mps2 / poses[i].sd_mps2;
        chi2 += fit->poses[i].weight * poses[i].share * sigmas * sigmas;
    }
    return spare > 0 ? (chi2 + BELIEVED_N) / (spare + BELIEVED_N) : 1;
}

static void note_certainty(
    struct plumb_accel_fit *fit, double excess, const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    double worst = -1, sd[3];
    for (int i = 0; i < 3; i++) {
        double open = covariance[BIAS + i][BIAS + i] + G * G * covariance[XX + i][XX + i];
        sd[i] = sqrt(excess * covariance[BIAS + i][BIAS + i]);
        fit->weak_axis = open > worst ? i : fit->weak_axis;
        worst = fmax(worst, open);
    }
    fit->bias_sd_mps2 = plumb_vec3_of(sd[0], sd[1], sd[2]);
    fit->direction_sd_rad = sqrt(excess * direction_var(fit->parameters, covariance));
}

static enum plumb_accel_refusal
refuse(const struct plumb_accel_fit *fit, const double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N])
{
    const double *p = fit->parameters;
    if (fit->distinct_n < PLUMB_ACCEL_LEAST_N - 0.5)
        return PLUMB_ACCEL_TOO_FEW;
    struct plumb_vec3 sd = fit->bias_sd_mps2;
    int open = fmax(sd.x, fmax(sd.y, sd.z)) > OPEN_BIAS_MPS2 || fit->direction_sd_rad > OPEN_DIRECTION_RAD;
    for (int i = 0; i < 3; i++)
        open |= sqrt(covariance[XX + i][XX + i]) > OPEN_SCALE;
    if (fit->residual_mps2 > UNLIKE_MPS2)
        return PLUMB_ACCEL_NO_SENSE;
    if (open)
        return PLUMB_ACCEL_ONE_SIDED;
    for (int i = 0; i < 3; i++)
        if (fabs(p[BIAS + i]) > FAR_BIAS_MPS2 || fabs(p[XX + i] - 1) > FAR_MATRIX ||
            fabs(p[XY + i]) > FAR_MATRIX)
            return PLUMB_ACCEL_NO_SENSE;
    return PLUMB_ACCEL_FITTED;
}

static void take(struct plumb_accel_fit *fit)
{
    const double *p = fit->parameters;
    fit->bias_mps2 = plumb_vec3_of(p[BIAS], p[BIAS + 1], p[BIAS + 2]);
    fit->drift_mps2_per_c = plumb_vec3_of(p[DRIFT], p[DRIFT + 1], p[DRIFT + 2]);
    matrix_of(p, fit->matrix);
}

int plumb_accel_fit(struct plumb_accel_fit *fit, const struct plumb_still *stills, size_t n)
{
    struct pose poses[PLUMB_ACCEL_POSES_N];
    double weights[PLUMB_ACCEL_POSES_N], covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}};
    *fit = (struct plumb_accel_fit){.refusal = PLUMB_ACCEL_TOO_FEW, .matrix = {1, 0, 0, 0, 1, 0, 0, 0, 1}};
    fit->poses_n = n < PLUMB_ACCEL_POSES_N ? n : PLUMB_ACCEL_POSES_N;
    fit->check_mps2 = fit->residual_mps2 = NAN;
    read_poses(fit, poses, stills);
    solve(fit->parameters, poses, fit->poses_n, weights);
    equations(&fit->least, fit->parameters, poses, fit->poses_n, weights);
    if (plumb_least_covariance(&fit->least, covariance))
        return -1;
    const double(*known)[PLUMB_LEAST_N] = (const double(*)[PLUMB_LEAST_N])covariance;
    if (fit->poses_n) {
        judge_poses(fit, poses, weights, known);
        fit->condition = condition_of(poses, fit->poses_n, fit->parameters);
    }
    note_certainty(fit, excess_of(fit, poses), known);
    fit->refusal = refuse(fit, known);
    if (fit->refusal)
        return -1;
    take(fit);
    return 0;
}

double plumb_accel_sd_with(const struct plumb_accel_fit *fit, struct plumb_vec3 up_s)
{
    struct plumb_least least = fit->least;
    double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}}, off[3], along[3], slope[PLUMB_LEAST_N] = {0};
    to_array(off, plumb_vec3_scale(up_s, G));
    to_array(along, up_s);
    slope_along(fit->parameters, off, 0, along, slope);
    plumb_least_add(&least, slope, 0, 1 / (2 * HAND_MPS2 * HAND_MPS2));
    if (plumb_least_covariance(&least, covariance))
        return NAN;
    return sqrt(direction_var(fit->parameters, (const double(*)[PLUMB_LEAST_N])covariance));
}
