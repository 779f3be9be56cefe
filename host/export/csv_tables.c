/* holds.csv, flags.csv, markers.csv. */
#include <math.h>
#include <string.h>

#include "../core/mark.h"
#include "../core/units.h"
#include "../io/csv_row.h"
#include "../io/file_out.h"
#include "csv_parts.h"
#include "job.h"

#define T_DECIMALS     6
#define ANGLE_DECIMALS 3

static int put(struct plumb_file_out *out, struct plumb_csv_row *row, struct plumb_message *message)
{
    plumb_csv_row_end(row);
    return plumb_file_out_put(out, row->text, row->n, message);
}

/* Opens the file and writes its header. NULL with *fail and message. */
static struct plumb_file_out *
begin(const char *path, const char *const *columns, int *fail, struct plumb_message *message)
{
    struct plumb_csv_row row;
    struct plumb_file_out *out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, fail, message);
    plumb_csv_row_begin(&row);
    for (; *columns; columns++)
        plumb_csv_row_word(&row, *columns);
    if (out)
        *fail = put(out, &row, message); /* a failure stays with the file until it is closed */
    return out;
}

static void add_s(struct plumb_csv_row *row, double t_s)
{
    plumb_csv_row_number(row, t_s, T_DECIMALS);
}

static void add_deg(struct plumb_csv_row *row, double angle_rad)
{
    plumb_csv_row_number(row, angle_rad * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
}

static void fill_hold(struct plumb_csv_row *row, size_t i, const struct plumb_dossier_hold *hold)
{
    plumb_csv_row_begin(row);
    plumb_csv_row_number(row, (double)(i + 1), 0);
    plumb_csv_row_word(row, plumb_side_name(hold->side));
    add_s(row, hold->hold.start_s);
    add_s(row, hold->hold.end_s);
    add_s(row, plumb_hold_elapsed_s(&hold->hold));
    add_s(row, hold->hold.in_zone_s);
    add_s(row, hold->hold.longest_s);
    plumb_csv_row_number(row, hold->hold.excursions, 0);
    add_deg(row, hold->hold.worst_rad);
    add_s(row, hold->target_s > 0 ? hold->target_s : NAN);
    add_deg(row, hold->neutral_change_rad);
}

int plumb_csv_holds(const char *path, const struct plumb_dossier *dossier, struct plumb_message *message)
{
    static const char *const columns[] = {
        "hold",      "side",       "start_s",   "end_s",    "elapsed_s",          "in_zone_s",
        "longest_s", "excursions", "worst_deg", "target_s", "neutral_change_deg", NULL};
    struct plumb_csv_row row;
    int fail;
    struct plumb_file_out *out = begin(path, columns, &fail, message);
    if (!out)
        return fail;
    for (size_t i = 0; i < dossier->holds_n; i++) {
        fill_hold(&row, i, &dossier->holds[i]);
        put(out, &row, message);
    }
    return plumb_file_out_close(out, message);
}

static void fill_flag(struct plumb_csv_row *row, const struct plumb_flag *flag)
{
    plumb_csv_row_begin(row);
    plumb_csv_row_word(row, plumb_flag_name(flag->kind));
    plumb_csv_row_word(row, plumb_basis_name(flag->basis));
    add_s(row, flag->onset_s);
    add_s(row, flag->start_s);
    add_s(row, flag->end_s);
    add_deg(row, flag->peak_rad);
}

int plumb_csv_flags(const char *path, const struct plumb_dossier *dossier, struct plumb_message *message)
{
    static const char *const columns[] = {"kind", "basis", "onset_s", "start_s", "end_s", "peak_deg", NULL};
    struct plumb_csv_row row;
    int fail;
    struct plumb_file_out *out = begin(path, columns, &fail, message);
    if (!out)
        return fail;
    for (size_t i = 0; i < dossier->flags_n; i++) {
        fill_flag(&row, &dossier->flags[i]);
        put(out, &row, message);
    }
    return plumb_file_out_close(out, message);
}

/* "note:TEXT" becomes note and TEXT; every other marker has no text. */
static void fill_mark(struct plumb_csv_row *row, double t_s, const char *marker)
{
    size_t note_n = strlen(PLUMB_MARKER_NOTE);
    int is_note = strncmp(marker, PLUMB_MARKER_NOTE, note_n) == 0;
    plumb_csv_row_begin(row);
    add_s(row, t_s);
    if (is_note)
        plumb_csv_row_word(row, "note");
    else
        plumb_csv_row_text(row, marker);
    plumb_csv_row_text(row, is_note ? marker + note_n : "");
}

int plumb_csv_markers(
    const char *path, const struct plumb_export_job *job, const struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    static const char *const columns[] = {"t_s", "marker", "text", NULL};
    struct plumb_csv_row row;
    int fail;
    struct plumb_file_out *out = begin(path, columns, &fail, message);
    if (!out)
        return fail;
    for (size_t i = 0; i < dossier->marks_n; i++) {
        const char *marker = plumb_job_marker(job, dossier->marks[i].text);
        if (!marker)
            continue;
        fill_mark(&row, dossier->marks[i].t_s, marker);
        put(out, &row, message);
    }
    return plumb_file_out_close(out, message);
}
