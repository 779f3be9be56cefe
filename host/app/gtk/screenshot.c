#include "screenshot.h"

/* The window draws itself into a texture: no screen or window manager takes part. */
static gboolean take(gpointer data)
{
    struct plumb_app *app = data;
    GdkPaintable *paintable = gtk_widget_paintable_new(app->window);
    int width = gtk_widget_get_width(app->window), height = gtk_widget_get_height(app->window);
    GtkSnapshot *snapshot = gtk_snapshot_new();
    gdk_paintable_snapshot(paintable, GDK_SNAPSHOT(snapshot), width, height);
    GskRenderNode *node = gtk_snapshot_free_to_node(snapshot);
    GskRenderer *renderer = gtk_native_get_renderer(gtk_widget_get_native(app->window));
    if (node) {
        GdkTexture *texture = gsk_renderer_render_texture(
            renderer, node, &GRAPHENE_RECT_INIT(0, 0, (float)width, (float)height));
        if (!gdk_texture_save_to_png(texture, app->options.screenshot))
            g_printerr("plumb-app: %s: cannot be written\n", app->options.screenshot);
        g_object_unref(texture);
        gsk_render_node_unref(node);
    }
    g_object_unref(paintable);
    gtk_window_close(GTK_WINDOW(app->window));
    return G_SOURCE_REMOVE;
}

void plumb_screenshot_later(struct plumb_app *app)
{
    g_timeout_add((guint)(1000 * app->options.screenshot_after_s), take, app);
}
