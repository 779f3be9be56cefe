#include "intake.h"

#include <stdlib.h>
#include <string.h>

#include "../core/units.h"
#include "../io/message_fail.h"
#include "carry.h"
#include "passing.h"

struct plumb_intake {
    struct plumb_intake_about about;
    struct plumb_passing passing;
    struct plumb_keep *keep;
    int64_t session_id; /* in the passing store */
    double first_s;
    int begun;
};

struct plumb_intake *
plumb_intake_begin(const struct plumb_intake_about *about, int *fail, struct plumb_message *message)
{
    struct plumb_intake *intake = calloc(1, sizeof *intake);
    *fail = intake ? plumb_passing_make(&intake->passing, message)
                   : plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the recording");
    if (!*fail) {
        intake->about = *about;
        intake->about.begin.store = intake->passing.path;
        intake->about.begin.host_us = 0;
        intake->about.begin.waits = 1;
        intake->keep = plumb_keep_begin(&intake->about.begin, fail, message);
    }
    if (!*fail) {
        intake->session_id = plumb_keep_session(intake->keep);
        return intake;
    }
    plumb_intake_drop(intake);
    return NULL;
}

void plumb_intake_drop(struct plumb_intake *intake)
{
    if (!intake)
        return;
    plumb_keep_end(intake->keep, "given up", NULL);
    plumb_passing_remove(&intake->passing);
    free(intake);
}

/* ---- rows */

static int told(const struct plumb_intake *intake, int fail, struct plumb_message *message)
{
    return fail ? plumb_message_fail(message, fail, "%s", plumb_keep_message(intake->keep)) : 0;
}

int plumb_intake_sample(
    struct plumb_intake *intake, const struct plumb_sample *sample, struct plumb_message *message)
{
    if (!intake->begun)
        intake->first_s = sample->t_s;
    intake->begun = 1;
    int64_t host_us = (int64_t)((sample->t_s - intake->first_s) * PLUMB_US_PER_S + 0.5);
    return told(intake, plumb_keep_sample(intake->keep, host_us, sample), message);
}

int plumb_intake_mark(
    struct plumb_intake *intake, double t_s, const char *text, struct plumb_message *message)
{
    return told(intake, plumb_keep_mark(intake->keep, t_s, text), message);
}

/* ---- over to the store */

/* The clock that is shown was the user's then, not this machine's now. */
static void set_offset(struct plumb_kept *row, int utc_offset_s)
{
    for (int i = 0; i < row->fields_n; i++)
        if (strcmp(row->fields[i].name, "utc_offset_s") == 0)
            row->fields[i].integer = utc_offset_s;
}

static int64_t carry(
    const struct plumb_intake *intake, struct plumb_dossier *from, struct plumb_store *store,
    struct plumb_message *message)
{
    struct plumb_kept row;
    int fail, more = 0, was_there;
    struct plumb_take *take = plumb_take_begin(store, intake->about.begin.patient, &fail, message);
    if (!take)
        return fail;
    while (!fail && (more = from->next_kept(from->kept, &row, message)) > 0) {
        set_offset(&row, intake->about.utc_offset_s);
        fail = plumb_take_row(take, &row, message);
    }
    if (!fail && more == 0)
        return plumb_take_end(take, &was_there, message);
    plumb_take_drop(take);
    return fail ? fail : more;
}

static int64_t
carry_over(const struct plumb_intake *intake, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_dossier dossier = {0};
    int fail = 0;
    struct plumb_store *passing = plumb_store_open(intake->passing.path, &fail, message);
    if (!passing)
        return fail;
    if (intake->about.note || intake->about.tags)
        fail = plumb_store_annotate(
            passing, intake->session_id, intake->about.note, intake->about.tags, message);
    if (!fail)
        fail = plumb_store_kept(passing, intake->session_id, &dossier, message);
    int64_t id = fail ? fail : carry(intake, &dossier, store, message);
    plumb_dossier_free(&dossier);
    plumb_store_close(passing);
    return id;
}

int64_t
plumb_intake_end(struct plumb_intake *intake, struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_keep *keep = intake->keep;
    intake->keep = NULL;
    int fail = plumb_keep_end(keep, intake->about.ended ? intake->about.ended : "done", message);
    if (!fail && !intake->begun)
        fail = plumb_message_fail(message, PLUMB_DAMAGED, "a recording wants at least one row, found none");
    int64_t id = fail ? fail : carry_over(intake, store, message);
    plumb_intake_drop(intake);
    return id;
}
