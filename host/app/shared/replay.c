#include "replay.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/mark.h"
#include "../../core/said.h"
#include "../../io/message_fail.h"
#include "../../view/scrub.h"
#include "tongue_here.h"

/* ---- memory */

static int make(struct plumb_replay *replay, const struct plumb_dossier *dossier)
{
    size_t holds_n = dossier->holds_n + 1, flags_n = dossier->flags_n + 1, marks_n = dossier->marks_n + 1;
    replay->holds = calloc(holds_n, sizeof *replay->holds);
    replay->spans = calloc(holds_n, sizeof *replay->spans);
    replay->sides = calloc(holds_n, sizeof *replay->sides);
    replay->flags = calloc(flags_n, sizeof *replay->flags);
    replay->bars = calloc(flags_n, sizeof *replay->bars);
    replay->marks = calloc(marks_n, sizeof *replay->marks);
    replay->phases = calloc(marks_n, sizeof *replay->phases);
    replay->moments_s = calloc(holds_n + flags_n + marks_n, sizeof *replay->moments_s);
    return replay->holds && replay->spans && replay->sides && replay->flags && replay->bars &&
           replay->marks && replay->phases && replay->moments_s;
}

void plumb_replay_free(struct plumb_replay *replay)
{
    plumb_trace_fill_free(&replay->rows);
    free(replay->holds);
    free(replay->spans);
    free(replay->sides);
    free(replay->flags);
    free(replay->bars);
    free(replay->marks);
    free(replay->phases);
    free(replay->moments_s);
    memset(replay, 0, sizeof *replay);
}

/* ---- filling */

static void put_head(struct plumb_replay *replay, const struct plumb_dossier *dossier)
{
    const struct plumb_exercise *exercise = &dossier->exercise;
    replay->session_id = dossier->id;
    replay->at_once = exercise->order == PLUMB_ORDER_BOTH_AT_ONCE;
    replay->judged = exercise->judged;
    replay->side = dossier->side;
    replay->both_sides = dossier->both_sides;
    snprintf(replay->alias, sizeof replay->alias, "%s", dossier->patient.alias);
    snprintf(replay->exercise, sizeof replay->exercise, "%s", exercise->id);
    snprintf(replay->exercise_name, sizeof replay->exercise_name, "%s", exercise->name);
    if (dossier->begun_utc_us)
        plumb_when_words(replay->when, &plumb_tongue_here, dossier->begun_utc_us, dossier->utc_offset_s);
    for (int at = PLUMB_LEFT; at <= PLUMB_RIGHT; at++) {
        replay->pose[at] = plumb_exercise_pose(exercise, (enum plumb_side)at);
        struct plumb_trace_chart none;
        plumb_trace_chart_init(&none);
        replay->limits[at] = none.limits;
        plumb_trace_fill_limits(&replay->limits[at], dossier, (enum plumb_side)at);
    }
}

static void put_moment(struct plumb_replay *replay, double t_s)
{
    replay->moments_s[replay->moments_n++] = t_s;
}

static void put_holds(struct plumb_replay *replay, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_dossier_hold *hold = &dossier->holds[i];
        replay->spans[i] =
            (struct plumb_live_span){hold->hold.start_s - replay->zero_s, hold->hold.end_s - replay->zero_s};
        replay->sides[i] = hold->side;
        replay->holds[i].span = replay->spans[i];
        replay->holds[i].word = replay->at_once ? "" : plumb_side_name(hold->side);
        put_moment(replay, replay->spans[i].begin_s);
    }
    replay->holds_n = dossier->holds_n;
}

static void put_flags(struct plumb_replay *replay, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->flags_n; i++) {
        struct plumb_flag *flag = &replay->flags[i];
        *flag = dossier->flags[i];
        flag->onset_s -= replay->zero_s;
        flag->start_s -= replay->zero_s;
        flag->end_s = isnan(flag->end_s) ? replay->end_s : flag->end_s - replay->zero_s;
        replay->bars[i].span = (struct plumb_live_span){flag->start_s, flag->end_s};
        replay->bars[i].pauses = plumb_flag_pauses(flag->kind);
        put_moment(replay, flag->start_s);
    }
    replay->flags_n = dossier->flags_n;
}

/* ---- marks */

/* "M1" for the first moment that the user marked without words. */
static void put_note(struct plumb_replay *replay, double t_s, const char *text, int *marked_n)
{
    struct plumb_live_mark *mark = &replay->marks[replay->marks_n++];
    mark->t_s = t_s;
    if (strcmp(text, "mark") == 0)
        snprintf(mark->word, sizeof mark->word, "M%d", ++*marked_n);
    else
        snprintf(mark->word, sizeof mark->word, "%s", text);
    put_moment(replay, t_s);
}

/* What the marker that begins something is called, and the one that ends it; holds come from the dossier. */
static const struct {
    enum plumb_marker begin, end;
    const char *words;
} pairs[] = {
    {PLUMB_NEUTRAL_BEGIN, PLUMB_NEUTRAL_END, PLUMB_SAID("neutral is measured")},
    {PLUMB_TILT_BEGIN, PLUMB_TILT_END, PLUMB_SAID("pelvic tilts")},
    {PLUMB_ARCH_BEGIN, PLUMB_ARCH_END, PLUMB_SAID("arching the back")},
    {PLUMB_CONTRACT_BEGIN, PLUMB_CONTRACT_END, PLUMB_SAID("pressing against the stretch")},
    {PLUMB_POSE_CHANGE_BEGIN, PLUMB_POSE_CHANGE_END, PLUMB_SAID("changing the pose")},
};

static void put_phase(struct plumb_replay *replay, enum plumb_marker kind, double t_s)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        if (kind == pairs[i].begin)
            replay->phases[replay->phases_n++] =
                (struct plumb_replay_phase){{t_s, replay->end_s}, pairs[i].words};
        for (size_t open = replay->phases_n; kind == pairs[i].end && open-- > 0;)
            if (replay->phases[open].words == pairs[i].words) {
                replay->phases[open].span.end_s = t_s;
                break;
            }
    }
}

static void put_marks(struct plumb_replay *replay, const struct plumb_dossier *dossier)
{
    int marked_n = 0;
    for (size_t i = 0; i < dossier->marks_n; i++) {
        const struct plumb_dossier_mark *mark = &dossier->marks[i];
        double t_s = mark->t_s - replay->zero_s;
        enum plumb_marker kind;
        if (!plumb_marker_find(mark->text, strlen(mark->text), &kind))
            continue;
        if (kind == PLUMB_NOTE)
            put_note(replay, t_s, mark->text + strlen(PLUMB_MARKER_NOTE), &marked_n);
        else
            put_phase(replay, kind, t_s);
    }
}

static int by_time(const void *a, const void *b)
{
    double first_s = *(const double *)a, second_s = *(const double *)b;
    return (first_s > second_s) - (first_s < second_s);
}

/* ---- rows */

static void push(const struct plumb_replay *replay, struct plumb_trail *trail, size_t i)
{
    const struct plumb_trace_chart *chart = &replay->rows.chart;
    enum plumb_zone zone = chart->zone ? (enum plumb_zone)chart->zone[i] : PLUMB_OFF;
    plumb_trail_push(trail, chart->t_s[i], chart->tilt_deg[i], zone);
}

void plumb_replay_window(
    const struct plumb_replay *replay, double from_s, double to_s, struct plumb_trail *trail)
{
    const struct plumb_trace_chart *chart = &replay->rows.chart;
    size_t n = chart->n, at = plumb_scrub_row(chart->t_s, n, from_s);
    double finest_s = (to_s - from_s) / (PLUMB_TRAIL_N - 4);
    plumb_trail_init(trail, PLUMB_TRAIL_LAST, fmax(PLUMB_TRAIL_LIVE_S / 4, exp2(ceil(log2(finest_s)))));
    for (at = at < n ? at : 0; at < n; at++) {
        push(replay, trail, at);
        if (chart->t_s[at] > to_s)
            break; /* one beyond: the line goes to the edge */
    }
}

int plumb_replay_fill(
    struct plumb_replay *replay, struct plumb_dossier *dossier, struct plumb_message *message)
{
    memset(replay, 0, sizeof *replay);
    if (!make(replay, dossier))
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the session");
    replay->zero_s = dossier->first_s;
    replay->end_s = dossier->last_s - dossier->first_s;
    int fail = plumb_trace_fill(&replay->rows, dossier, replay->zero_s, message);
    if (fail)
        return fail;
    put_head(replay, dossier);
    put_holds(replay, dossier);
    put_flags(replay, dossier);
    put_marks(replay, dossier);
    qsort(replay->moments_s, replay->moments_n, sizeof *replay->moments_s, by_time);
    plumb_trail_init(&replay->whole, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    for (size_t i = 0; i < replay->rows.chart.n; i++)
        push(replay, &replay->whole, i);
    return 0;
}

int plumb_replay_load(
    struct plumb_replay *replay, struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    memset(replay, 0, sizeof *replay);
    if (!session_id)
        session_id = plumb_store_find(store, "last", message);
    if (session_id < 0)
        return (int)session_id;
    int fail = plumb_store_dossier(store, session_id, &dossier, message);
    if (fail)
        return fail;
    fail = plumb_replay_fill(replay, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}
