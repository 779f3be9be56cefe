#include "far.h"

#include "canvas.h"
#include "language.h"
#include "readings.h"

static void fill(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_readout readout = plumb_readings_readout(&app->moment);
    (void)context;
    readout.theme = plumb_app_theme(app);
    plumb_readout_draw_far(scene, &readout);
}

static void closed(GtkWidget *window, gpointer data)
{
    struct plumb_app *app = data;
    (void)window;
    app->far = app->far_canvas = NULL;
}

void plumb_far_toggle(struct plumb_app *app)
{
    if (app->far) {
        gtk_window_destroy(GTK_WINDOW(app->far));
        return;
    }
    app->far = gtk_application_window_new(GTK_APPLICATION(app->application));
    gtk_window_set_title(GTK_WINDOW(app->far), _("Plumb, for the wearer"));
    gtk_window_set_default_size(GTK_WINDOW(app->far), 800, 600);
    app->far_canvas = plumb_canvas_new(app, 320, 240, "Zone, for the wearer", fill, NULL);
    gtk_window_set_child(GTK_WINDOW(app->far), app->far_canvas);
    g_signal_connect(app->far, "destroy", G_CALLBACK(closed), app);
    gtk_window_present(GTK_WINDOW(app->far));
}

void plumb_far_tick(struct plumb_app *app, gint64 frame)
{
    if (!app->far_canvas || frame % 3)
        return;
    gtk_widget_queue_draw(app->far_canvas);
    plumb_canvas_describe(app->far_canvas, plumb_readings_readout(&app->moment).word);
}
