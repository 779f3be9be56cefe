#include "window.h"

#include "far.h"
#include "going.h"
#include "heart.h"
#include "language.h"
#include "measure.h"
#include "menu.h"
#include "preferences.h"
#include "told.h"
#include "widgets.h"

static void toggle_full_screen(struct plumb_app *app)
{
    if (gtk_window_is_fullscreen(GTK_WINDOW(app->window)))
        gtk_window_unfullscreen(GTK_WINDOW(app->window));
    else
        gtk_window_fullscreen(GTK_WINDOW(app->window));
}

/* A letter that is being typed belongs to the field. */
static int is_typing(const struct plumb_app *app)
{
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(app->window));
    return focus && (GTK_IS_EDITABLE(focus) || GTK_IS_TEXT_VIEW(focus) || GTK_IS_TEXT(focus));
}

static gboolean
key_pressed(GtkEventControllerKey *keys, guint key, guint code, GdkModifierType with, gpointer data)
{
    struct plumb_app *app = data;
    (void)keys, (void)code;
    if (key == GDK_KEY_F1 || (key == GDK_KEY_question && with & GDK_CONTROL_MASK))
        plumb_menu_keys(app);
    else if (key == GDK_KEY_F11)
        toggle_full_screen(app);
    else if (key == GDK_KEY_F9)
        plumb_far_toggle(app);
    else
        return !is_typing(app) && app->screen->key &&
               app->screen->key(app, plumb_app_state(app, app->screen), key, with);
    return TRUE;
}

static void go_back(GtkButton *button, gpointer data)
{
    (void)button;
    plumb_app_back(data);
}

static GtkWidget *build_header(struct plumb_app *app)
{
    app->header = adw_header_bar_new();
    app->title = adw_window_title_new("Plumb", "");
    app->back = gtk_button_new_from_icon_name("go-previous-symbolic");
    gtk_widget_set_tooltip_text(app->back, _("Back"));
    plumb_name_set(app->back, N_("Back"));
    g_signal_connect(app->back, "clicked", G_CALLBACK(go_back), app);
    adw_header_bar_set_title_widget(ADW_HEADER_BAR(app->header), app->title);
    adw_header_bar_pack_start(ADW_HEADER_BAR(app->header), app->back);
    adw_header_bar_pack_end(ADW_HEADER_BAR(app->header), plumb_menu_new(app));
    return app->header;
}

static void add_screens(struct plumb_app *app)
{
    for (int i = 0; i < PLUMB_SCREENS_N; i++) {
        GtkWidget *screen = plumb_screens[i]->build(app, &app->states[i]);
        gtk_widget_set_margin_start(screen, 24);
        gtk_widget_set_margin_end(screen, 24);
        gtk_widget_set_margin_top(screen, 16);
        gtk_widget_set_margin_bottom(screen, 20);
        gtk_stack_add_named(GTK_STACK(app->stack), screen, plumb_screens[i]->id);
    }
}

static GtkWidget *build_content(struct plumb_app *app)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 0);
    app->stack = gtk_stack_new();
    gtk_stack_set_vhomogeneous(GTK_STACK(app->stack), FALSE);
    gtk_stack_set_hhomogeneous(GTK_STACK(app->stack), FALSE);
    gtk_widget_set_vexpand(app->stack, TRUE);
    app->toasts = adw_toast_overlay_new();
    adw_toast_overlay_set_child(ADW_TOAST_OVERLAY(app->toasts), app->stack);
    gtk_box_append(GTK_BOX(box), build_header(app));
    gtk_box_append(GTK_BOX(box), plumb_told_new(app));
    gtk_box_append(GTK_BOX(box), app->toasts);
    add_screens(app);
    return box;
}

static void use_style(void)
{
    GtkCssProvider *css = gtk_css_provider_new();
    gtk_css_provider_load_from_resource(css, "/org/plumb/style.css");
    gtk_style_context_add_provider_for_display(
        gdk_display_get_default(), GTK_STYLE_PROVIDER(css), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
    g_object_unref(css);
}

static void follow_dark(AdwStyleManager *manager, GParamSpec *spec, gpointer data)
{
    struct plumb_app *app = data;
    (void)spec;
    if (adw_style_manager_get_dark(manager))
        gtk_widget_add_css_class(app->window, "dark");
    else
        gtk_widget_remove_css_class(app->window, "dark");
}

static gboolean close_requested(GtkWindow *window, gpointer data)
{
    struct plumb_app *app = data;
    (void)window;
    plumb_heart_stop(app);
    plumb_app_end(app); /* the session is closed well before the window goes */
    if (app->screen && app->screen->hidden)
        app->screen->hidden(app, plumb_app_state(app, app->screen));
    plumb_going_finish(app);
    if (app->far)
        gtk_window_destroy(GTK_WINDOW(app->far));
    return FALSE;
}

static void watch(struct plumb_app *app)
{
    GtkEventController *keys = gtk_event_controller_key_new();
    gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), app);
    gtk_widget_add_controller(app->window, keys);
    g_signal_connect(app->window, "close-request", G_CALLBACK(close_requested), app);
    AdwStyleManager *style = adw_style_manager_get_default();
    g_signal_connect(style, "notify::dark", G_CALLBACK(follow_dark), app);
    follow_dark(style, NULL, app);
}

void plumb_window_open(struct plumb_app *app)
{
    app->window = adw_application_window_new(GTK_APPLICATION(app->application));
    gtk_window_set_title(GTK_WINDOW(app->window), "Plumb");
    gtk_window_set_default_size(GTK_WINDOW(app->window), app->options.width_px, app->options.height_px);
    use_style();
    plumb_preferences_apply(app);
    adw_application_window_set_content(ADW_APPLICATION_WINDOW(app->window), build_content(app));
    watch(app);
    plumb_app_show(app, "start");
    gtk_window_present(GTK_WINDOW(app->window));
    plumb_heart_start(app);
    if (app->options.measure_s > 0)
        plumb_measure_start(app);
}
