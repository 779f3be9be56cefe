#include "json_session.h"

#include <math.h>
#include <stddef.h>
#include <string.h>

#include "../core/units.h"
#include "json_pieces.h"
#include "message_fail.h"
#include "recording_columns.h"

#define SCHEMA       "plumb-session/1"
#define COLUMNS_MOST 128
#define TELL_PIECES  512  /* every so many pieces */
#define T_MOST_S     1e10 /* as raw CSV takes it */

static const char *const lists[] = {"rows", "kept", "markers", NULL};

/* ---- the head */

/* A text of an object into a room; nothing where it is missing. */
static int take_text(const json_t *object, const char *name, char *out, size_t room)
{
    const char *text = json_string_value(json_object_get(object, name));
    if (text && strlen(text) >= room)
        return -1;
    if (text)
        memcpy(out, text, strlen(text) + 1);
    return 0;
}

static int take_side(struct plumb_json_session *session, const json_t *object)
{
    const char *side = json_string_value(json_object_get(object, "side"));
    session->both_sides = side && strcmp(side, "both") == 0;
    if (session->both_sides)
        side = json_string_value(json_object_get(object, "first_side"));
    if (!side || (strcmp(side, "left") != 0 && strcmp(side, "right") != 0))
        return -1;
    session->side = strcmp(side, "left") == 0 ? PLUMB_LEFT : PLUMB_RIGHT;
    return 0;
}

static const char *take_session(struct plumb_json_session *session, const json_t *object)
{
    if (!json_is_object(object))
        return "an object";
    if (take_text(object, "exercise", session->exercise, sizeof session->exercise) ||
        take_text(object, "ended", session->ended, sizeof session->ended) ||
        take_text(object, "recorded_by", session->recorded_by, sizeof session->recorded_by) ||
        take_text(object, "note", session->note, sizeof session->note) ||
        take_text(object, "tags", session->tags, sizeof session->tags) ||
        take_text(object, "begun", session->begun, sizeof session->begun))
        return "shorter texts";
    return take_side(session, object) ? "a side: left, right or both with first_side" : NULL;
}

static const char *take_patient(struct plumb_json_session *session, const json_t *object)
{
    return take_text(object, "alias", session->alias, sizeof session->alias) ? "a shorter alias" : NULL;
}

static const struct {
    const char *name;
    size_t offset; /* in struct plumb_thresholds */
    double factor;
} limits[] = {
    {"amber_deg", offsetof(struct plumb_thresholds, amber_rad), PLUMB_RAD_PER_DEG},
    {"red_deg", offsetof(struct plumb_thresholds, red_rad), PLUMB_RAD_PER_DEG},
    {"delay_s", offsetof(struct plumb_thresholds, delay_s), 1},
    {"release_deg", offsetof(struct plumb_thresholds, release_rad), PLUMB_RAD_PER_DEG},
    {"release_s", offsetof(struct plumb_thresholds, release_s), 1},
    {"immediate_deg", offsetof(struct plumb_thresholds, immediate_rad), PLUMB_RAD_PER_DEG},
    {"posterior_deg", offsetof(struct plumb_thresholds, posterior_rad), PLUMB_RAD_PER_DEG},
    {"turn_amber_deg", offsetof(struct plumb_thresholds, turn_amber_rad), PLUMB_RAD_PER_DEG},
    {"turn_red_deg", offsetof(struct plumb_thresholds, turn_red_rad), PLUMB_RAD_PER_DEG},
};

static const char *take_limits(struct plumb_json_session *session, const json_t *object)
{
    for (int side = 0; side < 2; side++) {
        const json_t *of = json_object_get(object, plumb_side_name((enum plumb_side)side));
        for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
            const json_t *value = json_object_get(of, limits[i].name);
            double number = json_number_value(value) * limits[i].factor;
            if (!json_is_number(value) || !(number >= 0) || number > 1e3)
                return "all limits of both sides as numbers";
            memcpy((char *)&session->limits[side] + limits[i].offset, &number, sizeof number);
        }
    }
    session->has_limits = 1;
    return NULL;
}

static const char *take_columns(struct plumb_json_session *session, const json_t *list)
{
    char name[PLUMB_COLUMN_NAME_N];
    for (int role = 0; role < PLUMB_ROLES_N; role++) {
        const char *first = plumb_column_name(PLUMB_COLUMN_OF(role, 0), name);
        for (size_t i = 0; i < json_array_size(list); i++) {
            const char *column = json_string_value(json_array_get(list, i));
            session->roles |= column && strcmp(column, first) == 0 ? 1u << role : 0;
        }
    }
    return session->roles & 1u << PLUMB_PELVIS ? NULL : "the pelvis' columns";
}

static const struct {
    const char *member;
    const char *(*take)(struct plumb_json_session *session, const json_t *value); /* what it wants, or NULL */
} members[] = {
    {"session", take_session},
    {"patient", take_patient},
    {"thresholds", take_limits},
    {"columns", take_columns},
};

struct head {
    int has_schema, has_session;
};

static int take_member(
    struct plumb_json_session *session, struct head *head, const struct plumb_json_pieces *pieces,
    const struct plumb_json_piece *piece, struct plumb_message *message)
{
    const char *wanted = NULL;
    json_t *value = plumb_json_piece_read(pieces, piece, message);
    if (!value)
        return PLUMB_DAMAGED;
    if (strcmp(piece->member, "schema") == 0) {
        head->has_schema = 1;
        if (!json_is_string(value) || strcmp(json_string_value(value), SCHEMA) != 0)
            wanted = "\"" SCHEMA "\"";
    }
    head->has_session |= strcmp(piece->member, "session") == 0;
    for (size_t i = 0; i < sizeof members / sizeof *members && !wanted; i++)
        if (strcmp(members[i].member, piece->member) == 0)
            wanted = members[i].take(session, value);
    json_decref(value);
    return wanted ? plumb_json_piece_wants(pieces, piece, "it", wanted, message) : 0;
}

int plumb_json_session_head(
    struct plumb_json_session *session, const char *path, struct plumb_message *message)
{
    int fail = 0, more = 0;
    struct head head = {0, 0};
    struct plumb_json_piece piece;
    struct plumb_json_pieces *pieces = plumb_json_pieces_open(path, lists, &fail, message);
    memset(session, 0, sizeof *session);
    if (!pieces)
        return fail;
    while (!fail && (more = plumb_json_pieces_next(pieces, &piece, message)) > 0) {
        session->has_kept |= strcmp(piece.member, "kept") == 0;
        if (piece.element < 0)
            fail = take_member(session, &head, pieces, &piece, message);
    }
    plumb_json_pieces_close(pieces);
    if (!fail && more < 0)
        fail = more;
    if (!fail && !(head.has_schema && head.has_session))
        fail = plumb_message_fail(
            message, PLUMB_DAMAGED,
            "%s: wants a session as plumb export --format json writes it, found no \"%s\"", path,
            head.has_schema ? "session" : "schema");
    return fail;
}

/* ---- what was kept */

/* RFC 4648, without anything between. The bytes replace the text (there are fewer). -1 where it is none. */
static long decode_base64(char *text, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t out = 0, pads = n && text[n - 1] == '=' ? n > 1 && text[n - 2] == '=' ? 2u : 1u : 0u;
    unsigned word = 0;
    for (size_t i = 0; i < n; i++) {
        const char *at = text[i] && text[i] != '=' ? strchr(letters, text[i]) : NULL;
        if (!at && i < n - pads)
            return -1;
        word = word << 6 | (at ? (unsigned)(at - letters) : 0);
        for (int byte = 0; i % 4 == 3 && byte < 3; byte++)
            text[out++] = (char)(word >> (16 - 8 * byte));
    }
    return n % 4 ? -1 : (long)(out - pads);
}

/* A value of one field; bytes are decoded where they lie in the document's own text. */
static const char *take_field(struct plumb_kept_field *field, const char *name, json_t *value)
{
    json_t *base64 = json_object_get(value, "base64");
    *field = (struct plumb_kept_field){.name = name};
    if (json_is_null(value))
        return NULL;
    if (json_is_integer(value)) {
        field->kind = PLUMB_KEPT_INTEGER;
        field->integer = json_integer_value(value);
    } else if (json_is_real(value)) {
        field->kind = PLUMB_KEPT_REAL;
        field->real = json_real_value(value);
    } else if (json_is_string(value)) {
        field->kind = PLUMB_KEPT_TEXT;
        field->bytes = json_string_value(value);
        field->n = json_string_length(value);
    } else if (json_is_string(base64)) {
        char *text = (char *)json_string_value(base64);
        long n = decode_base64(text, json_string_length(base64));
        if (n < 0)
            return "bytes in base64";
        field->kind = PLUMB_KEPT_BYTES;
        field->bytes = text;
        field->n = (size_t)n;
    } else
        return "a number, a text, null or {\"base64\": ...}";
    return NULL;
}

static int give_kept(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece, json_t *object,
    const struct plumb_json_session_to *to, struct plumb_message *message)
{
    const char *name;
    json_t *value;
    struct plumb_kept row = {.table = json_string_value(json_object_get(object, "table"))};
    if (!row.table)
        return plumb_json_piece_wants(pieces, piece, "a row", "an object with \"table\"", message);
    json_object_foreach(object, name, value)
    {
        if (strcmp(name, "table") == 0)
            continue;
        const char *wanted = row.fields_n == PLUMB_KEPT_FIELDS_N
                                 ? "fewer fields beside it"
                                 : take_field(&row.fields[row.fields_n++], name, value);
        if (wanted)
            return plumb_json_piece_wants(pieces, piece, name, wanted, message);
    }
    int fail = to->kept(to->context, &row, message);
    return fail;
}

/* ---- markers and rows */

static int give_mark(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece, json_t *object,
    const struct plumb_json_session_to *to, struct plumb_message *message)
{
    const json_t *t = json_object_get(object, "t_s");
    const char *text = json_string_value(json_object_get(object, "marker"));
    if (!json_is_number(t) || !text)
        return plumb_json_piece_wants(pieces, piece, "a marker", "\"t_s\" and \"marker\"", message);
    return to->mark(to->context, json_number_value(t), text, message);
}

/* Where each value of a row goes, as in raw CSV. */
struct layout {
    size_t n;
    unsigned char slot[COLUMNS_MOST];
};

static void read_layout(struct layout *layout, const json_t *list)
{
    char name[PLUMB_COLUMN_NAME_N];
    layout->n = json_array_size(list) < COLUMNS_MOST ? json_array_size(list) : COLUMNS_MOST;
    for (size_t i = 0; i < layout->n; i++) {
        const char *column = json_string_value(json_array_get(list, i));
        layout->slot[i] = PLUMB_COLUMN_IGNORED;
        for (int slot = PLUMB_COLUMN_T; slot < PLUMB_COLUMN_SLOTS; slot++)
            if (slot != PLUMB_COLUMN_MARKER && column && strcmp(plumb_column_name(slot, name), column) == 0)
                layout->slot[i] = (unsigned char)slot;
    }
}

static void take_imu(struct plumb_sample *sample, int role, const double *values)
{
    double sum = 0;
    for (int channel = 0; channel < 6; channel++)
        sum += values[channel];
    if (!isfinite(sum))
        return;
    sample->present |= 1u << role;
    sample->imu[role] = (struct plumb_imu){
        plumb_vec3_of(values[0], values[1], values[2]), plumb_vec3_of(values[3], values[4], values[5]),
        values[6]};
}

static int give_sample(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece, json_t *list,
    const struct layout *layout, double *last_s, const struct plumb_json_session_to *to,
    struct plumb_message *message)
{
    double values[PLUMB_COLUMN_SLOTS];
    for (int slot = 0; slot < PLUMB_COLUMN_SLOTS; slot++)
        values[slot] = NAN;
    if (!layout->n || json_array_size(list) != layout->n)
        return plumb_json_piece_wants(
            pieces, piece, "a row", "as many values as there are columns before it", message);
    for (size_t i = 0; i < layout->n; i++) {
        const json_t *value = json_array_get(list, i);
        if (layout->slot[i] && !json_is_null(value) && !json_is_number(value))
            return plumb_json_piece_wants(pieces, piece, "a row", "numbers or null", message);
        values[layout->slot[i]] = json_is_number(value) ? json_number_value(value) : NAN;
    }
    struct plumb_sample sample = {.t_s = values[PLUMB_COLUMN_T]};
    if (!(sample.t_s > *last_s) || sample.t_s > T_MOST_S)
        return plumb_json_piece_wants(pieces, piece, "t_s", "to rise from row to row", message);
    *last_s = sample.t_s;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        take_imu(&sample, role, &values[PLUMB_COLUMN_OF(role, 0)]);
    return to->sample(to->context, &sample, message);
}

/* ---- all of it */

struct reading {
    const struct plumb_json_session *session;
    const struct plumb_json_session_to *to;
    struct layout layout;
    double last_s;
};

/* Whether this piece is one of those that are given. */
static int is_wanted(const struct reading *reading, const struct plumb_json_piece *piece)
{
    if (reading->session->has_kept)
        return strcmp(piece->member, "kept") == 0;
    return strcmp(piece->member, "columns") == 0 || strcmp(piece->member, "rows") == 0 ||
           strcmp(piece->member, "markers") == 0;
}

static int give(
    struct reading *reading, const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece,
    struct plumb_message *message)
{
    json_t *value = plumb_json_piece_read(pieces, piece, message);
    int fail = value ? 0 : PLUMB_DAMAGED;
    if (!fail && strcmp(piece->member, "kept") == 0)
        fail = give_kept(pieces, piece, value, reading->to, message);
    else if (!fail && strcmp(piece->member, "markers") == 0)
        fail = give_mark(pieces, piece, value, reading->to, message);
    else if (!fail && strcmp(piece->member, "rows") == 0)
        fail = give_sample(pieces, piece, value, &reading->layout, &reading->last_s, reading->to, message);
    else if (!fail)
        read_layout(&reading->layout, value);
    json_decref(value);
    return fail;
}

int plumb_json_session_read(
    const struct plumb_json_session *session, const char *path, const struct plumb_json_session_to *to,
    struct plumb_message *message)
{
    int fail = 0, more = 0;
    struct reading reading = {.session = session, .to = to, .last_s = -T_MOST_S};
    struct plumb_json_piece piece;
    struct plumb_json_pieces *pieces = plumb_json_pieces_open(path, lists, &fail, message);
    if (!pieces)
        return fail;
    for (long i = 0; !fail && (more = plumb_json_pieces_next(pieces, &piece, message)) > 0; i++) {
        if (is_wanted(&reading, &piece))
            fail = give(&reading, pieces, &piece, message);
        if (to->tell && i % TELL_PIECES == 0)
            to->tell(to->tell_context, plumb_json_pieces_share(pieces));
    }
    plumb_json_pieces_close(pieces);
    return fail ? fail : more < 0 ? more : 0;
}
