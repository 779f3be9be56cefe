#include "smooth.h"

#include <math.h>

#include "orient_turn.h"
#include "smooth_back.h"
#include "smooth_forward.h"
#include "units.h"

/* A start is looked back upon with the gyroscope as known a minute later: by then it is known, and what it
 * was when the recording ended may be another thing (a sensor warms up). */
enum { LATER_KNOTS = 1070 };

/* A gyroscope whose scales or axes were so much further off than was believed at first (ratio of the
 * deviations) misled the filter until it had learnt them: it runs once more, from what it has learnt. */
static const double surprise_most = 1.5;

struct smooth {
    struct plumb_quat *q_ws;
    struct plumb_tilt_variance *tilt;
    struct plumb_smooth_forward forward; /* of the track, with its knots */
    double timing_s;                     /* how late the readings may be */
};

size_t plumb_smooth_bytes(size_t n, double duration_s)
{
    return plumb_smooth_forward_bytes(n, duration_s);
}

static int known(struct plumb_quat q)
{
    return q.w != 0 || q.x != 0 || q.y != 0 || q.z != 0;
}

/* The start of a filter that knows the matrix of its end, and the offset of a minute after its start. */
static void
begin_again(const struct smooth *smooth, struct plumb_orient *live, const struct plumb_orient_coeff *coeff)
{
    struct plumb_orient learnt = *live;
    size_t later = smooth->forward.knots_n > LATER_KNOTS ? LATER_KNOTS : smooth->forward.knots_n - 1;
    const float *offset = smooth->forward.knots[later].offset_s_radps;
    plumb_orient_init(live, coeff);
    live->offset_s_radps = plumb_vec3_of((double)offset[0], (double)offset[1], (double)offset[2]);
    for (int i = 0; i < 9; i++)
        live->matrix[i] = learnt.matrix[i];
}

static void go_back(
    struct plumb_smooth_back *back, struct plumb_smooth_knot *knot, const struct plumb_orient_step *step,
    int with_variance)
{
    plumb_smooth_back_tilt(back, step, knot->after_rad, with_variance ? knot->variance_rad2 : NULL);
    for (int i = 0; i < 2; i++)
        knot->before_rad[i] = knot->after_rad[i] + (double)step->tilt_rad[i];
    plumb_smooth_back_over(back, step, with_variance);
}

/* 0, or -1 where it was given up. */
static int run_backward(struct smooth *smooth)
{
    struct plumb_smooth_back back;
    plumb_smooth_back_init(&back);
    for (size_t k = smooth->forward.knots_n; k-- > 0;) {
        struct plumb_smooth_knot *knot = &smooth->forward.knots[k];
        if (knot->restart) {
            plumb_smooth_back_part(&back);
            continue;
        }
        const struct plumb_orient_step *step = plumb_smooth_forward_step(&smooth->forward, k);
        if (!step)
            return -1;
        go_back(&back, knot, step, smooth->tilt != NULL);
    }
    return plumb_given_up(smooth->forward.wanted) ? -1 : 0;
}

static struct plumb_quat turned(struct plumb_quat q_ws, const double tilt_rad[2])
{
    return plumb_quat_mul(plumb_orient_small_turn(plumb_vec3_of(tilt_rad[0], tilt_rad[1], 0)), q_ws);
}

/* The tilt's covariance at one sample: what the smoother knows, the accelerometer's own error, and the
 * unknown delay at the present rate. */
static void set_variance(struct smooth *smooth, size_t row, const double v[3])
{
    if (!smooth->tilt)
        return;
    const struct plumb_orient_params *params = &smooth->forward.coeff->params;
    double level_rad = params->accel_error_mps2 / PLUMB_GRAVITY_MPS2;
    struct plumb_vec3 late_rad = plumb_vec3_scale(
        plumb_quat_apply(smooth->q_ws[row], plumb_smooth_imu(&smooth->forward, row).gyro_s_radps),
        smooth->timing_s);
    if (!plumb_smooth_has(&smooth->forward, row))
        late_rad = plumb_vec3_of(0, 0, 0);
    smooth->tilt[row] = (struct plumb_tilt_variance){
        (float)(fmax(v[0], 0) + level_rad * level_rad + late_rad.x * late_rad.x),
        (float)(v[1] + late_rad.x * late_rad.y),
        (float)(fmax(v[2], 0) + level_rad * level_rad + late_rad.y * late_rad.y)};
}

/* The samples after knot a up to knot b (of the same stretch): between two updates the correction runs
 * straight from one to the other. */
static void
correct_between(struct smooth *smooth, const struct plumb_smooth_knot *a, const struct plumb_smooth_knot *b)
{
    double from_s = smooth->forward.track->t_s[a->row], for_s = smooth->forward.track->t_s[b->row] - from_s;
    for (size_t i = a->row + 1; i < b->row; i++) {
        double share = (smooth->forward.track->t_s[i] - from_s) / for_s, turn_rad[2], variance[3];
        for (int j = 0; j < 2; j++)
            turn_rad[j] = a->after_rad[j] + share * (b->before_rad[j] - a->after_rad[j]);
        for (int j = 0; j < 3; j++)
            variance[j] = a->variance_rad2[j] + share * (b->variance_rad2[j] - a->variance_rad2[j]);
        if (known(smooth->q_ws[i]))
            smooth->q_ws[i] = turned(smooth->q_ws[i], turn_rad);
        set_variance(smooth, i, variance);
    }
    smooth->q_ws[b->row] = turned(smooth->q_ws[b->row], b->after_rad);
    set_variance(smooth, b->row, b->variance_rad2);
}

static struct plumb_vec3
rate_at(const struct smooth *smooth, const struct plumb_smooth_knot *knot, size_t row)
{
    const float *offset = knot->offset_s_radps;
    double matrix[9];
    for (int i = 0; i < 9; i++)
        matrix[i] = (double)knot->matrix[i];
    return plumb_orient_true_rate(
        plumb_vec3_of((double)offset[0], (double)offset[1], (double)offset[2]), matrix,
        plumb_smooth_imu(&smooth->forward, row).gyro_s_radps);
}

static struct plumb_quat carried(struct plumb_quat q_ws, struct plumb_vec3 rate_s_radps, double by_s)
{
    return plumb_quat_unit(
        plumb_quat_mul(q_ws, plumb_orient_small_turn(plumb_vec3_scale(rate_s_radps, by_s))));
}

/* The samples from `first` up to `row`, where the live filter was only finding its start: backward from there
 * with the gyroscope as that knot knows it. */
static void
unroll(struct smooth *smooth, const struct plumb_smooth_knot *knot, double lead_s, size_t first, size_t row)
{
    struct plumb_vec3 after = rate_at(smooth, knot, row);
    struct plumb_quat q_ws = carried(smooth->q_ws[row], after, -lead_s);
    struct plumb_tilt_variance variance =
        smooth->tilt ? smooth->tilt[row] : (struct plumb_tilt_variance){0, 0, 0};
    size_t later = row;
    for (size_t i = row; i-- > first;) {
        if (smooth->tilt)
            smooth->tilt[i] = variance;
        if (!known(smooth->q_ws[i]))
            continue;
        double back_s = smooth->forward.track->t_s[i] - smooth->forward.track->t_s[later];
        struct plumb_vec3 rate = rate_at(smooth, knot, i);
        q_ws = plumb_quat_unit(plumb_quat_mul(q_ws, plumb_orient_mean_turn(after, rate, back_s)));
        smooth->q_ws[i] = carried(q_ws, rate, lead_s);
        after = rate;
        later = i;
    }
}

/* From the last update of a stretch to its end the live filter's own word is all there is. */
static void keep_tail(struct smooth *smooth, const struct plumb_smooth_knot *last, size_t end)
{
    for (size_t i = last->row + 1; i < end; i++) {
        if (known(smooth->q_ws[i]))
            smooth->q_ws[i] = turned(smooth->q_ws[i], last->after_rad);
        set_variance(smooth, i, last->variance_rad2);
    }
}

/* A stretch without any update: the last word of the start counts for all of it. */
static void keep_start(struct smooth *smooth, const struct plumb_orient *live, size_t first, size_t end)
{
    size_t row = end;
    while (row > first && !known(smooth->q_ws[row - 1]))
        row--;
    if (row == first)
        return;
    const double tilt_rad = 0.1, unknown[3] = {tilt_rad * tilt_rad, 0, tilt_rad * tilt_rad};
    struct plumb_smooth_knot last = {.row = row - 1};
    plumb_smooth_note_gyro(&last, live);
    set_variance(smooth, row - 1, unknown);
    unroll(smooth, &last, live->lead_s, first, row - 1);
    for (size_t i = row; i < end; i++)
        set_variance(smooth, i, unknown);
}

/* One stretch between restarts: rows first..end-1, knots k..to-1. */
static void correct_stretch(
    struct smooth *smooth, const struct plumb_orient *live, size_t first, size_t end, size_t k, size_t to)
{
    if (k == to) {
        keep_start(smooth, live, first, end);
        return;
    }
    const struct plumb_smooth_knot *knots = smooth->forward.knots;
    size_t row = knots[k].row, later = k + LATER_KNOTS < to ? k + LATER_KNOTS : to - 1;
    smooth->q_ws[row] = turned(smooth->q_ws[row], knots[k].after_rad);
    set_variance(smooth, row, knots[k].variance_rad2);
    unroll(smooth, &knots[later], live->lead_s, first, row);
    for (; k + 1 < to; k++)
        correct_between(smooth, &knots[k], &knots[k + 1]);
    keep_tail(smooth, &knots[to - 1], end);
}

static void correct_all(struct smooth *smooth, const struct plumb_orient *live)
{
    size_t first = 0, from = 0;
    for (size_t k = 0; k <= smooth->forward.knots_n; k++) {
        if (k < smooth->forward.knots_n && !smooth->forward.knots[k].restart)
            continue;
        size_t end = k < smooth->forward.knots_n ? smooth->forward.knots[k].row : smooth->forward.track->n;
        correct_stretch(smooth, live, first, end, from, k);
        first = end;
        from = k + 1;
    }
}

static struct plumb_quat between(struct plumb_quat a, struct plumb_quat b, double share)
{
    double same = a.w * b.w + a.x * b.x + a.y * b.y + a.z * b.z < 0 ? -share : share, keep = 1 - share;
    return plumb_quat_unit((struct plumb_quat){
        keep * a.w + same * b.w, keep * a.x + same * b.x, keep * a.y + same * b.y, keep * a.z + same * b.z});
}

/* Samples that said nothing lie between those that did. */
static void fill(struct smooth *smooth)
{
    struct plumb_quat *q_ws = smooth->q_ws;
    for (size_t i = 0; i < smooth->forward.track->n; i++) {
        if (known(q_ws[i]))
            continue;
        size_t next = i;
        while (next < smooth->forward.track->n && !known(q_ws[next]))
            next++;
        for (size_t j = i; j < next; j++) {
            double share = (double)(j - i + 1) / (double)(next - i + 1);
            struct plumb_quat before = i > 0                             ? q_ws[i - 1]
                                       : next < smooth->forward.track->n ? q_ws[next]
                                                                         : PLUMB_QUAT_IDENTITY;
            q_ws[j] = next < smooth->forward.track->n ? between(before, q_ws[next], share) : before;
        }
        i = next;
    }
}

/* Twice where the gyroscope proved far off. */
static int
run_forward(struct smooth *smooth, struct plumb_orient *live, const struct plumb_orient_coeff *coeff)
{
    plumb_orient_init(live, coeff);
    if (plumb_smooth_forward_run(&smooth->forward, live, smooth->q_ws))
        return -1;
    if (!smooth->forward.knots_n || sqrt(live->matrix_sd2) <= surprise_most * coeff->params.gyro_matrix_sd)
        return 0;
    begin_again(smooth, live, coeff);
    return plumb_smooth_forward_run(&smooth->forward, live, smooth->q_ws);
}

int plumb_smooth(
    struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_track *track,
    enum plumb_role role, const struct plumb_orient_coeff *coeff, void *work,
    const struct plumb_wanted *wanted)
{
    struct plumb_orient live;
    struct smooth smooth = {.q_ws = q_ws, .tilt = tilt};
    if (track->n == 0)
        return 0;
    plumb_smooth_forward_init(&smooth.forward, track, role, coeff, wanted, work);
    if (run_forward(&smooth, &live, coeff))
        return -1;
    smooth.timing_s = fmax(coeff->params.timing_s, live.lead_s);
    if (run_backward(&smooth))
        return -1;
    correct_all(&smooth, &live);
    fill(&smooth);
    return 0;
}

double plumb_smooth_sd_rad(struct plumb_tilt_variance tilt, struct plumb_vec3 axis_w)
{
    double x = axis_w.x, y = axis_w.y;
    return sqrt(fmax(
        x * x * (double)tilt.xx_rad2 + 2 * x * y * (double)tilt.xy_rad2 + y * y * (double)tilt.yy_rad2, 0));
}
