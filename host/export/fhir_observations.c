/* The Observations of a session: each hold, each side's totals, each flag. */
#include <math.h>
#include <stdio.h>

#include "../core/units.h"
#include "fhir_parts.h"

#define DEG PLUMB_DEG_PER_RAD

static const char disclaimer[] = "For exercise and learning; not a medical device. The limits were chosen by "
                                 "the user or a physiotherapist; no "
                                 "study says where control is lost.";

/* ---- holds */

void plumb_fhir_holds(struct plumb_fhir *fhir, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_dossier_hold *hold = &dossier->holds[i];
        char what[40], words[60];
        snprintf(what, sizeof what, "hold %zu", i);
        snprintf(words, sizeof words, "Hold %zu, %s side", i + 1, plumb_side_name(hold->side));
        json_t *observation =
            plumb_fhir_observation(fhir, dossier, what, "hold", words, hold->hold.start_s, hold->hold.end_s);
        plumb_fhir_component(
            observation, "in-zone-seconds", "Seconds in the set zone", hold->hold.in_zone_s, 3, "s", "s");
        plumb_fhir_component(
            observation, "held-seconds", "Seconds held in all", plumb_hold_elapsed_s(&hold->hold), 3, "s",
            "s");
        plumb_fhir_component(
            observation, "target-seconds", "Seconds asked for", hold->target_s > 0 ? hold->target_s : NAN, 3,
            "s", "s");
        plumb_fhir_component(
            observation, "excursions", "Times out of the set zone", hold->hold.excursions, 0, "count", "1");
        plumb_fhir_component(
            observation, "furthest-anterior-tilt", "Furthest anterior pelvic tilt from neutral",
            hold->hold.worst_rad * DEG, 3, "degree", "deg");
        plumb_fhir_add(fhir, dossier, what, observation);
    }
}

/* ---- sides */

struct totals {
    double in_zone_s, held_s, worst_rad, begin_s, end_s;
    int holds_n, excursions;
};

static struct totals totals_of(const struct plumb_dossier *dossier, enum plumb_side side)
{
    struct totals totals = {0, 0, NAN, NAN, NAN, 0, 0};
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        if (dossier->holds[i].side != side)
            continue;
        totals.in_zone_s += hold->in_zone_s;
        totals.held_s += plumb_hold_elapsed_s(hold);
        totals.worst_rad = fmax(totals.worst_rad, hold->worst_rad);
        totals.begin_s = fmin(totals.begin_s, hold->start_s);
        totals.end_s = fmax(totals.end_s, hold->end_s);
        totals.holds_n++;
        totals.excursions += hold->excursions;
    }
    return totals;
}

static void limits(json_t *observation, const struct plumb_thresholds *limits)
{
    plumb_fhir_component(
        observation, "limit-zone", "Limit: half width of the set zone", limits->amber_rad * DEG, 3, "degree",
        "deg");
    plumb_fhir_component(
        observation, "limit-out", "Limit: out of the set zone beyond", limits->red_rad * DEG, 3, "degree",
        "deg");
    plumb_fhir_component(observation, "limit-delay", "Limit: for longer than", limits->delay_s, 3, "s", "s");
    plumb_fhir_component(
        observation, "limit-immediate", "Limit: at once beyond", limits->immediate_rad * DEG, 3, "degree",
        "deg");
}

static void conditions(json_t *observation, const struct plumb_dossier *dossier)
{
    double breaths = dossier->neutral.breath_per_min;
    plumb_fhir_component(
        observation, "breathing-rate", "Breathing at neutral", breaths > 0 ? breaths : NAN, 1, "per minute",
        "/min");
    plumb_fhir_component(
        observation, "breathing-tilt", "Breathing at neutral, peak to peak",
        breaths > 0 ? dossier->neutral.breath_pp_rad * DEG : NAN, 3, "degree", "deg");
    plumb_fhir_component(
        observation, "tremor", "Tremor in the holds, root mean square", dossier->tremor_rad * DEG, 4,
        "degree", "deg");
    plumb_fhir_component(observation, "doubt-seconds", "Seconds in doubt", dossier->doubt_s, 3, "s", "s");
    plumb_fhir_component(
        observation, "alignment-explained", "Clip alignment: share of the turning about one axis",
        dossier->mount[PLUMB_PELVIS].method == PLUMB_MOUNT_FUNCTIONAL
            ? 100 * dossier->mount[PLUMB_PELVIS].explained
            : NAN,
        1, "%", "%");
}

static void put_side(struct plumb_fhir *fhir, const struct plumb_dossier *dossier, enum plumb_side side)
{
    struct totals totals = totals_of(dossier, side);
    char what[40], words[200];
    if (!totals.holds_n)
        return;
    snprintf(what, sizeof what, "%s side", plumb_side_name(side));
    snprintf(words, sizeof words, "%s, %s side", dossier->exercise.name, plumb_side_name(side));
    json_t *observation =
        plumb_fhir_observation(fhir, dossier, what, "exercise-side", words, totals.begin_s, totals.end_s);
    plumb_fhir_component(
        observation, "in-zone-seconds", "Seconds in the set zone", totals.in_zone_s, 3, "s", "s");
    plumb_fhir_component(observation, "held-seconds", "Seconds held in all", totals.held_s, 3, "s", "s");
    plumb_fhir_component(observation, "holds", "Holds", totals.holds_n, 0, "count", "1");
    plumb_fhir_component(
        observation, "excursions", "Times out of the set zone", totals.excursions, 0, "count", "1");
    plumb_fhir_component(
        observation, "furthest-anterior-tilt", "Furthest anterior pelvic tilt from neutral",
        totals.worst_rad * DEG, 3, "degree", "deg");
    limits(observation, &dossier->thresholds[side]);
    conditions(observation, dossier);
    json_object_set_new(observation, "note", json_pack("[{s:s}]", "text", disclaimer));
    plumb_fhir_add(fhir, dossier, what, observation);
}

void plumb_fhir_sides(struct plumb_fhir *fhir, const struct plumb_dossier *dossier)
{
    put_side(fhir, dossier, PLUMB_LEFT);
    put_side(fhir, dossier, PLUMB_RIGHT);
}

/* ---- flags */

static void put_flag(struct plumb_fhir *fhir, const struct plumb_dossier *dossier, size_t i)
{
    const struct plumb_flag *flag = &dossier->flags[i];
    char what[40], words[120];
    int has_angle = flag->kind <= PLUMB_POSTERIOR_TILT;
    snprintf(what, sizeof what, "flag %zu", i);
    snprintf(words, sizeof words, "%s (%s)", plumb_flag_words(flag->kind), plumb_basis_name(flag->basis));
    json_t *observation = plumb_fhir_observation(
        fhir, dossier, what, plumb_flag_name(flag->kind), words, flag->start_s, flag->end_s);
    plumb_fhir_component(
        observation, "onset", "Onset, from the session's first sample", flag->onset_s - dossier->first_s, 3,
        "s", "s");
    plumb_fhir_component(
        observation, "peak", "Peak", has_angle ? flag->peak_rad * DEG : NAN, 3, "degree", "deg");
    plumb_fhir_add(fhir, dossier, what, observation);
}

void plumb_fhir_flags(struct plumb_fhir *fhir, const struct plumb_dossier *dossier)
{
    for (size_t i = 0; i < dossier->flags_n; i++)
        put_flag(fhir, dossier, i);
}
