#include "told.h"

#include "language.h"
#include "widgets.h"

GtkWidget *plumb_told_new(struct plumb_app *app)
{
    GtkWidget *revealer = gtk_revealer_new();
    app->banner_words = plumb_words_new(NULL, "told");
    gtk_widget_set_margin_start(app->banner_words, 18);
    gtk_widget_set_margin_end(app->banner_words, 18);
    gtk_widget_set_margin_top(app->banner_words, 8);
    g_object_set(app->banner_words, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
    gtk_revealer_set_child(GTK_REVEALER(revealer), app->banner_words);
    gtk_widget_set_visible(app->banner_words, FALSE);
    app->banner = revealer;
    return revealer;
}

void plumb_told_say(struct plumb_app *app, const char *text, gboolean urgent)
{
    plumb_words_set(app->banner_words, text);
    if (urgent)
        gtk_widget_add_css_class(app->banner_words, "urgent");
    else
        gtk_widget_remove_css_class(app->banner_words, "urgent");
    gtk_widget_set_visible(app->banner_words, TRUE);
    gtk_revealer_set_reveal_child(GTK_REVEALER(app->banner), TRUE);
}

void plumb_told_hide(struct plumb_app *app)
{
    gtk_revealer_set_reveal_child(GTK_REVEALER(app->banner), FALSE);
    gtk_widget_set_visible(app->banner_words, FALSE); /* or a screen reader would still find it */
}

/* The line that stands as long as its cause does; NULL: none. The worst first. */
static const char *standing(const struct plumb_moment *moment)
{
    if (moment->gone)
        return _("The clip was unplugged. The timer is paused and goes on by itself when it is plugged in "
                 "again.");
    if (moment->state == PLUMB_ENGINE_RUNNING && moment->silent)
        return _("Nothing comes from the clip. The timer is paused: look at the cable.");
    if (moment->trouble[0])
        return moment->trouble;
    if (moment->record_failed)
        return _("The session cannot be kept any more: the disk may be full. The stretch goes on.");
    if (moment->sound_wanted && !moment->sound_on && moment->state == PLUMB_ENGINE_RUNNING)
        return _("Sound off: no sound card or sound server answers. The screen shows everything.");
    return NULL;
}

void plumb_told_look(struct plumb_app *app)
{
    const struct plumb_moment *moment = &app->moment;
    const char *line = standing(moment);
    if (line)
        plumb_told_say(app, line, moment->gone || moment->silent);
    else
        plumb_told_hide(app);
    if (moment->told_n != app->told_n && moment->told[0] && app->told_n)
        plumb_app_toast(app, moment->told, NULL, PLUMB_WISHES_N);
    app->told_n = moment->told_n;
}
