/* Where the clip sits and where neutral is: from markers, else from what the recording shows. */
#include <stdlib.h>
#include <string.h>

#include "../../calib/prepare.h"
#include "../core/breath.h"
#include "../core/units.h"
#include "analysis_internal.h"

#define STILL_S     6.0 /* a first stillness: one to two breaths */
#define STILL_MIN_S 2.0 /* of a short recording */
#define STILL_RAD   (1.5 * PLUMB_RAD_PER_DEG)
#define BREATH_HZ   25.0
#define BREATH_ROWS 1500 /* 60 s */

static size_t length(struct plumb_span span)
{
    return span.end - span.begin;
}

static struct plumb_span next_marked(const struct plumb_batch *batch, enum plumb_marker begin, size_t from)
{
    enum plumb_marker end = (enum plumb_marker)(begin + 1);
    struct plumb_span span = {0, 0};
    for (size_t i = 0; i < batch->marks_n; i++) {
        const struct plumb_mark *mark = &batch->marks[i];
        if (mark->kind == begin && mark->row >= from && span.end == 0)
            span = (struct plumb_span){mark->row, batch->track->n};
        else if (mark->kind == end && span.end && mark->row > span.begin)
            return (struct plumb_span){span.begin, mark->row};
    }
    return span;
}

/* Whether a note behind the neutral window, and before the next, says that it does not count. */
static int is_taken_back(const struct plumb_batch *batch, struct plumb_span neutral)
{
    size_t last = batch->track->n;
    for (size_t i = 0; i < batch->marks_n; i++) {
        const struct plumb_mark *mark = &batch->marks[i];
        if (mark->kind == PLUMB_NEUTRAL_BEGIN)
            last = mark->row;
        if (mark->kind == PLUMB_NOTE && last == neutral.begin && mark->note &&
            strcmp(mark->note, PLUMB_NOTE_TAKEN_BACK) == 0)
            return 1;
    }
    return 0;
}

struct plumb_span plumb_span_marked(const struct plumb_batch *batch, enum plumb_marker begin, size_t from)
{
    struct plumb_span span = next_marked(batch, begin, from);
    while (begin == PLUMB_NEUTRAL_BEGIN && length(span) && is_taken_back(batch, span))
        span = next_marked(batch, begin, span.end);
    return span;
}

/* What was done once more counts the last time: the last window of a kind before the first hold, else the
 * first. */
static struct plumb_span last_before_hold(const struct plumb_batch *batch, enum plumb_marker begin)
{
    struct plumb_span span = plumb_span_marked(batch, begin, 0), next = span;
    struct plumb_span hold = plumb_span_marked(batch, PLUMB_HOLD_BEGIN, 0);
    while (length(next) && length(hold) && next.end <= hold.begin) {
        span = next;
        next = plumb_span_marked(batch, begin, next.end);
    }
    return span;
}

/* ---- mount */

/* The samples of a span as the fit wants them; the caller frees them. */
static int open_window(
    const struct plumb_batch *batch, int role, struct plumb_span span, struct plumb_window *window,
    struct plumb_sample **samples)
{
    *samples = malloc((length(span) + 1) * sizeof **samples);
    if (!*samples)
        return -1;
    for (size_t i = 0; i < length(span); i++)
        (*samples)[i] = plumb_track_at(batch->track, span.begin + i);
    *window = (struct plumb_window){*samples, batch->analysis->q_ws[role] + span.begin, length(span)};
    return 0;
}

static int
fit_role(const struct plumb_batch *batch, int role, struct plumb_span tilts, struct plumb_span arch)
{
    struct plumb_sample *tilt_samples = NULL, *arch_samples = NULL;
    struct plumb_window tilt_window, arch_window;
    int fail = open_window(batch, role, tilts, &tilt_window, &tilt_samples);
    if (!fail)
        fail = open_window(batch, role, arch, &arch_window, &arch_samples);
    if (!fail)
        plumb_mount_fit(
            &batch->analysis->mount[role], (enum plumb_role)role,
            plumb_exercise_pose(batch->params->exercise, batch->params->side), tilt_window, arch_window);
    free(tilt_samples);
    free(arch_samples);
    return fail;
}

static int fit_mount(struct plumb_batch *batch, struct plumb_span tilts, struct plumb_span arch)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (batch->analysis->q_ws[role] && fit_role(batch, role, tilts, arch))
            return -1;
    return 0;
}

/* Returns the row behind the movements it used; *fail as above. */
static size_t place_mount(struct plumb_batch *batch, int *fail)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct plumb_span tilts = plumb_span_marked(batch, PLUMB_TILT_BEGIN, 0);
    struct plumb_span arch = last_before_hold(batch, PLUMB_ARCH_BEGIN);
    struct plumb_mount_found found = {0};
    analysis->mount_from = PLUMB_FROM_MARKERS;
    if (!length(tilts) && !batch->marks_n &&
        plumb_mount_search(
            &found, plumb_exercise_pose(batch->params->exercise, batch->params->side), batch->track->t_s,
            analysis->q_ws[PLUMB_PELVIS], batch->track->n)) {
        tilts = (struct plumb_span){found.tilts_begin, found.tilts_end};
        arch = (struct plumb_span){found.arch_begin, found.arch_end};
        analysis->mount_from = PLUMB_FROM_SEARCH;
    }
    if (!length(tilts)) {
        analysis->mount_from = PLUMB_FROM_NOTHING;
        return 0;
    }
    *fail = fit_mount(batch, tilts, arch);
    return arch.end > tilts.end ? arch.end : tilts.end;
}

/* ---- neutral */

static struct plumb_vec3 up_at(const struct plumb_batch *batch, int role, size_t row)
{
    return plumb_quat_apply(plumb_quat_conj(batch->analysis->q_ws[role][row]), plumb_vec3_of(0, 0, 1));
}

static struct plumb_vec3 mean_up(const struct plumb_batch *batch, int role, struct plumb_span span)
{
    struct plumb_vec3 sum = {0, 0, 0};
    for (size_t row = span.begin; row < span.end; row++)
        sum = plumb_vec3_add(sum, up_at(batch, role, row));
    return plumb_vec3_unit(sum);
}

/* The cosine of the largest angle between up and its mean over the span, looked at in 200 places. */
static double least_cos(const struct plumb_batch *batch, struct plumb_span span)
{
    struct plumb_vec3 mean = mean_up(batch, PLUMB_PELVIS, span);
    size_t step = length(span) / 200 + 1;
    double least = 1;
    for (size_t row = span.begin; row < span.end; row += step)
        least = fmin(least, plumb_vec3_dot(mean, up_at(batch, PLUMB_PELVIS, row)));
    return least;
}

static int is_still(const struct plumb_batch *batch, struct plumb_span span)
{
    return least_cos(batch, span) >= cos(STILL_RAD);
}

static size_t row_after(const struct plumb_track *track, size_t row, double span_s)
{
    double until_s = track->t_s[row] + span_s;
    while (row < track->n && track->t_s[row] < until_s)
        row++;
    return row;
}

/* The first span of span_s in which up keeps still, looked for at every half second. */
static struct plumb_span first_still(const struct plumb_batch *batch, size_t from, double span_s)
{
    const struct plumb_track *track = batch->track;
    for (size_t row = from; row < track->n; row = row_after(track, row, 0.5)) {
        struct plumb_span span = {row, row_after(track, row, span_s)};
        if (span.end == track->n)
            break;
        if (is_still(batch, span))
            return span;
    }
    return (struct plumb_span){0, 0};
}

static struct plumb_span find_neutral(struct plumb_batch *batch, size_t from)
{
    batch->analysis->neutral_from = PLUMB_FROM_SEARCH;
    struct plumb_span span = first_still(batch, from, STILL_S);
    if (!length(span))
        span = first_still(batch, from, STILL_MIN_S);
    if (length(span))
        return span;
    batch->analysis->neutral_from = PLUMB_FROM_NOTHING;
    return (struct plumb_span){0, row_after(batch->track, 0, STILL_MIN_S)};
}

/* How long the exercise wants quiet breathing for neutral; 0 where it does not ask for neutral. */
static double asked_s(const struct plumb_exercise *exercise)
{
    for (int i = 0; i < exercise->steps_n; i++)
        if (exercise->steps[i].kind == PLUMB_STEP_NEUTRAL)
            return exercise->steps[i].for_s;
    return 0;
}

/* Who moves in neutral begins it anew (calib/prepare.h), and the marked window goes on until it was quiet for
 * as long as is asked: that end of it is neutral, and not the moving before it. */
static struct plumb_span settled(const struct plumb_batch *batch, struct plumb_span span)
{
    double asked = asked_s(batch->params->exercise), moved = least_cos(batch, span);
    if (!(asked > 0) || moved > cos(PLUMB_PREPARE_MOVED_RAD))
        return span;
    struct plumb_span end = span;
    while (batch->track->t_s[span.end - 1] - batch->track->t_s[end.begin] > asked)
        end.begin++;
    return least_cos(batch, end) > moved ? end : span;
}

static struct plumb_span neutral_span(struct plumb_batch *batch, size_t from)
{
    struct plumb_span span = last_before_hold(batch, PLUMB_NEUTRAL_BEGIN);
    if (!length(span))
        return find_neutral(batch, from);
    batch->analysis->neutral_from = PLUMB_FROM_MARKERS;
    return settled(batch, span);
}

static void orient_role(struct plumb_batch *batch, int role, struct plumb_span span)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct plumb_vec3 up_s = mean_up(batch, role, span);
    if (analysis->mount_from == PLUMB_FROM_NOTHING)
        plumb_mount_assume_role(
            &analysis->mount[role], (enum plumb_role)role,
            plumb_exercise_pose(batch->params->exercise, batch->params->side), up_s);
    plumb_mount_orient(
        &analysis->mount[role], plumb_exercise_pose(batch->params->exercise, batch->params->side), up_s);
    analysis->neutral.up_b[role] = plumb_quat_apply(plumb_quat_conj(analysis->mount[role].q_sb), up_s);
}

/* How the wearer breathed over the span, about the neutral. */
static void
find_breath(const struct plumb_batch *batch, struct plumb_span span, struct plumb_neutral *neutral)
{
    double tilt_rad[BREATH_ROWS];
    double neutral_rad = plumb_body_sagittal_rad(neutral->up_b[PLUMB_PELVIS]);
    struct plumb_quat q_sb = batch->analysis->mount[PLUMB_PELVIS].q_sb;
    size_t n = 0;
    for (size_t row = span.begin; row < span.end && n < BREATH_ROWS; row++) {
        if (batch->track->t_s[row] < batch->track->t_s[span.begin] + (double)n / BREATH_HZ)
            continue;
        struct plumb_vec3 up_b = plumb_body_up(batch->analysis->q_ws[PLUMB_PELVIS][row], q_sb);
        double tilt = plumb_wrap_rad(plumb_body_sagittal_rad(up_b) - neutral_rad);
        tilt_rad[n] = isnan(tilt) ? 0 : tilt;
        n++;
    }
    struct plumb_breath breath;
    plumb_breath_find(&breath, tilt_rad, n, BREATH_HZ);
    neutral->breath_pp_rad = breath.pp_rad;
    neutral->breath_per_min = breath.per_min;
}

void plumb_batch_neutral(
    const struct plumb_batch *batch, struct plumb_span span, struct plumb_neutral *neutral)
{
    const struct plumb_analysis *analysis = batch->analysis;
    span = settled(batch, span);
    neutral->start_s = batch->track->t_s[span.begin];
    neutral->end_s = batch->track->t_s[span.end - 1];
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (analysis->q_ws[role])
            neutral->up_b[role] =
                plumb_quat_apply(plumb_quat_conj(analysis->mount[role].q_sb), mean_up(batch, role, span));
    find_breath(batch, span, neutral);
}

int plumb_batch_place(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    int fail = 0;
    size_t from = place_mount(batch, &fail);
    if (fail)
        return -1;
    struct plumb_span span = neutral_span(batch, from);
    analysis->neutral.start_s = batch->track->t_s[span.begin];
    analysis->neutral.end_s = batch->track->t_s[span.end > span.begin ? span.end - 1 : span.begin];
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (analysis->q_ws[role])
            orient_role(batch, role, span);
    find_breath(batch, span, &analysis->neutral);
    return 0;
}
