/* plumb import: recordings and sessions from elsewhere into the store. */
#include <stdio.h>
#include <unistd.h>

#include "../../store/merge.h"
#include "import.h"
#include "progress.h"
#include "verb.h"

#define FILES_MOST 1000

struct options {
    struct plumb_import import;
    const char *files[FILES_MOST];
    size_t files_n;
};

enum {
    OPT_EXERCISE = 'e',
    OPT_SIDE = 's',
    OPT_LIMITS = 'l',
    OPT_PATIENT = 'p',
    OPT_BEGUN = 'b',
    OPT_NOTE = 0x100,
    OPT_TAGS
};

static const struct argp_option option_table[] = {
    {"patient", OPT_PATIENT, "NAME", 0, "whose they are; a recording's default is me", 0},
    {"exercise", OPT_EXERCISE, "ID", 0, "of a recording: the exercise, by id or by file; default supine-edge",
     1},
    {"side", OPT_SIDE, "left|right", 0, "of a recording: the stretched side; default right", 1},
    {"limits", OPT_LIMITS, "FILE", 0, "of a recording: thresholds of this person and side", 1},
    {"begun", OPT_BEGUN, "MOMENT", 0,
     "of a recording: when it began, as 2026-01-02T10:20 (your clock) or with an offset, ...+01:00; default: "
     "when its file was written last",
     1},
    {"note", OPT_NOTE, "TEXT", 0, "of a recording: a note about it", 1},
    {"tags", OPT_TAGS, "WORDS", 0, "of a recording: tags, with spaces between", 1},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_PATIENT:
        options->import.patient = arg;
        return 0;
    case OPT_EXERCISE:
        options->import.exercise = arg;
        return 0;
    case OPT_SIDE:
        options->import.side = plumb_side_arg(arg, state);
        return 0;
    case OPT_LIMITS:
        options->import.limits = arg;
        return 0;
    case OPT_BEGUN:
        options->import.begun = arg;
        return 0;
    case OPT_NOTE:
        options->import.note = arg;
        return 0;
    case OPT_TAGS:
        options->import.tags = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (options->files_n == FILES_MOST)
            argp_error(state, "at most %d files at a time, please", FILES_MOST);
        options->files[options->files_n++] = arg;
        return 0;
    case ARGP_KEY_NO_ARGS:
        argp_error(state, "which file? Give a raw CSV, or what plumb export --format json has written");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "FILE...",
    "Takes recordings and sessions from elsewhere into the store.\v"
    "FILE is a raw CSV, a session that plumb export --format json has written (either also as .gz), or "
    "another store's file, such as a backup. A session comes back as it was, with its id; one that is in the "
    "store "
    "already stays as it is. Each is taken whole or not at all.\n\n"
    "Example: plumb import monday.csv --exercise supine-edge --side right --begun 2026-01-02T10:20",
    NULL,
    NULL,
    NULL};

static void tell(void *context, double share)
{
    plumb_progress_show(context, share);
}

static int tell_merged(void *context, const struct plumb_merge_done *done)
{
    plumb_progress_show(context, (double)(done->taken_n + done->there_n) / (double)done->of_n);
    return 0;
}

static int take_store(
    const struct options *options, struct plumb_store *store, const char *path, struct plumb_message *message)
{
    struct plumb_merge_done done;
    int fail = plumb_store_merge(
        store, path, options->import.patient, tell_merged, options->import.context, &done, message);
    plumb_progress_clear(options->import.context);
    if (!fail || done.taken_n)
        printf(
            "%lld sessions: %s (%lld were in the store already)\n", (long long)done.taken_n, path,
            (long long)done.there_n);
    return fail;
}

static int take_file(
    const struct options *options, struct plumb_store *store, const char *path, struct plumb_message *message)
{
    int was_there;
    if (plumb_store_is_file(path))
        return take_store(options, store, path, message);
    int64_t id = plumb_import_file(&options->import, store, path, &was_there, message);
    plumb_progress_clear(options->import.context);
    if (id < 0)
        return (int)id;
    if (was_there)
        fprintf(stderr, "plumb: %s: is in the store already\n", path);
    printf("session %lld: %s\n", (long long)id, path);
    return 0;
}

static int run(const struct options *options, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_store *store = plumb_store_open(NULL, &fail, message);
    if (!store)
        return fail;
    if (message->text[0])
        fprintf(stderr, "plumb: %s\n", message->text);
    message->text[0] = '\0';
    for (size_t i = 0; i < options->files_n && !fail; i++)
        fail = take_file(options, store, options->files[i], message);
    plumb_store_close(store);
    return fail;
}

int plumb_verb_import(int argc, char **argv)
{
    static struct options options = {.import = {.side = PLUMB_RIGHT}};
    struct plumb_progress progress;
    struct plumb_message message = {""};
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    plumb_progress_init(&progress, isatty(STDERR_FILENO));
    options.import.tell = tell;
    options.import.context = &progress;
    int fail = run(&options, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
