/* What is at a moment of a session, and its words. */
#include <math.h>
#include <stdio.h>

#include "../../core/said.h"
#include "../../core/units.h"
#include "../../view/figure.h"
#include "../../view/scrub.h"
#include "replay.h"
#include "translate.h"

#define HOLE_S 0.25 /* DESIGN, "What bad input gets": longer without a row, nothing is known */
#define NEAR_S 0.75 /* a note is told so near to its moment */

static int is_in(const struct plumb_live_span *span, double t_s)
{
    return t_s >= span->begin_s && t_s < span->end_s;
}

/* The side of the hold that stands, or of the last one before. */
static void look_at_holds(struct plumb_replay_at *at, const struct plumb_replay *replay)
{
    at->side = replay->holds_n ? replay->sides[0] : replay->side;
    for (size_t i = 0; i < replay->holds_n && replay->spans[i].begin_s <= at->t_s; i++) {
        at->side = replay->sides[i];
        if (is_in(&replay->spans[i], at->t_s))
            at->hold = (int)i + 1;
    }
}

struct plumb_replay_at plumb_replay_look(const struct plumb_replay *replay, double t_s)
{
    const struct plumb_trace_chart *chart = &replay->rows.chart;
    struct plumb_replay_at at = {.t_s = t_s, .tilt_deg = NAN, .zone = PLUMB_OFF};
    size_t row = plumb_scrub_row(chart->t_s, chart->n, t_s);
    look_at_holds(&at, replay);
    for (size_t i = 0; i < replay->phases_n; i++)
        if (is_in(&replay->phases[i].span, t_s))
            at.phase = replay->phases[i].words;
    at.known = row < chart->n && t_s - chart->t_s[row] <= HOLE_S;
    if (!at.known)
        return at;
    at.tilt_deg = chart->tilt_deg[row];
    at.zone = chart->zone ? (enum plumb_zone)chart->zone[row] : PLUMB_OFF;
    return at;
}

void plumb_replay_head(
    char out[PLUMB_REPLAY_HEAD_N], const struct plumb_replay *replay, const char *exercise_name)
{
    const char *side = replay->at_once              ? ""
                       : replay->both_sides         ? _(", both sides")
                       : replay->side == PLUMB_LEFT ? _(", left")
                                                    : _(", right");
    snprintf(
        out, PLUMB_REPLAY_HEAD_N, "%.120s%s%s%s", replay->alias, replay->alias[0] ? ": " : "",
        *exercise_name ? exercise_name : _("a recording"), side);
}

const char *plumb_replay_zone_words(const struct plumb_replay_at *at)
{
    static const char *const words[] = {
        [PLUMB_OFF] = PLUMB_SAID("not judged"),
        [PLUMB_GREEN] = PLUMB_SAID("in the zone"),
        [PLUMB_AMBER] = PLUMB_SAID("at the edge"),
        [PLUMB_RED] = PLUMB_SAID("out of the set zone")};
    return at->known ? _(words[at->zone]) : _("no data here");
}

/* What was done: "hold 2, left", "pelvic tilts"; where there is nothing to say nothing is. */
static int say_doing(char *out, size_t room, const struct plumb_replay_at *at, int at_once)
{
    if (at->phase)
        return snprintf(out, room, ", %s", _(at->phase));
    if (at->hold && at_once)
        return snprintf(out, room, _(", hold %d"), at->hold);
    if (at->hold)
        return snprintf(out, room, _(", hold %d, %s"), at->hold, _(plumb_side_name(at->side)));
    return 0;
}

void plumb_replay_words(
    char out[PLUMB_REPLAY_WORDS_N], const struct plumb_replay *replay, const struct plumb_replay_at *at)
{
    char figure[PLUMB_FIGURE_ROOM];
    size_t room = PLUMB_REPLAY_WORDS_N;
    int n = snprintf(out, room, "%s", plumb_figure_clock(figure, floor(at->t_s), 0, 1));
    n += say_doing(out + n, room - (size_t)n, at, replay->at_once);
    n += snprintf(out + n, room - (size_t)n, ", %s", plumb_replay_zone_words(at));
    if (isfinite(at->tilt_deg))
        snprintf(
            out + n, room - (size_t)n, at->tilt_deg >= 0 ? _(", %s degrees forward") : _(", %s degrees back"),
            plumb_figure(figure, fabs(at->tilt_deg), 1, PLUMB_SIGN_ASCII));
}

static int say_flag(char *out, size_t room, const struct plumb_flag *flag, int first)
{
    char figure[PLUMB_FIGURE_ROOM];
    int n = snprintf(
        out, room, "%s%s (%s)", first ? "" : "; ", _(plumb_flag_words(flag->kind)),
        _(plumb_basis_name(flag->basis)));
    if (flag->kind <= PLUMB_POSTERIOR_TILT && isfinite(flag->peak_rad) && (size_t)n < room)
        n += snprintf(
            out + n, room - (size_t)n, _(", %s degrees at most"),
            plumb_figure(figure, fabs(flag->peak_rad) * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_ASCII));
    return n;
}

void plumb_replay_flag_words(char out[PLUMB_REPLAY_WORDS_N], const struct plumb_replay *replay, double t_s)
{
    size_t n = 0, room = PLUMB_REPLAY_WORDS_N;
    out[0] = '\0';
    for (size_t i = 0; i < replay->flags_n && n + 120 < room; i++)
        if (is_in(&replay->bars[i].span, t_s))
            n += (size_t)say_flag(out + n, room - n, &replay->flags[i], n == 0);
    for (size_t i = 0; i < replay->marks_n && n + 40 < room; i++)
        if (fabs(replay->marks[i].t_s - t_s) < NEAR_S)
            n += (size_t)snprintf(out + n, room - n, _("%smarked: %s"), n ? "; " : "", replay->marks[i].word);
}
