/* plumb-app: the window over the same engine as the command line. */
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "anew.h"
#include "language.h"
#include "measure.h"
#include "open_file.h"
#include "preferences.h"
#include "screenshot.h"
#include "told.h"
#include "window.h"

#define WIDTH_PX       1280
#define HEIGHT_PX      800
#define USUAL_EXERCISE "supine-edge"

static char *size_text, *side_text, *sound_text;

static GOptionEntry *entries_of(struct plumb_app_options *options)
{
    static GOptionEntry entries[25];
    const GOptionEntry table[] = {
        {"source", 'S', 0, G_OPTION_ARG_STRING, &options->source,
         "Where samples come from: auto, serial:PORT, "
         "sim:SCENARIO, replay:FILE",
         "URI"},
        {"exercise", 'e', 0, G_OPTION_ARG_STRING, &options->exercise, "The exercise, by id", "ID"},
        {"side", 's', 0, G_OPTION_ARG_STRING, &side_text, "left, right or both", "SIDE"},
        {"patient", 'p', 0, G_OPTION_ARG_STRING, &options->patient, "Who, under an alias", "NAME"},
        {"start", 0, 0, G_OPTION_ARG_NONE, &options->start, "Begin at once", NULL},
        {"leave", 0, 0, G_OPTION_ARG_NONE, &options->leave, "Quit when the session is over", NULL},
        {"no-record", 0, 0, G_OPTION_ARG_NONE, &options->no_record, "Keep nothing", NULL},
        {"sound", 0, 0, G_OPTION_ARG_STRING, &sound_text, "full, beyond-red, summary or off", "MODE"},
        {"sound-file", 0, 0, G_OPTION_ARG_FILENAME, &options->sound_file, "The sound into a file instead",
         "WAV"},
        {"words", 0, 0, G_OPTION_ARG_STRING, &options->words,
         "The words file of what is said; default: the language's", "ID"},
        {"language", 0, 0, G_OPTION_ARG_STRING, &options->language,
         "The window's language: en, de; default: the locale's", "CODE"},
        {"dark", 0, 0, G_OPTION_ARG_NONE, &options->dark, "Dark colours", NULL},
        {"contrast", 0, 0, G_OPTION_ARG_NONE, &options->contrast, N_("Colours of the highest contrast"),
         NULL},
        {"text-scale", 0, 0, G_OPTION_ARG_DOUBLE, &options->text_scale, "1 to 2: larger text", "N"},
        {"size", 0, 0, G_OPTION_ARG_STRING, &size_text, "The window's size in pixels", "WxH"},
        {"screen", 0, 0, G_OPTION_ARG_STRING, &options->screen, "Show this screen first", "ID"},
        {"screenshot", 0, 0, G_OPTION_ARG_FILENAME, &options->screenshot,
         "Write a picture of the window, then "
         "leave",
         "PNG"},
        {"screenshot-after", 0, 0, G_OPTION_ARG_DOUBLE, &options->screenshot_after_s,
         "So many seconds later "
         "(default 1)",
         "S"},
        {"measure", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &options->measure_s,
         "Measure what drawing costs for so many seconds of the stretch, then leave", "S"},
        {"stall", 0, G_OPTION_FLAG_HIDDEN, G_OPTION_ARG_DOUBLE, &options->stall_s,
         "The window stands still for so long meanwhile", "S"},
        {NULL}};
    memcpy(entries, table, sizeof table);
    return entries;
}

/* -1 where none is asked for, or none of that name. */
static int sound_mode(void)
{
    static const char *const modes[] = {
        [PLUMB_VOICE_FULL] = "full",
        [PLUMB_VOICE_BEYOND_RED] = "beyond-red",
        [PLUMB_VOICE_SUMMARY] = "summary",
        [PLUMB_VOICE_OFF] = "off"};
    for (int mode = 0; sound_text && mode <= PLUMB_VOICE_OFF; mode++)
        if (g_str_equal(modes[mode], sound_text))
            return mode;
    return -1;
}

static void read_texts(struct plumb_app *app)
{
    struct plumb_app_options *options = &app->options;
    if (size_text)
        sscanf(size_text, "%dx%d", &options->width_px, &options->height_px);
    options->width_px = CLAMP(options->width_px, 360, 7680);
    options->height_px = CLAMP(options->height_px, 360, 4320);
    if (options->text_scale > 0)
        options->text_scale = CLAMP(options->text_scale, 1, 2.5);
    options->sound = sound_mode();
    options->side = !side_text                       ? -1
                    : g_str_equal(side_text, "both") ? PLUMB_BOTH
                    : g_str_equal(side_text, "left") ? PLUMB_LEFT
                                                     : PLUMB_RIGHT;
    app->choice.patient = g_strdup(options->patient);
}

static void choose_exercise(struct plumb_app *app)
{
    if (app->options.exercise)
        plumb_app_choose(app, app->options.exercise);
    else if (plumb_preferences_last(app))
        plumb_app_choose(app, app->settings.exercise);
    if (!app->choice.exercise_id)
        plumb_app_choose(app, USUAL_EXERCISE);
}

/* In the window for who clicked, on stderr for who typed. */
static void tell_refused(struct plumb_app *app)
{
    if (!app->refused)
        return;
    fprintf(stderr, "plumb-app: %s\n", app->refused);
    plumb_told_say(app, app->refused, FALSE);
    g_clear_pointer(&app->refused, g_free);
}

static void open_window(GApplication *application, gpointer data)
{
    struct plumb_app *app = data;
    (void)application;
    if (app->window) {
        gtk_window_present(GTK_WINDOW(app->window));
        return;
    }
    app->fonts = plumb_fonts_take();
    choose_exercise(app);
    plumb_window_open(app);
    if (app->options.screen)
        plumb_app_show(app, app->options.screen);
    if (app->options.start) {
        app->choice.source = g_strdup(app->options.source ? app->options.source : "auto");
        plumb_app_begin(app);
    }
    tell_refused(app);
    if (app->options.screenshot)
        plumb_screenshot_later(app);
}

/* After the options and before GTK: what it builds is built in the language. */
static gint take_options(GApplication *application, GVariantDict *options, gpointer data)
{
    struct plumb_app *app = data;
    (void)application, (void)options;
    read_texts(app);
    plumb_preferences_load(app);
    plumb_language_use(app->options.language ? app->options.language : app->options.words);
    return -1; /* go on */
}

static void open_files(GApplication *application, GFile **files, gint n, const gchar *hint, gpointer data)
{
    struct plumb_app *app = data;
    (void)hint;
    if (n > 1)
        fprintf(stderr, "plumb-app: opens one file at a time: the first\n");
    plumb_open_file_take(app, files[0]);
    open_window(application, app);
}

/* Without a GPU GTK's own software renderer is many times cheaper than GL in software, and GL that is not
 * even loaded leaves half the memory. */
static void choose_renderer(void)
{
    if (access("/dev/dri", F_OK))
        g_setenv("GSK_RENDERER", "cairo", FALSE);
    if (g_strcmp0(g_getenv("GSK_RENDERER"), "cairo") == 0)
        g_setenv("GDK_DEBUG", "gl-disable", FALSE);
}

static void forget(struct plumb_app *app)
{
    plumb_app_end(app);
    for (int i = 0; i < PLUMB_SCREENS_N; i++)
        g_free(app->states[i]);
    g_slist_free_full(app->going, g_free);
    g_free(app->folder);
    g_free(app->choice.source);
    g_free(app->choice.exercise_id);
    g_free(app->choice.patient);
    plumb_fonts_give_back(app->fonts);
    plumb_measure_free(app->measure);
    g_free(app);
}

int main(int argc, char **argv)
{
    struct plumb_app *app = g_new0(struct plumb_app, 1);
    app->options =
        (struct plumb_app_options){.width_px = WIDTH_PX, .height_px = HEIGHT_PX, .screenshot_after_s = 1};
    choose_renderer();
    gtk_disable_setlocale(); /* plumb_language_use does it */
    app->application =
        adw_application_new("org.plumb.Plumb", G_APPLICATION_NON_UNIQUE | G_APPLICATION_HANDLES_OPEN);
    g_application_set_option_context_parameter_string(
        G_APPLICATION(app->application), "[RECORDING.csv | FILE.exercise]");
    g_application_add_main_option_entries(G_APPLICATION(app->application), entries_of(&app->options));
    g_application_set_option_context_summary(
        G_APPLICATION(app->application), "Shows how your pelvis tilts during a hip flexor stretch, for "
                                         "exercise and learning. Not a medical device.\n"
                                         "Without a sensor: plumb-app --source sim:supine-edge-demo --start");
    g_signal_connect(app->application, "handle-local-options", G_CALLBACK(take_options), app);
    g_signal_connect(app->application, "activate", G_CALLBACK(open_window), app);
    g_signal_connect(app->application, "open", G_CALLBACK(open_files), app);
    int code = g_application_run(G_APPLICATION(app->application), argc, argv);
    const char *anew_at = app->anew_at;
    g_object_unref(app->application);
    forget(app);
    plumb_anew_run(anew_at, argv);
    return code;
}
