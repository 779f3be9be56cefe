#include "ini_weave.h"

#include <string.h>

#define NAME_N 64

/* One section of the old text on its way, and what becomes of it. */
struct part {
    const struct plumb_ini_weave *weave;
    FILE *to;
    size_t section;       /* in the old text */
    const char *was_name; /* in `was` */
    const char *name;     /* in `full` and `now` */
    int numbered;         /* its number is to be set right */
};

static const struct plumb_ini_section *find(const struct plumb_ini *ini, const char *name)
{
    for (size_t i = 0; i < ini->sections_n; i++)
        if (!strcmp(ini->sections[i].name, name))
            return &ini->sections[i];
    return NULL;
}

static const char *value_of(const struct plumb_ini *ini, const char *section, const char *key)
{
    const struct plumb_ini_section *found = find(ini, section);
    const struct plumb_ini_entry *entry = found ? plumb_ini_entry(ini, found, key) : NULL;
    return entry ? entry->value : NULL;
}

static int is_repeated(const struct plumb_ini_weave *weave, const struct plumb_ini_section *section)
{
    size_t n = strlen(weave->repeated);
    return !strncmp(section->name, weave->repeated, n) && strchr(" ", section->name[n]);
}

static void put(const struct part *part, const char *text, size_t n)
{
    fwrite(text, 1, n, part->to);
}

static void put_line(const struct part *part, const struct plumb_ini_line *line)
{
    put(part, line->text, line->n);
    fputs(part->weave->old->ending, part->to);
}

/* ---- values */

enum fate { STAYS, CHANGES, GOES };

static enum fate fate_of(const struct part *part, const char *key)
{
    const char *was = value_of(part->weave->was, part->was_name, key);
    const char *is = value_of(&part->weave->full->ini, part->name, key);
    return !is ? GOES : was && !strcmp(was, is) ? STAYS : CHANGES;
}

/* The lines of that key as we write them; *n of them. */
static const struct plumb_ini_line *
written(const struct plumb_ini_lines *lines, const char *section, const char *key, size_t *n)
{
    const struct plumb_ini_section *found = find(&lines->ini, section);
    const struct plumb_ini_entry *entry = found ? plumb_ini_entry(&lines->ini, found, key) : NULL;
    *n = 0;
    if (!entry)
        return NULL;
    size_t first = (size_t)entry->line - 1;
    for (*n = 1; first + *n < lines->lines_n && lines->lines[first + *n].kind == PLUMB_INI_MORE;)
        ++*n;
    return &lines->lines[first];
}

/* A remark that has no room behind the new value goes into a line of its own. */
static void put_changed(const struct part *part, const struct plumb_ini_line *old, const char *key)
{
    size_t remark_n, n;
    const char *remark = plumb_ini_line_remark(old, &remark_n);
    const struct plumb_ini_line *line = written(part->weave->full, part->name, key, &n);
    int behind = n == 1 && line->n + remark_n <= PLUMB_INI_LINE_N;
    for (size_t i = 0; i < n; i++) {
        put(part, line[i].text, line[i].n);
        if (behind)
            put(part, remark, remark_n);
        fputs(part->weave->old->ending, part->to);
    }
    if (!behind && remark_n) {
        put(part, remark + 1, remark_n - 1);
        fputs(part->weave->old->ending, part->to);
    }
}

/* Of a line that is not needed any more only the remark is left. */
static void put_remark(const struct part *part, const struct plumb_ini_line *old)
{
    size_t n;
    const char *remark = plumb_ini_line_remark(old, &n);
    if (!n)
        return;
    put(part, remark + 1, n - 1);
    fputs(part->weave->old->ending, part->to);
}

static void put_value(const struct part *part, const struct plumb_ini_line *line)
{
    const char *key = part->weave->old->ini.entries[line->entry].key;
    enum fate fate = fate_of(part, key);
    if (fate == STAYS)
        put_line(part, line);
    else if (fate == CHANGES && line->kind == PLUMB_INI_KEY)
        put_changed(part, line, key);
    else
        put_remark(part, line);
}

/* ---- a section that stays */

static void put_head(const struct part *part, const struct plumb_ini_line *line)
{
    const char *label = plumb_ini_label(&part->weave->old->ini.sections[part->section]);
    const char *close = memchr(line->text, ']', line->n);
    if (!part->numbered || strspn(label, "0123456789") != strlen(label) || !*label) {
        put_line(part, line);
        return;
    }
    fprintf(part->to, "[%s", part->name);
    put(part, close, (size_t)(line->text + line->n - close));
    fputs(part->weave->old->ending, part->to);
}

/* Not what the old text leaves unsaid though we would say it. */
static int is_new(const struct part *part, const struct plumb_ini_entry *entry)
{
    const struct plumb_ini *old = &part->weave->old->ini;
    const char *unsaid = value_of(part->weave->was_plain, part->was_name, entry->key);
    return !plumb_ini_entry(old, &old->sections[part->section], entry->key) &&
           !(unsaid && !strcmp(unsaid, entry->value));
}

static void put_new_keys(const struct part *part)
{
    const struct plumb_ini_lines *now = part->weave->now;
    const struct plumb_ini_section *section = find(&now->ini, part->name);
    for (size_t i = 0; section && i < section->n; i++) {
        const struct plumb_ini_entry *entry = &now->ini.entries[section->first + i];
        size_t n;
        const struct plumb_ini_line *line = written(now, part->name, entry->key, &n);
        for (size_t at = 0; at < n && is_new(part, entry); at++)
            put_line(part, &line[at]);
    }
}

/* Behind which of its lines new keys come: the last that says something, else the comment below the head. */
static size_t last_line(const struct plumb_ini_lines *old, size_t head, size_t end)
{
    size_t last = head;
    for (size_t at = head + 1; at < end; at++)
        if (old->lines[at].kind != PLUMB_INI_OTHER)
            last = at;
    if (last > head)
        return last;
    while (last + 1 < end && old->lines[last + 1].n)
        last++;
    return last;
}

static void put_stays(const struct part *part)
{
    const struct plumb_ini_lines *old = part->weave->old;
    size_t head = (size_t)old->ini.sections[part->section].line - 1;
    size_t end = plumb_ini_lines_begin(old, part->section + 1), last = last_line(old, head, end);
    for (size_t at = plumb_ini_lines_begin(old, part->section); at < end; at++) {
        const struct plumb_ini_line *line = &old->lines[at];
        if (line->kind == PLUMB_INI_HEAD)
            put_head(part, line);
        else if (line->kind == PLUMB_INI_OTHER)
            put_line(part, line);
        else
            put_value(part, line);
        if (at == last)
            put_new_keys(part);
    }
}

/* ---- sections that are new or gone */

static void put_new(const struct plumb_ini_weave *weave, FILE *to, const char *name)
{
    const struct plumb_ini_section *section = find(&weave->now->ini, name);
    struct part part = {.weave = weave, .to = to};
    if (!section)
        return;
    fputs(weave->old->ending, to);
    size_t at = (size_t)section->line - 1, end = weave->now->lines_n;
    do
        put_line(&part, &weave->now->lines[at]);
    while (++at < end && weave->now->lines[at].kind >= PLUMB_INI_KEY);
}

/* What stands above a head need not be about that section alone. */
static void put_gone(const struct part *part)
{
    const struct plumb_ini_lines *old = part->weave->old;
    size_t head = (size_t)old->ini.sections[part->section].line - 1;
    size_t begin = plumb_ini_lines_begin(old, part->section);
    int said = head > begin && old->lines[head - 1].n;
    for (size_t at = begin; said && at < head; at++)
        put_line(part, &old->lines[at]);
}

static int has_comment(const struct plumb_ini_lines *old, size_t section)
{
    size_t head = (size_t)old->ini.sections[section].line;
    size_t end = plumb_ini_lines_begin(old, section + 1);
    for (size_t at = head; at < end; at++)
        if (old->lines[at].kind == PLUMB_INI_OTHER && old->lines[at].n)
            return 1;
    return 0;
}

/* A section of which no key is left, and whose comments are none that anybody wrote. */
static int is_gone(const struct plumb_ini_weave *weave, size_t section)
{
    const struct plumb_ini_section *old = &weave->old->ini.sections[section];
    return old->n && !find(&weave->full->ini, old->name) && !has_comment(weave->old, section);
}

/* ---- in order */

/* Behind which section of the old text this one of the new goes: the nearest before it that both have. */
static int comes_behind(const struct plumb_ini_weave *weave, size_t at, const char *name)
{
    const struct plumb_ini *now = &weave->full->ini, *old = &weave->old->ini;
    while (at-- > 0)
        if (find(old, now->sections[at].name))
            return !strcmp(now->sections[at].name, name);
    return 0;
}

static void put_followers(const struct plumb_ini_weave *weave, FILE *to, const char *name)
{
    const struct plumb_ini *now = &weave->full->ini;
    for (size_t i = 0; i < now->sections_n; i++)
        if (!is_repeated(weave, &now->sections[i]) && !find(&weave->old->ini, now->sections[i].name) &&
            comes_behind(weave, i, name))
            put_new(weave, to, now->sections[i].name);
}

static void put_once(const struct plumb_ini_weave *weave, FILE *to, size_t section)
{
    const char *name = weave->old->ini.sections[section].name;
    struct part part = {weave, to, section, name, name, 0};
    if (is_gone(weave, section))
        put_gone(&part);
    else
        put_stays(&part);
    put_followers(weave, to, name);
}

/* The section of the old text that has the n-th of the repeated; sections_n where there is none. */
static size_t repeated_at(const struct plumb_ini_weave *weave, int nth)
{
    const struct plumb_ini *old = &weave->old->ini;
    size_t at = 0;
    for (; at < old->sections_n; at++)
        if (is_repeated(weave, &old->sections[at]) && nth-- == 0)
            break;
    return at;
}

static int repeated_n(const struct plumb_ini_weave *weave, const struct plumb_ini *ini)
{
    int n = 0;
    for (size_t i = 0; i < ini->sections_n; i++)
        n += is_repeated(weave, &ini->sections[i]);
    return n;
}

/* Whether the order is the old one. */
static int is_in_order(const struct plumb_ini_weave *weave)
{
    int n = repeated_n(weave, &weave->now->ini), i = 0;
    while (i < n && weave->was_of[i] == i)
        i++;
    return i == n && n == repeated_n(weave, &weave->old->ini);
}

static void put_nth(const struct plumb_ini_weave *weave, FILE *to, int nth)
{
    char name[NAME_N], was_name[NAME_N];
    snprintf(name, sizeof name, "%s %d", weave->repeated, nth + 1);
    snprintf(was_name, sizeof was_name, "%s %d", weave->repeated, weave->was_of[nth] + 1);
    if (weave->was_of[nth] < 0) {
        put_new(weave, to, name);
        return;
    }
    struct part part = {weave,    to,   repeated_at(weave, weave->was_of[nth]),
                        was_name, name, !is_in_order(weave)};
    put_stays(&part);
}

static int is_taken(const struct plumb_ini_weave *weave, int nth, int now_n)
{
    for (int i = 0; i < now_n; i++)
        if (weave->was_of[i] == nth)
            return 1;
    return 0;
}

/* In the place of the old ones' n-th stands the new ones' n-th; behind the last, all that are left. */
static void put_place(const struct plumb_ini_weave *weave, FILE *to, size_t section, int nth)
{
    int old_n = repeated_n(weave, &weave->old->ini), now_n = repeated_n(weave, &weave->now->ini);
    struct part part = {.weave = weave, .to = to, .section = section};
    if (!is_taken(weave, nth, now_n))
        put_gone(&part);
    int end = nth + 1 == old_n ? now_n : nth + 1;
    for (int i = nth; i < end && i < now_n; i++)
        put_nth(weave, to, i);
}

void plumb_ini_weave(FILE *to, const struct plumb_ini_weave *weave)
{
    const struct plumb_ini_lines *old = weave->old;
    struct part part = {.weave = weave, .to = to};
    int nth = 0;
    for (size_t at = 0; at < plumb_ini_lines_begin(old, 0); at++)
        put_line(&part, &old->lines[at]);
    for (size_t i = 0; i < old->ini.sections_n; i++) {
        if (is_repeated(weave, &old->ini.sections[i]))
            put_place(weave, to, i, nth++);
        else
            put_once(weave, to, i);
    }
}
