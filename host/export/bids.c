#include "bids.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../core/said.h"
#include "../io/message_fail.h"
#include "bids_parts.h"
#include "json.h"
#include "when.h"

/* ---- one session */

static const char *sex_of(char sex)
{
    return sex == 'F' ? "F" : sex == 'M' ? "M" : sex == 'X' ? "O" : "n/a";
}

static int add_participant(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_dossier_patient who = plumb_job_patient(&bids->job, dossier);
    char key[PLUMB_NAME_N + 8], line[2 * PLUMB_NAME_N], year[12] = "n/a", path[PLUMB_PLACE_N];
    if (who.birth_year)
        snprintf(year, sizeof year, "%d", who.birth_year);
    snprintf(key, sizeof key, "sub-%s", session->sub);
    snprintf(line, sizeof line, "%s\t%s\t%s", key, sex_of(who.sex), year);
    int fail = plumb_bids_path(bids, PLUMB_BIDS_PEOPLE, path, message);
    return fail ? fail : plumb_bids_add_line(path, PLUMB_BIDS_PEOPLE_HEADER, key, line, message);
}

static int add_scan(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_dossier *dossier, struct plumb_message *message)
{
    char name[PLUMB_BIDS_PATH_N], key[PLUMB_BIDS_PATH_N], line[2 * PLUMB_BIDS_PATH_N],
        when[PLUMB_WHEN_N] = "n/a", path[PLUMB_PLACE_N];
    int64_t begun_us = plumb_job_begun_utc_us(&bids->job, dossier);
    if (begun_us)
        plumb_when_utc(when, begun_us);
    snprintf(name, sizeof name, "%s/sub-%s_ses-%s_scans.tsv", session->folder, session->sub, session->ses);
    snprintf(key, sizeof key, "motion/%s_tracksys-plumb_motion.tsv", session->stem);
    snprintf(line, sizeof line, "%s\t%s", key, when);
    int fail = plumb_bids_path(bids, name, path, message);
    return fail ? fail : plumb_bids_add_line(path, "filename\tacq_time\n", key, line, message);
}

static void name_source(
    char out[PLUMB_BIDS_PATH_N], const struct plumb_bids_session *session,
    const struct plumb_dossier *dossier)
{
    snprintf(out, PLUMB_BIDS_PATH_N, "sourcedata/%s.json", *dossier->uuid ? dossier->uuid : session->stem);
}

/* What was received, as plumb import reads it back. Without names there is none: it tells whose it is. */
static int write_source(
    const struct plumb_bids *bids, const struct plumb_bids_session *session, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    const char *rows[] = {dossier->kept ? "rows=none" : "rows=all", NULL};
    char name[PLUMB_BIDS_PATH_N], path[PLUMB_PLACE_N];
    if (bids->job.deidentify)
        return 0;
    name_source(name, session, dossier);
    int fail = plumb_bids_path(bids, name, path, message);
    struct plumb_export_job job = {
        .path = path,
        .force = 1,
        .options = rows,
        .progress = bids->job.progress,
        .context = bids->job.context};
    return fail ? fail : plumb_export(&plumb_exporter_json, &job, dossier, message);
}

static int
write_session(struct plumb_bids *bids, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_bids_session session;
    int fail = plumb_bids_name(bids, dossier, &session, message);
    if (fail)
        return fail;
    if (bids->job.dry_run) {
        plumb_job_say(&bids->job, "would write %s/%s", bids->job.path, session.folder);
        return 0;
    }
    fail = plumb_bids_motion(bids, &session, dossier, message);
    if (!fail)
        fail = plumb_bids_events(bids, &session, dossier, message);
    if (!fail)
        fail = add_scan(bids, &session, dossier, message);
    if (!fail)
        fail = write_source(bids, &session, dossier, message);
    return fail ? fail : add_participant(bids, &session, dossier, message);
}

/* ---- the exporter */

static int begin_place(struct plumb_bids *bids, struct plumb_message *message)
{
    char sign[PLUMB_PLACE_N];
    snprintf(sign, sizeof sign, "%s/" PLUMB_BIDS_SIGN, bids->job.path);
    bids->appending = bids->job.append && access(sign, F_OK) == 0;
    if (bids->appending)
        return plumb_bids_append_begin(bids, message);
    int fail = plumb_place_begin(&bids->place, &bids->job, PLUMB_PLACE_FOLDER, PLUMB_BIDS_SIGN, message);
    snprintf(bids->base, sizeof bids->base, "%s", bids->place.part);
    return fail || bids->job.dry_run ? fail : plumb_bids_dataset(bids, message);
}

static void drop(void *self)
{
    struct plumb_bids *bids = self;
    if (!bids)
        return;
    if (bids->appending)
        plumb_bids_append_drop(bids);
    else
        plumb_place_drop(&bids->place);
    free(bids->known);
    free(bids);
}

static void *begin(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct plumb_bids *bids = calloc(1, sizeof *bids);
    if (!bids) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path);
        return NULL;
    }
    bids->job = *job;
    bids->turn = -1;
    *fail = begin_place(bids, message);
    if (!*fail)
        return bids;
    drop(bids);
    return NULL;
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_bids *bids = self;
    int fail = write_session(bids, dossier, message);
    bids->sessions_n += !fail;
    return fail;
}

static int end(void *self, struct plumb_message *message)
{
    struct plumb_bids *bids = self;
    char what[120];
    int fail =
        bids->appending ? plumb_bids_append_take(bids, message) : plumb_place_take(&bids->place, message);
    snprintf(
        what, sizeof what, "%zu session%s%s", bids->sessions_n, bids->sessions_n == 1 ? "" : "s",
        bids->appending ? " more" : "");
    if (!fail)
        plumb_job_say_file(&bids->job, bids->job.path, what);
    bids->place.part[0] = '\0';
    drop(bids);
    return fail;
}

static const struct plumb_export_option options[] = {
    {"name", "TEXT", "the dataset's name"},
    {"license", "TEXT", "its licence (default n/a)"},
    {NULL, NULL, NULL}};

const struct plumb_exporter plumb_exporter_bids = {
    .id = "bids",
    .summary = PLUMB_SAID("a Motion-BIDS dataset, of one session or many"),
    .extension = "",
    .many = 1,
    .appends = 1,
    .options = options,
    .begin = begin,
    .session = session,
    .end = end,
    .drop = drop};
