/* inih reads the lines; this file counts them, bounds them and keeps what they say. */
#include "ini.h"

#include <ini.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "file_read.h"
#include "message_fail.h"

#define LINES_MOST 10000 /* keys are compared pair by pair: a longer file is a mistake, not an exercise */
#define NAME_N     49    /* inih keeps 50 bytes of a key or section name, with its end */

/* What the reading needs beside the result. */
struct builder {
    struct plumb_ini *ini;
    const char *at, *end; /* what is left of the file */
    char *free;           /* what is left of ini->text */
    int line;             /* of the line inih has now */
    bool indented;        /* that line goes on with the text above */
    int fail;
    struct plumb_message *message;
};

int plumb_ini_refuse(
    const struct plumb_ini *ini, int line, struct plumb_message *message, const char *format, ...)
{
    char fact[sizeof message->text];
    va_list values;
    va_start(values, format);
    vsnprintf(fact, sizeof fact, format, values);
    va_end(values);
    return plumb_message_fail(message, PLUMB_DAMAGED, "%s:%d: %s", ini->path, line, fact);
}

/* strspn within n bytes: the text need not end with a NUL. */
static size_t span(const char *text, size_t n, const char *allowed)
{
    size_t at = 0;
    while (at < n && text[at] && strchr(allowed, text[at]))
        at++;
    return at;
}

static bool is_name(const char *text, size_t n)
{
    static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789_";
    return n > 0 && n <= NAME_N && span(text, n, allowed) == n;
}

/* Section names may carry a label: letters, digits, '-', '_', one space. */
static bool is_section_name(const char *text, size_t n)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_- ";
    return n > 0 && n <= NAME_N && span(text, n, allowed) == n && text[0] != ' ' && text[n - 1] != ' ';
}

static char *keep(struct builder *build, const char *text, size_t n)
{
    char *kept = build->free;
    memcpy(kept, text, n);
    kept[n] = '\0';
    build->free = kept + n + 1;
    return kept;
}

static struct plumb_ini_section *last_section(struct plumb_ini *ini)
{
    return ini->sections_n ? &ini->sections[ini->sections_n - 1] : NULL;
}

/* "[name]" as found at the beginning of a line. inih would take a section again where it comes twice. */
static int open_section(struct builder *build, const char *line, size_t n)
{
    struct plumb_ini *ini = build->ini;
    const char *close = memchr(line, ']', n);
    const char *rest = close ? close + 1 + span(close + 1, (size_t)(line + n - close - 1), " \t\r") : NULL;
    if (!close || !is_section_name(line + 1, (size_t)(close - line - 1)) ||
        (rest < line + n && *rest != ';' && *rest != '#'))
        return plumb_ini_refuse(
            ini, build->line, build->message,
            "wants a section's name in brackets, of at most %d letters and digits", NAME_N);
    char *name = keep(build, line + 1, (size_t)(close - line - 1));
    for (size_t i = 0; i < ini->sections_n; i++)
        if (!strcmp(ini->sections[i].name, name))
            return plumb_ini_refuse(
                ini, build->line, build->message, "[%s] comes twice, first in line %d", name,
                ini->sections[i].line);
    ini->sections[ini->sections_n++] =
        (struct plumb_ini_section){.name = name, .line = build->line, .first = ini->entries_n};
    return 0;
}

/* An indented `key = value` would become part of the text above: nobody means that. */
static int check_indented(struct builder *build, const char *line, size_t n)
{
    size_t key = span(line, n, " \t"), stop = key;
    while (stop < n && is_name(line + stop, 1))
        stop++;
    size_t after = stop + span(line + stop, n - stop, " \t");
    if (stop == key || after >= n || line[after] != '=')
        return 0;
    return plumb_ini_refuse(
        build->ini, build->line, build->message, "wants `%.*s` at the left edge, found it indented",
        (int)(stop - key), line + key);
}

/* Looks at a line before inih does. */
static int look_at(struct builder *build, const char *line, size_t n)
{
    size_t blank = span(line, n, " \t\r");
    build->indented = false;
    if (n > PLUMB_INI_LINE_N)
        return plumb_ini_refuse(
            build->ini, build->line, build->message,
            "wants lines of at most %d bytes, found %zu (a long text goes on in an indented line)",
            PLUMB_INI_LINE_N, n);
    if (build->line > LINES_MOST)
        return plumb_ini_refuse(
            build->ini, build->line, build->message, "wants at most %d lines", LINES_MOST);
    if (blank >= n || line[blank] == '#' || line[blank] == ';')
        return 0;
    if (line[blank] == '[' && !blank)
        return open_section(build, line, n);
    build->indented = blank > 0;
    return blank ? check_indented(build, line, n) : 0;
}

/* inih's reader, in fgets' manner: the next line, or NULL at the end and after a failure. */
static char *next_line(char *into, int room, void *user)
{
    struct builder *build = user;
    if (build->fail || build->at == build->end)
        return NULL;
    const char *stop = memchr(build->at, '\n', (size_t)(build->end - build->at));
    size_t n = (size_t)((stop ? stop : build->end) - build->at);
    build->line++;
    build->fail = look_at(build, build->at, n);
    if (build->fail || n + 2 > (size_t)room)
        return NULL;
    memcpy(into, build->at, n);
    into[n] = '\n';
    into[n + 1] = '\0';
    build->at += stop ? n + 1 : n;
    return into;
}

/* How much of a value is not the comment behind it: inih 55 leaves that in lines that go on. */
static size_t text_n(const char *value)
{
    size_t n = strlen(value);
    for (size_t i = 1; i < n; i++)
        if (value[i] == ';' && strchr(" \t", value[i - 1]))
            n = i;
    while (n && strchr(" \t", value[n - 1]))
        n--;
    return n;
}

static int go_on(struct builder *build, struct plumb_ini_entry *entry, const char *value)
{
    size_t had = strlen(entry->value), more = text_n(value);
    if (had + 1 + more > PLUMB_INI_VALUE_N)
        return plumb_ini_refuse(
            build->ini, build->line, build->message, "wants at most %d bytes for %s, found more",
            PLUMB_INI_VALUE_N, entry->key);
    entry->value[had] = ' ';
    memcpy(entry->value + had + 1, value, more);
    entry->value[had + 1 + more] = '\0';
    build->free = entry->value + had + 1 + more + 1;
    return 0;
}

static int add_entry(struct builder *build, const char *key, const char *value)
{
    struct plumb_ini *ini = build->ini;
    struct plumb_ini_section *section = last_section(ini);
    if (!section)
        return plumb_ini_refuse(ini, build->line, build->message, "wants a [section] before the first key");
    if (build->indented && section->n)
        return go_on(build, &ini->entries[ini->entries_n - 1], value);
    if (!is_name(key, strlen(key)))
        return plumb_ini_refuse(
            ini, build->line, build->message, "wants a key of small letters, digits and '_', found `%s`",
            key);
    const struct plumb_ini_entry *twin = plumb_ini_entry(ini, section, key);
    if (twin)
        return plumb_ini_refuse(
            ini, build->line, build->message, "%s comes twice in [%s], first in line %d", key, section->name,
            twin->line);
    ini->entries[ini->entries_n++] = (struct plumb_ini_entry){
        .key = keep(build, key, strlen(key)),
        .value = keep(build, value, strlen(value)),
        .line = build->line};
    section->n++;
    return 0;
}

static int take_entry(void *user, const char *section, const char *key, const char *value)
{
    struct builder *build = user;
    (void)section; /* look_at has kept it, uncut */
    if (!build->fail)
        build->fail = add_entry(build, key, value);
    return !build->fail;
}

static size_t lines_in(const char *text, size_t n)
{
    size_t lines = 1;
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n';
    return lines;
}

/* Every string is a piece of the file and its end: twice the file's size is room for all of them. */
static int make_room(struct plumb_ini *ini, const char *path, size_t n, size_t lines)
{
    *ini = (struct plumb_ini){0};
    ini->path = strdup(path);
    ini->text = malloc(2 * n + 16);
    ini->sections = calloc(lines, sizeof *ini->sections);
    ini->entries = calloc(lines, sizeof *ini->entries);
    return ini->path && ini->text && ini->sections && ini->entries ? 0 : PLUMB_FAILED;
}

int plumb_ini_parse(
    struct plumb_ini *ini, const char *path, const char *text, size_t n, struct plumb_message *message)
{
    if (n >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) { /* some editors write a byte order mark */
        text += 3;
        n -= 3;
    }
    int fail = make_room(ini, path, n, lines_in(text, n));
    struct builder build = {.ini = ini, .at = text, .end = text + n, .free = ini->text, .message = message};
    if (fail)
        plumb_message_fail(message, fail, "%s: out of memory", path);
    else {
        int line = ini_parse_stream(next_line, &build, take_entry, &build);
        fail = build.fail;
        if (!fail && line)
            fail = plumb_ini_refuse(ini, line, message, "wants `key = value` or [section]");
    }
    if (fail)
        plumb_ini_free(ini);
    return fail;
}

int plumb_ini_load(struct plumb_ini *ini, const char *path, struct plumb_message *message)
{
    char *text;
    size_t n;
    *ini = (struct plumb_ini){0};
    int fail = plumb_file_read(&text, &n, path, PLUMB_INI_FILE_N, message);
    if (fail)
        return fail;
    fail = plumb_ini_parse(ini, path, text, n, message);
    free(text);
    return fail;
}

void plumb_ini_free(struct plumb_ini *ini)
{
    free(ini->path);
    free(ini->text);
    free(ini->sections);
    free(ini->entries);
    *ini = (struct plumb_ini){0};
}
