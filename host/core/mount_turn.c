#include "mount_turn.h"

#include "units.h"

#define TILT_LOW_HZ   0.05 /* slower is a change of posture, or drift: a slow tilt takes less than 10 s */
#define TILT_HIGH_HZ  1.5  /* quicker is tremor (4-12 Hz) or the clip's wobble */
#define STEP_MAX_S    0.1  /* a longer step is a gap: it shall not count for all the time that nobody saw */
#define JACOBI_SWEEPS 8    /* converges quadratically; five are enough for three by three */

struct sym3 {
    double m[3][3];
};

double plumb_turns_t_s(const struct plumb_turns *turns, size_t i)
{
    return turns->samples ? turns->samples[i].t_s : turns->t_s[i];
}

/* The rotation vector of q, at most half a turn. */
static struct plumb_vec3 rotvec_of(struct plumb_quat q)
{
    struct plumb_vec3 v = plumb_vec3_scale(plumb_vec3_of(q.x, q.y, q.z), q.w < 0 ? -1 : 1);
    double sine = plumb_vec3_norm(v);
    return plumb_vec3_scale(v, sine > 1e-9 ? 2 * atan2(sine, fabs(q.w)) / sine : 2);
}

static double legendre(int degree, double u)
{
    switch (degree) {
    case 0:
        return 1;
    case 1:
        return u;
    case 2:
        return 1.5 * u * u - 0.5;
    default:
        return (2.5 * u * u - 1.5) * u;
    }
}

/* From -1 at the first to 1 at the last. */
static double place_of(const struct plumb_turns *turns, size_t i)
{
    double begin_s = plumb_turns_t_s(turns, 0), span_s = plumb_turns_t_s(turns, turns->n - 1) - begin_s;
    return span_s > 0 ? 2 * (plumb_turns_t_s(turns, i) - begin_s) / span_s - 1 : -1;
}

/* The polynomials are orthogonal: each coefficient is an integral of its own. */
void plumb_turns_settle(struct plumb_turns *turns, int is_heading)
{
    double heading_rad = 0;
    int degrees = is_heading ? 2 : PLUMB_DRIFT_N;
    for (int k = 0; k < PLUMB_DRIFT_N; k++)
        turns->drift_rad[k] = 0;
    for (size_t i = 1; i < turns->n; i++) {
        double u = place_of(turns, i), step = u - place_of(turns, i - 1);
        heading_rad += rotvec_of(plumb_quat_mul(turns->q_ws[i], plumb_quat_conj(turns->q_ws[i - 1]))).z;
        for (int k = 0; k < degrees; k++)
            turns->drift_rad[k] += (k + 0.5) * heading_rad * legendre(k, u - step / 2) * step;
    }
}

static double drift_at(const struct plumb_turns *turns, double u)
{
    double sum_rad = 0;
    for (int k = 0; k < PLUMB_DRIFT_N; k++)
        sum_rad += turns->drift_rad[k] * legendre(k, u);
    return sum_rad;
}

struct plumb_quat plumb_turns_q(const struct plumb_turns *turns, size_t i)
{
    double half_rad = -(drift_at(turns, place_of(turns, i)) - drift_at(turns, -1)) / 2;
    return plumb_quat_mul((struct plumb_quat){cos(half_rad), 0, 0, sin(half_rad)}, turns->q_ws[i]);
}

struct plumb_quat plumb_turns_mean(const struct plumb_turns *turns)
{
    struct plumb_quat first = plumb_turns_q(turns, 0), sum = {0, 0, 0, 0};
    for (size_t i = 0; i < turns->n; i++) {
        struct plumb_quat q = plumb_turns_q(turns, i);
        double side = q.w * first.w + q.x * first.x + q.y * first.y + q.z * first.z < 0 ? -1 : 1;
        sum = (struct plumb_quat){
            sum.w + side * q.w, sum.x + side * q.x, sum.y + side * q.y, sum.z + side * q.z};
    }
    return plumb_quat_unit(sum);
}

struct plumb_vec3 plumb_turns_at(const struct plumb_turns *turns, struct plumb_quat q_ws_reference, size_t i)
{
    return rotvec_of(plumb_quat_mul(plumb_quat_conj(q_ws_reference), plumb_turns_q(turns, i)));
}

static struct plumb_vec3 towards(struct plumb_vec3 from, struct plumb_vec3 to, double share)
{
    return plumb_vec3_add(from, plumb_vec3_scale(plumb_vec3_sub(to, from), share));
}

struct plumb_vec3
plumb_turn_filter_push(struct plumb_turn_filter *filter, double t_s, struct plumb_vec3 turn_s)
{
    double step_s = t_s - filter->t_s;
    filter->t_s = t_s;
    if (!filter->started) {
        filter->smooth[0] = filter->smooth[1] = filter->slow = turn_s;
        filter->started = 1;
    }
    double quick = 1 - exp(-2 * PLUMB_PI * filter->high_hz * step_s);
    filter->smooth[0] = towards(filter->smooth[0], turn_s, quick);
    filter->smooth[1] = towards(filter->smooth[1], filter->smooth[0], quick);
    if (!(filter->low_hz > 0))
        return filter->smooth[1];
    double lazy = 1 - exp(-2 * PLUMB_PI * filter->low_hz * step_s);
    filter->slow = towards(filter->slow, filter->smooth[1], lazy);
    return plumb_vec3_sub(filter->smooth[1], filter->slow);
}

/* Turns the off-diagonal element (p, q) of m to zero; the columns of v follow. */
static void jacobi_turn(struct sym3 *m, struct sym3 *v, int p, int q)
{
    if (fabs(m->m[p][q]) < 1e-300)
        return;
    double angle = 0.5 * atan2(2 * m->m[p][q], m->m[q][q] - m->m[p][p]), c = cos(angle), s = sin(angle);
    for (int k = 0; k < 3; k++) {
        double a = m->m[k][p], b = m->m[k][q];
        m->m[k][p] = c * a - s * b;
        m->m[k][q] = s * a + c * b;
    }
    for (int k = 0; k < 3; k++) {
        double a = m->m[p][k], b = m->m[q][k];
        m->m[p][k] = c * a - s * b;
        m->m[q][k] = s * a + c * b;
        a = v->m[k][p], b = v->m[k][q];
        v->m[k][p] = c * a - s * b;
        v->m[k][q] = s * a + c * b;
    }
}

/* The principal axis of a covariance. */
static struct plumb_turn_axis principal(struct sym3 m)
{
    struct sym3 v = {{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
    for (int sweep = 0; sweep < JACOBI_SWEEPS; sweep++) {
        jacobi_turn(&m, &v, 0, 1);
        jacobi_turn(&m, &v, 0, 2);
        jacobi_turn(&m, &v, 1, 2);
    }
    int most = m.m[1][1] > m.m[0][0] ? 1 : 0;
    most = m.m[2][2] > m.m[most][most] ? 2 : most;
    double all = m.m[0][0] + m.m[1][1] + m.m[2][2], largest = m.m[most][most];
    if (!(largest > 0))
        return (struct plumb_turn_axis){{0, 0, 0}, 0, 0};
    struct plumb_vec3 axis_s = plumb_vec3_of(v.m[0][most], v.m[1][most], v.m[2][most]);
    return (struct plumb_turn_axis){plumb_vec3_unit(axis_s), sqrt(largest), fmin(largest / all, 1)};
}

static void add_products(struct sym3 *sum, struct plumb_vec3 v, double weight)
{
    double c[3] = {v.x, v.y, v.z};
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            sum->m[i][k] += weight * c[i] * c[k];
}

static double step_weight_s(const struct plumb_turns *turns, size_t i)
{
    return i ? fmin(plumb_turns_t_s(turns, i) - plumb_turns_t_s(turns, i - 1), STEP_MAX_S) : 0;
}

struct plumb_turn_axis plumb_turn_axis_find(const struct plumb_turns *turns, struct plumb_quat q_ws_reference)
{
    struct plumb_turn_filter filter = {.low_hz = TILT_LOW_HZ, .high_hz = TILT_HIGH_HZ};
    struct sym3 sum = {{{0}}};
    struct plumb_vec3 mean = {0, 0, 0};
    double time_s = 0;
    for (size_t i = 0; i < turns->n; i++) {
        struct plumb_vec3 turn_s = plumb_turns_at(turns, q_ws_reference, i);
        struct plumb_vec3 moved = plumb_turn_filter_push(&filter, plumb_turns_t_s(turns, i), turn_s);
        double weight_s = step_weight_s(turns, i);
        add_products(&sum, moved, weight_s);
        mean = plumb_vec3_add(mean, plumb_vec3_scale(moved, weight_s));
        time_s += weight_s;
    }
    if (!(time_s > 0))
        return (struct plumb_turn_axis){{0, 0, 0}, 0, 0};
    add_products(&sum, mean, -1 / time_s);
    for (int i = 0; i < 9; i++)
        sum.m[i / 3][i % 3] /= time_s;
    return principal(sum);
}

/* The zigzag: `turn` is the last turning point, `far` the furthest point since. */
struct zigzag {
    struct plumb_vec3 turn_s, far_s;
    double far_rad, least_rad;
    int direction;
    double far_t_s;
};

static struct plumb_swing swing_of(const struct zigzag *zigzag, struct plumb_vec3 axis_s)
{
    struct plumb_vec3 turn_s = plumb_vec3_sub(zigzag->far_s, zigzag->turn_s);
    return (struct plumb_swing){turn_s, plumb_vec3_dot(turn_s, axis_s), zigzag->far_t_s};
}

/* Takes a point; returns 1 when that ended a swing, which ran from turn_s to far_s. */
static int zigzag_turned(const struct zigzag *zigzag, double along_rad)
{
    return zigzag->direction && zigzag->direction * (zigzag->far_rad - along_rad) >= zigzag->least_rad;
}

static void zigzag_follow(struct zigzag *zigzag, struct plumb_vec3 moved, double along_rad, double t_s)
{
    double ahead_rad = along_rad - zigzag->far_rad;
    int turned = zigzag_turned(zigzag, along_rad);
    if (turned || (!zigzag->direction && fabs(ahead_rad) >= zigzag->least_rad)) {
        zigzag->turn_s = zigzag->far_s;
        zigzag->direction = ahead_rad > 0 ? 1 : -1;
    } else if (zigzag->direction * ahead_rad <= 0) {
        return;
    }
    zigzag->far_s = moved;
    zigzag->far_rad = along_rad;
    zigzag->far_t_s = t_s;
}

size_t plumb_turn_swings(
    struct plumb_swing swings[PLUMB_SWINGS_MAX], const struct plumb_turns *turns,
    struct plumb_quat q_ws_reference, struct plumb_vec3 axis_s, double least_rad)
{
    struct plumb_turn_filter filter = {.low_hz = TILT_LOW_HZ, .high_hz = TILT_HIGH_HZ};
    struct zigzag zigzag = {.least_rad = least_rad};
    size_t found = 0;
    for (size_t i = 0; i < turns->n && found < PLUMB_SWINGS_MAX - 1; i++) {
        struct plumb_vec3 turn_s = plumb_turns_at(turns, q_ws_reference, i);
        double t_s = plumb_turns_t_s(turns, i);
        struct plumb_vec3 moved = plumb_turn_filter_push(&filter, t_s, turn_s);
        double along_rad = plumb_vec3_dot(moved, axis_s);
        if (zigzag_turned(&zigzag, along_rad))
            swings[found++] = swing_of(&zigzag, axis_s);
        zigzag_follow(&zigzag, moved, along_rad, t_s);
    }
    if (zigzag.direction)
        swings[found++] = swing_of(&zigzag, axis_s);
    return found;
}
