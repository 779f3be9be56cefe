#include "patient_limits.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file_out.h"
#include "load_limits.h"
#include "message_fail.h"

#define ENDING  ".limits"
#define ME      "me"
#define LABEL_N 64

/* ---- where */

int plumb_patient_limits_path(const char *alias, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_";
    char folder[PLUMB_PATH_N];
    int fail = plumb_data_make("limits", folder, message);
    size_t at = fail ? 0 : (size_t)snprintf(path, PLUMB_PATH_N, "%s/", folder);
    alias = alias && *alias ? alias : ME;
    if (fail)
        return fail;
    if (strlen(alias) * 3 + at + sizeof ENDING > PLUMB_PATH_N || strlen(alias) > 80)
        return plumb_message_fail(message, PLUMB_USAGE, "the name of the person is too long");
    for (; *alias; alias++)
        at += (size_t)snprintf(
            path + at, PLUMB_PATH_N - at, strchr(plain, *alias) ? "%c" : "%%%02X", (unsigned char)*alias);
    snprintf(path + at, PLUMB_PATH_N - at, ENDING);
    return 0;
}

/* ---- reading */

/* The words of a section that are for this exercise and side: none, exercise, side, exercise and side. */
static void label_of(char label[LABEL_N], const struct plumb_exercise *exercise, int side)
{
    snprintf(
        label, LABEL_N, "%s%s%s", exercise->id, side == PLUMB_BOTH_SIDES ? "" : " ",
        side == PLUMB_BOTH_SIDES ? "" : plumb_side_name((enum plumb_side)side));
}

/* 1 where what a section says lies beneath that exercise and side: it is for less. */
static int is_beneath(const char *label, const struct plumb_exercise *exercise, int side)
{
    int of_all = !*label, of_side = side != PLUMB_BOTH_SIDES;
    return of_all || (of_side && (strcmp(label, exercise->id) == 0 ||
                                  strcmp(label, plumb_side_name((enum plumb_side)side)) == 0));
}

static int read_all(
    const struct plumb_ini *ini, const struct plumb_exercise *exercise, int side,
    struct plumb_patient_limits *limits, struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL, *own = NULL;
    char label[LABEL_N];
    int fail = 0;
    label_of(label, exercise, side);
    while (!fail && (section = plumb_ini_next(ini, "thresholds", section)))
        if (strcmp(plumb_ini_label(section), label) == 0)
            own = section;
        else if (is_beneath(plumb_ini_label(section), exercise, side))
            fail = plumb_thresholds_read(ini, section, &limits->base, message);
    limits->own = limits->base;
    limits->has_own = own != NULL;
    return !fail && own ? plumb_thresholds_read(ini, own, &limits->own, message) : fail;
}

/* An empty one where there is no file. */
static int load(struct plumb_ini *ini, const char *path, struct plumb_message *message)
{
    return access(path, F_OK) ? plumb_ini_parse(ini, path, "", 0, message)
                              : plumb_ini_load(ini, path, message);
}

int plumb_patient_limits_get(
    struct plumb_patient_limits *limits, const char *path, const struct plumb_exercise *exercise, int side,
    struct plumb_message *message)
{
    struct plumb_ini ini;
    *limits = (struct plumb_patient_limits){exercise->thresholds, exercise->thresholds, 0};
    int fail = load(&ini, path, message);
    if (fail)
        return fail;
    fail = read_all(&ini, exercise, side, limits, message);
    plumb_ini_free(&ini);
    return fail;
}

/* ---- writing */

/* What a section is for: the more words, the later it stands, so that it has the last word. */
static int words_of(const char *label)
{
    int n = *label != '\0';
    for (; *label; label++)
        n += *label == ' ';
    return n;
}

static void copy_section(FILE *to, const struct plumb_ini *ini, const struct plumb_ini_section *section)
{
    fprintf(to, "[%s]\n", section->name);
    for (size_t i = 0; i < section->n; i++) {
        const struct plumb_ini_entry *entry = &ini->entries[section->first + i];
        fprintf(to, "%s = %s\n", entry->key, entry->value);
    }
    fputc('\n', to);
}

static int write_all(
    FILE *to, const struct plumb_ini *ini, const char *label, const struct plumb_patient_limits *limits,
    struct plumb_message *message)
{
    char name[LABEL_N + 16];
    int fail = 0;
    snprintf(name, sizeof name, "thresholds %s", label);
    fputs("# This person's own limits; written by Plumb. Keys are explained in example.exercise.\n\n", to);
    for (int words = 0; words <= 2 && !fail; words++) {
        const struct plumb_ini_section *section = NULL;
        while ((section = plumb_ini_next(ini, "thresholds", section)))
            if (words_of(plumb_ini_label(section)) == words && strcmp(plumb_ini_label(section), label))
                copy_section(to, ini, section);
        if (words_of(label) == words)
            fail = plumb_thresholds_write_over(to, name, &limits->own, &limits->base, message);
    }
    return fail;
}

/* As the reader will take it. */
static int check_back(
    const char *text, size_t n, const char *path, const struct plumb_exercise *exercise, int side,
    struct plumb_message *message)
{
    struct plumb_ini ini;
    struct plumb_patient_limits back = {exercise->thresholds, exercise->thresholds, 0};
    int fail = plumb_ini_parse(&ini, path, text, n, message);
    if (fail)
        return fail;
    fail = read_all(&ini, exercise, side, &back, message);
    plumb_ini_free(&ini);
    return fail;
}

static int save(
    const char *path, const struct plumb_ini *ini, const struct plumb_exercise *exercise, int side,
    const struct plumb_patient_limits *limits, struct plumb_message *message)
{
    char label[LABEL_N], *text = NULL;
    size_t n = 0;
    FILE *to = open_memstream(&text, &n);
    if (!to)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    label_of(label, exercise, side);
    int fail = write_all(to, ini, label, limits, message);
    int lost = ferror(to) != 0;
    lost |= fclose(to) != 0;
    if (!fail && lost)
        fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    if (!fail)
        fail = check_back(text, n, path, exercise, side, message);
    if (!fail)
        fail = plumb_file_save_private(path, text, n, message);
    free(text);
    return fail;
}

int plumb_patient_limits_set(
    const char *path, const struct plumb_exercise *exercise, int side, const struct plumb_thresholds *wanted,
    struct plumb_message *message)
{
    struct plumb_ini ini;
    struct plumb_patient_limits limits;
    int fail = plumb_patient_limits_get(&limits, path, exercise, side, message);
    if (!fail)
        fail = load(&ini, path, message);
    if (fail)
        return fail;
    limits.own = *wanted;
    fail = save(path, &ini, exercise, side, &limits, message);
    plumb_ini_free(&ini);
    return fail;
}

/* ---- going */

int plumb_patient_limits_delete(const char *alias, struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    int fail = plumb_patient_limits_path(alias, path, message);
    if (!fail && unlink(path) && errno != ENOENT)
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be deleted: %s", path, strerror(errno));
    return fail;
}

int plumb_patient_limits_rename(const char *alias, const char *new_alias, struct plumb_message *message)
{
    char from[PLUMB_PATH_N], to[PLUMB_PATH_N];
    int fail = plumb_patient_limits_path(alias, from, message);
    if (!fail)
        fail = plumb_patient_limits_path(new_alias, to, message);
    if (fail || strcmp(from, to) == 0 || access(to, F_OK) == 0)
        return fail;
    if (rename(from, to) && errno != ENOENT)
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be renamed: %s", from, strerror(errno));
    return fail;
}
