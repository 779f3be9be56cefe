/* What an exercise is called and says in a language. What is kept has it as it was written; a screen or a
 * page shows it in the tongue of who looks. */
#ifndef PLUMB_EXERCISE_CALLED_H
#define PLUMB_EXERCISE_CALLED_H

#include "../../core/exercise.h"
#include "../../view/tongue.h"

#define PLUMB_EXERCISE_CALLED_N sizeof(((struct plumb_exercise *)0)->name)

/* The exercise's own texts in the language of that words file ("de"); as they are where it cannot be read. */
void plumb_exercise_speak(struct plumb_exercise *exercise, const char *words);

/* Its name in the tongue, or the id of one without a name. Returns `out`. */
char *plumb_exercise_called(
    char out[PLUMB_EXERCISE_CALLED_N], const char *id, const char *name, const struct plumb_tongue *tongue);

#endif
