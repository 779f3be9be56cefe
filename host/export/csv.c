#include "csv.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../io/file_out.h"
#include "../io/message_fail.h"
#include "../io/raw_row.h"
#include "../io/save_trace.h"
#include "csv_parts.h"
#include "job.h"
#include "marker_queue.h"
#include "place.h"

enum part { PART_ALL, PART_RAW, PART_TRACE };
static const char *const part_names[] = {"all", "raw", "trace", NULL};

struct csv {
    struct plumb_export_job job;
    enum part part;
    struct plumb_place place; /* of PART_ALL */
    struct plumb_file_out *raw, *trace;
    double last_s;
    size_t unknown_n; /* markers that raw CSV has no word for */
    size_t left_out;  /* rows whose time did not rise by a microsecond */
    char what[256];   /* was written, in words */
};

static int ends_in(const char *text, const char *ending)
{
    size_t n = strlen(text), ending_n = strlen(ending);
    return n >= ending_n && strcmp(text + n - ending_n, ending) == 0;
}

static int begin_job(struct csv *csv, const struct plumb_export_job *job, struct plumb_message *message)
{
    int one_file = ends_in(job->path, ".csv") || ends_in(job->path, ".csv.gz") || !strcmp(job->path, "-");
    int part = plumb_job_choice(job, "part", part_names, one_file ? PART_RAW : PART_ALL, message);
    csv->job = *job;
    csv->last_s = -HUGE_VAL;
    if (part < 0)
        return part;
    csv->part = (enum part)part;
    if (csv->part != PART_ALL)
        return plumb_place_check(job, PLUMB_PLACE_FILE, NULL, message);
    if (one_file)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: all parts want a folder; part=raw or part=trace makes one file",
            job->path);
    return plumb_place_begin(&csv->place, job, PLUMB_PLACE_FOLDER, PLUMB_CSV_PACKAGE, message);
}

static void *begin(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct csv *csv = calloc(1, sizeof *csv);
    *fail = csv ? begin_job(csv, job, message)
                : plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path);
    if (!*fail)
        return csv;
    free(csv);
    return NULL;
}

/* The path of a part: in the folder, or the one file itself. */
static int
path_of(const struct csv *csv, const char *name, char out[PLUMB_PLACE_N], struct plumb_message *message)
{
    if (csv->part == PART_ALL)
        return plumb_place_inside(&csv->place, name, out, message);
    snprintf(out, PLUMB_PLACE_N, "%s", csv->job.path);
    return 0;
}

static int open_part(
    const struct csv *csv, enum part part, const char *name, struct plumb_file_out **out,
    const struct plumb_csv_row *header, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N];
    if (csv->part != PART_ALL && csv->part != part)
        return 0;
    int fail = path_of(csv, name, path, message);
    if (!fail)
        *out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    return fail ? fail : plumb_file_out_put(*out, header->text, header->n, message);
}

static int open_rows(struct csv *csv, const struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_csv_row row;
    plumb_raw_header(&row, dossier->roles | 1u << PLUMB_PELVIS);
    int fail = open_part(csv, PART_RAW, "raw.csv", &csv->raw, &row, message);
    plumb_trace_header(&row);
    return fail ? fail : open_part(csv, PART_TRACE, "trace.csv", &csv->trace, &row, message);
}

static int put_row(
    struct csv *csv, unsigned roles, const struct plumb_dossier_row *row, const char *marker,
    struct plumb_message *message)
{
    struct plumb_csv_row line;
    int fail = 0;
    if (csv->raw) {
        plumb_raw_row(&line, roles, &row->sample, marker);
        fail = plumb_file_out_put(csv->raw, line.text, line.n, message);
    }
    if (csv->trace && !fail) {
        plumb_trace_row(&line, row);
        fail = plumb_file_out_put(csv->trace, line.text, line.n, message);
    }
    return fail;
}

static int put_rows(struct csv *csv, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_dossier_row row;
    struct plumb_marker_queue queue;
    unsigned roles = dossier->roles | 1u << PLUMB_PELVIS;
    int more, fail = plumb_dossier_rewind(dossier, message);
    plumb_marker_queue_init(&queue, &csv->job, dossier);
    for (size_t i = 0; !fail && (more = plumb_dossier_next(dossier, &row, message)) != 0; i++) {
        if (more < 0)
            return more;
        double t_s = plumb_raw_time_s(row.sample.t_s);
        if (t_s > csv->last_s)
            fail = put_row(csv, roles, &row, plumb_marker_queue_next(&queue, t_s), message);
        else
            csv->left_out++;
        csv->last_s = fmax(csv->last_s, t_s);
        if (!fail)
            fail = plumb_job_tell(&csv->job, i, dossier->rows_n, message);
    }
    csv->unknown_n = queue.unknown_n;
    return fail;
}

static int close_rows(struct csv *csv, struct plumb_message *message)
{
    struct plumb_file_out *raw = csv->raw, *trace = csv->trace;
    csv->raw = csv->trace = NULL;
    int fail = raw ? plumb_file_out_close(raw, message) : 0;
    int second = trace ? plumb_file_out_close(trace, message) : 0;
    return fail ? fail : second;
}

static int
put_tables(const struct csv *csv, const struct plumb_dossier *dossier, struct plumb_message *message)
{
    char path[PLUMB_PLACE_N];
    int fail = path_of(csv, "holds.csv", path, message);
    if (!fail)
        fail = plumb_csv_holds(path, dossier, message);
    if (!fail)
        fail = path_of(csv, "flags.csv", path, message);
    if (!fail)
        fail = plumb_csv_flags(path, dossier, message);
    if (!fail)
        fail = path_of(csv, "markers.csv", path, message);
    if (!fail)
        fail = plumb_csv_markers(path, &csv->job, dossier, message);
    if (!fail)
        fail = path_of(csv, PLUMB_CSV_PACKAGE, path, message);
    return fail ? fail : plumb_csv_package(path, &csv->job, dossier, message);
}

static void remember(struct csv *csv, const struct plumb_dossier *dossier)
{
    if (csv->part == PART_ALL)
        snprintf(
            csv->what, sizeof csv->what,
            "raw.csv and trace.csv (%zu rows), holds.csv (%zu), flags.csv (%zu), markers.csv, "
            "datapackage.json",
            dossier->rows_n - csv->left_out, dossier->holds_n, dossier->flags_n);
    else
        snprintf(
            csv->what, sizeof csv->what, "%s CSV, %zu rows", part_names[csv->part],
            dossier->rows_n - csv->left_out);
    if (csv->unknown_n && csv->part != PART_TRACE)
        plumb_job_say(
            &csv->job, "%zu markers are not in the raw CSV, which has no word for a change of sides",
            csv->unknown_n);
    if (csv->left_out)
        plumb_job_say(&csv->job, "%zu rows left out: their time does not rise", csv->left_out);
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct csv *csv = self;
    int fail = 0;
    if (!csv->job.dry_run) {
        fail = open_rows(csv, dossier, message);
        if (!fail)
            fail = put_rows(csv, dossier, message);
        if (!fail)
            fail = close_rows(csv, message);
        if (!fail && csv->part == PART_ALL)
            fail = put_tables(csv, dossier, message);
    }
    if (!fail)
        remember(csv, dossier);
    return fail;
}

static int end(void *self, struct plumb_message *message)
{
    struct csv *csv = self;
    int fail = csv->part == PART_ALL ? plumb_place_take(&csv->place, message) : 0;
    if (!fail)
        plumb_job_say_file(&csv->job, csv->job.path, csv->what);
    free(csv);
    return fail;
}

static void drop(void *self)
{
    struct csv *csv = self;
    if (!csv)
        return;
    plumb_file_out_drop(csv->raw);
    plumb_file_out_drop(csv->trace);
    plumb_place_drop(&csv->place);
    free(csv);
}

static const struct plumb_export_option options[] = {
    {"part", "all|raw|trace",
     "a folder with all tables, or one file (FILE.csv or FILE.csv.gz: raw by default)"},
    {NULL, NULL, NULL}};

const struct plumb_exporter plumb_exporter_csv = {
    .id = "csv",
    .summary = PLUMB_SAID("raw and trace CSV, holds, flags and markers, with a Frictionless data package"),
    .extension = "",
    .options = options,
    .begin = begin,
    .session = session,
    .end = end,
    .drop = drop};
