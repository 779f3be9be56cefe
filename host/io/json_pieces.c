#include "json_pieces.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "file_bytes.h"
#include "message_fail.h"

#define BLOCK_N (256 * 1024)

/* Where in the document the next character is. */
enum place {
    BEFORE,        /* the object has not begun */
    FIRST_NAME,    /* '{' was read: a name or '}' */
    NEXT_NAME,     /* ',' was read: a name */
    BEHIND_VALUE,  /* ',' or '}' */
    FIRST_ELEMENT, /* '[' of a list was read: a value or ']' */
    NEXT_ELEMENT,
    BEHIND_ELEMENT, /* ',' or ']' */
    BEHIND          /* the object is over */
};

struct plumb_json_pieces {
    struct plumb_file_bytes *file;
    const char *const *lists;
    char *path;
    enum place place;
    long line, element;
    char member[PLUMB_JSON_MEMBER_N];
    char *text; /* the piece; owned */
    size_t n, room;
    size_t at, filled;
    char block[BLOCK_N];
};

struct plumb_json_pieces *
plumb_json_pieces_open(const char *path, const char *const *lists, int *fail, struct plumb_message *message)
{
    struct plumb_json_pieces *pieces = calloc(1, sizeof *pieces);
    if (pieces)
        pieces->path = strdup(path);
    if (pieces && pieces->path) {
        pieces->lists = lists;
        pieces->line = 1;
        pieces->file = plumb_file_bytes_open(path, fail, message);
        if (pieces->file)
            return pieces;
    } else
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    plumb_json_pieces_close(pieces);
    return NULL;
}

double plumb_json_pieces_share(struct plumb_json_pieces *pieces)
{
    return plumb_file_bytes_share(pieces->file);
}

void plumb_json_pieces_close(struct plumb_json_pieces *pieces)
{
    if (!pieces)
        return;
    plumb_file_bytes_close(pieces->file);
    free(pieces->path);
    free(pieces->text);
    free(pieces);
}

static int
wants(const struct plumb_json_pieces *pieces, const char *wanted, int found, struct plumb_message *message)
{
    const char text[] = {'`', (char)found, '`', '\0'};
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:%ld: wants %s, found %s", pieces->path, pieces->line, wanted,
        found < 0 ? "the end of the file" : text);
}

/* The next character, not taken: -1 at the end, below -1 an enum plumb_fail less one. */
#define END (-1)

static int peek(struct plumb_json_pieces *pieces, struct plumb_message *message)
{
    if (pieces->at < pieces->filled)
        return (unsigned char)pieces->block[pieces->at];
    long got = plumb_file_bytes_read(pieces->file, pieces->block, BLOCK_N, message);
    pieces->at = 0;
    pieces->filled = got > 0 ? (size_t)got : 0;
    return got > 0 ? (unsigned char)pieces->block[0] : got == 0 ? END : (int)got - 1;
}

static void take(struct plumb_json_pieces *pieces)
{
    pieces->line += pieces->block[pieces->at++] == '\n';
}

static bool is_space(int c)
{
    return c == ' ' || c == '\n' || c == '\r' || c == '\t';
}

/* The next character that is no white space. */
static int next_mark(struct plumb_json_pieces *pieces, struct plumb_message *message)
{
    int c;
    while (is_space(c = peek(pieces, message)))
        take(pieces);
    return c;
}

static int failed(int c)
{
    return c < END ? c + 1 : 0;
}

/* Adds a character to the piece. */
static int keep(struct plumb_json_pieces *pieces, int c, struct plumb_message *message)
{
    if (pieces->n == PLUMB_JSON_PIECE_N)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s:%ld: wants pieces of at most %d bytes, found more in \"%s\"",
            pieces->path, pieces->line, PLUMB_JSON_PIECE_N, pieces->member);
    if (pieces->n == pieces->room) {
        size_t room = pieces->room ? 2 * pieces->room : 4096;
        char *text = realloc(pieces->text, room);
        if (!text)
            return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", pieces->path);
        pieces->text = text;
        pieces->room = room;
    }
    pieces->text[pieces->n++] = (char)c;
    return 0;
}

/* Takes the character that peek showed into the piece. */
static int keep_next(struct plumb_json_pieces *pieces, int c, struct plumb_message *message)
{
    take(pieces);
    return keep(pieces, c, message);
}

/* A string with its quotes, as it stands, behind what the piece holds already. */
static int keep_string(struct plumb_json_pieces *pieces, struct plumb_message *message)
{
    int c = peek(pieces, message), escaped = 0, fail = 0;
    if (c != '"')
        return failed(c) ? failed(c) : wants(pieces, "a text in quotes", c, message);
    for (int quotes = 0; !fail && quotes < 2;) {
        c = peek(pieces, message);
        if (c < 0)
            return failed(c) ? failed(c) : wants(pieces, "a closing quote", c, message);
        quotes += c == '"' && !escaped;
        escaped = c == '\\' && !escaped;
        fail = keep_next(pieces, c, message);
    }
    return fail;
}

/* A value with all that is in it. */
static int keep_value(struct plumb_json_pieces *pieces, struct plumb_message *message)
{
    int depth = 0;
    pieces->n = 0;
    for (;;) {
        bool spaced = is_space(peek(pieces, message)) && pieces->n;
        int c = next_mark(pieces, message);
        if (c < 0)
            return failed(c) ? failed(c) : wants(pieces, "the rest of a value", c, message);
        bool opens = c == '{' || c == '[', shuts = c == '}' || c == ']';
        if (!depth && (shuts || c == ','))
            return pieces->n ? 0 : wants(pieces, "a value", c, message);
        if (!depth && pieces->n && opens)
            return wants(pieces, "a comma", c, message);
        depth += opens - shuts;
        if (depth > PLUMB_JSON_NESTED_N)
            return wants(pieces, "fewer levels", c, message);
        int fail = spaced ? keep(pieces, ' ', message) : 0; /* "1 2" stays two */
        if (!fail)
            fail = c == '"' ? keep_string(pieces, message) : keep_next(pieces, c, message);
        if (fail)
            return fail;
        if (!depth && (shuts || c == '"'))
            return 0;
    }
}

/* A member's name and its colon. */
static int read_name(struct plumb_json_pieces *pieces, struct plumb_message *message)
{
    pieces->n = 0;
    int fail = keep_string(pieces, message);
    if (fail)
        return fail;
    size_t n = pieces->n - 2 < PLUMB_JSON_MEMBER_N - 1 ? pieces->n - 2 : PLUMB_JSON_MEMBER_N - 1;
    memcpy(pieces->member, pieces->text + 1, n);
    pieces->member[n] = '\0';
    int c = next_mark(pieces, message);
    if (c != ':')
        return failed(c) ? failed(c) : wants(pieces, "a colon", c, message);
    take(pieces);
    return 0;
}

static bool is_list(const struct plumb_json_pieces *pieces)
{
    for (const char *const *list = pieces->lists; *list; list++)
        if (strcmp(*list, pieces->member) == 0)
            return true;
    return false;
}

static int
give(struct plumb_json_pieces *pieces, struct plumb_json_piece *piece, long element, enum place then)
{
    pieces->place = then;
    *piece = (struct plumb_json_piece){
        .element = element, .line = pieces->line, .text = pieces->text, .n = pieces->n};
    memcpy(piece->member, pieces->member, sizeof piece->member);
    return 1;
}

/* Behind a name: the member's value, or the beginning of its list. 1 with a piece, 0 to go on. */
static int
begin_value(struct plumb_json_pieces *pieces, struct plumb_json_piece *piece, struct plumb_message *message)
{
    int fail = read_name(pieces, message), c = fail ? END : next_mark(pieces, message);
    if (fail || failed(c))
        return fail ? fail : failed(c);
    if (c == '[' && is_list(pieces)) {
        take(pieces);
        pieces->element = 0;
        pieces->place = FIRST_ELEMENT;
        return 0;
    }
    fail = keep_value(pieces, message);
    return fail ? fail : give(pieces, piece, -1, BEHIND_VALUE);
}

/* What may come in this place, and where it leads. */
static const struct {
    char mark; /* 0: none but a value or name */
    enum place then;
    bool names, values;
    const char *wanted;
} places[] = {
    [BEFORE] = {'{', FIRST_NAME, false, false, "a JSON object"},
    [FIRST_NAME] = {'}', BEHIND, true, false, "a name in quotes or }"},
    [NEXT_NAME] = {'\0', BEHIND, true, false, "a name in quotes"},
    [BEHIND_VALUE] = {'}', BEHIND, false, false, ", or }"},
    [FIRST_ELEMENT] = {']', BEHIND_VALUE, false, true, "a value or ]"},
    [NEXT_ELEMENT] = {'\0', BEHIND_VALUE, false, true, "a value"},
    [BEHIND_ELEMENT] = {']', BEHIND_VALUE, false, false, ", or ]"},
};

/* One mark, name or value. 1 with a piece, 0 to go on, negative with message. */
static int
step(struct plumb_json_pieces *pieces, struct plumb_json_piece *piece, struct plumb_message *message)
{
    int c = next_mark(pieces, message);
    enum place place = pieces->place;
    if (failed(c))
        return failed(c);
    if (c > 0 && c == places[place].mark) {
        take(pieces);
        pieces->place = places[place].then;
        return 0;
    }
    if (c == ',' && (place == BEHIND_VALUE || place == BEHIND_ELEMENT)) {
        take(pieces);
        pieces->place = place == BEHIND_VALUE ? NEXT_NAME : NEXT_ELEMENT;
        return 0;
    }
    if (places[place].names && c == '"')
        return begin_value(pieces, piece, message);
    if (!places[place].values || c < 0)
        return wants(pieces, places[place].wanted, c, message);
    int fail = keep_value(pieces, message);
    return fail ? fail : give(pieces, piece, pieces->element++, BEHIND_ELEMENT);
}

int plumb_json_pieces_next(
    struct plumb_json_pieces *pieces, struct plumb_json_piece *piece, struct plumb_message *message)
{
    while (pieces->place != BEHIND) {
        int given = step(pieces, piece, message);
        if (given)
            return given;
    }
    int c = next_mark(pieces, message);
    return c == END ? 0 : failed(c) ? failed(c) : wants(pieces, "nothing behind the object", c, message);
}

json_t *plumb_json_piece_read(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece,
    struct plumb_message *message)
{
    json_error_t error;
    json_t *value = json_loadb(piece->text, piece->n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, &error);
    if (!value)
        plumb_message_fail(
            message, PLUMB_DAMAGED, "%s:%ld: \"%s\" wants JSON: %s", pieces->path, piece->line, piece->member,
            error.text);
    return value;
}

int plumb_json_piece_wants(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece, const char *name,
    const char *wanted, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:%ld: \"%s\": %s wants %s", pieces->path, piece->line, piece->member, name,
        wanted);
}
