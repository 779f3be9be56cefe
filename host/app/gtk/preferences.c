#include "preferences.h"

#include "../../io/find_data.h"
#include "language.h"

#define TEXT_DPI 98304.0 /* gtk-xft-dpi at 100 %: 96 dpi in 1024ths */
#define LARGE    1.5     /* text from here on is made room for, see style.css */

void plumb_preferences_load(struct plumb_app *app)
{
    struct plumb_app_options *options = &app->options;
    struct plumb_settings *settings = &app->settings;
    struct plumb_message message = {""};
    if (plumb_settings_load(settings, &message))
        app->refused = g_strdup(plumb_language_message(&message));
    if (options->sound < 0)
        options->sound = settings->sound;
    if (options->text_scale <= 0)
        options->text_scale = settings->text_scale;
    if (options->dark)
        options->look = PLUMB_LOOK_DARK;
    else
        options->look = settings->look;
    options->contrast |= settings->contrast;
    int side = options->side < 0 ? settings->side : options->side;
    app->choice.both_sides = side == PLUMB_BOTH;
    app->choice.side = side == PLUMB_LEFT ? PLUMB_LEFT : PLUMB_RIGHT;
    if (!options->language && *settings->language)
        options->language = g_strdup(settings->language);
}

static void use_class(GtkWidget *widget, const char *name, gboolean on)
{
    if (on)
        gtk_widget_add_css_class(widget, name);
    else
        gtk_widget_remove_css_class(widget, name);
}

void plumb_preferences_apply(struct plumb_app *app)
{
    static const AdwColorScheme schemes[PLUMB_LOOKS_N] = {
        [PLUMB_LOOK_SYSTEM] = ADW_COLOR_SCHEME_DEFAULT,
        [PLUMB_LOOK_LIGHT] = ADW_COLOR_SCHEME_FORCE_LIGHT,
        [PLUMB_LOOK_DARK] = ADW_COLOR_SCHEME_FORCE_DARK};
    const struct plumb_app_options *options = &app->options;
    adw_style_manager_set_color_scheme(adw_style_manager_get_default(), schemes[options->look]);
    use_class(app->window, "contrast", options->contrast);
    use_class(app->window, "large", options->text_scale >= LARGE);
    g_object_set(gtk_settings_get_default(), "gtk-xft-dpi", (int)(TEXT_DPI * options->text_scale), NULL);
}

void plumb_preferences_changed(struct plumb_app *app)
{
    struct plumb_app_options *options = &app->options;
    const struct plumb_settings *settings = &app->settings;
    struct plumb_message message = {""};
    options->sound = settings->sound;
    options->text_scale = settings->text_scale;
    options->look = settings->look;
    options->contrast = settings->contrast;
    plumb_preferences_apply(app);
    gtk_widget_queue_draw(app->window);
    if (plumb_settings_save(settings, &message))
        plumb_app_toast(app, plumb_language_message(&message), NULL, PLUMB_WISHES_N);
}

int plumb_preferences_last(const struct plumb_app *app)
{
    char path[PLUMB_PATH_N];
    struct plumb_message without = {""};
    return *app->settings.exercise &&
           !plumb_data_find("exercises", ".exercise", app->settings.exercise, path, &without);
}

void plumb_preferences_remember(struct plumb_app *app)
{
    struct plumb_settings *settings = &app->settings;
    struct plumb_message message = {""};
    int side = app->choice.both_sides ? PLUMB_BOTH : app->choice.side;
    if (side == settings->side && g_str_equal(app->choice.exercise_id, settings->exercise))
        return;
    settings->side = side;
    g_strlcpy(settings->exercise, app->choice.exercise_id, sizeof settings->exercise);
    if (plumb_settings_save(settings, &message))
        plumb_app_toast(app, plumb_language_message(&message), NULL, PLUMB_WISHES_N);
}
