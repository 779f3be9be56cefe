#include "painter.h"

#include <math.h>

#define HATCH_GAP_PT    4.0 /* between the lines of a hatch */
#define HATCH_STROKE_PT 0.6
#define HATCH_LINES     4096 /* at most: a hatch is never the reason for a slow picture */

static void use_colour(cairo_t *cr, plumb_colour colour)
{
    cairo_set_source_rgb(
        cr, ((colour >> 16) & 0xff) / 255.0, ((colour >> 8) & 0xff) / 255.0, (colour & 0xff) / 255.0);
}

static void rounded(cairo_t *cr, const struct plumb_item *item)
{
    double r = fmin(item->size_pt, fmin(item->w_pt, item->h_pt) / 2);
    if (r <= 0) {
        cairo_rectangle(cr, item->x_pt, item->y_pt, item->w_pt, item->h_pt);
        return;
    }
    double right = item->x_pt + item->w_pt, bottom = item->y_pt + item->h_pt;
    cairo_new_sub_path(cr);
    cairo_arc(cr, right - r, item->y_pt + r, r, -G_PI / 2, 0);
    cairo_arc(cr, right - r, bottom - r, r, 0, G_PI / 2);
    cairo_arc(cr, item->x_pt + r, bottom - r, r, G_PI / 2, G_PI);
    cairo_arc(cr, item->x_pt + r, item->y_pt + r, r, G_PI, 3 * G_PI / 2);
    cairo_close_path(cr);
}

/* Lines from the lower left to the upper right, on a grid of the page, so that neighbours continue. */
static void hatch(cairo_t *cr, const struct plumb_item *item)
{
    cairo_save(cr);
    cairo_rectangle(cr, item->x_pt, item->y_pt, item->w_pt, item->h_pt);
    cairo_clip(cr);
    double first = floor((item->x_pt + item->y_pt) / HATCH_GAP_PT) * HATCH_GAP_PT;
    double bottom = item->y_pt + item->h_pt;
    for (int i = 0; i < HATCH_LINES; i++) {
        double sum = first + i * HATCH_GAP_PT; /* x + y along a line */
        if (sum - bottom > item->x_pt + item->w_pt)
            break;
        cairo_move_to(cr, sum - bottom, bottom);
        cairo_line_to(cr, sum - item->y_pt, item->y_pt);
    }
    cairo_set_line_width(cr, HATCH_STROKE_PT);
    cairo_stroke(cr);
    cairo_restore(cr);
}

static void stroke(cairo_t *cr, const struct plumb_item *item)
{
    cairo_set_line_width(cr, item->size_pt);
    cairo_set_dash(cr, &item->dash_pt, item->dash_pt > 0 ? 1 : 0, 0);
    cairo_stroke(cr);
}

static void line(cairo_t *cr, const struct plumb_item *item)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_BUTT);
    cairo_move_to(cr, item->x_pt, item->y_pt);
    cairo_line_to(cr, item->x_pt + item->w_pt, item->y_pt + item->h_pt);
    stroke(cr, item);
}

static void path(cairo_t *cr, const struct plumb_scene *scene, const struct plumb_item *item)
{
    const struct plumb_point *points = scene->points + item->first;
    for (size_t i = 0; i < item->n; i++)
        cairo_line_to(cr, points[i].x_pt, points[i].y_pt);
}

static void polyline(cairo_t *cr, const struct plumb_scene *scene, const struct plumb_item *item)
{
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    path(cr, scene, item);
    if (item->n != 1) {
        stroke(cr, item);
        return;
    }
    cairo_new_path(cr); /* a value alone among unknown ones must not be missed */
    cairo_arc(
        cr, scene->points[item->first].x_pt, scene->points[item->first].y_pt, item->size_pt, 0, 2 * G_PI);
    cairo_fill(cr);
}

static void polygon(cairo_t *cr, const struct plumb_scene *scene, const struct plumb_item *item)
{
    path(cr, scene, item);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void corners(cairo_t *cr, const struct plumb_item *item, const double (*corner)[2], int n)
{
    double r = item->size_pt / 2;
    for (int i = 0; i < n; i++)
        cairo_line_to(cr, item->x_pt + r * corner[i][0], item->y_pt + r * corner[i][1]);
    cairo_close_path(cr);
    cairo_fill(cr);
}

static void cross(cairo_t *cr, const struct plumb_item *item)
{
    double r = item->size_pt * 0.4;
    cairo_move_to(cr, item->x_pt - r, item->y_pt - r);
    cairo_line_to(cr, item->x_pt + r, item->y_pt + r);
    cairo_move_to(cr, item->x_pt - r, item->y_pt + r);
    cairo_line_to(cr, item->x_pt + r, item->y_pt - r);
    cairo_set_line_cap(cr, CAIRO_LINE_CAP_ROUND);
    cairo_set_dash(cr, NULL, 0, 0);
    cairo_set_line_width(cr, item->size_pt * 0.24);
    cairo_stroke(cr);
}

static void marker(cairo_t *cr, const struct plumb_item *item)
{
    static const double up[][2] = {{0, -0.9}, {1, 0.8}, {-1, 0.8}};
    static const double down[][2] = {{0, 0.9}, {1, -0.8}, {-1, -0.8}};
    static const double square[][2] = {{-0.8, -0.8}, {0.8, -0.8}, {0.8, 0.8}, {-0.8, 0.8}};
    static const double diamond[][2] = {{0, -1.05}, {1.05, 0}, {0, 1.05}, {-1.05, 0}};
    switch (item->shape) {
    case PLUMB_SHAPE_UP:
        corners(cr, item, up, 3);
        break;
    case PLUMB_SHAPE_DOWN:
        corners(cr, item, down, 3);
        break;
    case PLUMB_SHAPE_SQUARE:
        corners(cr, item, square, 4);
        break;
    case PLUMB_SHAPE_DIAMOND:
        corners(cr, item, diamond, 4);
        break;
    case PLUMB_SHAPE_CROSS:
        cross(cr, item);
        break;
    case PLUMB_SHAPE_CIRCLE:
    case PLUMB_SHAPES_N:
        cairo_arc(cr, item->x_pt, item->y_pt, item->size_pt / 2, 0, 2 * G_PI);
        cairo_fill(cr);
        break;
    }
}

static void
text(cairo_t *cr, struct plumb_fonts *fonts, const struct plumb_scene *scene, const struct plumb_item *item)
{
    PangoLayout *layout = plumb_fonts_layout(fonts, scene, item);
    PangoRectangle box;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), NULL, &box);
    double width_pt = (double)box.width / PANGO_SCALE;
    double before_pt = item->anchor == PLUMB_ANCHOR_END      ? width_pt
                       : item->anchor == PLUMB_ANCHOR_MIDDLE ? width_pt / 2
                                                             : 0;
    cairo_move_to(cr, item->x_pt - before_pt, item->y_pt);
    pango_cairo_show_layout_line(cr, pango_layout_get_line_readonly(layout, 0));
    cairo_new_path(cr); /* showing text leaves a point behind that the next shape would start from */
    g_object_unref(layout);
}

static void paint_item(
    cairo_t *cr, struct plumb_fonts *fonts, const struct plumb_scene *scene, const struct plumb_item *item)
{
    use_colour(cr, item->colour);
    switch (item->kind) {
    case PLUMB_ITEM_RECT:
        rounded(cr, item);
        cairo_fill(cr);
        break;
    case PLUMB_ITEM_HATCH:
        hatch(cr, item);
        break;
    case PLUMB_ITEM_LINE:
        line(cr, item);
        break;
    case PLUMB_ITEM_POLYLINE:
        polyline(cr, scene, item);
        break;
    case PLUMB_ITEM_POLYGON:
        polygon(cr, scene, item);
        break;
    case PLUMB_ITEM_MARKER:
        marker(cr, item);
        break;
    case PLUMB_ITEM_TEXT:
        text(cr, fonts, scene, item);
        break;
    case PLUMB_ITEM_CLIP:
        cairo_save(cr);
        cairo_rectangle(cr, item->x_pt, item->y_pt, item->w_pt, item->h_pt);
        cairo_clip(cr);
        break;
    case PLUMB_ITEM_UNCLIP:
        cairo_restore(cr);
        break;
    case PLUMB_ITEM_TAG:
        cairo_tag_begin(cr, plumb_scene_chars(scene, item), NULL);
        break;
    case PLUMB_ITEM_UNTAG:
        cairo_tag_end(cr, plumb_scene_chars(scene, item));
        break;
    case PLUMB_ITEM_GROUP:
    case PLUMB_ITEM_KINDS_N:
        break;
    }
}

void plumb_paint_over(const struct plumb_scene *scene, struct plumb_fonts *fonts, cairo_t *cr)
{
    cairo_save(cr);
    cairo_set_line_join(cr, CAIRO_LINE_JOIN_BEVEL); /* a miter would put spikes on a noisy trace */
    for (size_t i = 0; i < scene->items_n; i++)
        paint_item(cr, fonts, scene, &scene->items[i]);
    cairo_restore(cr);
}

void plumb_paint(const struct plumb_scene *scene, struct plumb_fonts *fonts, cairo_t *cr)
{
    cairo_save(cr);
    use_colour(cr, scene->paper);
    cairo_rectangle(cr, 0, 0, scene->width_pt, scene->height_pt);
    cairo_fill(cr);
    cairo_restore(cr);
    plumb_paint_over(scene, fonts, cr);
}
