#include "recording.h"

#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "csv_field.h"
#include "file_lines.h"
#include "message_fail.h"
#include "recording_columns.h"
#include "../core/mark.h"
#include "recording_units.h"
#include "text_number.h"

#define ROWS_FIRST 4096
#define ROWS_MOST  20000000 /* 28 hours at 200 Hz, 760 MB with one sensor: beyond it something is wrong */
#define VALUE_MOST 1e10     /* no time, force, rate or temperature comes near; and floats hold it */
#define NOTE_N     2000     /* bytes of a note kept */

/* One line on its way into the track. */
struct row {
    double values[PLUMB_COLUMN_SLOTS];
    struct plumb_csv_field marker; /* n = 0 where there is none */
};

struct loader {
    struct plumb_recording *recording;
    struct plumb_file_lines *lines;
    const char *file;
    struct plumb_columns columns;
    size_t room, marks_room;
    struct plumb_message *message;
};

static int out_of_memory(const struct loader *loader)
{
    return plumb_message_fail(
        loader->message, PLUMB_FAILED, "%s: out of memory after %zu rows", loader->file,
        loader->recording->track.n);
}

/* All columns of the track to that many rows. What has moved stays owned by the track on failure. */
static bool resize_track(struct plumb_track *track, unsigned roles, size_t rows)
{
    double *t_s = realloc(track->t_s, rows * sizeof *t_s);
    track->t_s = t_s ? t_s : track->t_s;
    unsigned char *present = realloc(track->present, rows);
    track->present = present ? present : track->present;
    unsigned char *flags = realloc(track->flags, rows);
    track->flags = flags ? flags : track->flags;
    bool fits = t_s && present && flags;
    for (int role = 0; role < PLUMB_ROLES_N && fits; role++)
        if (roles & (1u << role)) {
            struct plumb_imu_packed *imu = realloc(track->imu[role], rows * sizeof *imu);
            track->imu[role] = imu ? imu : track->imu[role];
            fits = imu != NULL;
        }
    return fits;
}

static int make_room(struct loader *loader)
{
    struct plumb_track *track = &loader->recording->track;
    if (track->n < loader->room)
        return 0;
    if (track->n >= ROWS_MOST)
        return plumb_message_fail(
            loader->message, PLUMB_DAMAGED, "%s: wants at most %d rows, found more", loader->file, ROWS_MOST);
    size_t rows = loader->room ? loader->room + loader->room / 2 : ROWS_FIRST;
    if (!resize_track(track, loader->recording->roles, rows))
        return out_of_memory(loader);
    loader->room = rows;
    return 0;
}

/* The field that could not be read, shown shortened. */
static int wants_number(
    const struct loader *loader, const struct plumb_file_line *line, size_t column,
    const struct plumb_csv_field *field)
{
    char name[PLUMB_COLUMN_NAME_N];
    int shown = field->n > 40 ? 40 : (int)field->n;
    return plumb_message_fail(
        loader->message, PLUMB_DAMAGED, "%s:%ld: %s wants a number or nothing, found `%.*s`", loader->file,
        line->number, plumb_column_name(loader->columns.slot[column], name), shown, field->text);
}

/* A number alone in its field; an empty one is missing. */
static bool read_value(const char *at, const char *end, double *value)
{
    while (at < end && *at == ' ')
        at++;
    if (at == end) {
        *value = NAN;
        return true;
    }
    const char *stop = plumb_text_number(at, end, value);
    while (stop && stop < end && *stop == ' ')
        stop++;
    return stop == end && fabs(*value) <= VALUE_MOST;
}

static int wrong_count(const struct loader *loader, const struct plumb_file_line *line)
{
    size_t found = plumb_csv_count(line->text, line->n), wanted = loader->columns.n;
    return plumb_message_fail(
        loader->message, PLUMB_DAMAGED, "%s:%ld: wants %zu fields, found %zu%s", loader->file, line->number,
        wanted, found, found > wanted ? " (decimal commas? numbers want a dot)" : "");
}

static int open_quote(const struct loader *loader, const struct plumb_file_line *line)
{
    return plumb_message_fail(
        loader->message, PLUMB_DAMAGED, "%s:%ld: wants a quoted field closed before the line ends",
        loader->file, line->number);
}

static int read_row(const struct loader *loader, const struct plumb_file_line *line, struct row *row)
{
    const char *at = line->text, *end = at + line->n;
    row->marker.n = 0;
    for (size_t column = 0; column < loader->columns.n; column++) {
        struct plumb_csv_field field;
        unsigned slot = loader->columns.slot[column];
        if (!at)
            return wrong_count(loader, line);
        plumb_csv_next(&at, end, &field);
        if (!field.whole)
            return open_quote(loader, line);
        if (slot == PLUMB_COLUMN_MARKER)
            row->marker = field;
        else if (slot && !read_value(field.text, field.text + field.n, &row->values[slot]))
            return at || column + 1 == loader->columns.n ? wants_number(loader, line, column, &field)
                                                         : wrong_count(loader, line);
    }
    return at ? wrong_count(loader, line) : 0;
}

static int check_time(const struct loader *loader, const struct plumb_file_line *line, double t_s)
{
    const struct plumb_track *track = &loader->recording->track;
    char before[PLUMB_TEXT_NUMBER_N], now[PLUMB_TEXT_NUMBER_N];
    if (isnan(t_s))
        return plumb_message_fail(
            loader->message, PLUMB_DAMAGED, "%s:%ld: t_s wants a number, found nothing", loader->file,
            line->number);
    if (!track->n || t_s > track->t_s[track->n - 1])
        return 0;
    plumb_text_exact(before, track->t_s[track->n - 1]);
    plumb_text_exact(now, t_s);
    return plumb_message_fail(
        loader->message, PLUMB_DAMAGED, "%s:%ld: t_s wants to rise from row to row, found %s after %s",
        loader->file, line->number, now, before);
}

static int
keep_note(const struct loader *loader, const struct plumb_csv_field *field, struct plumb_mark *mark)
{
    char text[NOTE_N + sizeof PLUMB_MARKER_NOTE];
    plumb_csv_text(text, sizeof text, field);
    mark->note = strdup(text + strlen(PLUMB_MARKER_NOTE));
    return mark->note ? 0 : out_of_memory(loader);
}

static int
add_mark(struct loader *loader, const struct plumb_file_line *line, const struct plumb_csv_field *field)
{
    struct plumb_recording *recording = loader->recording;
    struct plumb_mark mark = {.row = recording->track.n, .t_s = recording->track.t_s[recording->track.n]};
    if (!plumb_marker_find(field->text, field->n, &mark.kind))
        return plumb_message_fail(
            loader->message, PLUMB_DAMAGED,
            "%s:%ld: marker wants a name such as hold_begin, or note:TEXT, found `%.*s`", loader->file,
            line->number, field->n > 40 ? 40 : (int)field->n, field->text);
    if (recording->marks_n == loader->marks_room) {
        size_t room = loader->marks_room ? 2 * loader->marks_room : 64;
        struct plumb_mark *marks = realloc(recording->marks, room * sizeof mark);
        if (!marks)
            return out_of_memory(loader);
        recording->marks = marks;
        loader->marks_room = room;
    }
    int fail = mark.kind == PLUMB_NOTE ? keep_note(loader, field, &mark) : 0;
    if (!fail)
        recording->marks[recording->marks_n++] = mark;
    return fail;
}

static bool is_whole(const double *values)
{
    double sum = 0; /* finite only where all six are */
    for (int channel = 0; channel < 6; channel++)
        sum += values[channel];
    return isfinite(sum);
}

static void pack(struct plumb_imu_packed *packed, const double *values)
{
    for (int axis = 0; axis < 3; axis++) {
        packed->accel_s_mps2[axis] = (float)values[axis];
        packed->gyro_s_radps[axis] = (float)values[axis + 3];
    }
    packed->temp_c = (float)values[6];
}

static int add_row(struct loader *loader, const struct plumb_file_line *line, const struct row *row)
{
    struct plumb_track *track = &loader->recording->track;
    int fail = check_time(loader, line, row->values[PLUMB_COLUMN_T]);
    if (!fail)
        fail = make_room(loader);
    if (fail)
        return fail;
    size_t i = track->n;
    track->t_s[i] = row->values[PLUMB_COLUMN_T];
    track->present[i] = track->flags[i] = 0;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (track->imu[role]) {
            const double *values = &row->values[PLUMB_COLUMN_OF(role, 0)];
            pack(&track->imu[role][i], values);
            track->present[i] |= (unsigned char)(is_whole(values) << role);
        }
    fail = row->marker.n ? add_mark(loader, line, &row->marker) : 0;
    track->n += !fail;
    return fail;
}

/* A last line without its end is a line cut by a crash where it has too few fields; in a file whose writer
 * died, always: its last number may have lost digits. */
static bool is_cut(const struct loader *loader, const struct plumb_file_line *line)
{
    return !line->ended && (plumb_file_lines_is_part(loader->lines) ||
                            plumb_csv_count(line->text, line->n) < loader->columns.n);
}

static int read_rows(struct loader *loader)
{
    struct plumb_file_line line;
    struct row row;
    int more;
    for (int slot = 0; slot < PLUMB_COLUMN_SLOTS; slot++)
        row.values[slot] = NAN;
    while ((more = plumb_file_lines_next(loader->lines, &line, loader->message)) > 0) {
        if (!line.n)
            continue;
        if (is_cut(loader, &line)) {
            loader->recording->cut_rows_n = 1;
            continue;
        }
        int fail = read_row(loader, &line, &row);
        if (!fail)
            fail = add_row(loader, &line, &row);
        if (fail)
            return fail;
    }
    return more;
}

static int read_header(struct loader *loader)
{
    struct plumb_file_line line;
    int more = plumb_file_lines_next(loader->lines, &line, loader->message);
    if (more < 0)
        return more;
    if (!more)
        return plumb_message_fail(
            loader->message, PLUMB_DAMAGED, "%s:1: wants a header line, found an empty file", loader->file);
    int fail = plumb_columns_read(&loader->columns, loader->file, line.text, line.n, loader->message);
    loader->recording->roles = loader->columns.roles;
    return fail;
}

/* Gives back what growing took too much of. */
static int finish(struct loader *loader)
{
    struct plumb_track *track = &loader->recording->track;
    if (!track->n)
        return plumb_message_fail(
            loader->message, PLUMB_DAMAGED, "%s:2: wants at least one row below the header, found none",
            loader->file);
    resize_track(track, loader->recording->roles, track->n);
    return plumb_recording_check_units(track, loader->file, loader->message);
}

int plumb_recording_load(struct plumb_recording *recording, const char *path, struct plumb_message *message)
{
    int fail = 0;
    *recording = (struct plumb_recording){0};
    struct loader loader = {.recording = recording, .message = message};
    loader.lines = plumb_file_lines_open(path, &fail, message);
    if (!loader.lines)
        return fail;
    loader.file = plumb_file_lines_name(loader.lines);
    fail = read_header(&loader);
    if (!fail)
        fail = read_rows(&loader);
    if (!fail)
        fail = finish(&loader);
    plumb_file_lines_close(loader.lines);
    if (fail)
        plumb_recording_free(recording);
    return fail;
}

void plumb_recording_free(struct plumb_recording *recording)
{
    for (size_t i = 0; i < recording->marks_n; i++)
        free(recording->marks[i].note);
    free(recording->marks);
    free(recording->track.t_s);
    free(recording->track.present);
    free(recording->track.flags);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        free(recording->track.imu[role]);
    *recording = (struct plumb_recording){0};
}
