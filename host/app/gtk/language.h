/* The window's language: gettext for what it shows, the words file (host/words) for what is said of an
 * exercise. Numbers keep their dot on the screens; a page for paper writes them as its language does. */
#ifndef PLUMB_LANGUAGE_H
#define PLUMB_LANGUAGE_H

#include <glib/gi18n.h>

#include "../../core/exercise.h"
#include "../../core/message.h"
#include "../../view/tongue.h"

/* Takes up a language by its code ("de"), or the locale's where it is NULL or empty. Before the first widget,
 * and before there are threads. */
void plumb_language_use(const char *code);

/* The words file of the language in use: "de"; "en" where there is none. Not freed. */
const char *plumb_language_words(void);

/* The text in the language in use; the text itself where the language has none. Borrowed. */
const char *plumb_language_text(const char *text);

/* A failure in the language in use: the message itself becomes it. Returns its text. */
const char *plumb_language_message(struct plumb_message *message);

/* The language in use, for pages and moments. */
struct plumb_tongue plumb_language_tongue(void);

/* An exercise's own texts in the language of that words file; as they are where it cannot be read. */
void plumb_language_exercise(struct plumb_exercise *exercise, const char *words);

/* What is kept has an exercise's name as it was written; this is what it is called on the screens:
 * exercise->name. */
void plumb_language_name(struct plumb_exercise *exercise, const char *id, const char *name);

#endif
