#include "load_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ini.h"

static const struct plumb_ini_field voice_field = {
    "voice", "name", PLUMB_INI_TEXT, offsetof(struct plumb_words, voice),
    0,       0,      true,           sizeof(((struct plumb_words *)0)->voice),
    0,       NULL};

/* One field for each word, all of them wanted. */
static void make_fields(struct plumb_ini_field fields[PLUMB_WORDS_N + 1])
{
    fields[PLUMB_WORDS_N] = voice_field;
    for (int word = 0; word < PLUMB_WORDS_N; word++)
        fields[word] = (struct plumb_ini_field){
            .section = "words",
            .key = plumb_word_key((enum plumb_word)word),
            .kind = PLUMB_INI_TEXT,
            .offset = offsetof(struct plumb_words, text) + (size_t)word * PLUMB_WORD_TEXT_N,
            .required = true,
            .room = PLUMB_WORD_TEXT_N,
        };
}

/* "step_3" is 2; -1 for anything else. */
static int step_of(const char *key, int steps_n)
{
    char *end = NULL;
    if (strncmp(key, "step_", 5) != 0 || key[5] < '1' || key[5] > '9')
        return -1;
    long n = strtol(key + 5, &end, 10);
    return *end || n > steps_n ? -1 : (int)n - 1;
}

static int read_steps(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    for (size_t i = section->first; i < section->first + section->n; i++) {
        const struct plumb_ini_entry *entry = &ini->entries[i];
        int step = step_of(entry->key, exercise->steps_n);
        if (step < 0)
            return plumb_ini_refuse(
                ini, entry->line, message, "%s: wanted step_1 to step_%d", entry->key, exercise->steps_n);
        if (strlen(entry->value) >= PLUMB_EXERCISE_TEXT_N)
            return plumb_ini_refuse(ini, entry->line, message, "the sentence is too long");
        memcpy(exercise->steps[step].say, entry->value, strlen(entry->value) + 1);
    }
    return 0;
}

static int
translate(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL;
    int fail = 0;
    while (!fail && (section = plumb_ini_next(ini, "steps", section)))
        if (strcmp(plumb_ini_label(section), exercise->id) == 0)
            fail = read_steps(ini, section, exercise, message);
    return fail;
}

int plumb_words_load(
    struct plumb_words *words, struct plumb_exercise *exercise, const char *path,
    struct plumb_message *message)
{
    static const char *const repeated[] = {"steps", NULL};
    struct plumb_ini_field fields[PLUMB_WORDS_N + 1];
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    make_fields(fields);
    fail = plumb_ini_read(&ini, fields, PLUMB_WORDS_N + 1, repeated, words, message);
    if (!fail && exercise)
        fail = translate(&ini, exercise, message);
    plumb_ini_free(&ini);
    return fail;
}
