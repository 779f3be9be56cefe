#include "painter_kept.h"

#include <math.h>
#include <stdlib.h>

struct plumb_painter_kept {
    struct plumb_scene shown, next;
    cairo_surface_t *pixels; /* of `shown`; NULL before */
    double scale;
    unsigned long painted_n;
};

struct plumb_painter_kept *plumb_painter_kept_new(void)
{
    struct plumb_painter_kept *kept = calloc(1, sizeof *kept);
    if (!kept)
        return NULL;
    plumb_scene_init(&kept->shown, 0, 0);
    plumb_scene_init(&kept->next, 0, 0);
    return kept;
}

void plumb_painter_kept_free(struct plumb_painter_kept *kept)
{
    if (!kept)
        return;
    if (kept->pixels)
        cairo_surface_destroy(kept->pixels);
    plumb_scene_free(&kept->shown);
    plumb_scene_free(&kept->next);
    free(kept);
}

struct plumb_scene *
plumb_painter_kept_scene(struct plumb_painter_kept *kept, double width_pt, double height_pt)
{
    plumb_scene_clear(&kept->next);
    kept->next.width_pt = width_pt;
    kept->next.height_pt = height_pt;
    return &kept->next;
}

/* Pixels are handed to contexts that may hold on to them: new ones each time, never painted over. */
static void paint_anew(struct plumb_painter_kept *kept, struct plumb_fonts *fonts, double scale)
{
    struct plumb_scene shown = kept->next;
    if (kept->pixels)
        cairo_surface_destroy(kept->pixels);
    kept->pixels = cairo_image_surface_create(
        CAIRO_FORMAT_RGB24, (int)ceil(shown.width_pt * scale), (int)ceil(shown.height_pt * scale));
    cairo_surface_set_device_scale(kept->pixels, scale, scale);
    cairo_t *cr = cairo_create(kept->pixels);
    plumb_paint(&shown, fonts, cr);
    cairo_destroy(cr);
    kept->next = kept->shown;
    kept->shown = shown;
    kept->scale = scale;
    kept->painted_n++;
}

void plumb_paint_kept(struct plumb_painter_kept *kept, struct plumb_fonts *fonts, double scale, cairo_t *cr)
{
    if (!kept->pixels || scale != kept->scale || !plumb_scene_equal(&kept->shown, &kept->next))
        paint_anew(kept, fonts, scale);
    cairo_save(cr);
    cairo_set_source_surface(cr, kept->pixels, 0, 0);
    cairo_pattern_set_filter(cairo_get_source(cr), CAIRO_FILTER_NEAREST);
    cairo_rectangle(cr, 0, 0, kept->shown.width_pt, kept->shown.height_pt);
    cairo_fill(cr);
    cairo_restore(cr);
}

unsigned long plumb_painter_kept_n(const struct plumb_painter_kept *kept)
{
    return kept->painted_n;
}
