#include "settings.h"

#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../session/voice.h"
#include "file_out.h"
#include "find_data.h"
#include "ini_write.h"
#include "message_fail.h"

#define NAME      "/settings.ini"
#define LB_PER_KG (1 / 0.45359237) /* exact: the international pound of 1959 */

static const char *const sounds[] = {
    [PLUMB_VOICE_FULL] = "full",
    [PLUMB_VOICE_BEYOND_RED] = "beyond-red",
    [PLUMB_VOICE_SUMMARY] = "summary",
    [PLUMB_VOICE_OFF] = "off",
    NULL};
static const char *const looks[] = {"system", "light", "dark", NULL};
static const char *const papers[] = {"a4", "letter", NULL};
static const char *const units[] = {"kg", "lb", NULL};
static const char *const sides[] = {[PLUMB_LEFT] = "left", [PLUMB_RIGHT] = "right", "both", NULL};

#define AT(member) offsetof(struct plumb_settings, member)

static const struct plumb_ini_field fields[] = {
    {"sound", "mode", PLUMB_INI_CHOICE, AT(sound), .choices = sounds},
    {"sound", "volume", PLUMB_INI_DOUBLE, AT(volume), .min = 0, .max = 1},
    {"window", "text_scale", PLUMB_INI_DOUBLE, AT(text_scale), .min = 1, .max = 2.5},
    {"window", "look", PLUMB_INI_CHOICE, AT(look), .choices = looks},
    {"window", "contrast", PLUMB_INI_BOOL, AT(contrast), .min = 0},
    {"window", "language", PLUMB_INI_TEXT, AT(language),
     .room = sizeof((struct plumb_settings *)0)->language},
    {"paper", "size", PLUMB_INI_CHOICE, AT(paper), .choices = papers},
    {"units", "weight", PLUMB_INI_CHOICE, AT(weight_unit), .choices = units},
    {"last", "exercise", PLUMB_INI_TEXT, AT(exercise), .room = sizeof((struct plumb_settings *)0)->exercise},
    {"last", "side", PLUMB_INI_CHOICE, AT(side), .choices = sides},
};
#define FIELDS_N (sizeof fields / sizeof *fields)

struct plumb_settings plumb_settings_usual(void)
{
    return (struct plumb_settings){
        .sound = PLUMB_VOICE_FULL, .volume = 0.7, .text_scale = 1, .side = PLUMB_RIGHT};
}

static int path_of(char path[PLUMB_PATH_N], struct plumb_message *message)
{
    char folder[PLUMB_PATH_N];
    int fail = plumb_config_make(folder, message);
    if (!fail && snprintf(path, PLUMB_PATH_N, "%s" NAME, folder) >= PLUMB_PATH_N)
        fail = plumb_message_fail(message, PLUMB_FAILED, "the name of the folder for settings is too long");
    return fail;
}

int plumb_settings_load(struct plumb_settings *settings, struct plumb_message *message)
{
    static const char *const repeated[] = {NULL};
    char path[PLUMB_PATH_N];
    struct plumb_ini ini;
    struct plumb_settings read = plumb_settings_usual();
    *settings = read;
    int fail = path_of(path, message);
    if (fail || access(path, F_OK))
        return fail;
    fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    fail = plumb_ini_read(&ini, fields, FIELDS_N, repeated, &read, message);
    plumb_ini_free(&ini);
    if (!fail)
        *settings = read;
    return fail;
}

static int write_all(FILE *to, const struct plumb_settings *settings, struct plumb_message *message)
{
    static const char *const sections[] = {"sound", "window", "paper", "units", "last"};
    struct plumb_settings usual = plumb_settings_usual();
    int fail = 0;
    fputs("# Written by Plumb. What is not here is as usual.\n", to);
    for (size_t i = 0; i < sizeof sections / sizeof *sections && !fail; i++)
        fail = plumb_ini_write_section(to, sections[i], fields, FIELDS_N, settings, &usual, message);
    return fail;
}

int plumb_settings_save(const struct plumb_settings *settings, struct plumb_message *message)
{
    char path[PLUMB_PATH_N], *text = NULL;
    size_t n = 0;
    int fail = path_of(path, message);
    FILE *to = fail ? NULL : open_memstream(&text, &n);
    if (!to)
        return fail ? fail : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    fail = write_all(to, settings, message);
    int lost = ferror(to) != 0;
    lost |= fclose(to) != 0;
    if (!fail && lost)
        fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    if (!fail)
        fail = plumb_file_save_private(path, text, n, message);
    free(text);
    return fail;
}

void plumb_settings_weight(char out[24], double kg, int weight_unit)
{
    if (weight_unit == PLUMB_LB)
        snprintf(out, 24, "%.0f lb", kg * LB_PER_KG);
    else
        snprintf(out, 24, "%.1f kg", kg);
}
