/* plumb sessions note, tag: the user's words about a session. */
#include <stdio.h>

#include "sessions.h"

struct words {
    const char *session, *text;
};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct words *words = state->input;
    if (key == ARGP_KEY_ARG && !words->session)
        words->session = arg;
    else if (key == ARGP_KEY_ARG && !words->text)
        words->text = arg;
    else if (key == ARGP_KEY_ARG)
        argp_error(state, "too many words: put the text in quotes");
    else if (key != ARGP_KEY_END)
        return ARGP_ERR_UNKNOWN;
    else if (!words->text)
        argp_error(state, "which session, and what about it?");
    return 0;
}

static const struct argp note_argp = {
    NULL,
    parse,
    "SESSION TEXT",
    "Writes a note about a session, in place of the one before.\v"
    "The store keeps the older ones too. Example: plumb sessions note last \"left knee was sore\"",
    NULL,
    NULL,
    NULL};

static const struct argp tag_argp = {
    NULL,
    parse,
    "SESSION WORDS",
    "Gives a session tags, in place of those before; \"\" takes them away.\v"
    "plumb sessions list --search finds them. Example: plumb sessions tag last \"after-surgery week-3\"",
    NULL,
    NULL,
    NULL};

static int annotate(int argc, char **argv, const struct argp *argp, int is_note)
{
    struct words words = {NULL, NULL};
    struct plumb_message message = {""};
    int fail = 0;
    argp_parse(argp, argc, argv, 0, NULL, &words);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    int64_t id = store ? plumb_store_find(store, words.session, &message) : 0;
    if (id > 0)
        fail = plumb_store_annotate(
            store, id, is_note ? words.text : NULL, is_note ? NULL : words.text, &message);
    return plumb_sessions_end(store, id < 0 ? (int)id : fail, &message);
}

int plumb_sessions_note(int argc, char **argv)
{
    return annotate(argc, argv, &note_argp, 1);
}

int plumb_sessions_tag(int argc, char **argv)
{
    return annotate(argc, argv, &tag_argp, 0);
}
