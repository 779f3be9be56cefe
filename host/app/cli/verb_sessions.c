/* plumb sessions: the verbs over the store. */
#include <stdio.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "sessions.h"

static const struct row {
    const char *id, *args, *summary;
    int (*run)(int argc, char **argv);
} rows[] = {
    {"list", "[--patient NAME] [--search TEXT] [--json]", "the sessions, the newest first",
     plumb_sessions_list},
    {"show", "[SESSION]", "what was found in one; the last one where none is named", plumb_sessions_show},
    {"compare", "[SESSION SESSION]", "two sessions, or a person's sides and weeks", plumb_sessions_compare},
    {"note", "SESSION TEXT", "a note about a session, in place of the one before", plumb_sessions_note},
    {"tag", "SESSION WORDS", "tags of a session, in place of those before", plumb_sessions_tag},
    {"patients", "[set NAME ...]", "who is in the store; corrects a name, code, sex or year of birth",
     plumb_sessions_patients},
    {"rebuild", "[--all]", "finds again what an older version has found", plumb_sessions_rebuild},
    {"delete", "SESSION|--patient NAME --yes", "gone means gone", plumb_sessions_delete},
    {"archive", "out SESSION -o FILE | in FILE", "one session as a file, behind a passphrase if you like",
     plumb_sessions_archive},
    {"backup", "FILE", "a copy of the whole store", plumb_sessions_backup},
    {"restore", "FILE", "brings a copy back; what is there is kept beside it", plumb_sessions_restore},
};

#define ROWS_N (sizeof rows / sizeof *rows)

static void print_help(FILE *to)
{
    fputs(
        "Usage: plumb sessions VERB [OPTION...]\n"
        "Lists, shows, compares and keeps the sessions of the store.\n\n",
        to);
    for (size_t i = 0; i < ROWS_N; i++)
        fprintf(to, "  %-9s %-42s %s\n", rows[i].id, rows[i].args, rows[i].summary);
    fputs(
        "\nSESSION is \"last\", a number of the list, or the beginning of a session's id (uuid).\n"
        "plumb sessions VERB --help tells more. Example: plumb sessions compare --patient Anna --exercise "
        "supine-edge\n",
        to);
}

int plumb_verb_sessions(int argc, char **argv)
{
    const char *which = argc > 1 ? argv[1] : "list";
    char name[64];
    if (strcmp(which, "--help") == 0 || strcmp(which, "-?") == 0) {
        print_help(stdout);
        return PLUMB_EXIT_DONE;
    }
    for (size_t i = 0; i < ROWS_N; i++) {
        if (strcmp(rows[i].id, which) != 0)
            continue;
        snprintf(name, sizeof name, "plumb sessions %s", which);
        char *alone[] = {name, NULL};
        if (argc < 2)
            return rows[i].run(1, alone);
        argv[1] = name;
        return rows[i].run(argc - 1, argv + 1);
    }
    fprintf(stderr, "plumb sessions: there is no \"%s\"\n", which);
    print_help(stderr);
    return PLUMB_EXIT_USAGE;
}

struct plumb_store *plumb_sessions_open(int *fail, struct plumb_message *message)
{
    struct plumb_store *store = plumb_store_open(NULL, fail, message);
    if (store) {
        plumb_tell_news(message);
        message->text[0] = '\0';
    }
    return store;
}

int64_t plumb_sessions_patient(struct plumb_store *store, const char *words, struct plumb_message *message)
{
    int64_t id = plumb_store_patient(store, words, 0, message);
    return id ? id
              : plumb_message_fail(
                    message, PLUMB_USAGE,
                    "there is no patient \"%.100s\" (plumb sessions patients lists them)", words);
}

int plumb_sessions_end(struct plumb_store *store, int fail, const struct plumb_message *message)
{
    plumb_store_close(store);
    return fail < 0 ? plumb_complain(fail, message) : PLUMB_EXIT_DONE;
}
