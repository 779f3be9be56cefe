#include "gyro_rest.h"

#include "allan.h"
#include "least_squares.h"
#include "units.h"

#define PIECES_N         512
#define PIECE_S          10.0
#define BIAS_FLOOR_RADPS (0.005 * PLUMB_RAD_PER_DEG)
#define SLOPE_SD         (0.35 * PLUMB_RAD_PER_DEG) /* per degC: the data sheet's 20 deg/s over 60 degC */
#define ALLAN_LEAST_S    10.0

/* A part of a stillness. */
struct piece {
    struct plumb_vec3 gyro_s_radps;
    double temp_c, weight;
};

struct pieces {
    struct piece list[PIECES_N];
    size_t n;
};

static double part(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

static double *component(struct plumb_vec3 *v, int axis)
{
    return axis == 0 ? &v->x : axis == 1 ? &v->y : &v->z;
}

/* Means over rows [from, to). */
static void add_piece(
    struct pieces *pieces, const struct plumb_track *track, enum plumb_role role, size_t from, size_t to,
    double weight)
{
    struct piece piece = {.weight = weight};
    double n = 0;
    for (size_t row = from; row < to && row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (!plumb_sample_has(&sample, role))
            continue;
        piece.gyro_s_radps = plumb_vec3_add(piece.gyro_s_radps, sample.imu[role].gyro_s_radps);
        piece.temp_c += sample.imu[role].temp_c;
        n++;
    }
    piece.gyro_s_radps = plumb_vec3_scale(piece.gyro_s_radps, 1 / n);
    piece.temp_c /= n;
    if (n > 0 && pieces->n < PIECES_N)
        pieces->list[pieces->n++] = piece;
}

static void
cut(struct pieces *pieces, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n)
{
    double all_s = 0;
    for (size_t i = 0; i < n; i++)
        all_s += stills[i].end_s - stills[i].begin_s;
    double piece_s = fmax(PIECE_S, 2 * all_s / PIECES_N);
    for (size_t i = 0; i < n; i++) {
        const struct plumb_still *still = &stills[i];
        size_t parts_n = 1 + (size_t)((still->end_s - still->begin_s) / piece_s);
        double var = still->gyro_sd_radps * still->gyro_sd_radps * (double)parts_n;
        for (size_t k = 0; k < parts_n; k++)
            add_piece(
                pieces, track, role, still->row + still->rows_n * k / parts_n,
                still->row + still->rows_n * (k + 1) / parts_n,
                1 / (var + BIAS_FLOOR_RADPS * BIAS_FLOOR_RADPS));
    }
}

static void note_warmth(struct plumb_gyro_rest *rest, const struct pieces *pieces)
{
    double sum = 0, weights = 0, least = INFINITY, most = -INFINITY;
    for (size_t i = 0; i < pieces->n; i++) {
        sum += pieces->list[i].weight * pieces->list[i].temp_c;
        weights += pieces->list[i].weight;
        least = fmin(least, pieces->list[i].temp_c);
        most = fmax(most, pieces->list[i].temp_c);
    }
    rest->temp_c = sum / weights;
    rest->temp_range_c = isfinite(sum) ? most - least : NAN;
}

/* A straight line over temperature, one axis; the data sheet's word on the slope where warmth hardly moved.
 */
static void fit_line(struct plumb_gyro_rest *rest, const struct pieces *pieces, int axis)
{
    struct plumb_least least;
    double covariance[PLUMB_LEAST_N][PLUMB_LEAST_N] = {{0}}, line[PLUMB_LEAST_N] = {0};
    plumb_least_init(&least, 2);
    plumb_least_believe(&least, 1, 0, SLOPE_SD);
    for (size_t i = 0; i < pieces->n; i++) {
        const struct piece *piece = &pieces->list[i];
        double slope[PLUMB_LEAST_N] = {1, isfinite(rest->temp_c) ? piece->temp_c - rest->temp_c : 0};
        plumb_least_add(&least, slope, part(piece->gyro_s_radps, axis), piece->weight);
    }
    if (plumb_least_solve(&least, 0, line) || plumb_least_covariance(&least, covariance))
        return;
    *component(&rest->bias_radps, axis) = line[0];
    *component(&rest->bias_sd_radps, axis) = sqrt(covariance[0][0]);
    *component(&rest->slope_radps_per_c, axis) = line[1];
    *component(&rest->slope_sd_radps_per_c, axis) = sqrt(covariance[1][1]);
}

static const struct plumb_still *longest(const struct plumb_still *stills, size_t n)
{
    const struct plumb_still *best = stills;
    for (size_t i = 1; i < n; i++)
        if (stills[i].end_s - stills[i].begin_s > best->end_s - best->begin_s)
            best = &stills[i];
    return best;
}

static void fit_noise(
    struct plumb_gyro_rest *rest, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *still)
{
    struct plumb_allan allan[3];
    double rate_hz = (double)still->rows_n / (still->end_s - still->begin_s);
    rest->still_s = still->end_s - still->begin_s;
    for (int axis = 0; axis < 3; axis++)
        plumb_allan_init(&allan[axis], rate_hz);
    for (size_t row = still->row; row < still->row + still->rows_n && row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        for (int axis = 0; axis < 3 && plumb_sample_has(&sample, role); axis++)
            plumb_allan_push(&allan[axis], part(sample.imu[role].gyro_s_radps, axis));
    }
    for (int axis = 0; axis < 3; axis++) {
        int long_enough = rest->still_s >= ALLAN_LEAST_S;
        *component(&rest->density_radps_rthz, axis) = long_enough ? plumb_allan_density(&allan[axis]) : NAN;
        *component(&rest->instability_radps, axis) =
            long_enough ? plumb_allan_instability(&allan[axis]) : NAN;
    }
}

void plumb_gyro_rest_fit(
    struct plumb_gyro_rest *rest, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n)
{
    struct pieces pieces = {.n = 0};
    *rest = (struct plumb_gyro_rest){.temp_c = NAN};
    cut(&pieces, track, role, stills, n);
    note_warmth(rest, &pieces);
    for (int axis = 0; axis < 3; axis++)
        fit_line(rest, &pieces, axis);
    fit_noise(rest, track, role, longest(stills, n));
}
