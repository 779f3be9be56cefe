/* The files of the dataset itself, its tables, and the names in it. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/file_read.h"
#include "../io/message_fail.h"
#include "bids_parts.h"
#include "when.h"

static const char readme[] =
    "Pelvic tilt during hip flexor stretches, recorded by Plumb with an inertial sensor clipped to the "
    "pelvis.\n\n"
    "For exercise and learning; not a medical device. Angles are changes from a neutral that is captured in "
    "each\n"
    "session: they compare within a session, not between sessions. Lumbar arching without a second sensor is "
    "inferred\n"
    "from the pelvis while lying. The limits behind the flags were chosen by the user or a "
    "physiotherapist.\n\n"
    "sourcedata/ holds, for each session, what was received, as JSON that plumb import reads back.\n";

static const char sign[] = "plumb export made this dataset: it adds to it (--append) and goes over it "
                           "(--force) where this file is.\n";

int plumb_bids_path(
    const struct plumb_bids *bids, const char *name, char out[PLUMB_PLACE_N], struct plumb_message *message)
{
    struct plumb_place base = {.kind = PLUMB_PLACE_FOLDER};
    snprintf(base.part, sizeof base.part, "%s", bids->base);
    return plumb_place_inside(&base, name, out, message);
}

int plumb_bids_json(
    const struct plumb_bids *bids, const char *name, json_t *object, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N];
    char *text = object ? json_dumps(object, JSON_INDENT(2) | JSON_REAL_PRECISION(12)) : NULL;
    json_decref(object);
    int fail = text ? plumb_bids_path(bids, name, path, message)
                    : plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", name);
    if (!fail)
        fail = plumb_file_save(path, text, strlen(text), message);
    free(text);
    return fail;
}

static int
save_text(const struct plumb_bids *bids, const char *name, const char *text, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N];
    int fail = plumb_bids_path(bids, name, path, message);
    return fail ? fail : plumb_file_save(path, text, strlen(text), message);
}

int plumb_bids_dataset(const struct plumb_bids *bids, struct plumb_message *message)
{
    const char *name = plumb_job_option(&bids->job, "name"),
               *license = plumb_job_option(&bids->job, "license");
    int fail = plumb_bids_json(
        bids, "dataset_description.json",
        json_pack(
            "{s:s, s:s, s:s, s:s, s:[{s:s, s:s}]}", "Name", name ? name : "Hip flexor stretches with Plumb",
            "BIDSVersion", "1.9.0", "DatasetType", "raw", "License", license ? license : "n/a", "GeneratedBy",
            "Name", "Plumb", "Description", "plumb export --format bids"),
        message);
    if (!fail)
        fail = plumb_bids_json(
            bids, "participants.json",
            json_pack(
                "{s:{s:s, s:{s:s, s:s, s:s}}, s:{s:s, s:s}}", "sex", "Description", "as the user has it",
                "Levels", "F", "female", "M", "male", "O", "other", "birth_year", "Description",
                "year of birth", "Units", "year"),
            message);
    if (!fail)
        fail = save_text(bids, "README", readme, message);
    return fail ? fail : save_text(bids, PLUMB_BIDS_SIGN, sign, message);
}

/* ---- tables */

int plumb_bids_has_line(const char *text, const char *key)
{
    size_t key_n = strlen(key);
    for (const char *line = text; line && *line; line = strchr(line, '\n')) {
        line += *line == '\n';
        if (strncmp(line, key, key_n) == 0 && line[key_n] == '\t')
            return 1;
    }
    return 0;
}

static size_t tabs_of(const char *line)
{
    size_t n = 0;
    for (; *line && *line != '\n'; line++)
        n += *line == '\t';
    return n;
}

/* The table with the line behind it: owned; NULL when memory is short. */
static char *with_line(const char *table, const char *line)
{
    size_t table_n = strlen(table), mine = tabs_of(line), theirs = tabs_of(table);
    size_t more_n = theirs > mine ? theirs - mine : 0, n = table_n + strlen(line) + 4 * more_n + 3;
    char *all = malloc(n);
    if (!all)
        return NULL;
    size_t at =
        (size_t)snprintf(all, n, "%s%s%s", table, table_n && table[table_n - 1] != '\n' ? "\n" : "", line);
    for (size_t i = 0; i < more_n; i++)
        at += (size_t)snprintf(all + at, n - at, "\tn/a");
    snprintf(all + at, n - at, "\n");
    return all;
}

int plumb_bids_add_line(
    const char *path, const char *header, const char *key, const char *line, struct plumb_message *message)
{
    char *old = NULL;
    size_t old_n = 0;
    int fail =
        access(path, F_OK) == 0 ? plumb_file_read(&old, &old_n, path, PLUMB_BIDS_TABLE_MOST, message) : 0;
    if (fail || (old && plumb_bids_has_line(old, key))) {
        free(old);
        return fail;
    }
    char *all = with_line(old && old_n ? old : header, line);
    fail = all ? plumb_file_save(path, all, strlen(all), message)
               : plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    free(all);
    free(old);
    return fail;
}

/* ---- names */

static unsigned hash(const char *text)
{
    unsigned value = 2166136261u; /* Fowler, Noll and Vo's, 32 bit */
    for (; *text; text++)
        value = (value ^ (unsigned char)*text) * 16777619u;
    return value;
}

static int is_in(const char *base, const char *folder)
{
    char path[PLUMB_PLACE_N];
    return snprintf(path, sizeof path, "%s/%s", base, folder) < (int)sizeof path && access(path, F_OK) == 0;
}

static int exists(const struct plumb_bids *bids, const char *folder)
{
    return is_in(bids->base, folder) || (bids->appending && is_in(bids->job.path, folder));
}

/* Of a code or an alias: the same for the same, and different for what only looks alike without its marks. */
static void label_of_name(char out[PLUMB_NAME_N], const char *name)
{
    char label[PLUMB_NAME_N];
    plumb_name_label(label, name, "someone");
    if (strcmp(label, name) == 0)
        snprintf(out, PLUMB_NAME_N, "%s", label);
    else
        snprintf(out, PLUMB_NAME_N, "%.80s%04x", label, hash(name) & 0xffffu);
}

/* Of nobody in particular: a number that is free; the same patient has the same within one export. */
static int label_nobody(
    struct plumb_bids *bids, const struct plumb_dossier *dossier, char out[PLUMB_NAME_N],
    struct plumb_message *message)
{
    struct plumb_bids_known now = {"", ""};
    snprintf(now.who, sizeof now.who, "%s %s", dossier->patient.alias, dossier->patient.code);
    for (size_t i = 0; i < bids->known_n; i++)
        if (strcmp(bids->known[i].who, now.who) == 0) {
            snprintf(out, PLUMB_NAME_N, "%s", bids->known[i].label);
            return 0;
        }
    struct plumb_bids_known *more = realloc(bids->known, (bids->known_n + 1) * sizeof *more);
    if (!more)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", bids->job.path);
    bids->known = more;
    for (int i = 1;; i++) {
        char folder[PLUMB_NAME_N + 8];
        snprintf(now.label, sizeof now.label, "%03d", i);
        snprintf(folder, sizeof folder, "sub-%s", now.label);
        if (!exists(bids, folder))
            break;
    }
    bids->known[bids->known_n++] = now;
    snprintf(out, PLUMB_NAME_N, "%s", now.label);
    return 0;
}

static void label_moment(char out[PLUMB_NAME_N], int64_t begun_us, int offset_s)
{
    struct plumb_when when = plumb_when_of(begun_us, offset_s);
    snprintf(
        out, PLUMB_NAME_N, "%04d%02d%02d%02d%02d%02d", when.year, when.month, when.day, when.hour,
        when.minute, when.second);
}

static int in_dataset(const struct plumb_bids *bids, const char *uuid)
{
    char folder[PLUMB_NAME_N + 40];
    snprintf(folder, sizeof folder, "sourcedata/%s.json", uuid);
    return *uuid && exists(bids, folder);
}

int plumb_bids_name(
    struct plumb_bids *bids, const struct plumb_dossier *dossier, struct plumb_bids_session *session,
    struct plumb_message *message)
{
    struct plumb_dossier_patient who = plumb_job_patient(&bids->job, dossier);
    int64_t begun_us = plumb_job_begun_utc_us(&bids->job, dossier);
    char base[PLUMB_NAME_N] = "";
    int fail = 0, i = 1;
    if (in_dataset(bids, plumb_job_uuid(&bids->job, dossier)))
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: has the session of %s already", bids->job.path, dossier->exercise.id);
    if (*who.code || *who.alias)
        label_of_name(session->sub, *who.code ? who.code : who.alias);
    else
        fail = label_nobody(bids, dossier, session->sub, message);
    if (begun_us)
        label_moment(base, begun_us, dossier->utc_offset_s);
    plumb_name_label(session->task, dossier->exercise.id, "stretch");
    do {
        if (!*base)
            snprintf(session->ses, sizeof session->ses, "%d", i);
        else if (i == 1)
            snprintf(session->ses, sizeof session->ses, "%.80s", base);
        else
            snprintf(session->ses, sizeof session->ses, "%.80sr%d", base, i);
        snprintf(session->folder, sizeof session->folder, "sub-%s/ses-%s", session->sub, session->ses);
        i++;
    } while (exists(bids, session->folder));
    snprintf(
        session->stem, sizeof session->stem, "sub-%s_ses-%s_task-%s", session->sub, session->ses,
        session->task);
    return fail;
}
