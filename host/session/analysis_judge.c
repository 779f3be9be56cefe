/* Zero-phase decision filter, holds, flags, zones of a recording. */
#include <stdlib.h>
#include <string.h>

#include "../core/spectrum.h"
#include "analysis_internal.h"

#define SEGMENT_GAP_S 0.25 /* the filter does not look across a longer gap */
#define LOST_S        1.0  /* DESIGN, "What bad input gets" */
#define GROW_N        64

/* ---- the decision filter: evenly spaced between gaps, low-passed, read back at the samples' own times */

static size_t segment_end(const struct plumb_track *track, const float *values, size_t begin)
{
    size_t end = begin + 1;
    while (end < track->n && !isnan(values[end]) && track->t_s[end] - track->t_s[end - 1] <= SEGMENT_GAP_S)
        end++;
    return end;
}

static void spread_evenly(
    const struct plumb_track *track, const float *values, size_t begin, double step_s, double *grid,
    size_t grid_n)
{
    size_t row = begin;
    for (size_t i = 0; i < grid_n; i++) {
        double t_s = track->t_s[begin] + (double)i * step_s;
        while (track->t_s[row + 1] < t_s)
            row++;
        double share = (t_s - track->t_s[row]) / (track->t_s[row + 1] - track->t_s[row]);
        grid[i] = (double)values[row] + share * ((double)values[row + 1] - (double)values[row]);
    }
}

static void read_back(
    const struct plumb_track *track, float *values, size_t begin, size_t end, double step_s,
    const double *grid, size_t grid_n)
{
    for (size_t row = begin; row < end; row++) {
        double at = (track->t_s[row] - track->t_s[begin]) / step_s;
        size_t i = (size_t)at < grid_n - 1 ? (size_t)at : grid_n - 2;
        double share = at - (double)i < 1 ? at - (double)i : 1;
        values[row] = (float)(grid[i] + share * (grid[i + 1] - grid[i]));
    }
}

static int
filter_segment(const struct plumb_batch *batch, float *values, size_t begin, size_t end, double *grid)
{
    const struct plumb_track *track = batch->track;
    double span_s = track->t_s[end - 1] - track->t_s[begin];
    size_t grid_n = end - begin;
    if (grid_n < 4)
        return 0;
    double step_s = span_s / (double)(grid_n - 1) * (1 - 1e-12);
    spread_evenly(track, values, begin, step_s, grid, grid_n);
    if (plumb_spectrum_low_pass(grid, grid_n, 1 / step_s, batch->params->decision_hz))
        return -1;
    read_back(track, values, begin, end, step_s, grid, grid_n);
    return 0;
}

/* Rows that are NaN stay NaN. */
static int filter(const struct plumb_batch *batch, float *values, double *grid)
{
    size_t row = 0;
    while (row < batch->track->n) {
        if (isnan(values[row])) {
            row++;
            continue;
        }
        size_t end = segment_end(batch->track, values, row);
        if (filter_segment(batch, values, row, end, grid))
            return -1;
        row = end;
    }
    return 0;
}

struct decided {
    float *tilt, *rotation, *obliquity, *lumbar; /* parts of one block */
    float *block;
};

/* As live: behind a gap nothing is judged until the estimator has found itself; a quick lapse, which raises
 * its doubt too, is when the judge is wanted. */
static int finds_itself(const struct plumb_batch *batch, size_t row, int finding)
{
    const struct plumb_track *track = batch->track;
    int fresh = !row || track->flags[row] & PLUMB_SAMPLE_SEGMENT ||
                track->t_s[row] - track->t_s[row - 1] > SEGMENT_GAP_S;
    return (finding || fresh) && !((double)batch->analysis->tilt_sd_rad[row] <= PLUMB_JUDGE_SD_MOST_RAD);
}

static int decide_one(const struct plumb_batch *batch, float *to, const float *from, double *grid)
{
    int finding = 0;
    for (size_t row = 0; row < batch->track->n; row++) {
        finding = finds_itself(batch, row, finding);
        to[row] = finding ? NAN : from[row];
    }
    return filter(batch, to, grid);
}

static int decide(const struct plumb_batch *batch, struct decided *decided)
{
    const struct plumb_analysis *analysis = batch->analysis;
    size_t n = batch->track->n;
    double *grid = malloc((n + 1) * sizeof *grid);
    float *block = malloc((4 * n + 1) * sizeof *block);
    *decided = (struct decided){block, block + n, block + 2 * n, block + 3 * n, block};
    int fail = !grid || !block || decide_one(batch, decided->tilt, analysis->tilt_rad, grid) ||
               decide_one(batch, decided->rotation, analysis->rotation_rad, grid) ||
               decide_one(batch, decided->obliquity, analysis->obliquity_rad, grid) ||
               decide_one(batch, decided->lumbar, analysis->lumbar_rad, grid);
    free(grid);
    return fail ? -1 : 0;
}

/* ---- flags */

int plumb_batch_add_flag(struct plumb_batch *batch, const struct plumb_flag *flag)
{
    struct plumb_analysis *analysis = batch->analysis;
    if (analysis->flags_n == analysis->flags_room) {
        size_t room = analysis->flags_room + GROW_N;
        struct plumb_flag *flags = realloc(analysis->flags, room * sizeof *flags);
        if (!flags)
            return -1;
        analysis->flags = flags;
        analysis->flags_room = room;
    }
    analysis->flags[analysis->flags_n++] = *flag;
    return 0;
}

static int add_ended(struct plumb_batch *batch, const struct plumb_judge_change *change)
{
    for (int i = 0; i < change->n; i++)
        if (!isnan(change->flags[i].end_s) && plumb_batch_add_flag(batch, &change->flags[i]))
            return -1;
    return 0;
}

static int add_lost(struct plumb_batch *batch, double from_s, double to_s)
{
    struct plumb_flag flag = {
        .kind = PLUMB_SIGNAL_LOST, .onset_s = from_s, .start_s = from_s + LOST_S, .end_s = to_s};
    return to_s - from_s > LOST_S ? plumb_batch_add_flag(batch, &flag) : 0;
}

/* ---- holds */

static int add_hold(struct plumb_analysis *analysis, struct plumb_span span)
{
    struct plumb_hold_window *holds =
        realloc(analysis->holds, (analysis->holds_n + 1) * sizeof *analysis->holds);
    if (!holds)
        return -1;
    analysis->holds = holds;
    holds[analysis->holds_n++] = (struct plumb_hold_window){.begin = span.begin, .end = span.end};
    return 0;
}

static size_t first_row_after(const struct plumb_track *track, double t_s)
{
    size_t row = 0;
    while (row < track->n && track->t_s[row] <= t_s)
        row++;
    return row;
}

static int find_holds(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct plumb_span span = plumb_span_marked(batch, PLUMB_HOLD_BEGIN, 0);
    analysis->holds_marked = span.end > span.begin;
    if (!analysis->holds_marked) {
        if (batch->marks_n)
            return 0;
        size_t begin = first_row_after(batch->track, analysis->neutral.end_s);
        return begin < batch->track->n ? add_hold(analysis, (struct plumb_span){begin, batch->track->n}) : 0;
    }
    while (span.end > span.begin) {
        if (add_hold(analysis, span))
            return -1;
        span = plumb_span_marked(batch, PLUMB_HOLD_BEGIN, span.end);
    }
    return 0;
}

/* ---- one hold */

static struct plumb_angles angles_at(const struct decided *decided, size_t row)
{
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    angles.tilt_rad = (double)decided->tilt[row];
    angles.rotation_rad = (double)decided->rotation[row];
    angles.obliquity_rad = (double)decided->obliquity[row];
    angles.lumbar_rad = (double)decided->lumbar[row];
    return angles;
}

struct judging {
    struct plumb_batch *batch;
    struct plumb_judge_params params;
    struct plumb_judge judge;
    struct decided decided;
    size_t mark;     /* the next marker to pass */
    int changing;    /* between pose-change markers: neither judged nor counted */
    int contracting; /* between contract markers: judged by the wider limits, not counted */
    struct plumb_judge_params wider;
    unsigned char *gone; /* one a row: 1 where the pose was left */
};

static void pass_marks(struct judging *judging, size_t row)
{
    const struct plumb_batch *batch = judging->batch;
    for (; judging->mark < batch->marks_n && batch->marks[judging->mark].row <= row; judging->mark++) {
        enum plumb_marker kind = batch->marks[judging->mark].kind;
        if (kind == PLUMB_CONTRACT_BEGIN || kind == PLUMB_CONTRACT_END)
            judging->contracting = kind == PLUMB_CONTRACT_BEGIN;
        if (kind == PLUMB_POSE_CHANGE_BEGIN || kind == PLUMB_POSE_CHANGE_END)
            judging->changing = kind == PLUMB_POSE_CHANGE_BEGIN;
    }
}

/* Nobody marks getting up, but gravity shows it: from when the pelvis began to go until the pose is back. */
static void find_pose_gone(struct judging *judging, const struct plumb_hold_window *window)
{
    const struct plumb_batch *batch = judging->batch;
    const double *t_s = batch->track->t_s;
    const float *away_rad = batch->analysis->away_rad;
    struct plumb_limit_params params = plumb_judge_pose_guard();
    struct plumb_limit guard = {0};
    double leaving_rad = judging->params.thresholds.immediate_rad;
    for (size_t row = window->begin; row < window->end; row++) {
        enum plumb_limit_change change = plumb_limit_push(&guard, &params, t_s[row], (double)away_rad[row]);
        size_t back = row;
        while (change == PLUMB_LIMIT_BEGAN && back > window->begin &&
               t_s[back] > guard.onset_s - PLUMB_JUDGE_LEAVING_S &&
               (t_s[back] > guard.onset_s || (double)away_rad[back] > leaving_rad))
            judging->gone[--back] = 1;
        judging->gone[row] = (unsigned char)plumb_limit_raised(&guard);
    }
}

static int end_flags(struct judging *judging, double t_s)
{
    struct plumb_judge_change change;
    plumb_judge_end(&judging->judge, &judging->params, t_s, &change);
    return add_ended(judging->batch, &change);
}

static int judge_row(struct judging *judging, struct plumb_hold *hold, size_t row)
{
    struct plumb_analysis *analysis = judging->batch->analysis;
    const struct plumb_track *track = judging->batch->track;
    double t_s = track->t_s[row];
    struct plumb_angles angles = angles_at(&judging->decided, row);
    struct plumb_judge_change change = {0};
    pass_marks(judging, row);
    const struct plumb_judge_params *params = judging->contracting ? &judging->wider : &judging->params;
    if (judging->changing || judging->gone[row]) {
        plumb_hold_push(hold, t_s, NAN, 0);
        return end_flags(judging, t_s);
    }
    if (judging->batch->params->exercise->judged)
        plumb_judge_push(&judging->judge, params, t_s, &angles, &change);
    int counted =
        !judging->contracting && (!isnan(angles.tilt_rad) || !judging->batch->params->exercise->judged);
    double tilt_rad = isnan(angles.tilt_rad) ? 0 : angles.tilt_rad;
    plumb_hold_push(hold, t_s, counted ? tilt_rad : NAN, plumb_judge_paused(&judging->judge));
    analysis->zone[row] = (unsigned char)plumb_judge_zone(&judging->judge, params, &angles);
    analysis->row_flags[row] = (unsigned short)plumb_judge_standing(&judging->judge);
    return add_ended(judging->batch, &change);
}

/* The limits and the pose of the side that is stretched. */
static void take_side(struct judging *judging, enum plumb_side side)
{
    struct plumb_batch *batch = judging->batch;
    judging->params.thresholds = batch->analysis->thresholds[side];
    judging->params.pose = plumb_exercise_pose(batch->params->exercise, side);
    judging->wider = judging->params;
    plumb_judge_widen_contraction(&judging->wider.thresholds);
}

static int judge_hold(struct judging *judging, struct plumb_hold_window *window)
{
    const struct plumb_track *track = judging->batch->track;
    window->side = plumb_batch_side(judging->batch, track->t_s[window->begin]);
    take_side(judging, window->side);
    plumb_hold_begin(&window->hold, track->t_s[window->begin]);
    plumb_judge_reset(&judging->judge);
    if (judging->batch->params->exercise->judged)
        find_pose_gone(judging, window);
    for (size_t row = window->begin; row < window->end; row++) {
        double before_s = track->t_s[row > window->begin ? row - 1 : row];
        if (add_lost(judging->batch, before_s, track->t_s[row]) || judge_row(judging, &window->hold, row))
            return -1;
    }
    return end_flags(judging, track->t_s[window->end - 1]);
}

int plumb_batch_judge(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct judging judging = {.batch = batch};
    judging.params = (struct plumb_judge_params){
        .judged = batch->params->exercise->judges,
        .lumbar_sensor = batch->track->imu[PLUMB_LUMBAR] != NULL,
    };
    judging.gone = calloc(batch->track->n + 1, 1);
    int fail = !judging.gone || decide(batch, &judging.decided) || find_holds(batch);
    for (size_t i = 0; i < analysis->holds_n && !fail; i++)
        fail = judge_hold(&judging, &analysis->holds[i]);
    free(judging.decided.block);
    free(judging.gone);
    return fail ? -1 : 0;
}
