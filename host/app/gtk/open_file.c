#include "open_file.h"

#include "../../io/load_exercise.h"
#include "../../io/message_fail.h"
#include "../../io/recording.h"

/* Its steps and limits are read now, so that the line says what is wrong in it. */
static int take_exercise(struct plumb_app *app, const char *path, struct plumb_message *message)
{
    struct plumb_exercise exercise;
    int fail = plumb_exercise_load(&exercise, path, message);
    if (fail)
        return fail;
    g_free(app->options.exercise);
    app->options.exercise = g_strdup(path);
    return 0;
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
        take_exercise(app, path, &message);
    else
        take_recording(app, path, &message);
    if (*message.text)
        app->refused = g_strdup(message.text);
    g_free(path);
    g_free(uri);
}
