/* The holds, their sums by side, and the figures at the head of the page. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "../../core/said.h"
#include "../../core/units.h"
#include "page_fill_parts.h"

static const char *const SIDE_WORDS[2] = {PLUMB_SAID("Left"), PLUMB_SAID("Right")};

/* What the exercise's i-th hold of a side asks for; NaN where it has no such hold. */
static double asked_s(const struct plumb_exercise *exercise, int i)
{
    int again_n[PLUMB_EXERCISE_STEPS_N] = {0};
    for (int at = 0; at < exercise->steps_n; at = plumb_exercise_following(exercise, at, again_n))
        if (exercise->steps[at].kind == PLUMB_STEP_HOLD && i-- == 0)
            return exercise->steps[at].in_zone_s > 0 ? exercise->steps[at].in_zone_s : NAN;
    return NAN;
}

static struct plumb_page_hold
hold_of(const struct plumb_dossier *dossier, const struct plumb_dossier_hold *from, int before_n)
{
    const struct plumb_hold *hold = &from->hold;
    double asked = from->target_s > 0           ? from->target_s
                   : dossier->holds_marked != 0 ? asked_s(&dossier->exercise, before_n)
                                                : NAN;
    return (struct plumb_page_hold){
        .side = at_once(dossier) ? 0 : (int)from->side,
        .in_zone_s = hold->in_zone_s,
        .held_s = plumb_hold_elapsed_s(hold),
        .longest_s = hold->longest_s,
        .asked_s = asked,
        .excursions = (unsigned)hold->excursions,
        .worst_deg = hold->worst_rad * PLUMB_DEG_PER_RAD,
        .neutral_deg = from->neutral_change_rad * PLUMB_DEG_PER_RAD,
        .neutral_moved = from->neutral_change_rad > PLUMB_NEUTRAL_NOISE_RAD};
}

static void add_up(struct plumb_page_side *side, const struct plumb_page_hold *hold)
{
    side->asked_s = side->holds_n ? side->asked_s + hold->asked_s : hold->asked_s;
    side->holds_n++;
    side->excursions += hold->excursions;
    side->in_zone_s += hold->in_zone_s;
    side->held_s += hold->held_s;
    side->longest_s = fmax(side->longest_s, hold->longest_s);
    side->worst_deg = fmax(side->worst_deg, hold->worst_deg); /* fmax passes a NaN by */
}

int fill_holds(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    struct plumb_page *page = &fill->page;
    fill->holds = calloc(dossier->holds_n + 1, sizeof *fill->holds);
    if (!fill->holds)
        return 0;
    for (size_t i = 0; i < dossier->holds_n; i++) {
        int side = at_once(dossier) ? 0 : (int)dossier->holds[i].side;
        page->sides[side].words = at_once(dossier) ? NULL : plumb_said(page->tongue, SIDE_WORDS[side]);
        fill->holds[i] = hold_of(dossier, &dossier->holds[i], (int)page->sides[side].holds_n);
        add_up(&page->sides[side], &fill->holds[i]);
    }
    page->holds = fill->holds;
    page->holds_n = dossier->holds_n;
    page->no_holds =
        dossier->exercise.judged
            ? plumb_said(page->tongue, "No hold was made in this session.")
            : plumb_said(page->tongue, "This exercise is counted and never judged: it has no holds.");
    return 1;
}

static struct plumb_page_side sum_of(const struct plumb_page *page)
{
    struct plumb_page_side sum = {.asked_s = NAN, .worst_deg = NAN};
    for (size_t i = 0; i < page->holds_n; i++)
        add_up(&sum, &page->holds[i]);
    return sum;
}

static void add_figure(struct plumb_page_fill *fill, const char *value, const char *caption)
{
    fill->page.figures[fill->page.figures_n++] = (struct plumb_page_figure){value, caption};
}

static const char *fill_count(struct plumb_page_fill *fill, size_t n)
{
    char text[24];
    snprintf(text, sizeof text, "%zu", n);
    return fill_keep(fill, text);
}

/* A companion exercise: how long, and nothing about zones. */
static void figures_counted(struct plumb_page_fill *fill)
{
    struct plumb_page_side sum = sum_of(&fill->page);
    const struct plumb_tongue *tongue = fill->page.tongue;
    const char *of = isfinite(sum.asked_s)
                         ? fill_say(fill, "held of %s asked", seconds_text(fill, sum.asked_s).text)
                         : plumb_said(tongue, "held");
    add_figure(fill, fill_keep(fill, seconds_text(fill, sum.in_zone_s).text), of);
    add_figure(
        fill, fill_count(fill, fill->page.holds_n),
        plumb_said_of(tongue, "hold", "holds", fill->page.holds_n));
}

static void figures_of_holds(struct plumb_page_fill *fill)
{
    struct plumb_page_side sum = sum_of(&fill->page);
    const struct plumb_tongue *tongue = fill->page.tongue;
    const char *of = isfinite(sum.asked_s)
                         ? fill_say(fill, "in zone of %s asked", seconds_text(fill, sum.asked_s).text)
                         : fill_say(fill, "in zone of %s held", seconds_text(fill, sum.held_s).text);
    add_figure(fill, fill_keep(fill, seconds_text(fill, sum.in_zone_s).text), of);
    add_figure(
        fill, fill_count(fill, sum.excursions),
        plumb_said_of(tongue, "time out of the set zone", "times out of the set zone", sum.excursions));
    add_figure(
        fill, fill_keep(fill, degrees_text(fill, sum.worst_deg, 1).text),
        plumb_said(tongue, "farthest forward"));
    add_figure(
        fill, fill_keep(fill, seconds_text(fill, fill->doubt.sum_s).text),
        plumb_said(tongue, "of the holds in doubt"));
}

void fill_figures(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    fill->page.counted = !dossier->exercise.judged;
    if (dossier->holds_n > 0) {
        (fill->page.counted ? figures_counted : figures_of_holds)(fill);
        return;
    }
    double long_s = dossier->rows_n ? dossier->last_s - dossier->first_s : 0;
    struct plumb_dose dose = plumb_exercise_dose(&dossier->exercise);
    const struct plumb_tongue *tongue = fill->page.tongue;
    add_figure(fill, fill_keep(fill, seconds_text(fill, long_s).text), plumb_said(tongue, "recorded"));
    if (dose.reps_n)
        add_figure(
            fill, fill_count(fill, (size_t)dose.reps_n), plumb_said(tongue, "repetitions asked a side"));
    if (dose.breaths_n)
        add_figure(fill, fill_count(fill, (size_t)dose.breaths_n), plumb_said(tongue, "breaths asked"));
}
