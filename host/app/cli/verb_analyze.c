/* plumb analyze: a recording's flags, holds and totals. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/file_out.h"
#include "../../io/json_analysis.h"
#include "../../io/message_fail.h"
#include "../../io/save_trace.h"
#include "study.h"
#include "verb.h"

struct options {
    struct plumb_study_options study;
    const char *json, *trace;
};

enum {
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_JSON = 'j',
    OPT_TRACE = 't',
    OPT_LIMITS = 'l',
    OPT_CAUSAL = 0x100
};

static const struct argp_option option_table[] = {
    {"exercise", OPT_EXERCISE, "ID", 0, PLUMB_STUDY_EXERCISE_HELP, 0},
    {"side", OPT_SIDE, "left|right", 0, PLUMB_STUDY_SIDE_HELP, 0},
    {"limits", OPT_LIMITS, "FILE", 0,
     "thresholds of this person and side, over the exercise's or the session's", 0},
    {"json", OPT_JSON, "FILE", 0, "write the analysis as JSON; - for standard output", 0},
    {"trace", OPT_TRACE, "FILE", 0, "write the angles as CSV, one row for each sample", 0},
    {"causal", OPT_CAUSAL, NULL, 0, "use the live filter, which does not know the future", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_EXERCISE:
        options->study.exercise = arg;
        return 0;
    case OPT_SIDE:
        options->study.side = plumb_side_arg(arg, state);
        return 0;
    case OPT_LIMITS:
        options->study.limits = arg;
        return 0;
    case OPT_JSON:
        options->json = arg;
        return 0;
    case OPT_TRACE:
        options->trace = arg;
        return 0;
    case OPT_CAUSAL:
        options->study.causal = 1;
        return 0;
    case ARGP_KEY_ARG:
        if (options->study.name)
            argp_error(state, "one recording at a time, please");
        options->study.name = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, PLUMB_STUDY_WHICH);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    PLUMB_STUDY_ARGS,
    "Finds the flags, holds and totals of a recording, with the future in view.\v" PLUMB_STUDY_SESSION_HELP
    "RAW.csv (also .gz, or - for standard input) has the columns t_s, pelvis_ax_mps2 ... pelvis_gz_radps and "
    "perhaps a "
    "marker column. With markers, mount, neutral and holds come from their windows; without, Plumb finds "
    "what it can "
    "and says so.\n\nExample: plumb analyze session.csv --exercise supine-edge --side right --json "
    "session.json",
    NULL,
    NULL,
    NULL};

static void tell_flags(const struct plumb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->flags_n; i++) {
        const struct plumb_flag *flag = &analysis->flags[i];
        printf(
            "  %8.2f s  %-18s %5.2f s, peak %.1f deg (%s)\n", flag->start_s, plumb_flag_name(flag->kind),
            flag->end_s - flag->start_s, flag->peak_rad * PLUMB_DEG_PER_RAD, plumb_basis_name(flag->basis));
    }
    if (!analysis->flags_n)
        puts("  none");
}

static void tell_holds(const struct plumb_analysis *analysis)
{
    for (size_t i = 0; i < analysis->holds_n; i++) {
        const struct plumb_hold *hold = &analysis->holds[i].hold;
        printf(
            "  %8.2f s  %.1f s in the zone of %.1f s, out of it %d times, most %.1f deg forward\n",
            hold->start_s, hold->in_zone_s, plumb_hold_elapsed_s(hold), hold->excursions,
            hold->worst_rad * PLUMB_DEG_PER_RAD);
    }
    if (!analysis->holds_n)
        puts("  none");
}

static const char *sides(const struct plumb_analysis_params *params)
{
    if (params->turns_n)
        return "both sides";
    return params->side == PLUMB_LEFT ? "left side" : "right side";
}

static void tell(const struct plumb_study *study)
{
    const struct plumb_analysis *analysis = &study->analysis;
    const struct plumb_quality *quality = &analysis->quality;
    printf(
        "%s, %s: %zu samples at %.1f Hz, %zu gaps (%.2f s lost)\n", study->asked.exercise.name,
        sides(&study->asked.params), quality->samples_n, quality->rate_hz, quality->gaps_n, quality->lost_s);
    printf(
        "neutral %.1f to %.1f s, breathing %.1f deg peak to peak, %.1f a minute\n", analysis->neutral.start_s,
        analysis->neutral.end_s, analysis->neutral.breath_pp_rad * PLUMB_DEG_PER_RAD,
        analysis->neutral.breath_per_min);
    puts("flags");
    tell_flags(analysis);
    puts("holds");
    tell_holds(analysis);
}

static int write_json(struct plumb_dossier *dossier, const char *path, struct plumb_message *message)
{
    char *text = plumb_json_analysis(dossier);
    if (!text)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the JSON");
    int fail = 0;
    if (strcmp(path, "-") == 0)
        puts(text);
    else
        fail = plumb_file_save(path, text, strlen(text), message);
    free(text);
    return fail;
}

static int
write_files(const struct options *options, const struct plumb_study *study, struct plumb_message *message)
{
    struct plumb_dossier dossier;
    int fail = plumb_study_dossier(study, &dossier, message);
    if (fail)
        return fail;
    if (options->json)
        fail = write_json(&dossier, options->json, message);
    if (!fail && options->trace)
        fail = plumb_trace_save(options->trace, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}

static int run(const struct options *options, struct plumb_study *study, struct plumb_message *message)
{
    int fail = plumb_study_open(study, &options->study, message);
    if (fail)
        return fail;
    plumb_study_tell_doubts(study);
    fail = write_files(options, study, message);
    if (!fail && !(options->json && strcmp(options->json, "-") == 0))
        tell(study);
    return fail;
}

int plumb_verb_analyze(int argc, char **argv)
{
    struct options options = {.study = {.side = PLUMB_STUDY_NO_SIDE, .without_q_ws = 1}};
    struct plumb_message message = {""};
    struct plumb_study study;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = run(&options, &study, &message);
    plumb_study_close(&study);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
