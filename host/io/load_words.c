#include "load_words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ini.h"
#include "load_exercise.h"
#include "own_exercise.h"

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

/* The section of a kind that is about this exercise; NULL where the language has none. */
static const struct plumb_ini_section *
find(const struct plumb_ini *ini, const char *kind, const struct plumb_exercise *exercise)
{
    const struct plumb_ini_section *section = NULL;
    while ((section = plumb_ini_next(ini, kind, section)))
        if (strcmp(plumb_ini_label(section), exercise->id) == 0)
            return section;
    return NULL;
}

#define TEXT(key, member)                                                                                    \
    {                                                                                                        \
        "exercise", key, PLUMB_INI_TEXT, offsetof(struct plumb_exercise, member), 0, 0, false,               \
            sizeof(((struct plumb_exercise *)0)->member), 0, NULL                                            \
    }

static const struct plumb_ini_field exercise_fields[] = {
    TEXT("name", name),
    TEXT("summary", summary),
    TEXT("stance", stance),
    TEXT("support", support),
    TEXT("allowed", allowed),
    TEXT("knee_pain", pain[PLUMB_PAIN_KNEE]),
    TEXT("back_pain", pain[PLUMB_PAIN_BACK]),
    TEXT("sharp_pain", pain[PLUMB_PAIN_SHARP]),
    TEXT("weight", weight.where),
    TEXT("ask", next_ask),
};

static void take_sides(const struct plumb_words *words, struct plumb_exercise *exercise)
{
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        snprintf(
            exercise->side_words[side], PLUMB_SIDE_WORD_N, "%.*s", PLUMB_SIDE_WORD_N - 1,
            words->text[side == PLUMB_LEFT ? PLUMB_WORD_LEFT : PLUMB_WORD_RIGHT]);
}

/* All that the language has for it, whatever it says now. */
static int
translate_all(const struct plumb_ini *ini, struct plumb_exercise *exercise, struct plumb_message *message)
{
    const struct plumb_ini_section *texts = find(ini, "exercise", exercise),
                                   *steps = find(ini, "steps", exercise);
    size_t fields_n = sizeof exercise_fields / sizeof *exercise_fields;
    int fail = texts ? plumb_ini_read_section(ini, texts, exercise_fields, fields_n, exercise, message) : 0;
    return fail || !steps ? fail : read_steps(ini, steps, exercise, message);
}

/* The step of the exercise that says this; -1 where none does. The one in the same place first. */
static int step_that_says(const struct plumb_exercise *exercise, int at, const char *say)
{
    if (at < exercise->steps_n && !strcmp(exercise->steps[at].say, say))
        return at;
    for (int other = 0; other < exercise->steps_n; other++)
        if (!strcmp(exercise->steps[other].say, say))
            return other;
    return -1;
}

/* What still stands as it was brought along becomes the language's; what somebody wrote stays. */
static void take_where_same(
    struct plumb_exercise *exercise, const struct plumb_exercise *shipped,
    const struct plumb_exercise *translated)
{
    for (size_t i = 0; i < sizeof exercise_fields / sizeof *exercise_fields; i++) {
        size_t offset = exercise_fields[i].offset, room = exercise_fields[i].room;
        char *text = (char *)exercise + offset;
        if (!strcmp(text, (const char *)shipped + offset))
            memcpy(text, (const char *)translated + offset, room);
    }
    for (int at = 0; at < exercise->steps_n; at++) {
        char *say = exercise->steps[at].say;
        int from = *say ? step_that_says(shipped, at, say) : -1;
        if (from >= 0)
            memcpy(say, translated->steps[from].say, PLUMB_EXERCISE_TEXT_N);
    }
}

/* A language knows the exercises that Plumb brings along, step by step; the user's own of such an id may have
 * other words and other steps. */
static int translate(
    const struct plumb_ini *ini, const struct plumb_words *words, struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    char path[PLUMB_PATH_N];
    struct plumb_exercise shipped, translated;
    struct plumb_message unseen = {""};
    int known = plumb_shipped_exercise_path(exercise->id, path) == 0 &&
                plumb_exercise_load(&shipped, path, &unseen) == 0;
    translated = known ? shipped : *exercise;
    int fail = translate_all(ini, &translated, message);
    if (fail)
        return fail;
    if (known)
        take_where_same(exercise, &shipped, &translated);
    else
        *exercise = translated;
    if (!known || find(ini, "steps", exercise)) /* who wrote one wrote it in the language that is spoken */
        take_sides(words, exercise);
    return 0;
}

int plumb_words_load(
    struct plumb_words *words, struct plumb_exercise *exercise, const char *path,
    struct plumb_message *message)
{
    static const char *const repeated[] = {"exercise", "steps", NULL};
    struct plumb_ini_field fields[PLUMB_WORDS_N + 1];
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    make_fields(fields);
    fail = plumb_ini_read(&ini, fields, PLUMB_WORDS_N + 1, repeated, words, message);
    if (!fail && exercise)
        fail = translate(&ini, words, exercise, message);
    plumb_ini_free(&ini);
    return fail;
}
