/* Reads a language file (host/words/en.words explains it). */
#ifndef PLUMB_LOAD_WORDS_H
#define PLUMB_LOAD_WORDS_H

#include "../core/exercise.h"
#include "../core/message.h"
#include "../core/words.h"

/* Fills `words`; where the file has the exercise's texts and steps in its own language, the exercise's change
 * with them (exercise may be NULL): of one that Plumb brings along what still stands as it was brought, so
 * that what somebody wrote over it stays. 0, or PLUMB_DAMAGED / PLUMB_FAILED with a message naming file and
 * line.
 */
int plumb_words_load(
    struct plumb_words *words, struct plumb_exercise *exercise, const char *path,
    struct plumb_message *message);

#endif
