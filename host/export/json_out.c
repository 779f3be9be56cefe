#include "json_out.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../io/text_number.h"
#include "../io/text_utf8.h"

static void put(struct plumb_json_out *out, const char *text, size_t n)
{
    if (!out->fail)
        out->fail = plumb_file_out_put(out->file, text, n, out->message);
}

static void put_line(struct plumb_json_out *out, int depth)
{
    static const char spaces[PLUMB_JSON_DEPTH + 1] = "\n               ";
    put(out, spaces, 1 + (size_t)depth);
}

/* What stands before a value or a name: the comma behind the member before, and its line. */
static void begin_member(struct plumb_json_out *out)
{
    if (out->named) {
        out->named = 0;
        return;
    }
    if (out->filled[out->depth])
        put(out, ",", 1);
    out->filled[out->depth] = 1;
    if (out->depth && out->depth <= out->lines)
        put_line(out, out->depth);
}

void plumb_json_out_init(
    struct plumb_json_out *out, struct plumb_file_out *file, int lines, struct plumb_message *message)
{
    *out = (struct plumb_json_out){.file = file, .message = message, .lines = lines};
}

void plumb_json_out_open(struct plumb_json_out *out, char bracket)
{
    begin_member(out);
    put(out, &bracket, 1);
    if (out->depth + 1 < PLUMB_JSON_DEPTH)
        out->depth++;
    out->filled[out->depth] = 0;
}

void plumb_json_out_shut(struct plumb_json_out *out, char bracket)
{
    int filled = out->filled[out->depth];
    if (out->depth)
        out->depth--;
    if (filled && out->depth < out->lines)
        put_line(out, out->depth);
    put(out, &bracket, 1);
    if (!out->depth)
        put(out, "\n", 1);
}

/* One character of a text: 1 where it must be escaped, with its escape. */
static size_t escape(char character, char text[8])
{
    static const char plain[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
    const char *at = character ? strchr(plain, character) : NULL;
    if (at) {
        text[0] = '\\', text[1] = letters[at - plain];
        return 2;
    }
    if ((unsigned char)character >= 0x20 && character != 0x7f)
        return 0;
    return (size_t)snprintf(text, 8, "\\u%04x", (unsigned char)character);
}

static void put_escaped(struct plumb_json_out *out, const char *text, size_t n)
{
    size_t from = 0;
    for (size_t i = 0; i < n; i++) {
        char escaped[8];
        size_t escaped_n = escape(text[i], escaped);
        if (!escaped_n)
            continue;
        put(out, text + from, i - from);
        put(out, escaped, escaped_n);
        from = i + 1;
    }
    put(out, text + from, n - from);
}

static void put_text(struct plumb_json_out *out, const char *text, size_t n)
{
    put(out, "\"", 1);
    while (n) {
        size_t good = plumb_text_utf8_bad(text, n);
        put_escaped(out, text, good);
        if (good < n)
            put(out, "?", 1);
        good += good < n;
        text += good, n -= good;
    }
    put(out, "\"", 1);
}

void plumb_json_out_name(struct plumb_json_out *out, const char *name)
{
    begin_member(out);
    put_text(out, name, strlen(name));
    put(out, ": ", 2);
    out->named = 1;
}

void plumb_json_out_text_n(struct plumb_json_out *out, const char *text, size_t n)
{
    begin_member(out);
    put_text(out, text, n);
}

void plumb_json_out_text(struct plumb_json_out *out, const char *text)
{
    plumb_json_out_text_n(out, text, strlen(text));
}

void plumb_json_out_ready(struct plumb_json_out *out, const char *json)
{
    begin_member(out);
    put(out, json, strlen(json));
}

void plumb_json_out_number(struct plumb_json_out *out, double value, int decimals)
{
    char text[PLUMB_TEXT_NUMBER_N];
    plumb_json_out_ready(out, plumb_text_fixed(text, value, decimals) ? text : "null");
}

void plumb_json_out_exact(struct plumb_json_out *out, double value)
{
    char text[PLUMB_TEXT_NUMBER_N];
    size_t n = plumb_text_exact(text, value);
    if (n && !strpbrk(text, ".e") && n + 3 < sizeof text) /* so that it stays what it is: no integer */
        memcpy(text + n, ".0", 3);
    plumb_json_out_ready(out, n ? text : "null");
}

void plumb_json_out_integer(struct plumb_json_out *out, int64_t value)
{
    char text[PLUMB_TEXT_NUMBER_N];
    snprintf(text, sizeof text, "%" PRId64, value);
    plumb_json_out_ready(out, text);
}

void plumb_json_out_bytes(struct plumb_json_out *out, const void *bytes, size_t n)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const unsigned char *from = bytes;
    begin_member(out);
    put(out, "\"", 1);
    for (; n; from += n < 3 ? n : 3, n -= n < 3 ? n : 3) {
        unsigned word =
            (unsigned)from[0] << 16 | (n > 1 ? (unsigned)from[1] << 8 : 0) | (n > 2 ? from[2] : 0u);
        char four[4] = {letters[word >> 18], letters[word >> 12 & 63], '=', '='};
        if (n > 1)
            four[2] = letters[word >> 6 & 63];
        if (n > 2)
            four[3] = letters[word & 63];
        put(out, four, sizeof four);
    }
    put(out, "\"", 1);
}
