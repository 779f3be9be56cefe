#include "anew.h"

#include <stdio.h>
#include <unistd.h>

#include "language.h"

#define SELF "/proc/self/exe"

struct offer {
    struct plumb_app *app;
    const char *screen_id;
};

static void taken(AdwToast *toast, gpointer data)
{
    const struct offer *offer = data;
    (void)toast;
    offer->app->anew_at = offer->screen_id;
    gtk_window_close(GTK_WINDOW(offer->app->window));
}

static void forget(gpointer offer, GClosure *closure)
{
    (void)closure;
    g_free(offer);
}

void plumb_anew_offer(struct plumb_app *app, const char *text, const char *screen_id)
{
    AdwToast *toast = adw_toast_new(plumb_language_text(text));
    struct offer *offer = g_new(struct offer, 1);
    *offer = (struct offer){app, screen_id};
    adw_toast_set_button_label(toast, _("Open anew"));
    adw_toast_set_timeout(toast, 10);
    g_signal_connect_data(toast, "button-clicked", G_CALLBACK(taken), offer, forget, 0);
    adw_toast_overlay_add_toast(ADW_TOAST_OVERLAY(app->toasts), toast);
}

/* What was asked for on the command line and would now be in the way: the settings say it, or it is done. */
static gboolean is_past(const char *word, gboolean *with_value)
{
    static const char *const valued[] = {"--language", "--screen"};
    *with_value = FALSE;
    for (size_t i = 0; i < G_N_ELEMENTS(valued); i++) {
        size_t n = strlen(valued[i]);
        *with_value = g_str_equal(word, valued[i]);
        if (*with_value || (g_str_has_prefix(word, valued[i]) && word[n] == '='))
            return TRUE;
    }
    return g_str_equal(word, "--start") || g_str_equal(word, "--leave");
}

void plumb_anew_run(const char *screen_id, char **argv)
{
    GPtrArray *words = g_ptr_array_new();
    if (!screen_id)
        return;
    for (gboolean with_value; *argv; argv++)
        if (!is_past(*argv, &with_value))
            g_ptr_array_add(words, *argv);
        else if (with_value && argv[1])
            argv++;
    g_ptr_array_add(words, "--screen");
    g_ptr_array_add(words, (gpointer)screen_id);
    g_ptr_array_add(words, NULL);
    execv(SELF, (char **)words->pdata);
    perror("plumb-app: cannot be opened anew");
    g_ptr_array_free(words, TRUE);
}
