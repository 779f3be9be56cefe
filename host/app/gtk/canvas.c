#include "canvas.h"

#include "../../view/painter_kept.h"
#include "language.h"

struct canvas {
    struct plumb_app *app;
    plumb_canvas_fill *fill, *still; /* still: NULL where nothing stands behind */
    void *context;
    struct plumb_painter_kept *kept;
    struct plumb_scene scene;
    char described[240];
};

/* The paper is the card it lies on. Not with CAIRO_ANTIALIAS_FAST, cheaper as it is: with a hatch half beside
 * the picture Cairo 1.16 then writes behind its own memory. */
static void draw(GtkDrawingArea *area, cairo_t *cr, int width, int height, gpointer self)
{
    struct canvas *canvas = self;
    struct plumb_fonts *fonts = canvas->app->fonts;
    canvas->scene.width_pt = width;
    canvas->scene.height_pt = height;
    if (canvas->still) {
        struct plumb_scene *scene = plumb_painter_kept_scene(canvas->kept, width, height);
        scene->said = plumb_language_text;
        canvas->still(canvas->app, canvas->context, scene);
        plumb_paint_kept(canvas->kept, fonts, gtk_widget_get_scale_factor(GTK_WIDGET(area)), cr);
    }
    canvas->fill(canvas->app, canvas->context, &canvas->scene);
    if (canvas->still)
        plumb_paint_over(&canvas->scene, fonts, cr);
    else
        plumb_paint(&canvas->scene, fonts, cr);
}

static void forget(gpointer self)
{
    struct canvas *canvas = self;
    plumb_scene_free(&canvas->scene);
    plumb_painter_kept_free(canvas->kept);
    g_free(canvas);
}

GtkWidget *plumb_canvas_new(
    struct plumb_app *app, int width_px, int height_px, const char *name, plumb_canvas_fill *fill,
    void *context)
{
    GtkWidget *area = g_object_new(
        GTK_TYPE_DRAWING_AREA, "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, "content-width", width_px,
        "content-height", height_px, NULL);
    struct canvas *canvas = g_new0(struct canvas, 1);
    *canvas = (struct canvas){.app = app, .fill = fill, .context = context};
    plumb_scene_init(&canvas->scene, width_px, height_px);
    canvas->scene.said = plumb_language_text;
    gtk_drawing_area_set_draw_func(GTK_DRAWING_AREA(area), draw, canvas, forget);
    gtk_accessible_update_property(
        GTK_ACCESSIBLE(area), GTK_ACCESSIBLE_PROPERTY_LABEL, plumb_language_text(name), -1);
    g_object_set_data(G_OBJECT(area), "canvas", canvas);
    return area;
}

void plumb_canvas_stand(GtkWidget *area, plumb_canvas_fill *still)
{
    struct canvas *canvas = g_object_get_data(G_OBJECT(area), "canvas");
    canvas->kept = plumb_painter_kept_new();
    canvas->still = canvas->kept ? still : NULL;
}

void plumb_canvas_describe(GtkWidget *area, const char *words)
{
    struct canvas *canvas = g_object_get_data(G_OBJECT(area), "canvas");
    if (g_str_equal(canvas->described, words))
        return;
    g_strlcpy(canvas->described, words, sizeof canvas->described);
    gtk_accessible_update_property(GTK_ACCESSIBLE(area), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, words, -1);
}
