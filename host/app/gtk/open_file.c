#include "open_file.h"

#include "../../io/load_exercise.h"
#include "../../io/message_fail.h"
#include "../../io/own_exercise.h"
#include "../../io/recording.h"
#include "language.h"

/* Read now, so that the line says what is wrong in it and what to do. */
static void refuse_exercise(struct plumb_app *app, int fail, const char *text)
{
    if (fail == PLUMB_DAMAGED)
        app->refused =
            g_strdup_printf(_("%s. Put that line right with a text editor, then open the file again."), text);
    else
        app->refused = g_strdup(text);
}

/* To be looked at, changed and tried; the start screen has it too. */
static void take_exercise(struct plumb_app *app, const char *path)
{
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    int fail = plumb_exercise_load(&exercise, path, &message);
    if (fail) {
        refuse_exercise(app, fail, plumb_language_message(&message));
        return;
    }
    g_free(app->options.exercise);
    app->options.exercise = g_strdup(plumb_own_exercise_is(exercise.id, path) ? exercise.id : path);
    if (!app->options.screen && !app->options.start)
        app->options.screen = g_strdup("exercises");
}

/* Played back it is no new session: nothing is kept of it. */
static int take_recording(struct plumb_app *app, const char *path, struct plumb_message *message)
{
    struct plumb_recording recording;
    int fail = plumb_recording_load(&recording, path, message);
    if (fail)
        return fail;
    plumb_recording_free(&recording);
    g_free(app->options.source);
    app->options.source = g_strdup_printf("replay:%s", path);
    app->options.no_record = TRUE;
    return 0;
}

void plumb_open_file_take(struct plumb_app *app, GFile *file)
{
    struct plumb_message message = {""};
    char *path = g_file_get_path(file), *uri = g_file_get_uri(file);
    if (!path)
        plumb_message_fail(&message, PLUMB_USAGE, "%s: Plumb opens files of this machine only", uri);
    else if (g_str_has_suffix(path, ".exercise"))
        take_exercise(app, path);
    else
        take_recording(app, path, &message);
    if (*message.text)
        app->refused = g_strdup(plumb_language_message(&message));
    g_free(path);
    g_free(uri);
}
