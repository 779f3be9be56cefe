#include "smooth_forward.h"

#include <math.h>

#define STRIDE_S PLUMB_ORIENT_STRIDE_S

/* Records of one stretch: a quarter of an hour, which few sessions outlast; an hour is run twice but for the
 * last quarter. */
enum { STRETCH_KNOTS = 16384 };

struct plumb_smooth_mark {
    struct plumb_orient live;
    size_t row; /* the first sample of the stretch */
};

static size_t knots_most(size_t n, double duration_s)
{
    const double spare = 16; /* restarts */
    double most = fmax(duration_s, 0) / STRIDE_S + spare;
    return most < (double)n + spare ? (size_t)most : n + (size_t)spare;
}

static size_t marks_most(size_t knots_max)
{
    return knots_max / STRETCH_KNOTS + 1;
}

static size_t steps_most(size_t knots_max)
{
    return knots_max < STRETCH_KNOTS ? knots_max : STRETCH_KNOTS;
}

size_t plumb_smooth_forward_bytes(size_t n, double duration_s)
{
    size_t most = knots_most(n, duration_s);
    return marks_most(most) * sizeof(struct plumb_smooth_mark) + most * sizeof(struct plumb_smooth_knot) +
           steps_most(most) * sizeof(struct plumb_orient_step);
}

void plumb_smooth_forward_init(
    struct plumb_smooth_forward *forward, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_orient_coeff *coeff, const struct plumb_wanted *wanted, void *work)
{
    size_t most = knots_most(track->n, track->t_s[track->n - 1] - track->t_s[0]);
    *forward = (struct plumb_smooth_forward){
        .track = track, .role = role, .coeff = coeff, .wanted = wanted, .knots_max = most};
    forward->marks = work;
    forward->knots = (void *)(forward->marks + marks_most(most));
    forward->steps = (void *)(forward->knots + most);
}

void plumb_smooth_note_gyro(struct plumb_smooth_knot *knot, const struct plumb_orient *live)
{
    struct plumb_vec3 offset = live->offset_s_radps;
    knot->offset_s_radps[0] = (float)offset.x;
    knot->offset_s_radps[1] = (float)offset.y;
    knot->offset_s_radps[2] = (float)offset.z;
    for (int i = 0; i < 9; i++)
        knot->matrix[i] = (float)live->matrix[i];
}

/* One sample. `k`: how many updates there were; the record of the next one goes to its place in the stretch.
 */
static enum plumb_orient_event
push(const struct plumb_smooth_forward *forward, struct plumb_orient *live, size_t row, size_t k)
{
    struct plumb_imu imu = plumb_smooth_imu(forward, row);
    struct plumb_orient_step *step = k < forward->knots_max ? &forward->steps[k % STRETCH_KNOTS] : NULL;
    return plumb_orient_filter_push(
        live, forward->coeff, forward->track->t_s[row], &imu, forward->track->flags[row], step);
}

static void mark(struct plumb_smooth_forward *forward, const struct plumb_orient *live, size_t row)
{
    forward->stretch = forward->knots_n / STRETCH_KNOTS;
    forward->marks[forward->stretch] = (struct plumb_smooth_mark){*live, row};
}

static void
add_knot(struct plumb_smooth_forward *forward, const struct plumb_orient *live, size_t row, int restart)
{
    struct plumb_smooth_knot *knot = &forward->knots[forward->knots_n++];
    knot->row = row;
    knot->restart = restart;
    plumb_smooth_note_gyro(knot, live);
    if (forward->knots_n % STRETCH_KNOTS == 0)
        mark(forward, live, row + 1);
}

int plumb_smooth_forward_run(
    struct plumb_smooth_forward *forward, struct plumb_orient *live, struct plumb_quat *q_ws)
{
    forward->knots_n = 0;
    mark(forward, live, 0);
    for (size_t row = 0; row < forward->track->n; row++) {
        if (plumb_given_up_at(forward->wanted, row))
            return -1;
        q_ws[row] = (struct plumb_quat){0, 0, 0, 0};
        if (!plumb_smooth_has(forward, row))
            continue;
        enum plumb_orient_event event = push(forward, live, row, forward->knots_n);
        if (event != PLUMB_ORIENT_IGNORED)
            q_ws[row] = plumb_orient_q_ws(live);
        if (event >= PLUMB_ORIENT_UPDATED && forward->knots_n < forward->knots_max)
            add_knot(forward, live, row, event == PLUMB_ORIENT_RESTARTED);
    }
    return 0;
}

/* The records of one stretch once more. */
static int run_again(struct plumb_smooth_forward *forward, size_t stretch)
{
    struct plumb_orient live = forward->marks[stretch].live;
    size_t k = stretch * STRETCH_KNOTS, end = k + STRETCH_KNOTS;
    for (size_t row = forward->marks[stretch].row; k < end && k < forward->knots_n; row++) {
        if (plumb_given_up_at(forward->wanted, row))
            return -1;
        if (plumb_smooth_has(forward, row))
            k += push(forward, &live, row, k) >= PLUMB_ORIENT_UPDATED;
    }
    forward->stretch = stretch;
    return 0;
}

const struct plumb_orient_step *plumb_smooth_forward_step(struct plumb_smooth_forward *forward, size_t k)
{
    size_t stretch = k / STRETCH_KNOTS;
    if (stretch != forward->stretch && run_again(forward, stretch))
        return NULL;
    return &forward->steps[k % STRETCH_KNOTS];
}
