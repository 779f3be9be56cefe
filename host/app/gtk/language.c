#include "language.h"

#include <glib.h>
#include <locale.h>

#include "../../io/find_data.h"
#include "../shared/catalogue.h"
#include "../shared/exercise_called.h"
#include "../shared/failure_said.h"
#include "../shared/tongue_here.h"

#define NOTHING "C" /* the locale without a language */
#define ENGLISH "en"

static int is_there(const char *code)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message = {""};
    return plumb_data_find("words", ".words", code, path, &message) == 0;
}

/* GLib knows what LANGUAGE, LC_ALL, LC_MESSAGES and LANG mean together: the best name first. */
const char *plumb_language_words(void)
{
    const char *const *names = g_get_language_names();
    for (int i = 0; names[i] && !g_str_equal(names[i], NOTHING); i++)
        if (is_there(names[i]))
            return g_intern_string(names[i]);
    return ENGLISH;
}

/* gettext asks LANGUAGE only where the locale has a language at all; C.UTF-8 is in every C library of today.
 */
static void set_locale(const char *code)
{
    setlocale(LC_ALL, "");
    g_setenv("LANGUAGE", code, TRUE);
    const char *messages = setlocale(LC_MESSAGES, NULL);
    if (!messages || g_str_equal(messages, NOTHING) || g_str_equal(messages, "POSIX"))
        setlocale(LC_MESSAGES, "C.UTF-8");
    setlocale(LC_NUMERIC, NOTHING);
}

void plumb_language_use(const char *code)
{
    set_locale(code && *code ? code : plumb_language_words());
    plumb_catalogue_bind();
}

const char *plumb_language_text(const char *text)
{
    return plumb_said(&plumb_tongue_here, text);
}

const char *plumb_language_message(struct plumb_message *message)
{
    struct plumb_message told = *message;
    return plumb_failure_said(message->text, sizeof message->text, told.text, &plumb_tongue_here);
}

struct plumb_tongue plumb_language_tongue(void)
{
    struct plumb_tongue tongue = plumb_tongue_here;
    tongue.words = plumb_language_words();
    return tongue;
}

void plumb_language_exercise(struct plumb_exercise *exercise, const char *words)
{
    plumb_exercise_speak(exercise, words);
}

void plumb_language_name(struct plumb_exercise *exercise, const char *id, const char *name)
{
    *exercise = (struct plumb_exercise){.steps_n = PLUMB_EXERCISE_STEPS_N};
    g_strlcpy(exercise->id, id, sizeof exercise->id);
    g_strlcpy(exercise->name, name, sizeof exercise->name);
    plumb_language_exercise(exercise, plumb_language_words());
}
