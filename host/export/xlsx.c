#include "xlsx.h"

#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../core/units.h"
#include "../io/file_zip.h"
#include "../io/message_fail.h"
#include "../io/save_trace.h"
#include "xlsx_book.h"

#define RATE_HZ   10.0
#define ROWS_MOST 1000000 /* a sheet holds 1048576 */
#define DAY_S     86400.0
#define US_PER_S  1000000
#define ZIP_EPOCH 315532800 /* 1980-01-01, the first day of zip: "created" where no other is known */

#define BLUE  0x0072b2u /* the report's colours */
#define AMBER 0xe69f00u
#define RED   0xb34e00u
#define RULE  0xe4e8ecu
#define SLATE 0x55606du

/* ---- the trace */

enum { COLUMN_CLOCK, COLUMN_T, COLUMN_TILT, COLUMN_ZONE = 8, COLUMN_FLAGS, COLUMN_LIMITS = 11 };

static const struct plumb_xlsx_column trace_columns[] = {
    {"time (m:s)", 12},   {"t_s", 12},           {"tilt_deg", 11},   {"tilt_sd_deg", 12},
    {"rotation_deg", 14}, {"obliquity_deg", 14}, {"lumbar_deg", 12}, {"hip_deg", 10},
    {"zone", 8},          {"flags", 34},         {" ", 3},           {"limits (m:s)", 12},
    {"amber_deg", 11},    {"red_deg", 10},       {NULL, 0}};

static void put_row(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t at, const struct plumb_dossier *dossier,
    const struct plumb_dossier_row *row)
{
    const struct plumb_angles *a = &row->angles;
    const double angles[] = {a->tilt_rad,      a->tilt_sd_rad, a->rotation_rad,
                             a->obliquity_rad, a->lumbar_rad,  a->hip_rad};
    char flags[PLUMB_TRACE_FLAGS_N];
    plumb_trace_flags(flags, row->flags);
    plumb_xlsx_clock(book, sheet, at, COLUMN_CLOCK, dossier, row->sample.t_s);
    plumb_xlsx_number(
        book, sheet, at, COLUMN_T, nearbyint(row->sample.t_s * US_PER_S) / US_PER_S, PLUMB_XLSX_S_FINE);
    for (int i = 0; i < (int)(sizeof angles / sizeof *angles); i++)
        plumb_xlsx_number(
            book, sheet, at, COLUMN_TILT + i, nearbyint(angles[i] * PLUMB_DEG_PER_RAD * 1e3) / 1e3,
            PLUMB_XLSX_DEG_FINE);
    plumb_xlsx_text(book, sheet, at, COLUMN_ZONE, plumb_zone_name(row->zone), PLUMB_XLSX_TEXT);
    plumb_xlsx_text(book, sheet, at, COLUMN_FLAGS, flags, PLUMB_XLSX_TEXT);
}

/* The limits' two ends, for the chart's lines: in the first two rows, whatever they hold beside. */
static void put_limits(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t at, const struct plumb_dossier *dossier)
{
    const struct plumb_thresholds *limits = &dossier->thresholds[dossier->side];
    plumb_xlsx_clock(book, sheet, at, COLUMN_LIMITS, dossier, at == 1 ? dossier->first_s : dossier->last_s);
    plumb_xlsx_number(
        book, sheet, at, COLUMN_LIMITS + 1, limits->amber_rad * PLUMB_DEG_PER_RAD, PLUMB_XLSX_DEG);
    plumb_xlsx_number(
        book, sheet, at, COLUMN_LIMITS + 2, limits->red_rad * PLUMB_DEG_PER_RAD, PLUMB_XLSX_DEG);
}

static void add_series(
    lxw_chart *chart, const char *name, int times, int values, lxw_row_t last_row, uint32_t colour,
    double width_pt)
{
    lxw_chart_line line = {.color = colour, .width = (float)width_pt};
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    if (!series)
        return;
    chart_series_set_categories(series, "Trace", 1, (lxw_col_t)times, last_row, (lxw_col_t)times);
    chart_series_set_values(series, "Trace", 1, (lxw_col_t)values, last_row, (lxw_col_t)values);
    chart_series_set_name(series, name);
    chart_series_set_line(series, &line);
}

static void add_chart(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, const struct plumb_dossier *dossier,
    lxw_row_t last_row)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, LXW_CHART_SCATTER_STRAIGHT);
    lxw_chart_options place = {
        .x_scale = 2.2, .y_scale = 1.5, .object_position = LXW_OBJECT_DONT_MOVE_DONT_SIZE};
    lxw_chart_line grid = {.color = RULE, .width = 0.75f};
    if (!chart || last_row < 2)
        return;
    add_series(chart, "tilt (deg)", COLUMN_CLOCK, COLUMN_TILT, last_row, BLUE, 1.25);
    add_series(chart, "edge of the zone", COLUMN_LIMITS, COLUMN_LIMITS + 1, 2, AMBER, 1);
    add_series(chart, "out of the set zone", COLUMN_LIMITS, COLUMN_LIMITS + 2, 2, RED, 1);
    chart_title_set_name(chart, "Pelvic tilt from neutral, forward positive");
    chart_axis_set_name(chart->x_axis, "minutes and seconds");
    chart_axis_set_num_format(chart->x_axis, "[m]:ss");
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, (dossier->last_s - dossier->first_s) / DAY_S);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    chart_axis_set_name(chart->y_axis, "degrees");
    chart_axis_major_gridlines_set_line(chart->y_axis, &grid);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_show_blanks_as(chart, LXW_CHART_BLANKS_AS_GAP);
    worksheet_insert_chart_opt(sheet, 4, COLUMN_LIMITS, chart, &place);
}

/* Every so many seconds the first row of the trace; never so many that a sheet overflows. */
static double step_of(const struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    return fmax(1 / book->rate_hz, (dossier->last_s - dossier->first_s) / (ROWS_MOST - 2));
}

int plumb_xlsx_trace(
    struct plumb_xlsx_book *book, struct plumb_dossier *dossier, struct plumb_message *message)
{
    lxw_worksheet *sheet = plumb_xlsx_table(book, "Trace", trace_columns);
    double step_s = step_of(book, dossier), due_s = -HUGE_VAL;
    struct plumb_dossier_row row;
    lxw_row_t at = 0;
    int more, fail = plumb_dossier_rewind(dossier, message);
    for (size_t i = 0; sheet && !fail && (more = plumb_dossier_next(dossier, &row, message)) != 0; i++) {
        if (more < 0)
            return more;
        if (row.sample.t_s >= due_s) {
            put_row(book, sheet, ++at, dossier, &row);
            if (at <= 2)
                put_limits(book, sheet, at, dossier);
            /* from the grid, not from the row, so that a rate close to the recording's stays what it is */
            due_s = dossier->first_s +
                    step_s * (floor((row.sample.t_s - dossier->first_s) / step_s + 1e-6) + 1) - 1e-6;
        }
        fail = plumb_job_tell(&book->job, i, dossier->rows_n, message);
    }
    if (sheet)
        add_chart(book, sheet, dossier, at);
    book->trace_rows_n = at;
    return fail;
}

/* ---- the exporter */

static void set_properties(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier)
{
    char title[160];
    int64_t begun_us = plumb_job_begun_utc_us(&book->job, dossier);
    lxw_doc_properties properties = {
        .title = title,
        .company = "Plumb",
        .comments = "For exercise and learning, not a medical device.",
        .created = begun_us > 0 ? (time_t)(begun_us / US_PER_S) : ZIP_EPOCH};
    snprintf(title, sizeof title, "Pelvic tilt in a stretch: %s", dossier->exercise.id);
    workbook_set_properties(book->workbook, &properties);
}

static int open_book(struct plumb_xlsx_book *book, struct plumb_message *message)
{
    lxw_workbook_options options = {.constant_memory = LXW_TRUE};
    book->workbook = workbook_new_opt(book->place.part, &options);
    if (!book->workbook)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", book->job.path);
    plumb_xlsx_make_formats(book);
    return 0;
}

static void *begin(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct plumb_xlsx_book *book = calloc(1, sizeof *book);
    if (!book) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path);
        return NULL;
    }
    book->job = *job;
    book->rate_hz = RATE_HZ;
    *fail = plumb_job_number(job, "rate", 0.1, 1000, &book->rate_hz, message);
    if (!*fail && strcmp(job->path, "-") == 0)
        *fail = plumb_message_fail(message, PLUMB_USAGE, "xlsx: wants a file, not standard output");
    if (!*fail)
        *fail = plumb_place_begin(&book->place, job, PLUMB_PLACE_FILE, NULL, message);
    if (!*fail)
        return book;
    free(book);
    return NULL;
}

/* The library prints numbers as the locale has them, and a workbook wants dots: while it writes, numbers are
 * C's in this thread. */
static locale_t use_dots(locale_t *dots)
{
    *dots = newlocale(LC_NUMERIC_MASK, "C", (locale_t)0);
    return *dots ? uselocale(*dots) : (locale_t)0;
}

static void use_own(locale_t own, locale_t dots)
{
    if (!dots)
        return;
    uselocale(own);
    freelocale(dots);
}

static int write_session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_xlsx_book *book = self;
    book->holds_n = dossier->holds_n;
    book->flags_n = dossier->flags_n;
    if (book->job.dry_run)
        return 0;
    int fail = open_book(book, message);
    if (fail)
        return fail;
    set_properties(book, dossier);
    plumb_xlsx_summary(book, dossier);
    plumb_xlsx_holds(book, dossier);
    plumb_xlsx_flags(book, dossier);
    plumb_xlsx_notes(book, dossier);
    return plumb_xlsx_trace(book, dossier, message);
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    locale_t dots, own = use_dots(&dots);
    int fail = write_session(self, dossier, message);
    use_own(own, dots);
    return fail;
}

static void drop(void *self)
{
    struct plumb_xlsx_book *book = self;
    if (!book)
        return;
    if (book->workbook)
        lxw_workbook_free(book->workbook);
    plumb_place_drop(&book->place);
    free(book);
}

/* Rows lie in files of the library's until the end, which it writes without a look at errors. */
static int rows_are_there(const struct plumb_xlsx_book *book)
{
    lxw_worksheet *sheet;
    int there = 1;
    STAILQ_FOREACH(sheet, book->workbook->worksheets, list_pointers)
    there &=
        !sheet->optimize_tmpfile || !(fflush(sheet->optimize_tmpfile) || ferror(sheet->optimize_tmpfile));
    return there;
}

/* The library writes the file only now, in one call that cannot be given up: a fifth of a second for an hour
 * at ten rows a second. Behind it one can. */
static int close_book(struct plumb_xlsx_book *book, struct plumb_message *message)
{
    struct plumb_wanted wanted = plumb_job_wanted(&book->job);
    int there = rows_are_there(book);
    lxw_error error = workbook_close(book->workbook);
    book->workbook = NULL;
    error = book->error ? book->error : error;
    if (!there)
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: the disk is full, or the folder for passing things (TMPDIR) is",
            book->job.path);
    if (error)
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: cannot be written: %s", book->job.path, lxw_strerror(error));
    int fail = plumb_zip_check_xml(book->place.part, book->job.path, &wanted, message);
    return fail ? fail : plumb_place_take(&book->place, message);
}

static int end(void *self, struct plumb_message *message)
{
    struct plumb_xlsx_book *book = self;
    char what[160];
    locale_t dots, own = use_dots(&dots);
    int fail = book->workbook ? close_book(book, message) : 0;
    use_own(own, dots);
    snprintf(
        what, sizeof what, "summary, %zu holds, %zu flags, notes, and the trace in %zu rows with a chart",
        book->holds_n, book->flags_n, book->trace_rows_n);
    if (book->job.dry_run)
        snprintf(
            what, sizeof what, "summary, %zu holds, %zu flags, notes, and the trace with a chart",
            book->holds_n, book->flags_n);
    if (!fail)
        plumb_job_say_file(&book->job, book->job.path, what);
    drop(book);
    return fail;
}

static const struct plumb_export_option options[] = {
    {"rate", "N", "rows a second of the trace (default 10)"}, {NULL, NULL, NULL}};

const struct plumb_exporter plumb_exporter_xlsx = {
    .id = "xlsx",
    .summary = PLUMB_SAID("a workbook: summary, holds, flags, notes, trace with a chart"),
    .extension = ".xlsx",
    .options = options,
    .begin = begin,
    .session = session,
    .end = end,
    .drop = drop};
