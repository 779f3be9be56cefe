/* plumb export: sessions in the formats that other programs open. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../../export/exporter.h"
#include "../../export/job.h"
#include "../../export/names.h"
#include "../../export/place.h"
#include "../../io/message_fail.h"
#include "progress.h"
#include "subject.h"
#include "verb.h"

#define SESSIONS_MOST 1000
#define OPTIONS_MOST  32

struct options {
    struct plumb_study_options study; /* of recordings */
    struct plumb_export_job job;
    const struct plumb_exporter *exporter;
    const char *sessions[SESSIONS_MOST];
    size_t sessions_n;
    const char *own[OPTIONS_MOST + 1];
    size_t own_n;
};

enum {
    OPT_FORMAT = 'f',
    OPT_OUT = 'o',
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_LIMITS = 'l',
    OPT_OPTION = 0x100,
    OPT_FORCE,
    OPT_APPEND,
    OPT_DRY_RUN,
    OPT_DEIDENTIFY,
    OPT_SHIFT_DAYS
};

static const struct argp_option option_table[] = {
    {"format", OPT_FORMAT, "ID", 0, "which format; they are listed below", 0},
    {"out", OPT_OUT, "PATH", 0,
     "the file or folder to write; - for standard output where a file can; FOLDER/ for one file a session",
     0},
    {"option", OPT_OPTION, "NAME=VALUE", 0, "an option of the format's own, listed below; may be repeated",
     0},
    {"force", OPT_FORCE, NULL, 0, "go over what is there already (never over a raw recording)", 0},
    {"append", OPT_APPEND, NULL, 0, "add to what is there already, where the format can", 0},
    {"dry-run", OPT_DRY_RUN, NULL, 0, "say what would be written, and write nothing", 0},
    {"deidentify", OPT_DEIDENTIFY, NULL, 0, "no names, codes or notes, and no dates", 0},
    {"shift-days", OPT_SHIFT_DAYS, "N", 0,
     "with --deidentify: keep the dates, all moved by N days (such as -40000)", 0},
    {"exercise", OPT_EXERCISE, "ID", 0, "of a recording: the exercise, by id or by file; default supine-edge",
     1},
    {"side", OPT_SIDE, "left|right", 0, "of a recording: the stretched side; default right", 1},
    {"limits", OPT_LIMITS, "FILE", 0, "of a recording: thresholds of this person and side", 1},
    {0}};

static void set_format(struct options *options, const char *id, struct argp_state *state)
{
    options->exporter = plumb_exporter_find(id);
    if (!options->exporter)
        argp_error(state, "there is no format \"%s\"; --help lists them", id);
}

static void add_option(struct options *options, const char *text, struct argp_state *state)
{
    if (!strchr(text, '='))
        argp_error(state, "--option wants NAME=VALUE, not \"%s\"", text);
    if (options->own_n == OPTIONS_MOST)
        argp_error(state, "too many options");
    options->own[options->own_n++] = text;
}

static void add_session(struct options *options, const char *words, struct argp_state *state)
{
    if (options->sessions_n == SESSIONS_MOST)
        argp_error(state, "at most %d sessions at a time, please", SESSIONS_MOST);
    options->sessions[options->sessions_n++] = words;
}

/* A path that ends in a slash is a folder in which each session gets a name of its own. */
static int is_apart(const struct options *options)
{
    size_t n = strlen(options->job.path);
    return n && options->job.path[n - 1] == '/' && !options->exporter->many;
}

static void check(const struct options *options, struct argp_state *state)
{
    if (!options->exporter)
        argp_error(state, "which format? Give --format; --help lists them");
    if (!options->job.path)
        argp_error(state, "where to? Give -o PATH");
    if (options->sessions_n > 1 && !options->exporter->many && !is_apart(options))
        argp_error(
            state, "%s takes one session at a time; give a folder, with a slash: -o %s/",
            options->exporter->id, options->job.path);
    if (options->job.shift_days && !options->job.deidentify)
        argp_error(state, "--shift-days goes with --deidentify");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_FORMAT:
        set_format(options, arg, state);
        return 0;
    case OPT_OUT:
        options->job.path = arg;
        return 0;
    case OPT_OPTION:
        add_option(options, arg, state);
        return 0;
    case OPT_FORCE:
        options->job.force = 1;
        return 0;
    case OPT_APPEND:
        options->job.append = 1;
        return 0;
    case OPT_DRY_RUN:
        options->job.dry_run = 1;
        return 0;
    case OPT_DEIDENTIFY:
        options->job.deidentify = 1;
        return 0;
    case OPT_SHIFT_DAYS:
        options->job.shift_days = (int)plumb_number_arg(arg, -100000, 100000, "shift-days", state);
        return 0;
    case OPT_EXERCISE:
        options->study.exercise = arg;
        return 0;
    case OPT_SIDE:
        options->study.side = plumb_side_arg(arg, state);
        return 0;
    case OPT_LIMITS:
        options->study.limits = arg;
        return 0;
    case ARGP_KEY_ARG:
        add_session(options, arg, state);
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which session? Give \"last\", its number, or the name of a raw CSV file");
        return 0;
    case ARGP_KEY_END:
        check(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- help: the table */

static void print_options(FILE *out, const struct plumb_exporter *exporter)
{
    for (const struct plumb_export_option *at = exporter->options; at && at->name; at++)
        fprintf(out, "         --option %s=%s\n             %s\n", at->name, at->values, at->meaning);
}

/* What stands behind the options: owned. */
static char *formats_text(const char *before)
{
    char *text = NULL;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    if (!out)
        return NULL;
    fputs(before, out);
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++) {
        fprintf(
            out, "  %-5s  %s%s%s%s\n", (*at)->id, (*at)->summary, (*at)->extension[0] ? " (" : "",
            (*at)->extension, (*at)->extension[0] ? ")" : "");
        print_options(out, *at);
    }
    fclose(out);
    return text;
}

static char *filter_help(int key, const char *text, void *input)
{
    (void)input;
    return key == ARGP_KEY_HELP_POST_DOC ? formats_text(text) : (char *)text;
}

static const struct argp argp = {
    option_table,
    parse,
    "SESSION|RAW.csv...",
    "Writes sessions in the formats that other people's programs open.\v"
    "SESSION is one of the store (\"last\", a number, the beginning of an id) or the name of a raw CSV file, "
    "which is analysed first. Nothing is half written: a file or folder gets its name when all of it is "
    "there.\n\n"
    "Example: plumb export last --format csv -o monday\n\n"
    "Formats:\n",
    NULL,
    filter_help,
    NULL};

/* ---- the work */

static void say(void *context, const char *text)
{
    plumb_progress_clear(context);
    fprintf(stderr, "plumb: %s\n", text);
}

static int tell(void *context, double share)
{
    plumb_progress_show(context, share);
    return 0;
}

/* One file or folder for all of them. */
static int export_together(const struct options *options, struct plumb_message *message)
{
    int fail = 0;
    void *exporting = plumb_export_begin(options->exporter, &options->job, &fail, message);
    for (size_t i = 0; exporting && i < options->sessions_n && !fail; i++) {
        struct plumb_subject subject;
        fail = plumb_subject_open(&subject, options->sessions[i], &options->study, message);
        if (!fail)
            fail = options->exporter->session(exporting, &subject.dossier, message);
        plumb_subject_close(&subject);
    }
    plumb_progress_clear(options->job.context);
    return exporting ? plumb_export_end(options->exporter, &options->job, exporting, fail, message) : fail;
}

/* "FOLDER/NAME.ext": a recording keeps its own name, a stored session gets one. */
static int name_inside(
    const struct options *options, const char *words, const struct plumb_subject *subject,
    char path[PLUMB_PLACE_N], struct plumb_message *message)
{
    char name[PLUMB_NAME_N], stem[PLUMB_NAME_N];
    const char *slash = strrchr(words, '/'), *base = slash ? slash + 1 : words;
    snprintf(stem, sizeof stem, "%.*s", (int)strcspn(base, "."), base);
    if (subject->is_recording)
        plumb_name_safe(name, stem, "recording");
    else
        plumb_name_session(name, &subject->dossier, plumb_job_begun_utc_us(&options->job, &subject->dossier));
    if (snprintf(path, PLUMB_PLACE_N, "%s%s%s", options->job.path, name, options->exporter->extension) <
        PLUMB_PLACE_N)
        return 0;
    return plumb_message_fail(message, PLUMB_USAGE, "%s: is too long a name", options->job.path);
}

static int export_into(const struct options *options, const char *words, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N];
    struct plumb_export_job job = options->job;
    struct plumb_subject subject;
    int fail = plumb_subject_open(&subject, words, &options->study, message);
    job.path = path;
    if (!fail)
        fail = name_inside(options, words, &subject, path, message);
    if (!fail)
        fail = plumb_export(options->exporter, &job, &subject.dossier, message);
    plumb_subject_close(&subject);
    plumb_progress_clear(job.context);
    return fail;
}

/* A file or folder for each of them, in a folder. */
static int export_apart(const struct options *options, struct plumb_message *message)
{
    const char *folder = options->job.path;
    if (!options->job.dry_run && mkdir(folder, 0777) && errno != EEXIST)
        return plumb_message_fail(
            message, errno == EACCES ? PLUMB_NO_RIGHT : PLUMB_FAILED, "%s: cannot be made: %s", folder,
            strerror(errno));
    int fail = 0;
    for (size_t i = 0; i < options->sessions_n && !fail; i++)
        fail = export_into(options, options->sessions[i], message);
    return fail;
}

int plumb_verb_export(int argc, char **argv)
{
    static struct options options;
    struct plumb_progress progress = {0};
    struct plumb_message message = {""};
    options.study = (struct plumb_study_options){.side = PLUMB_STUDY_NO_SIDE};
    options.job.options = options.own;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    plumb_progress_init(&progress, isatty(STDERR_FILENO));
    options.job.progress = tell;
    options.job.say = say;
    options.job.context = &progress;
    int fail = is_apart(&options) ? export_apart(&options, &message) : export_together(&options, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
