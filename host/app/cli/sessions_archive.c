/* plumb sessions archive: one session out as a file, behind a passphrase where one is given, and in again. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../export/json.h"
#include "../../io/file_read.h"
#include "../../io/message_fail.h"
#include "../../store/passing.h"
#include "../../store/seal.h"
#include "import.h"
#include "sessions.h"

#define PASSPHRASE_MOST 4096

struct archive {
    const char *way, *what, *out, *passphrase_file;
};

enum { OPT_OUT = 'o', OPT_PASSPHRASE = 'P' };

static const struct argp_option option_table[] = {
    {"out", OPT_OUT, "FILE", 0, "archive out: where to", 0},
    {"passphrase-file", OPT_PASSPHRASE, "FILE", 0, "its first line is the passphrase; without: not sealed",
     0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct archive *archive = state->input;
    switch (key) {
    case OPT_OUT:
        archive->out = arg;
        return 0;
    case OPT_PASSPHRASE:
        archive->passphrase_file = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (archive->way && archive->what)
            argp_error(state, "too many words");
        *(archive->way ? &archive->what : &archive->way) = arg;
        return 0;
    case ARGP_KEY_END:
        if (!archive->what || (strcmp(archive->way, "out") != 0 && strcmp(archive->way, "in") != 0))
            argp_error(state, "archive out SESSION -o FILE, or archive in FILE");
        if (strcmp(archive->way, "out") == 0 && !archive->out)
            argp_error(state, "archive out wants -o FILE");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    "out SESSION\nin FILE",
    "Takes a session out of the store into one file, or such a file into the store.\v"
    "With a passphrase the file is sealed (Argon2id, XChaCha20-Poly1305): who does not have it can neither "
    "read nor "
    "change it unnoticed. Nobody can bring a lost passphrase back.\n\n"
    "Example: plumb sessions archive out last -o anna.plumb --passphrase-file secret.txt",
    NULL,
    NULL,
    NULL};

static int read_passphrase(const char *path, char passphrase[PASSPHRASE_MOST], struct plumb_message *message)
{
    char *text = NULL;
    size_t n = 0;
    int fail = plumb_file_read(&text, &n, path, PASSPHRASE_MOST - 1, message);
    if (!fail)
        snprintf(passphrase, PASSPHRASE_MOST, "%.*s", (int)strcspn(text, "\r\n"), text);
    free(text);
    return fail;
}

/* ---- out */

static int
write_json(struct plumb_store *store, const char *words, const char *path, struct plumb_message *message)
{
    static const char *const options[] = {"rows=none", NULL};
    struct plumb_export_job job = {.path = path, .force = 1, .options = options};
    struct plumb_dossier dossier;
    int64_t id = plumb_store_find(store, words, message);
    int fail = id < 0 ? (int)id : plumb_store_dossier(store, id, &dossier, message);
    if (fail)
        return fail;
    fail = plumb_export(&plumb_exporter_json, &job, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}

static int take_out(
    struct plumb_store *store, const struct archive *archive, const char *passphrase,
    struct plumb_message *message)
{
    struct plumb_passing passing;
    if (!passphrase)
        return write_json(store, archive->what, archive->out, message);
    int fail = plumb_passing_make(&passing, message);
    if (fail)
        return fail;
    fail = write_json(store, archive->what, passing.path, message);
    if (!fail)
        fail = plumb_seal_file(passing.path, archive->out, passphrase, message);
    plumb_passing_remove(&passing);
    return fail;
}

/* ---- in */

static int
import_it(struct plumb_store *store, const char *path, const char *name, struct plumb_message *message)
{
    int was_there = 0;
    struct plumb_import import = {0};
    int64_t id = plumb_import_file(&import, store, path, &was_there, message);
    if (id < 0)
        return (int)id;
    if (was_there)
        fprintf(stderr, "plumb: %s: is in the store already\n", name);
    printf("session %lld: %s\n", (long long)id, name);
    return 0;
}

static int take_in(
    struct plumb_store *store, const struct archive *archive, const char *passphrase,
    struct plumb_message *message)
{
    struct plumb_passing passing;
    if (!plumb_seal_is_file(archive->what))
        return import_it(store, archive->what, archive->what, message);
    if (!passphrase)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: is sealed: --passphrase-file FILE opens it", archive->what);
    int fail = plumb_passing_make(&passing, message);
    if (fail)
        return fail;
    fail = plumb_unseal_file(archive->what, passing.path, passphrase, message);
    if (!fail)
        fail = import_it(store, passing.path, archive->what, message);
    plumb_passing_remove(&passing);
    return fail;
}

int plumb_sessions_archive(int argc, char **argv)
{
    int fail = 0;
    char passphrase[PASSPHRASE_MOST] = "";
    struct archive archive = {0};
    struct plumb_message message = {""};
    argp_parse(&argp, argc, argv, 0, NULL, &archive);
    if (archive.passphrase_file)
        fail = read_passphrase(archive.passphrase_file, passphrase, &message);
    if (fail)
        return plumb_complain(fail, &message);
    struct plumb_store *store = plumb_sessions_open(&fail, &message);
    const char *with = archive.passphrase_file ? passphrase : NULL;
    if (store)
        fail = strcmp(archive.way, "out") == 0 ? take_out(store, &archive, with, &message)
                                               : take_in(store, &archive, with, &message);
    memset(passphrase, 0, sizeof passphrase);
    if (store && !fail && archive.out)
        printf("%s\n", archive.out);
    return plumb_sessions_end(store, fail, &message);
}
