#include "exercise_called.h"

#include <stdio.h>

#include "../../io/find_data.h"
#include "../../io/load_words.h"

void plumb_exercise_speak(struct plumb_exercise *exercise, const char *words)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message = {""};
    struct plumb_words language;
    struct plumb_exercise translated = *exercise;
    if (plumb_data_find("words", ".words", words, path, &message) == 0 &&
        plumb_words_load(&language, &translated, path, &message) == 0)
        *exercise = translated;
}

char *plumb_exercise_called(
    char out[PLUMB_EXERCISE_CALLED_N], const char *id, const char *name, const struct plumb_tongue *tongue)
{
    struct plumb_exercise exercise = {.steps_n = PLUMB_EXERCISE_STEPS_N};
    snprintf(exercise.id, sizeof exercise.id, "%s", id);
    snprintf(exercise.name, sizeof exercise.name, "%s", name);
    if (tongue && tongue->words)
        plumb_exercise_speak(&exercise, tongue->words);
    snprintf(out, PLUMB_EXERCISE_CALLED_N, "%s", exercise.name[0] ? exercise.name : exercise.id);
    return out;
}
