/* Two passes over the rows: which angles are ever known and where the rows lie; then record by record. */
#include "edf.h"

#include <edflib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../io/message_fail.h"
#include "edf_file.h"

/* ---- the first pass */

struct survey {
    struct plumb_edf_scan scan;
    unsigned seen;
};

static int each_row(
    struct plumb_edf *edf, struct plumb_dossier *dossier,
    int (*take)(struct plumb_edf *edf, void *context, const struct plumb_dossier_row *row), void *context,
    struct plumb_message *message)
{
    struct plumb_dossier_row row;
    int more = 1, fail = plumb_dossier_rewind(dossier, message);
    for (size_t i = 0; !fail && more > 0; i++) {
        more = plumb_dossier_next(dossier, &row, message);
        fail = more < 0 ? more : plumb_job_tell(&edf->job, i, dossier->rows_n, message);
        if (more > 0 && !fail)
            fail = take(edf, context, &row);
    }
    if (fail == PLUMB_FAILED && !message->text[0])
        plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be written: is the disk full?", edf->job.path);
    return fail;
}

static int survey_row(struct plumb_edf *edf, void *context, const struct plumb_dossier_row *row)
{
    struct survey *survey = context;
    (void)edf;
    plumb_edf_scan_row(&survey->scan, row->sample.t_s);
    survey->seen |= plumb_edf_angles_known(&row->angles);
    return 0;
}

struct count {
    double last_s;
    size_t place;
};

static int count_row(struct plumb_edf *edf, void *context, const struct plumb_dossier_row *row)
{
    struct count *count = context;
    double dt_s = row->sample.t_s - count->last_s;
    if (edf->rows_n++) {
        count->place = plumb_edf_place_after(count->place, dt_s, edf->step_s);
        edf->gaps_n += dt_s > PLUMB_EDF_GAP_STEPS * edf->step_s;
    }
    count->last_s = row->sample.t_s;
    return 0;
}

static int count_note(void *context, const struct plumb_edf_note *note)
{
    (void)note;
    ++*(size_t *)context;
    return 0;
}

static int survey(struct plumb_edf *edf, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct survey *survey = calloc(1, sizeof *survey);
    struct count count = {0, 0};
    if (!survey)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: not enough memory", edf->job.path);
    int fail = each_row(edf, dossier, survey_row, survey, message);
    if (!fail && survey->scan.rows_n < 2)
        fail = plumb_message_fail(message, PLUMB_USAGE, "%s: a session of less than two rows", edf->job.path);
    edf->step_s = plumb_edf_scan_step_s(&survey->scan);
    if (!fail)
        fail = each_row(edf, dossier, count_row, &count, message);
    plumb_edf_notes(edf, dossier, count_note, &edf->annotations_n);
    edf->annotations_n += edf->gaps_n;
    plumb_edf_signals_make(&edf->signals, survey->seen, dossier->roles);
    plumb_edf_grid_make(
        &edf->grid, survey->scan.first_s, survey->scan.last_s, count.place + 1, edf->annotations_n);
    free(survey);
    return fail;
}

/* ---- the second pass */

static int *value_at(const struct plumb_edf *edf, int signal, size_t place)
{
    return &edf->record[(size_t)signal * (size_t)edf->grid.record_n + place];
}

static int write_record(struct plumb_edf *edf)
{
    for (int i = 0; i < edf->signals.n; i++)
        if (edfwrite_digital_samples(edf->handle, value_at(edf, i, 0)))
            return PLUMB_FAILED;
    edf->filled = 0;
    return 0;
}

/* The library would cut off instead of rounding. */
static int digital(const struct plumb_edf *edf, double share)
{
    return (int)lround(fmax(-1, fmin(1, share)) * (edf->bdf ? PLUMB_BDF_DIGITAL : PLUMB_EDF_DIGITAL));
}

/* One place: what the row says, what is not known held as it was last; NULL: no row, all held and unknown. */
static int put_place(struct plumb_edf *edf, const struct plumb_dossier_row *row)
{
    static const struct plumb_dossier_row none = {
        .angles = {NAN, NAN, NAN, NAN, NAN, NAN}, .zone = PLUMB_OFF};
    for (int i = 0; i < edf->signals.n; i++) {
        double value = plumb_edf_value(&edf->signals.list[i], row ? row : &none);
        edf->clipped_n += fabs(value) > edf->signals.list[i].most;
        if (!isnan(value))
            edf->held[i] = digital(edf, value / edf->signals.list[i].most);
        *value_at(edf, i, edf->filled) = edf->held[i];
    }
    edf->filled++;
    return edf->filled == (size_t)edf->grid.record_n ? write_record(edf) : 0;
}

static int tell_gap(struct plumb_edf *edf, double begin_s, double end_s)
{
    struct plumb_edf_note note = {
        begin_s - edf->grid.first_s, end_s - begin_s, "no data: the last values are held"};
    return plumb_edf_annotate(edf, &note);
}

static int put_row(struct plumb_edf *edf, void *context, const struct plumb_dossier_row *row)
{
    struct count *count = context;
    double dt_s = row->sample.t_s - count->last_s;
    int fail = 0;
    if (edf->rows_n++) {
        size_t place = plumb_edf_place_after(count->place, dt_s, edf->step_s);
        for (size_t empty = count->place + 1; empty < place && !fail; empty++)
            fail = put_place(edf, NULL);
        if (dt_s > PLUMB_EDF_GAP_STEPS * edf->step_s && !fail)
            fail = tell_gap(edf, count->last_s, row->sample.t_s);
        count->place = place;
    }
    count->last_s = row->sample.t_s;
    return fail ? fail : put_place(edf, row);
}

static int put_note(void *context, const struct plumb_edf_note *note)
{
    return plumb_edf_annotate(context, note);
}

/* The last record is filled up, as unknown. */
static int fill_up(struct plumb_edf *edf)
{
    int fail = 0;
    while (edf->filled && !fail)
        fail = put_place(edf, NULL);
    return fail;
}

static int write_all(struct plumb_edf *edf, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct count count = {0, 0};
    size_t values = (size_t)edf->signals.n * (size_t)edf->grid.record_n;
    edf->record = calloc(values, sizeof *edf->record);
    if (!edf->record)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: not enough memory", edf->job.path);
    edf->rows_n = 0;
    int fail = plumb_edf_open(edf, dossier, message);
    fail = fail ? fail : each_row(edf, dossier, put_row, &count, message);
    if (!fail && (fill_up(edf) || plumb_edf_notes(edf, dossier, put_note, edf)))
        fail = plumb_message_fail(
            message, PLUMB_FAILED, "%s: cannot be written: is the disk full?", edf->job.path);
    return fail ? fail : plumb_edf_close(edf, message);
}

/* ---- the exporter */

static void drop(void *self)
{
    struct plumb_edf *edf = self;
    if (!edf)
        return;
    if (edf->handle >= 0)
        edfclose_file(edf->handle);
    plumb_place_drop(&edf->place);
    free(edf->record);
    free(edf);
}

static void *begin(int bdf, const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct plumb_edf *edf = calloc(1, sizeof *edf);
    if (!edf) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: not enough memory", job->path);
        return NULL;
    }
    edf->job = *job;
    edf->bdf = bdf;
    edf->handle = -1;
    *fail = job->dry_run ? plumb_place_check(job, PLUMB_PLACE_FILE, NULL, message)
                         : plumb_place_begin(&edf->place, job, PLUMB_PLACE_FILE, NULL, message);
    if (*fail) {
        free(edf);
        return NULL;
    }
    return edf;
}

static void *begin_edf(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    return begin(0, job, fail, message);
}

static void *begin_bdf(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    return begin(1, job, fail, message);
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_edf *edf = self;
    int fail = survey(edf, dossier, message);
    return fail || edf->job.dry_run ? fail : write_all(edf, dossier, message);
}

static void say_what(const struct plumb_edf *edf)
{
    char what[160];
    snprintf(
        what, sizeof what, "%d signals of %zu samples at %.4f Hz, %zu annotations", edf->signals.n,
        edf->grid.places_n, 1 / edf->grid.period_s, edf->annotations_n);
    plumb_job_say_file(&edf->job, edf->job.path, what);
    if (edf->cut_n)
        plumb_job_say(
            &edf->job,
            "%zu texts are longer than the 40 bytes that the format holds: json and csv have them whole",
            edf->cut_n);
    if (edf->clipped_n)
        plumb_job_say(&edf->job, "%zu values lie beyond the range and were cut to it", edf->clipped_n);
    if (edf->gaps_n)
        plumb_job_say(&edf->job, "%zu gaps: the last values are held there, and marked", edf->gaps_n);
}

static int end(void *self, struct plumb_message *message)
{
    struct plumb_edf *edf = self;
    int fail = edf->job.dry_run ? 0 : plumb_place_take(&edf->place, message);
    if (!fail)
        say_what(edf);
    drop(edf);
    return fail;
}

const struct plumb_exporter plumb_exporter_edf = {
    .id = "edf",
    .summary = PLUMB_SAID("EDF+, 16 bit: traces, sensors and annotations for clinical viewers"),
    .extension = ".edf",
    .begin = begin_edf,
    .session = session,
    .end = end,
    .drop = drop};

const struct plumb_exporter plumb_exporter_bdf = {
    .id = "bdf",
    .summary = PLUMB_SAID("BDF+, the same with 24 bit"),
    .extension = ".bdf",
    .begin = begin_bdf,
    .session = session,
    .end = end,
    .drop = drop};
