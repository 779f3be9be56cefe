/* The batch, step by step: orientation, place, angles, judgement, quality. */
#include "analysis.h"

#include <stdlib.h>
#include <string.h>

#include "analysis_internal.h"
#include "orientation.h"

#define GAP_STEPS 1.5 /* DESIGN: a gap longer than 1.5 samples is counted */

void plumb_analysis_params_default(struct plumb_analysis_params *params)
{
    memset(params, 0, sizeof *params);
    params->side = PLUMB_RIGHT;
    plumb_orient_params_default(&params->orient);
    params->decision_hz = 2;
}

void plumb_analysis_free(struct plumb_analysis *analysis)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        free(analysis->q_ws[role]);
    free(analysis->tilt_rad);
    free(analysis->zone);
    free(analysis->row_flags);
    free(analysis->holds);
    free(analysis->flags);
    memset(analysis, 0, sizeof *analysis);
}

enum plumb_side plumb_batch_side(const struct plumb_batch *batch, double t_s)
{
    enum plumb_side side = batch->params->side;
    for (size_t i = 0; i < batch->params->turns_n && batch->params->turns[i].t_s <= t_s; i++)
        side = batch->params->turns[i].side;
    return side;
}

enum plumb_pose plumb_batch_pose(const struct plumb_batch *batch, double t_s)
{
    return plumb_exercise_pose(batch->params->exercise, plumb_batch_side(batch, t_s));
}

/* The seven angle columns are one block, owned by the first. */
static int make_rows(struct plumb_analysis *analysis, const struct plumb_track *track)
{
    size_t n = track->n;
    float *block = calloc(7 * n + 1, sizeof *block);
    analysis->n = n;
    analysis->tilt_rad = block;
    analysis->zone = calloc(n + 1, sizeof *analysis->zone);
    analysis->row_flags = calloc(n + 1, sizeof *analysis->row_flags);
    if (!block || !analysis->zone || !analysis->row_flags)
        return -1;
    analysis->tilt_sd_rad = block + n;
    analysis->rotation_rad = block + 2 * n;
    analysis->obliquity_rad = block + 3 * n;
    analysis->lumbar_rad = block + 4 * n;
    analysis->hip_rad = block + 5 * n;
    analysis->away_rad = block + 6 * n;
    return 0;
}

/* ---- orientation */

static int orient_role(struct plumb_batch *batch, enum plumb_role role)
{
    struct plumb_analysis *analysis = batch->analysis;
    const struct plumb_analysis_params *params = batch->params;
    int pelvis = role == PLUMB_PELVIS;
    analysis->q_ws[role] = malloc((batch->track->n + 1) * sizeof **analysis->q_ws);
    if (!analysis->q_ws[role] || plumb_orientation_run(
                                     batch->track, role, &params->orient, params->causal,
                                     analysis->q_ws[role], pelvis ? batch->tilt : NULL, params->wanted))
        return -1;
    if (pelvis)
        analysis->quality.rest_fraction = plumb_orientation_rest(batch->track, role);
    return 0;
}

static int orient(struct plumb_batch *batch)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (batch->track->imu[role] && orient_role(batch, (enum plumb_role)role))
            return -1;
    return 0;
}

/* ---- angles */

/* About an axis that need not be quite level. */
static double sd_about(struct plumb_tilt_variance tilt, struct plumb_vec3 axis_w)
{
    double level = hypot(axis_w.x, axis_w.y);
    return level > 0 ? plumb_smooth_sd_rad(tilt, plumb_vec3_of(axis_w.x / level, axis_w.y / level, 0)) : NAN;
}

static double between_rad(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

static void angles_of_row(struct plumb_batch *batch, const struct plumb_neutral *neutral, size_t row)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct plumb_vec3 up_b[PLUMB_ROLES_N] = {{0, 0, 0}};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (analysis->q_ws[role] && (batch->track->present[row] >> role & 1))
            up_b[role] = plumb_body_up(analysis->q_ws[role][row], analysis->mount[role].q_sb);
    const struct plumb_mount *pelvis = &analysis->mount[PLUMB_PELVIS];
    struct plumb_vec3 ml_w = plumb_quat_apply(analysis->q_ws[PLUMB_PELVIS][row], pelvis->ml_axis_s);
    struct plumb_angles angles = plumb_body_angles(
        neutral, plumb_batch_pose(batch, batch->track->t_s[row]), up_b, sd_about(batch->tilt[row], ml_w),
        pelvis->axis_sd_rad);
    analysis->tilt_rad[row] = (float)angles.tilt_rad;
    analysis->tilt_sd_rad[row] = (float)angles.tilt_sd_rad;
    analysis->rotation_rad[row] = (float)angles.rotation_rad;
    analysis->obliquity_rad[row] = (float)angles.obliquity_rad;
    analysis->lumbar_rad[row] = (float)angles.lumbar_rad;
    analysis->hip_rad[row] = (float)angles.hip_rad;
    analysis->away_rad[row] = (float)between_rad(up_b[PLUMB_PELVIS], neutral->up_b[PLUMB_PELVIS]);
}

/* ---- limits */

/* The first neutral of a side says how it breathed; a side without one breathed as the first did. */
static void widen(struct plumb_batch *batch, const struct plumb_neutral *neutral, int widened[2])
{
    enum plumb_side side = plumb_batch_side(batch, neutral->start_s);
    if (!widened[side]++)
        plumb_thresholds_widen(&batch->analysis->thresholds[side], neutral->breath_pp_rad);
}

static void widen_rest(struct plumb_batch *batch, const int widened[2])
{
    struct plumb_analysis *analysis = batch->analysis;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        if (!widened[side])
            plumb_thresholds_widen(&analysis->thresholds[side], analysis->neutral.breath_pp_rad);
}

static void ask_limits(struct plumb_batch *batch)
{
    const struct plumb_analysis_params *params = batch->params;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        batch->analysis->thresholds[side] =
            params->limits ? params->limits[side] : params->exercise->thresholds;
}

/* Neutral windows behind the first hold govern what follows them: another side, another set. */
static int fill_angles(struct plumb_batch *batch)
{
    struct plumb_neutral neutral = batch->analysis->neutral;
    int widened[2] = {0, 0};
    size_t first_hold = plumb_span_marked(batch, PLUMB_HOLD_BEGIN, 0).end;
    struct plumb_span later = {0, 0};
    widen(batch, &neutral, widened);
    if (first_hold)
        later = plumb_span_marked(batch, PLUMB_NEUTRAL_BEGIN, first_hold);
    for (size_t row = 0; row < batch->track->n; row++) {
        if (plumb_given_up_at(batch->params->wanted, row))
            return -1;
        if (later.end > later.begin && row == later.begin) {
            plumb_batch_neutral(batch, later, &neutral);
            widen(batch, &neutral, widened);
            later = plumb_span_marked(batch, PLUMB_NEUTRAL_BEGIN, later.end);
        }
        angles_of_row(batch, &neutral, row);
    }
    widen_rest(batch, widened);
    return 0;
}

/* ---- quality */

static int by_size(const void *a, const void *b)
{
    double first = *(const double *)a, second = *(const double *)b;
    return (first > second) - (first < second);
}

/* The median step of up to a thousand samples spread over the track. */
static double usual_step_s(const struct plumb_track *track)
{
    double steps_s[1000];
    size_t n = 0, every = track->n / 1000 + 1;
    for (size_t row = 1; row < track->n && n < 1000; row += every)
        steps_s[n++] = track->t_s[row] - track->t_s[row - 1];
    if (!n)
        return 0;
    qsort(steps_s, n, sizeof *steps_s, by_size);
    return steps_s[n / 2];
}

static void measure_quality(const struct plumb_track *track, struct plumb_quality *quality)
{
    double usual_s = usual_step_s(track);
    quality->samples_n = track->n;
    for (size_t row = 1; row < track->n; row++) {
        double step_s = track->t_s[row] - track->t_s[row - 1];
        if (step_s > GAP_STEPS * usual_s) {
            quality->gaps_n++;
            quality->lost_s += step_s - usual_s;
        }
    }
    double there_s = track->n > 1 ? track->t_s[track->n - 1] - track->t_s[0] - quality->lost_s : 0;
    quality->rate_hz = there_s > 0 ? (double)(track->n - 1) / there_s : 0;
}

/* ---- the whole */

static int by_onset(const void *a, const void *b)
{
    const struct plumb_flag *first = a, *second = b;
    if (first->onset_s != second->onset_s)
        return first->onset_s < second->onset_s ? -1 : 1;
    return (int)first->kind - (int)second->kind;
}

static int given_up(const struct plumb_batch *batch)
{
    return plumb_given_up(batch->params->wanted);
}

/* Of the pelvis, or of the others. */
static void forget_q_ws(struct plumb_batch *batch, int pelvis)
{
    struct plumb_quat **q_ws = batch->analysis->q_ws;
    for (int role = 0; role < PLUMB_ROLES_N && batch->params->without_q_ws; role++)
        if ((role == PLUMB_PELVIS) == pelvis) {
            free(q_ws[role]);
            q_ws[role] = NULL;
        }
}

/* What only they are made of is let go at once: judging takes the most memory. */
static int find_angles(struct plumb_batch *batch)
{
    ask_limits(batch);
    if (make_rows(batch->analysis, batch->track) || fill_angles(batch))
        return -1;
    free(batch->tilt);
    batch->tilt = NULL;
    forget_q_ws(batch, 0);
    return 0;
}

static int run(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    if (orient(batch))
        return -1;
    measure_quality(batch->track, &analysis->quality);
    if (given_up(batch) || plumb_batch_place(batch) || given_up(batch))
        return -1;
    if (find_angles(batch) || plumb_batch_judge(batch) || given_up(batch) || plumb_batch_sensor(batch) ||
        plumb_batch_trust(batch))
        return -1;
    forget_q_ws(batch, 1);
    if (analysis->flags_n)
        qsort(analysis->flags, analysis->flags_n, sizeof *analysis->flags, by_onset);
    return 0;
}

int plumb_analyze(
    struct plumb_analysis *analysis, const struct plumb_analysis_params *params,
    const struct plumb_track *track, const struct plumb_mark *marks, size_t marks_n)
{
    struct plumb_batch batch = {analysis, params, track, marks, marks_n, NULL};
    memset(analysis, 0, sizeof *analysis);
    if (!track->n)
        return 0;
    batch.tilt = malloc((track->n + 1) * sizeof *batch.tilt);
    int fail = !batch.tilt || run(&batch);
    free(batch.tilt);
    return fail ? -1 : 0;
}
