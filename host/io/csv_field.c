#include "csv_field.h"

#include <string.h>

#include "text_utf8.h"

/* The closing quote; doubled quotes are text. NULL where it is missing. */
static const char *closing_quote(const char *at, const char *end)
{
    for (; at < end; at++)
        if (*at == '"') {
            if (at + 1 == end || at[1] != '"')
                return at;
            at++;
        }
    return NULL;
}

/* The comma that ends the field, or the line's end. Fields are short: a plain loop is the fastest. */
static const char *field_end(const char *at, const char *end)
{
    while (at < end && *at != ',')
        at++;
    return at;
}

void plumb_csv_next(const char **at, const char *end, struct plumb_csv_field *field)
{
    const char *from = *at, *stop;
    if (from == end || *from != '"') {
        stop = field_end(from, end);
        *field = (struct plumb_csv_field){from, (size_t)(stop - from), false, true};
    } else {
        const char *close = closing_quote(from + 1, end), *text_end = close ? close : end;
        stop = field_end(text_end, end);
        *field = (struct plumb_csv_field){
            from + 1, (size_t)(text_end - from - 1), true, close && close + 1 == stop};
    }
    *at = stop < end ? stop + 1 : NULL;
}

size_t plumb_csv_count(const char *line, size_t n)
{
    const char *at = line;
    size_t fields_n = 0;
    struct plumb_csv_field field;
    for (; at; fields_n++)
        plumb_csv_next(&at, line + n, &field);
    return fields_n;
}

/* Shortens a text that was cut anywhere to whole characters. */
static size_t whole_characters(char *out, size_t n)
{
    n = plumb_text_utf8_bad(out, n);
    out[n] = '\0';
    return n;
}

size_t plumb_csv_text(char *out, size_t room, const struct plumb_csv_field *field)
{
    size_t n = 0;
    for (size_t i = 0; i < field->n && n + 1 < room; i++) {
        out[n++] = field->text[i];
        if (field->quoted && field->text[i] == '"')
            i++;
    }
    return whole_characters(out, n);
}

/* One byte of a text as it stands in a field. */
static size_t put_byte(char *out, char byte, bool quote)
{
    size_t n = 0;
    if (quote && byte == '"')
        out[n++] = '"';
    out[n++] = (unsigned char)byte < 0x20 ? ' ' : byte;
    return n;
}

bool plumb_csv_is_formula(const char *text)
{
    return text[0] && strchr("=+-@\t\r", text[0]);
}

size_t plumb_csv_put(char *out, size_t room, const char *text)
{
    bool quote = strpbrk(text, ",\"") != NULL;
    size_t n = 0, began;
    if (quote)
        out[n++] = '"';
    began = n;
    if (plumb_csv_is_formula(text))
        out[n++] = '\'';
    for (; *text && n + 4 < room; text++) /* two for a doubled quote, the closing quote, the end */
        n += put_byte(out + n, *text, quote);
    n = began + whole_characters(out + began, n - began);
    if (quote)
        out[n++] = '"';
    out[n] = '\0';
    return n;
}
