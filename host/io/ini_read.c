/* Finding what a data file says, and filling a struct from it by a table. */
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "../core/vec3.h"
#include "ini.h"
#include "message_fail.h"
#include "text_number.h"

#define NUMBERS_MOST 256 /* numbers in one value: far more than any key wants */

/* One value on its way into the struct, and what a complaint needs. */
struct slot {
    const struct plumb_ini *ini;
    const struct plumb_ini_field *field;
    const struct plumb_ini_entry *entry;
    struct plumb_message *message;
};

static size_t kind_n(const char *name)
{
    return strcspn(name, " ");
}

static bool is_kind(const char *name, const char *kind)
{
    size_t n = kind_n(name);
    return strlen(kind) == n && !memcmp(name, kind, n);
}

const struct plumb_ini_section *
plumb_ini_next(const struct plumb_ini *ini, const char *kind, const struct plumb_ini_section *after)
{
    for (size_t i = after ? (size_t)(after - ini->sections) + 1 : 0; i < ini->sections_n; i++)
        if (is_kind(ini->sections[i].name, kind))
            return &ini->sections[i];
    return NULL;
}

const char *plumb_ini_label(const struct plumb_ini_section *section)
{
    const char *label = section->name + kind_n(section->name);
    return label + strspn(label, " ");
}

const struct plumb_ini_entry *
plumb_ini_entry(const struct plumb_ini *ini, const struct plumb_ini_section *section, const char *key)
{
    for (size_t i = 0; i < section->n; i++)
        if (!strcmp(ini->entries[section->first + i].key, key))
            return &ini->entries[section->first + i];
    return NULL;
}

static int wants(const struct slot *slot, const char *what)
{
    return plumb_ini_refuse(
        slot->ini, slot->entry->line, slot->message, "%s wants %s, found `%.60s`", slot->entry->key, what,
        slot->entry->value);
}

static int wants_count(const struct slot *slot, const char *most, size_t wanted, size_t found)
{
    return plumb_ini_refuse(
        slot->ini, slot->entry->line, slot->message, "%s wants %s%zu number%s, found %zu", slot->entry->key,
        most, wanted, wanted == 1 ? "" : "s", found);
}

static int check_bounds(const struct slot *slot, double value)
{
    char low[PLUMB_TEXT_NUMBER_N], high[PLUMB_TEXT_NUMBER_N], found[PLUMB_TEXT_NUMBER_N];
    const struct plumb_ini_field *field = slot->field;
    if ((field->min == 0 && field->max == 0) || (value >= field->min && value <= field->max))
        return 0;
    plumb_text_exact(found, value);
    size_t low_n = plumb_text_exact(low, field->min), high_n = plumb_text_exact(high, field->max);
    return plumb_ini_refuse(
        slot->ini, slot->entry->line, slot->message, "%s wants %s%s%s%s, found %s", slot->entry->key,
        low_n && high_n ? ""
        : low_n         ? "at least "
                        : "at most ",
        low, low_n && high_n ? " to " : "", high, found);
}

static const char *skip_between(const char *at)
{
    return at + strspn(at, " \t,");
}

/* All numbers of a value; *found counts them also beyond the room. */
static int read_numbers(const struct slot *slot, double *into, size_t room, size_t *found)
{
    const char *at = skip_between(slot->entry->value), *end = at + strlen(at);
    for (*found = 0; *at; at = skip_between(at), (*found)++) {
        double value;
        const char *stop = plumb_text_number(at, end, &value);
        if (!stop || (*stop && !strchr(" \t,", *stop)) || *found == NUMBERS_MOST)
            return wants(slot, "numbers with spaces between them");
        int fail = check_bounds(slot, value);
        if (fail)
            return fail;
        if (*found < room)
            into[*found] = value;
        at = stop;
    }
    return 0;
}

static int put_double(const struct slot *slot, void *into)
{
    double value;
    if (!plumb_text_is_number(slot->entry->value, &value))
        return wants(slot, "a number");
    int fail = check_bounds(slot, value);
    if (!fail)
        *(double *)into = value;
    return fail;
}

static int put_int(const struct slot *slot, void *into)
{
    double value;
    if (!plumb_text_is_number(slot->entry->value, &value) || value < INT_MIN || value > INT_MAX ||
        value != (double)(int)value)
        return wants(slot, "a whole number");
    int fail = check_bounds(slot, value);
    if (!fail)
        *(int *)into = (int)value;
    return fail;
}

static int put_bool(const struct slot *slot, void *into)
{
    static const char *const words[] = {"no", "yes", "false", "true", "off", "on"};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (!strcmp(slot->entry->value, words[i])) {
            *(bool *)into = i % 2;
            return 0;
        }
    return wants(slot, "yes or no");
}

static int put_vec3(const struct slot *slot, void *into)
{
    double xyz[3];
    size_t found;
    int fail = read_numbers(slot, xyz, 3, &found);
    if (fail)
        return fail;
    if (found != 3)
        return wants_count(slot, "", 3, found);
    *(struct plumb_vec3 *)into = plumb_vec3_of(xyz[0], xyz[1], xyz[2]);
    return 0;
}

/* `into` is the struct's beginning plus the field's offset; the count lies elsewhere in the same struct. */
static int put_doubles(const struct slot *slot, void *into)
{
    const struct plumb_ini_field *field = slot->field;
    double numbers[NUMBERS_MOST];
    size_t found, room = field->room < NUMBERS_MOST ? field->room : NUMBERS_MOST;
    int fail = read_numbers(slot, numbers, room, &found);
    if (fail)
        return fail;
    if (found > room || (!field->n_offset && found != room))
        return wants_count(slot, field->n_offset ? "at most " : "", room, found);
    memcpy(into, numbers, found * sizeof *numbers);
    if (field->n_offset)
        memcpy((char *)into - field->offset + field->n_offset, &found, sizeof found);
    return 0;
}

static int put_text(const struct slot *slot, void *into)
{
    size_t n = strlen(slot->entry->value);
    if (n >= slot->field->room)
        return plumb_ini_refuse(
            slot->ini, slot->entry->line, slot->message, "%s wants at most %zu bytes of text, found %zu",
            slot->entry->key, slot->field->room - 1, n);
    memcpy(into, slot->entry->value, n + 1);
    return 0;
}

/* "a, b, c" of what is there to choose from, cut with dots where it is very long. */
static void list_choices(char *out, size_t room, const char *const *choices)
{
    size_t n = 0;
    out[0] = '\0';
    for (size_t i = 0; choices[i]; i++) {
        int more = snprintf(out + n, room - n, "%s%s", i ? ", " : "", choices[i]);
        if (more < 0 || (size_t)more >= room - n) {
            memcpy(out + room - 4, "...", 4);
            return;
        }
        n += (size_t)more;
    }
}

static int put_choice(const struct slot *slot, void *into)
{
    const char *const *choices = slot->field->choices;
    for (int i = 0; choices[i]; i++)
        if (!strcmp(choices[i], slot->entry->value)) {
            memcpy(into, &i, sizeof i); /* int or an enum: the same size */
            return 0;
        }
    char list[200] = "one of ";
    list_choices(list + 7, sizeof list - 7, choices);
    return wants(slot, list);
}

static int put(const struct slot *slot, void *into)
{
    switch (slot->field->kind) {
    case PLUMB_INI_DOUBLE:
        return put_double(slot, into);
    case PLUMB_INI_INT:
        return put_int(slot, into);
    case PLUMB_INI_BOOL:
        return put_bool(slot, into);
    case PLUMB_INI_VEC3:
        return put_vec3(slot, into);
    case PLUMB_INI_DOUBLES:
        return put_doubles(slot, into);
    case PLUMB_INI_TEXT:
        return put_text(slot, into);
    case PLUMB_INI_CHOICE:
        return put_choice(slot, into);
    }
    return PLUMB_FAILED;
}

static const struct plumb_ini_field *find_field(
    const struct plumb_ini_field *fields, size_t fields_n, const struct plumb_ini_section *section,
    const char *key)
{
    for (size_t i = 0; i < fields_n; i++)
        if (is_kind(section->name, fields[i].section) && !strcmp(fields[i].key, key))
            return &fields[i];
    return NULL;
}

static int unknown_key(
    const struct slot *slot, const struct plumb_ini_section *section, const struct plumb_ini_field *fields,
    size_t fields_n)
{
    const char *names[64] = {NULL};
    char list[240];
    size_t n = 0;
    for (size_t i = 0; i < fields_n && n + 1 < sizeof names / sizeof *names; i++)
        if (is_kind(section->name, fields[i].section))
            names[n++] = fields[i].key;
    list_choices(list, sizeof list, names);
    return plumb_ini_refuse(
        slot->ini, slot->entry->line, slot->message, "unknown key %s in [%s]; it wants %s", slot->entry->key,
        section->name, list);
}

int plumb_ini_read_section(
    const struct plumb_ini *ini, const struct plumb_ini_section *section,
    const struct plumb_ini_field *fields, size_t fields_n, void *into, struct plumb_message *message)
{
    for (size_t i = 0; i < section->n; i++) {
        const struct plumb_ini_entry *entry = &ini->entries[section->first + i];
        struct slot slot = {ini, find_field(fields, fields_n, section, entry->key), entry, message};
        int fail = slot.field ? put(&slot, (char *)into + slot.field->offset)
                              : unknown_key(&slot, section, fields, fields_n);
        if (fail)
            return fail;
    }
    for (size_t i = 0; i < fields_n; i++)
        if (fields[i].required && is_kind(section->name, fields[i].section) &&
            !plumb_ini_entry(ini, section, fields[i].key))
            return plumb_ini_refuse(
                ini, section->line, message, "[%s] wants the key %s, which is missing", section->name,
                fields[i].key);
    return 0;
}

static bool is_repeated(const struct plumb_ini_section *section, const char *const *repeated)
{
    for (size_t i = 0; repeated && repeated[i]; i++)
        if (is_kind(section->name, repeated[i]))
            return true;
    return false;
}

static int unknown_section(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_message *message)
{
    return plumb_ini_refuse(ini, section->line, message, "unknown section [%s]", section->name);
}

/* A section that comes once has no label: [sensor 2] beside [sensor] would fill the struct twice. */
static bool
comes_once(const struct plumb_ini_section *section, const struct plumb_ini_field *fields, size_t fields_n)
{
    for (size_t i = 0; i < fields_n; i++)
        if (!strcmp(section->name, fields[i].section))
            return true;
    return false;
}

int plumb_ini_read(
    const struct plumb_ini *ini, const struct plumb_ini_field *fields, size_t fields_n,
    const char *const *repeated, void *into, struct plumb_message *message)
{
    for (size_t i = 0; i < ini->sections_n; i++) {
        const struct plumb_ini_section *section = &ini->sections[i];
        if (is_repeated(section, repeated))
            continue;
        int fail = comes_once(section, fields, fields_n)
                       ? plumb_ini_read_section(ini, section, fields, fields_n, into, message)
                       : unknown_section(ini, section, message);
        if (fail)
            return fail;
    }
    for (size_t i = 0; i < fields_n; i++)
        if (fields[i].required && !plumb_ini_next(ini, fields[i].section, NULL))
            return plumb_message_fail(
                message, PLUMB_DAMAGED, "%s: wants the section [%s], which is missing", ini->path,
                fields[i].section);
    return 0;
}
