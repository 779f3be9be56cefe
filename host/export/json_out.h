/* JSON written piece by piece, so that an hour of rows is never in memory (RFC 8259; jansson makes whole
 * documents). Lists and objects of the first three levels begin their members on lines of their own; what
 * lies deeper stays on one line. The first failure stays and everything after it is passed over. */
#ifndef PLUMB_JSON_OUT_H
#define PLUMB_JSON_OUT_H

#include <stddef.h>
#include <stdint.h>

#include "../core/message.h"
#include "../io/file_out.h"

#define PLUMB_JSON_DEPTH 16

struct plumb_json_out {
    struct plumb_file_out *file; /* borrowed */
    struct plumb_message *message;
    int fail;
    int depth;
    int lines;                              /* levels whose members have lines of their own */
    unsigned char filled[PLUMB_JSON_DEPTH]; /* 1: a comma goes before the next member */
    int named;                              /* a member's name was written: its value follows it */
};

/* `lines`: how many levels are broken into lines. */
void plumb_json_out_init(
    struct plumb_json_out *out, struct plumb_file_out *file, int lines, struct plumb_message *message);

/* '{' or '[', and the other one. */
void plumb_json_out_open(struct plumb_json_out *out, char bracket);
void plumb_json_out_shut(struct plumb_json_out *out, char bracket);

/* The name of an object's next member. */
void plumb_json_out_name(struct plumb_json_out *out, const char *name);

/* Values. A number that is not finite is null; text is escaped, and what is not UTF-8 becomes '?'; bytes are
 * base64 (RFC 4648); `ready` is JSON already. */
void plumb_json_out_text(struct plumb_json_out *out, const char *text);
void plumb_json_out_text_n(struct plumb_json_out *out, const char *text, size_t n);
void plumb_json_out_number(struct plumb_json_out *out, double value, int decimals);
void plumb_json_out_exact(struct plumb_json_out *out, double value);
void plumb_json_out_integer(struct plumb_json_out *out, int64_t value);
void plumb_json_out_bytes(struct plumb_json_out *out, const void *bytes, size_t n);
void plumb_json_out_ready(struct plumb_json_out *out, const char *json);

#endif
