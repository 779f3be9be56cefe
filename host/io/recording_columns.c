#include "recording_columns.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "csv_field.h"
#include "message_fail.h"

static const char *const roles[PLUMB_ROLES_N] = {"pelvis", "lumbar", "thigh"};
static const char *const channels[PLUMB_CHANNELS_N] = {"ax_mps2",  "ay_mps2",  "az_mps2", "gx_radps",
                                                       "gy_radps", "gz_radps", "temp_c"};
#define CHANNELS_WANTED 6 /* the thermometer is optional */

const char *plumb_column_name(int slot, char out[PLUMB_COLUMN_NAME_N])
{
    int value = slot - PLUMB_COLUMN_VALUES;
    if (slot == PLUMB_COLUMN_T)
        return "t_s";
    if (slot == PLUMB_COLUMN_MARKER)
        return "marker";
    snprintf(
        out, PLUMB_COLUMN_NAME_N, "%s_%s", roles[value / PLUMB_CHANNELS_N],
        channels[value % PLUMB_CHANNELS_N]);
    return out;
}

static bool is_same(const struct plumb_csv_field *field, const char *name)
{
    return strlen(name) == field->n && !memcmp(field->text, name, field->n);
}

static int slot_of(const struct plumb_csv_field *field)
{
    char name[PLUMB_COLUMN_NAME_N];
    for (int slot = PLUMB_COLUMN_T; slot < PLUMB_COLUMN_SLOTS; slot++)
        if (is_same(field, plumb_column_name(slot, name)))
            return slot;
    return PLUMB_COLUMN_IGNORED;
}

/* Spaces around a name mean nothing. */
static void trim(struct plumb_csv_field *field)
{
    while (field->n && (field->text[0] == ' ' || field->text[0] == '\t')) {
        field->text++;
        field->n--;
    }
    while (field->n && (field->text[field->n - 1] == ' ' || field->text[field->n - 1] == '\t'))
        field->n--;
}

/* A column with the beginning of a name that is missing: "pelvis_ax_g" for "pelvis_ax_mps2". */
static bool find_like(const char *line, size_t n, const char *name, struct plumb_csv_field *like)
{
    const char *at = line, *unit = strrchr(name, '_');
    size_t stem_n = (size_t)(unit - name);
    while (at) {
        plumb_csv_next(&at, line + n, like);
        trim(like);
        if (like->n >= stem_n && !memcmp(like->text, name, stem_n) &&
            (like->n == stem_n || like->text[stem_n] == '_'))
            return true;
    }
    return false;
}

/* The header up to here, for a message that shows what was found. */
static int shown_n(size_t n)
{
    return n > 60 ? 60 : (int)n;
}

static int missing(const char *file, const char *line, size_t n, int slot, struct plumb_message *message)
{
    char room[PLUMB_COLUMN_NAME_N];
    const char *name = plumb_column_name(slot, room);
    struct plumb_csv_field like;
    if (find_like(line, n, name, &like))
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s:1: wants a column %s, found %.*s", file, name, shown_n(like.n),
            like.text);
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:1: wants a column %s, found `%.*s`", file, name, shown_n(n), line);
}

/* All six columns of the pelvis; of another sensor all six or none. */
static int check_whole(
    struct plumb_columns *columns, const bool *seen, const char *file, const char *line, size_t n,
    struct plumb_message *message)
{
    if (!seen[PLUMB_COLUMN_T])
        return missing(file, line, n, PLUMB_COLUMN_T, message);
    for (int role = 0; role < PLUMB_ROLES_N; role++) {
        int found = 0, gap = -1;
        for (int channel = 0; channel < CHANNELS_WANTED; channel++)
            if (seen[PLUMB_COLUMN_OF(role, channel)])
                found++;
            else if (gap < 0)
                gap = PLUMB_COLUMN_OF(role, channel);
        if (gap >= 0 && (found || role == PLUMB_PELVIS))
            return missing(file, line, n, gap, message);
        columns->roles |= gap < 0 ? 1u << role : 0;
    }
    return 0;
}

static int wrong_separator(const char *file, const char *line, size_t n, struct plumb_message *message)
{
    bool semicolon = memchr(line, ';', n) != NULL;
    if (memchr(line, ',', n) || !(semicolon || memchr(line, '\t', n)))
        return 0;
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s:1: wants commas between columns and a dot in numbers, found %s (a spreadsheet's own format? save "
        "it "
        "as CSV with English numbers)",
        file, semicolon ? "semicolons" : "tabs");
}

int plumb_columns_read(
    struct plumb_columns *columns, const char *file, const char *line, size_t n,
    struct plumb_message *message)
{
    bool seen[PLUMB_COLUMN_SLOTS] = {false};
    *columns = (struct plumb_columns){0};
    int fail = wrong_separator(file, line, n, message);
    for (const char *at = line; at && !fail; columns->n++) {
        struct plumb_csv_field field;
        plumb_csv_next(&at, line + n, &field);
        trim(&field);
        int slot = slot_of(&field);
        if (columns->n == PLUMB_COLUMNS_MOST)
            return plumb_message_fail(
                message, PLUMB_DAMAGED, "%s:1: wants at most %d columns, found more", file,
                PLUMB_COLUMNS_MOST);
        if (slot && seen[slot])
            return plumb_message_fail(
                message, PLUMB_DAMAGED, "%s:1: wants each column once, found %.*s twice", file,
                shown_n(field.n), field.text);
        seen[slot] = true;
        columns->slot[columns->n] = (unsigned char)slot;
    }
    return fail ? fail : check_whole(columns, seen, file, line, n, message);
}
