#include "smooth_lag.h"

#include <math.h>

#include "orient_turn.h"
#include "smooth_back.h"

enum { RENEW_KNOTS = 5 }; /* as many updates share one look back */

void plumb_smooth_lag_init(
    struct plumb_smooth_lag *state, const struct plumb_orient_coeff *coeff, double lag_s)
{
    plumb_orient_init(&state->live, coeff);
    state->lag_s = fmin(fmax(lag_s, 0), PLUMB_SMOOTH_LAG_MOST_S);
    state->samples_n = state->ready_n = state->taken_n = state->knots_n = state->done_n = 0;
}

static struct plumb_smooth_lag_knot *knot_of(struct plumb_smooth_lag *state, size_t number)
{
    return &state->knots[number % PLUMB_SMOOTH_LAG_KNOTS];
}

static void turn(struct plumb_smooth_late *late, const double tilt_rad[2])
{
    struct plumb_vec3 tilt = plumb_vec3_of(tilt_rad[0], tilt_rad[1], 0);
    late->q_ws = plumb_quat_unit(plumb_quat_mul(plumb_orient_small_turn(tilt), late->q_ws));
}

/* From the newest knot back to the oldest that is not done. */
static void look_back(struct plumb_smooth_lag *state)
{
    struct plumb_smooth_back back;
    plumb_smooth_back_init(&back);
    for (size_t k = state->knots_n; k-- > state->done_n;) {
        struct plumb_smooth_lag_knot *knot = knot_of(state, k);
        if (knot->restart) {
            plumb_smooth_back_part(&back);
            knot->after_rad[0] = knot->after_rad[1] = 0;
            continue;
        }
        plumb_smooth_back_tilt(&back, &knot->step, knot->after_rad, NULL);
        for (int i = 0; i < 2; i++)
            knot->before_rad[i] = knot->after_rad[i] + (double)knot->step.tilt_rad[i];
        plumb_smooth_back_over(&back, &knot->step, 0);
    }
}

/* The samples up to knot number k: from the correction after the knot before to the one before it. */
static void correct_to(struct plumb_smooth_lag *state, size_t k)
{
    const double none_rad[2] = {0, 0};
    const struct plumb_smooth_lag_knot *b = knot_of(state, k), *a = k > 0 ? knot_of(state, k - 1) : NULL;
    const double *from_rad = a ? a->after_rad : none_rad, *to_rad = b->restart ? from_rad : b->before_rad;
    if (!a)
        from_rad = to_rad = none_rad; /* the start: the live filter had not begun yet */
    for (size_t i = state->ready_n; i <= b->row; i++) {
        struct plumb_smooth_late *late = &state->samples[i % PLUMB_SMOOTH_LAG_SAMPLES];
        double share = a && b->t_s > a->t_s ? (late->t_s - a->t_s) / (b->t_s - a->t_s) : 0;
        const double between_rad[2] = {
            from_rad[0] + share * (to_rad[0] - from_rad[0]), from_rad[1] + share * (to_rad[1] - from_rad[1])};
        turn(late, i == b->row ? b->after_rad : between_rad);
    }
    state->ready_n = b->row + 1;
}

/* Finishes all knots before number `to`. */
static void finish(struct plumb_smooth_lag *state, size_t to)
{
    look_back(state);
    for (size_t k = state->done_n; k < to; k++)
        if (knot_of(state, k)->row >= state->ready_n)
            correct_to(state, k);
    state->done_n = to;
}

static void finish_what_is_due(struct plumb_smooth_lag *state)
{
    size_t to = state->done_n;
    double newest_s = knot_of(state, state->knots_n - 1)->t_s;
    while (to < state->knots_n && knot_of(state, to)->t_s <= newest_s - state->lag_s)
        to++;
    int full = state->knots_n - state->done_n >= PLUMB_SMOOTH_LAG_KNOTS - 1;
    if (to >= state->done_n + RENEW_KNOTS || (full && to == state->done_n))
        finish(state, full && to == state->done_n ? to + RENEW_KNOTS : to);
}

/* When samples come faster than there is room for, the oldest leave as the live filter had them. */
static void make_room(struct plumb_smooth_lag *state)
{
    size_t least =
        state->samples_n + 1 > PLUMB_SMOOTH_LAG_SAMPLES ? state->samples_n + 1 - PLUMB_SMOOTH_LAG_SAMPLES : 0;
    if (state->ready_n < least)
        state->ready_n = least;
    if (state->taken_n < least)
        state->taken_n = least;
}

static void keep_sample(struct plumb_smooth_lag *state, double t_s)
{
    make_room(state);
    double x_rad = plumb_orient_sd_rad(&state->live, plumb_vec3_of(1, 0, 0));
    double y_rad = plumb_orient_sd_rad(&state->live, plumb_vec3_of(0, 1, 0));
    state->samples[state->samples_n++ % PLUMB_SMOOTH_LAG_SAMPLES] =
        (struct plumb_smooth_late){t_s, plumb_orient_q_ws(&state->live), fmax(x_rad, y_rad)};
}

void plumb_smooth_lag_push(
    struct plumb_smooth_lag *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags)
{
    struct plumb_smooth_lag_knot *knot = knot_of(state, state->knots_n);
    enum plumb_orient_event event =
        plumb_orient_filter_push(&state->live, coeff, t_s, imu, flags, &knot->step);
    if (event == PLUMB_ORIENT_IGNORED)
        return;
    keep_sample(state, t_s);
    if (state->lag_s == 0)
        state->ready_n = state->samples_n;
    if (event < PLUMB_ORIENT_UPDATED || state->lag_s == 0)
        return;
    knot->row = state->samples_n - 1;
    knot->t_s = t_s;
    knot->restart = event == PLUMB_ORIENT_RESTARTED;
    state->knots_n++;
    finish_what_is_due(state);
}

int plumb_smooth_lag_pull(struct plumb_smooth_lag *state, struct plumb_smooth_late *late)
{
    if (state->taken_n >= state->ready_n)
        return 0;
    *late = state->samples[state->taken_n++ % PLUMB_SMOOTH_LAG_SAMPLES];
    return 1;
}

void plumb_smooth_lag_end(struct plumb_smooth_lag *state)
{
    if (state->knots_n > state->done_n)
        finish(state, state->knots_n);
    state->ready_n = state->samples_n;
}
