/* plumb sessions show: what was found in one session. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/json_analysis.h"
#include "../../io/message_fail.h"
#include "../shared/when_words.h"
#include "sessions.h"

struct show {
    const char *words;
    int json;
};

static const struct argp_option option_table[] = {
    {"json", 'j', NULL, 0, "the analysis as JSON, as plumb analyze writes it", 0}, {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct show *show = state->input;
    if (key == 'j')
        show->json = 1;
    else if (key == ARGP_KEY_ARG && !show->words)
        show->words = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "one session at a time, please");
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp argp = {
    option_table,
    parse,
    "[SESSION]",
    "Shows what was found in a session: limits in force, holds by side, flags, doubts, and which version of "
    "the code has found it.\v"
    "Without SESSION, the last one. A session that an older version has looked at is looked at again "
    "first.\n\n"
    "Example: plumb sessions show last",
    NULL,
    NULL,
    NULL};

static void tell_who(const struct plumb_dossier *dossier)
{
    char when[PLUMB_WHEN_ROOM];
    const struct plumb_dossier_patient *patient = &dossier->patient;
    printf(
        "session %lld (%.8s): %s%s%s, %s\n", (long long)dossier->id, dossier->uuid, patient->alias,
        patient->code[0] ? ", " : "", patient->code,
        plumb_when_words(when, NULL, dossier->begun_utc_us, dossier->utc_offset_s));
    printf(
        "%s, %s; %.0f s; ended: %s\n", dossier->exercise.name[0] ? dossier->exercise.name : "only recorded",
        dossier->both_sides           ? "both sides"
        : dossier->side == PLUMB_LEFT ? "left side"
                                      : "right side",
        dossier->last_s - dossier->first_s, dossier->ended[0] ? dossier->ended : "not known");
    if (dossier->note)
        printf("note: %s\n", dossier->note);
    if (dossier->tags)
        printf("tags: %s\n", dossier->tags);
}

static void tell_device(const struct plumb_dossier *dossier)
{
    const struct plumb_dossier_device *device = &dossier->device;
    if (device->serial[0])
        printf(
            "clip %s, %s, firmware %s, %s at the pelvis; calibration: %s\n", device->serial, device->board,
            device->firmware, device->sensor[PLUMB_PELVIS],
            device->calibration[PLUMB_PELVIS][0] ? device->calibration[PLUMB_PELVIS] : "the clip's own");
    printf(
        "recorded by %s; found by %s\n", dossier->recorded_by[0] ? dossier->recorded_by : "a program unknown",
        dossier->derived_by);
}

static int has_side(const struct plumb_dossier *dossier, enum plumb_side side)
{
    return dossier->both_sides || dossier->side == side;
}

static void tell_limits(const struct plumb_dossier *dossier)
{
    for (int side = PLUMB_LEFT; dossier->exercise.judged && side <= PLUMB_RIGHT; side++) {
        const struct plumb_thresholds *t = &dossier->thresholds[side];
        if (has_side(dossier, (enum plumb_side)side))
            printf(
                "limits, %s: zone %.1f deg about neutral, flag beyond %.1f deg for %.1f s or %.1f deg at "
                "once\n",
                plumb_side_name((enum plumb_side)side), t->amber_rad * PLUMB_DEG_PER_RAD,
                t->red_rad * PLUMB_DEG_PER_RAD, t->delay_s, t->immediate_rad * PLUMB_DEG_PER_RAD);
    }
}

static void tell_holds(const struct plumb_dossier *dossier)
{
    puts("holds");
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_hold *hold = &dossier->holds[i].hold;
        printf(
            "  %-5s %8.2f s  %.1f s in the zone", plumb_side_name(dossier->holds[i].side), hold->start_s,
            hold->in_zone_s);
        if (dossier->holds[i].target_s > 0)
            printf(" of %.0f asked for", dossier->holds[i].target_s);
        printf(
            ", %.1f s long, out of it %d times, most %.1f deg forward\n", plumb_hold_elapsed_s(hold),
            hold->excursions, hold->worst_rad * PLUMB_DEG_PER_RAD);
    }
    if (!dossier->holds_n)
        puts("  none");
}

static void tell_flags(const struct plumb_dossier *dossier)
{
    puts("flags");
    for (size_t i = 0; i < dossier->flags_n; i++) {
        const struct plumb_flag *flag = &dossier->flags[i];
        printf(
            "  %8.2f s  %-18s %5.2f s, peak %.1f deg (%s)\n", flag->start_s, plumb_flag_name(flag->kind),
            flag->end_s - flag->start_s, flag->peak_rad * PLUMB_DEG_PER_RAD, plumb_basis_name(flag->basis));
    }
    if (!dossier->flags_n)
        puts("  none");
}

static void tell_doubts(const struct plumb_dossier *dossier)
{
    const struct plumb_quality *quality = &dossier->quality;
    const struct plumb_mount *mount = &dossier->mount[PLUMB_PELVIS];
    printf(
        "how the clip sits: %s; %.1f s of the holds in doubt\n",
        mount->quality == PLUMB_MOUNT_GOOD ? "known well" : "known approximately", dossier->doubt_s);
    if (isfinite(dossier->tremor_rad))
        printf("trembling within the holds: %.2f deg rms\n", dossier->tremor_rad * PLUMB_DEG_PER_RAD);
    printf(
        "%zu samples at %.1f Hz, %zu gaps (%.2f s lost)\n", quality->samples_n, quality->rate_hz,
        quality->gaps_n, quality->lost_s);
}

static int tell(struct plumb_dossier *dossier, int json, struct plumb_message *message)
{
    if (json) {
        char *text = plumb_json_analysis(dossier);
        if (!text)
            return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the JSON");
        puts(text);
        free(text);
        return 0;
    }
    tell_who(dossier);
    tell_device(dossier);
    tell_limits(dossier);
    tell_holds(dossier);
    tell_flags(dossier);
    tell_doubts(dossier);
    return 0;
}

static int run(const struct show *show, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    int64_t id = plumb_store_find(store, show->words ? show->words : "last", message);
    if (id < 0)
        return (int)id;
    int fail = plumb_store_dossier(store, id, &dossier, message);
    if (fail)
        return fail;
    fail = tell(&dossier, show->json, message);
    plumb_dossier_free(&dossier);
    return fail;
}

int plumb_sessions_show(int argc, char **argv)
{
    struct show show = {NULL, 0};
    struct plumb_message message = {""};
    int fail = 0;
    argp_parse(&argp, argc, argv, 0, NULL, &show);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    if (store)
        fail = run(&show, store, &message);
    return plumb_sessions_end(store, fail, &message);
}
