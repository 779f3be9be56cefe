/* A JSON object of any length, read piece by piece: each member of it, and of its large lists each element by
 * itself, so that an hour of rows is never in memory. However the document is laid out. */
#ifndef PLUMB_JSON_PIECES_H
#define PLUMB_JSON_PIECES_H

#include <jansson.h>

#include "../core/message.h"

#define PLUMB_JSON_PIECE_N  (8 << 20) /* bytes of the longest piece taken */
#define PLUMB_JSON_MEMBER_N 64        /* of the longest name, with its end */
#define PLUMB_JSON_NESTED_N 64        /* levels within one piece */

struct plumb_json_piece {
    char member[PLUMB_JSON_MEMBER_N]; /* of the outermost object */
    long element;                     /* its place in the list, from 0; -1: the whole member */
    long line;                        /* where the piece ends */
    const char *text;                 /* borrowed until the next piece */
    size_t n;
};

struct plumb_json_pieces; /* owned by who opened it */

/* Opens a file, plain or gzip. `lists`: the names, ended by NULL, of the members that are taken element by
 * element; borrowed until close. NULL with *fail and message. */
struct plumb_json_pieces *
plumb_json_pieces_open(const char *path, const char *const *lists, int *fail, struct plumb_message *message);

/* 1 with the next piece, 0 behind the end of the document, negative with message (FILE:LINE): no object, cut
 * short, something behind it, a piece too long. What a piece says is only understood by
 * plumb_json_piece_read. */
int plumb_json_pieces_next(
    struct plumb_json_pieces *pieces, struct plumb_json_piece *piece, struct plumb_message *message);

/* The piece as a value: owned by the caller (json_decref). NULL with message where it is no JSON. */
json_t *plumb_json_piece_read(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece,
    struct plumb_message *message);

/* "FILE:LINE: NAME wants WANTED": for a piece that is JSON but says something else. Returns PLUMB_DAMAGED. */
int plumb_json_piece_wants(
    const struct plumb_json_pieces *pieces, const struct plumb_json_piece *piece, const char *name,
    const char *wanted, struct plumb_message *message);

/* How much of the document was read: 0..1. */
double plumb_json_pieces_share(struct plumb_json_pieces *pieces);

void plumb_json_pieces_close(struct plumb_json_pieces *pieces);

#endif
