/* plumb sessions delete, backup, restore: looking after the store. (Another store is taken in by plumb
 * import.) */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/patient_limits.h"
#include "../../store/admin.h"
#include "progress.h"
#include "sessions.h"

/* ---- delete */

struct removal {
    const char *session, *patient;
    int yes;
};

enum { OPT_YES = 'y', OPT_PATIENT = 'p' };

static const struct argp_option removal_options[] = {
    {"patient", OPT_PATIENT, "NAME", 0, "a patient with all sessions", 0},
    {"yes", OPT_YES, NULL, 0, "do it: without this it only says what would go", 0},
    {0}};

static error_t parse_removal(int key, char *arg, struct argp_state *state)
{
    struct removal *removal = state->input;
    if (key == OPT_YES)
        removal->yes = 1;
    else if (key == OPT_PATIENT)
        removal->patient = arg;
    else if (key == ARGP_KEY_ARG && !removal->session)
        removal->session = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "one session at a time, please");
    else if (key != ARGP_KEY_END)
        return ARGP_ERR_UNKNOWN;
    else if (!removal->session == !removal->patient)
        argp_error(state, "either a SESSION or --patient NAME, please");
    return 0;
}

static const struct argp removal_argp = {
    removal_options,
    parse_removal,
    "[SESSION]",
    "Deletes a session, or a patient with all of theirs.\v"
    "Gone means gone: the rows are overwritten and the store's file is written anew without them. Copies and "
    "exports "
    "that you made are yours to delete. Without --yes nothing is deleted.\n\n"
    "Example: plumb sessions delete --patient Anna --yes",
    NULL,
    NULL,
    NULL};

static int tell_session(void *context, const struct plumb_store_session *session)
{
    int64_t wanted = *(const int64_t *)context;
    if (!wanted || session->id == wanted)
        printf(
            "session %lld: %s, %s, %.1f min\n", (long long)session->id, session->alias,
            session->exercise_name, session->duration_s / 60);
    return 0;
}

/* With all that is kept of the person: the sessions, and the limits. */
static int remove_person(struct plumb_store *store, int64_t id, struct plumb_message *message)
{
    struct plumb_dossier_patient who = {0};
    int fail = plumb_sessions_who(store, id, &who, message);
    if (!fail)
        fail = plumb_store_delete_patient(store, id, message);
    return fail ? fail : plumb_patient_limits_delete(who.alias, message);
}

/* Says what goes, and lets it go where that was asked for. */
static int remove_it(struct plumb_store *store, const struct removal *removal, struct plumb_message *message)
{
    int64_t id = removal->patient ? plumb_sessions_patient(store, removal->patient, message)
                                  : plumb_store_find(store, removal->session, message);
    if (id < 0)
        return (int)id;
    int64_t every = 0, *only = removal->patient ? &every : &id;
    struct plumb_store_query query = {.patient_id = removal->patient ? id : 0};
    int fail = plumb_store_sessions(store, &query, tell_session, only, message);
    if (fail)
        return fail;
    if (!removal->yes) {
        fputs("plumb: nothing was deleted; with --yes this goes, for good\n", stderr);
        return PLUMB_USAGE;
    }
    return removal->patient ? remove_person(store, id, message)
                            : plumb_store_delete_session(store, id, message);
}

int plumb_sessions_delete(int argc, char **argv)
{
    int fail = 0;
    struct removal removal = {0};
    struct plumb_message message = {""};
    argp_parse(&removal_argp, argc, argv, 0, NULL, &removal);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    if (store)
        fail = remove_it(store, &removal, &message);
    if (!fail)
        fputs("plumb: deleted\n", stderr);
    if (fail == PLUMB_USAGE && !message.text[0]) { /* it has been said */
        plumb_store_close(store);
        return PLUMB_EXIT_USAGE;
    }
    return plumb_sessions_end(store, fail, &message);
}

/* ---- backup, restore */

static error_t parse_file(int key, char *arg, struct argp_state *state)
{
    const char **file = state->input;
    if (key == ARGP_KEY_ARG && !*file)
        *file = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "one file, please");
    else if (key != ARGP_KEY_END)
        return ARGP_ERR_UNKNOWN;
    else if (!*file)
        argp_error(state, "which file?");
    return 0;
}

static const struct argp backup_argp = {
    NULL,
    parse_file,
    "FILE",
    "Writes a copy of the whole store into one file, while it may be in use.\v"
    "Only you can read the copy; keep it where health data may be kept.\n\nExample: plumb sessions backup "
    "plumb-2026-11-29.db",
    NULL,
    NULL,
    NULL};

static const struct argp restore_argp = {
    NULL,
    parse_file,
    "FILE",
    "Brings a copy back that plumb sessions backup wrote.\v"
    "What is in the store now is kept beside it under a dated name. To add the sessions of another store to "
    "yours "
    "instead, use plumb import FILE.\n\nExample: plumb sessions restore plumb-2026-11-29.db",
    NULL,
    NULL,
    NULL};

static int tell_copy(void *context, int left, int of)
{
    plumb_progress_show(context, of > 0 ? 1 - (double)left / of : 1);
    return 0;
}

int plumb_sessions_backup(int argc, char **argv)
{
    int fail = 0;
    const char *file = NULL;
    struct plumb_message message = {""};
    struct plumb_progress progress;
    argp_parse(&backup_argp, argc, argv, 0, NULL, &file);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    plumb_progress_init(&progress, isatty(STDERR_FILENO));
    if (store)
        fail = plumb_store_backup(store, file, tell_copy, &progress, &message);
    plumb_progress_clear(&progress);
    if (store && !fail)
        printf("%s\n", file);
    return plumb_sessions_end(store, fail, &message);
}

int plumb_sessions_restore(int argc, char **argv)
{
    int fail = 0;
    char kept[PLUMB_STORE_PATH_N];
    const char *file = NULL;
    struct plumb_message message = {""};
    struct plumb_progress progress;
    argp_parse(&restore_argp, argc, argv, 0, NULL, &file);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    plumb_progress_init(&progress, isatty(STDERR_FILENO));
    if (store)
        fail = plumb_store_restore(store, file, kept, tell_copy, &progress, &message);
    plumb_progress_clear(&progress);
    if (store && !fail)
        printf("restored; what was there before is %s\n", kept);
    return plumb_sessions_end(store, fail, &message);
}
