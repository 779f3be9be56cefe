/* The dossier of a recording in memory: its rows are those of the track and the analysis. */
#include "dossier.h"

#include <stdlib.h>
#include <string.h>

#include "doubt.h"

struct rows {
    const struct plumb_analysis *analysis;
    const struct plumb_track *track;
    const struct plumb_mark *marks;
    size_t marks_n, row, mark;
    char *marker; /* of the last row; owned */
};

int plumb_dossier_rewind(struct plumb_dossier *dossier, struct plumb_message *message)
{
    return dossier->rewind(dossier->rows, message);
}

int plumb_dossier_next(
    struct plumb_dossier *dossier, struct plumb_dossier_row *row, struct plumb_message *message)
{
    return dossier->next(dossier->rows, row, message);
}

void plumb_dossier_free(struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->marks_n; i++)
        free((void *)dossier->marks[i].text);
    free(dossier->marks);
    free(dossier->holds);
    free(dossier->flags);
    free((void *)dossier->note);
    free((void *)dossier->tags);
    if (dossier->close)
        dossier->close(dossier->rows);
    if (dossier->close_kept)
        dossier->close_kept(dossier->kept);
    memset(dossier, 0, sizeof *dossier);
}

/* "hold_begin", "note:TEXT": owned by the caller; NULL when memory is short. */
static char *mark_text(const struct plumb_mark *mark)
{
    const char *name = plumb_marker_name(mark->kind);
    size_t name_n = strlen(name), note_n = mark->note ? strlen(mark->note) : 0;
    char *text = malloc(name_n + note_n + 1);
    if (!text)
        return NULL;
    memcpy(text, name, name_n);
    if (note_n)
        memcpy(text + name_n, mark->note, note_n);
    text[name_n + note_n] = '\0';
    return text;
}

/* ---- rows */

static int rewind_rows(void *self, struct plumb_message *message)
{
    struct rows *rows = self;
    (void)message;
    rows->row = rows->mark = 0;
    return 0;
}

static struct plumb_angles angles_at(const struct plumb_analysis *analysis, size_t i)
{
    return (struct plumb_angles){(double)analysis->tilt_rad[i],     (double)analysis->tilt_sd_rad[i],
                                 (double)analysis->rotation_rad[i], (double)analysis->obliquity_rad[i],
                                 (double)analysis->lumbar_rad[i],   (double)analysis->hip_rad[i]};
}

static const char *take_marker(struct rows *rows)
{
    free(rows->marker);
    rows->marker = NULL;
    while (rows->mark < rows->marks_n && rows->marks[rows->mark].row < rows->row)
        rows->mark++;
    if (rows->mark < rows->marks_n && rows->marks[rows->mark].row == rows->row)
        rows->marker = mark_text(&rows->marks[rows->mark++]);
    return rows->marker;
}

static int next_row(void *self, struct plumb_dossier_row *row, struct plumb_message *message)
{
    struct rows *rows = self;
    const struct plumb_analysis *analysis = rows->analysis;
    size_t i = rows->row;
    (void)message;
    if (i == rows->track->n)
        return 0;
    *row = (struct plumb_dossier_row){
        .sample = plumb_track_at(rows->track, i),
        .angles = angles_at(analysis, i),
        .zone = (enum plumb_zone)analysis->zone[i],
        .flags = analysis->row_flags[i],
        .marker = take_marker(rows)};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (analysis->q_ws[role])
            row->q_ws[role] = analysis->q_ws[role][i];
    rows->row++;
    return 1;
}

static void close_rows(void *self)
{
    struct rows *rows = self;
    free(rows->marker);
    free(rows);
}

static int open_rows(
    struct plumb_dossier *dossier, const struct plumb_analysis *analysis, const struct plumb_track *track,
    const struct plumb_mark *marks, size_t marks_n)
{
    struct rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return -1;
    *rows = (struct rows){.analysis = analysis, .track = track, .marks = marks, .marks_n = marks_n};
    dossier->rows = rows;
    dossier->rewind = rewind_rows;
    dossier->next = next_row;
    dossier->close = close_rows;
    dossier->rows_n = track->n;
    dossier->first_s = track->n ? track->t_s[0] : 0;
    dossier->last_s = track->n ? track->t_s[track->n - 1] : 0;
    return 0;
}

/* ---- head */

/* What the exercise asks of its hold_n-th hold (from 0) on a side; 0 where it has none. */
static double target_s(const struct plumb_exercise *exercise, int hold_n)
{
    int again_n[PLUMB_EXERCISE_STEPS_N] = {0};
    for (int at = 0; at < exercise->steps_n; at = plumb_exercise_following(exercise, at, again_n))
        if (exercise->steps[at].kind == PLUMB_STEP_HOLD && hold_n-- == 0)
            return exercise->steps[at].in_zone_s;
    return 0;
}

/* Each time a side begins, its holds begin with the first. */
static void ask_targets(struct plumb_dossier *dossier)
{
    int hold_n = 0;
    for (size_t i = 0; i < dossier->holds_n; i++) {
        struct plumb_dossier_hold *hold = &dossier->holds[i];
        hold_n = i && hold->side == hold[-1].side ? hold_n + 1 : 0;
        hold->target_s = dossier->holds_marked ? target_s(&dossier->exercise, hold_n) : 0;
    }
}

static int copy_holds(struct plumb_dossier *dossier, const struct plumb_analysis *analysis)
{
    dossier->holds = calloc(analysis->holds_n + 1, sizeof *dossier->holds);
    if (!dossier->holds)
        return -1;
    dossier->holds_n = analysis->holds_n;
    for (size_t i = 0; i < analysis->holds_n; i++)
        dossier->holds[i] = (struct plumb_dossier_hold){
            .side = analysis->holds[i].side,
            .hold = analysis->holds[i].hold,
            .neutral_change_rad = analysis->holds[i].neutral_change_rad};
    ask_targets(dossier);
    return 0;
}

static int copy_flags(struct plumb_dossier *dossier, const struct plumb_analysis *analysis)
{
    dossier->flags = calloc(analysis->flags_n + 1, sizeof *dossier->flags);
    if (!dossier->flags)
        return -1;
    dossier->flags_n = analysis->flags_n;
    if (analysis->flags_n)
        memcpy(dossier->flags, analysis->flags, analysis->flags_n * sizeof *dossier->flags);
    return 0;
}

static int copy_marks(struct plumb_dossier *dossier, const struct plumb_mark *marks, size_t marks_n)
{
    dossier->marks = calloc(marks_n + 1, sizeof *dossier->marks);
    if (!dossier->marks)
        return -1;
    for (size_t i = 0; i < marks_n; i++) {
        char *text = mark_text(&marks[i]);
        if (!text)
            return -1;
        dossier->marks[dossier->marks_n++] = (struct plumb_dossier_mark){marks[i].t_s, text};
    }
    return 0;
}

static void copy_head(
    struct plumb_dossier *dossier, const struct plumb_analysis *analysis,
    const struct plumb_analysis_params *params, const struct plumb_track *track)
{
    dossier->exercise = *params->exercise;
    dossier->side = params->side;
    dossier->mount_from = analysis->mount_from;
    dossier->neutral_from = analysis->neutral_from;
    dossier->holds_marked = analysis->holds_marked;
    memcpy(dossier->mount, analysis->mount, sizeof dossier->mount);
    dossier->neutral = analysis->neutral;
    memcpy(dossier->thresholds, analysis->thresholds, sizeof dossier->thresholds);
    dossier->both_sides = params->turns_n > 0;
    dossier->quality = analysis->quality;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        dossier->roles |= track->imu[role] ? 1u << role : 0;
}

int plumb_dossier_of_analysis(
    struct plumb_dossier *dossier, const struct plumb_analysis *analysis,
    const struct plumb_analysis_params *params, const struct plumb_track *track,
    const struct plumb_mark *marks, size_t marks_n)
{
    memset(dossier, 0, sizeof *dossier);
    copy_head(dossier, analysis, params, track);
    struct plumb_doubt doubt;
    plumb_doubt_of_analysis(&doubt, analysis, track);
    dossier->doubt_s = doubt.sum_s;
    dossier->tremor_rad = plumb_tremor_of_analysis(analysis, track);
    if (!open_rows(dossier, analysis, track, marks, marks_n) && !copy_holds(dossier, analysis) &&
        !copy_flags(dossier, analysis) && !copy_marks(dossier, marks, marks_n))
        return 0;
    plumb_dossier_free(dossier);
    return -1;
}
