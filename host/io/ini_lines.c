#include "ini_lines.h"

#include <stdlib.h>
#include <string.h>

#include "message_fail.h"

static const char blank[] = " \t";

/* ---- taking apart */

static size_t count(const char *text, size_t n)
{
    size_t lines = 0;
    for (size_t i = 0; i < n; i++)
        lines += text[i] == '\n' || i + 1 == n;
    return lines;
}

static void cut(struct plumb_ini_lines *lines, const char *text, size_t n)
{
    const char *end = text + n;
    for (size_t i = 0; i < lines->lines_n; i++) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        const char *next = stop ? stop + 1 : end;
        stop = stop ? stop : end;
        stop -= stop > text && stop[-1] == '\r';
        lines->lines[i] = (struct plumb_ini_line){.text = text, .n = (size_t)(stop - text)};
        text = next;
    }
}

static int says_nothing(const struct plumb_ini_line *line)
{
    size_t at = 0;
    while (at < line->n && strchr(blank, line->text[at]))
        at++;
    return at == line->n || line->text[at] == '#' || line->text[at] == ';';
}

/* The reader has said where heads and keys are; what else says something goes on with the key above. */
static void name_kinds(struct plumb_ini_lines *lines)
{
    const struct plumb_ini *ini = &lines->ini;
    size_t section = 0, entry = 0;
    for (size_t i = 0; i < lines->lines_n; i++) {
        struct plumb_ini_line *line = &lines->lines[i];
        if (section < ini->sections_n && (size_t)ini->sections[section].line == i + 1) {
            line->kind = PLUMB_INI_HEAD;
            section++;
        } else if (entry < ini->entries_n && (size_t)ini->entries[entry].line == i + 1) {
            line->kind = PLUMB_INI_KEY;
            line->entry = entry++;
        } else if (entry && !says_nothing(line)) {
            line->kind = PLUMB_INI_MORE;
            line->entry = entry - 1;
        }
    }
}

int plumb_ini_lines_read(
    struct plumb_ini_lines *lines, const char *name, const char *text, size_t n,
    struct plumb_message *message)
{
    const char *first = memchr(text, '\n', n);
    *lines = (struct plumb_ini_lines){.lines_n = count(text, n)};
    lines->ending = first && first > text && first[-1] == '\r' ? "\r\n" : "\n";
    int fail = plumb_ini_parse(&lines->ini, name, text, n, message);
    if (fail)
        return fail;
    lines->lines = calloc(lines->lines_n + 1, sizeof *lines->lines);
    if (!lines->lines) {
        plumb_ini_free(&lines->ini);
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", name);
    }
    cut(lines, text, n);
    name_kinds(lines);
    return 0;
}

void plumb_ini_lines_free(struct plumb_ini_lines *lines)
{
    plumb_ini_free(&lines->ini);
    free(lines->lines);
    *lines = (struct plumb_ini_lines){0};
}

/* ---- looking */

static int is_blank(const struct plumb_ini_line *line)
{
    return line->kind == PLUMB_INI_OTHER && (!line->n || !memchr(line->text, '#', line->n)) &&
           !memchr(line->text, ';', line->n);
}

size_t plumb_ini_lines_begin(const struct plumb_ini_lines *lines, size_t section)
{
    if (section == lines->ini.sections_n)
        return lines->lines_n;
    size_t at = (size_t)lines->ini.sections[section].line - 1;
    while (at && lines->lines[at - 1].kind == PLUMB_INI_OTHER && !is_blank(&lines->lines[at - 1]))
        at--;
    while (at && is_blank(&lines->lines[at - 1]))
        at--;
    return at;
}

const char *plumb_ini_line_remark(const struct plumb_ini_line *line, size_t *n)
{
    for (size_t i = 1; i < line->n; i++) {
        if (line->text[i] != ';' || !strchr(blank, line->text[i - 1]))
            continue;
        *n = line->n - i + 1;
        return line->text + i - 1;
    }
    *n = 0;
    return "";
}
