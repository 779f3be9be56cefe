#include "ini_write.h"

#include <string.h>

#include "../core/vec3.h"
#include "message_fail.h"
#include "text_number.h"
#include "text_utf8.h"

#define INDENT  4
#define COLUMNS 118 /* where a line ends where it can, as in the files that Plumb brings along */

/* One section on its way into the file. */
struct section {
    FILE *to;
    const char *name;
    int headed; /* its head is written */
    struct plumb_message *message;
};

static int is_kind(const char *name, const char *kind)
{
    size_t n = strcspn(name, " ");
    return strlen(kind) == n && !memcmp(name, kind, n);
}

/* ---- texts */

static int is_control(char c)
{
    return (unsigned char)c < ' ' || c == 0x7f;
}

const char *plumb_ini_text_lacks(const char *text)
{
    size_t n = strlen(text);
    if (plumb_text_utf8_bad(text, n) < n)
        return "is not UTF-8";
    for (size_t i = 0; i < n; i++)
        if (is_control(text[i]))
            return text[i] == '\n' || text[i] == '\r' ? "has a line break" : "has a control character";
    if (n && (text[0] == ' ' || text[n - 1] == ' '))
        return "begins or ends with a space";
    if (text[0] == ';' || strstr(text, " ;"))
        return "has a ';' first or behind a space, where a comment begins";
    return NULL;
}

/* Leaves out what is no UTF-8, byte by byte. */
static void drop_bad(char *text)
{
    size_t n = strlen(text), bad;
    while ((bad = plumb_text_utf8_bad(text, n)) < n) {
        memmove(text + bad, text + bad + 1, n - bad);
        n--;
    }
}

static void cut(char *text, size_t room)
{
    size_t n = strlen(text);
    if (n < room)
        return;
    n = room - 1;
    while (n && (text[n] & 0xC0) == 0x80)
        n--;
    text[n] = '\0';
}

void plumb_ini_text_clean(char *text, size_t room)
{
    size_t n = 0;
    drop_bad(text);
    for (const char *at = text; *at; at++) {
        int blank = is_control(*at) || *at == ' ';
        if (*at == ';' && n && text[n - 1] == ' ')
            n--;
        if (!(blank && (!n || text[n - 1] == ' ')) && !(*at == ';' && !n))
            text[n++] = blank ? ' ' : *at;
    }
    text[n] = '\0';
    cut(text, room);
    n = strlen(text);
    while (n && text[n - 1] == ' ')
        text[--n] = '\0';
}

/* `steady = ` would be taken for a key of its own. */
static int looks_like_key(const char *text)
{
    size_t n = strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789_");
    return n && text[n + strspn(text + n, " ")] == '=';
}

/* Whether a line may end before the space at `at` and the next begin behind it. */
static int can_break(const char *text, size_t at)
{
    const char *rest = text + at + 1;
    return text[at] == ' ' && at && text[at - 1] != ' ' && *rest && !strchr(" #;", *rest) &&
           !looks_like_key(rest);
}

/* Bytes of the text that go into a line with so much room: as far as COLUMNS where that can be, else to the
 * first break behind, all of it where it fits. 0: nowhere. */
static size_t line_n(const char *text, size_t used)
{
    size_t n = strlen(text), wanted = COLUMNS - used, most = PLUMB_INI_LINE_N - used;
    if (n <= wanted)
        return n;
    for (size_t at = wanted; at; at--)
        if (can_break(text, at))
            return at;
    for (size_t at = wanted + 1; at < n && at <= most; at++)
        if (can_break(text, at))
            return at;
    return n <= most ? n : 0;
}

static int put_text(const struct section *section, const char *key, const char *text)
{
    const char *lacks = plumb_ini_text_lacks(text);
    if (lacks)
        return plumb_message_fail(section->message, PLUMB_USAGE, "[%s]: %s %s", section->name, key, lacks);
    fprintf(section->to, "%s = ", key);
    size_t used = strlen(key) + 3;
    for (size_t n; *text; text += n + (text[n] == ' '), used = INDENT) {
        n = line_n(text, used);
        if (!n)
            return plumb_message_fail(
                section->message, PLUMB_USAGE, "[%s]: %s has more than a line's bytes without a space",
                section->name, key);
        fprintf(section->to, "%*s%.*s\n", used == INDENT ? INDENT : 0, "", (int)n, text);
    }
    return 0;
}

/* ---- the other kinds */

static void put_numbers(const struct section *section, const char *key, const double *numbers, size_t n)
{
    char number[PLUMB_TEXT_NUMBER_N];
    fprintf(section->to, "%s =", key);
    for (size_t i = 0; i < n; i++) {
        plumb_text_exact(number, numbers[i]);
        fprintf(section->to, " %s", number);
    }
    fputc('\n', section->to);
}

/* How many numbers a field has in this struct. */
static size_t numbers_n(const struct plumb_ini_field *field, const void *values)
{
    size_t n = field->kind == PLUMB_INI_VEC3 ? 3 : field->kind == PLUMB_INI_DOUBLE ? 1 : field->room;
    if (field->kind == PLUMB_INI_DOUBLES && field->n_offset)
        memcpy(&n, (const char *)values + field->n_offset, sizeof n);
    return n;
}

static int int_at(const void *value)
{
    int number;
    memcpy(&number, value, sizeof number); /* int or an enum: the same size */
    return number;
}

static int
put(const struct section *section, const struct plumb_ini_field *field, const void *values, const void *value)
{
    switch (field->kind) {
    case PLUMB_INI_TEXT:
        return put_text(section, field->key, value);
    case PLUMB_INI_INT:
        fprintf(section->to, "%s = %d\n", field->key, int_at(value));
        return 0;
    case PLUMB_INI_BOOL:
        fprintf(section->to, "%s = %s\n", field->key, *(const bool *)value ? "yes" : "no");
        return 0;
    case PLUMB_INI_CHOICE:
        fprintf(section->to, "%s = %s\n", field->key, field->choices[int_at(value)]);
        return 0;
    case PLUMB_INI_DOUBLE:
    case PLUMB_INI_DOUBLES:
    case PLUMB_INI_VEC3: /* three doubles */
        put_numbers(section, field->key, value, numbers_n(field, values));
        return 0;
    }
    return PLUMB_FAILED;
}

/* ---- what is written at all */

static int same_numbers(const struct plumb_ini_field *field, const void *values, const void *usual)
{
    size_t n = numbers_n(field, values);
    const double *a = (const void *)((const char *)values + field->offset),
                 *b = (const void *)((const char *)usual + field->offset);
    if (n != numbers_n(field, usual))
        return 0;
    for (size_t i = 0; i < n; i++)
        if (!(a[i] == b[i]))
            return 0;
    return 1;
}

static int same(const struct plumb_ini_field *field, const void *values, const void *usual)
{
    const char *a = (const char *)values + field->offset, *b = (const char *)usual + field->offset;
    switch (field->kind) {
    case PLUMB_INI_TEXT:
        return !strcmp(a, b);
    case PLUMB_INI_INT:
    case PLUMB_INI_CHOICE:
        return int_at(a) == int_at(b);
    case PLUMB_INI_BOOL:
        return *(const bool *)(const void *)a == *(const bool *)(const void *)b;
    case PLUMB_INI_DOUBLE:
    case PLUMB_INI_DOUBLES:
    case PLUMB_INI_VEC3:
        return same_numbers(field, values, usual);
    }
    return 0;
}

static int number_is_taken(const struct plumb_ini_field *field, double number)
{
    return (field->min == 0 && field->max == 0) || (number >= field->min && number <= field->max);
}

/* Numbers out of bounds stand for "not set". */
static int is_taken(const struct plumb_ini_field *field, const void *values, const void *value)
{
    if (field->kind == PLUMB_INI_INT)
        return number_is_taken(field, int_at(value));
    if (field->kind == PLUMB_INI_BOOL || field->kind >= PLUMB_INI_TEXT)
        return 1;
    const double *numbers = value;
    for (size_t i = 0; i < numbers_n(field, values); i++)
        if (!number_is_taken(field, numbers[i]))
            return 0;
    return 1;
}

/* An empty text is not written even where it is wanted: the reader says that it is missing. */
static int is_written(const struct plumb_ini_field *field, const void *values, const void *usual)
{
    const char *value = (const char *)values + field->offset;
    if (field->kind == PLUMB_INI_TEXT && !*value)
        return 0;
    if (!usual)
        return is_taken(field, values, value);
    return field->required || !same(field, values, usual);
}

static void head(struct section *section)
{
    if (!section->headed)
        fprintf(section->to, "\n[%s]\n", section->name);
    section->headed = 1;
}

int plumb_ini_write_section(
    FILE *to, const char *name, const struct plumb_ini_field *fields, size_t fields_n, const void *values,
    const void *usual, struct plumb_message *message)
{
    struct section section = {.to = to, .name = name, .message = message};
    for (size_t i = 0; i < fields_n; i++) {
        if (!is_kind(name, fields[i].section) || !is_written(&fields[i], values, usual))
            continue;
        head(&section);
        int fail = put(&section, &fields[i], values, (const char *)values + fields[i].offset);
        if (fail)
            return fail;
    }
    return 0;
}
