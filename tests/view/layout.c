#include "layout.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "host/view/fonts.h"
#include "suite.h"

#define CONTRAST_LEAST 4.5 /* WCAG 2 AA for text of normal size */

/* The ink of a text item on the page; empty where it has none. */
struct box {
    double x0, y0, x1, y1;
    double room_pt; /* 0: any */
    const char *text;
};

static struct box
ink_box(struct plumb_fonts *fonts, const struct plumb_scene *scene, const struct plumb_item *item)
{
    PangoLayout *layout = plumb_fonts_layout(fonts, scene, item);
    PangoRectangle ink, logical;
    pango_layout_line_get_extents(pango_layout_get_line_readonly(layout, 0), &ink, &logical);
    g_object_unref(layout);
    double wide = (double)logical.width / PANGO_SCALE;
    double x = item->x_pt - (item->anchor == PLUMB_ANCHOR_END      ? wide
                             : item->anchor == PLUMB_ANCHOR_MIDDLE ? wide / 2
                                                                   : 0);
    return (struct box){
        x + (double)ink.x / PANGO_SCALE,
        item->y_pt + (double)ink.y / PANGO_SCALE,
        x + (double)(ink.x + ink.width) / PANGO_SCALE,
        item->y_pt + (double)(ink.y + ink.height) / PANGO_SCALE,
        item->w_pt,
        plumb_scene_chars(scene, item),
    };
}

static int overlap(const struct box *a, const struct box *b)
{
    return a->x0 < b->x1 && b->x0 < a->x1 && a->y0 < b->y1 && b->y0 < a->y1;
}

static void check_boxes(const struct plumb_scene *scene)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    struct box *boxes = calloc(scene->items_n, sizeof *boxes);
    size_t n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        if (scene->items[i].kind == PLUMB_ITEM_TEXT)
            boxes[n++] = ink_box(fonts, scene, &scene->items[i]);
    for (size_t i = 0; i < n; i++) {
        const struct box *box = &boxes[i];
        CU_ASSERT(box->x0 >= 0 && box->y0 >= 0 && box->x1 <= scene->width_pt && box->y1 <= scene->height_pt);
        if (box->room_pt > 0 && box->x1 - box->x0 > box->room_pt + 0.5) {
            printf("  \"%s\" is wider than its room\n", box->text);
            CU_FAIL("a text leaves its room");
        }
        for (size_t j = 0; j < i; j++)
            if (overlap(box, &boxes[j])) {
                printf("  \"%s\" lies on \"%s\"\n", box->text, boxes[j].text);
                CU_FAIL("two texts overlap");
            }
    }
    free(boxes);
    plumb_fonts_give_back(fonts);
}

/* Light of a colour as WCAG 2 computes it. */
static double luminance(plumb_colour colour)
{
    static const double weights[] = {0.2126, 0.7152, 0.0722};
    double sum = 0;
    for (int i = 0; i < 3; i++) {
        double c = ((colour >> (16 - 8 * i)) & 0xff) / 255.0;
        sum += weights[i] * (c <= 0.03928 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static double contrast(plumb_colour a, plumb_colour b)
{
    double la = luminance(a), lb = luminance(b);
    return (fmax(la, lb) + 0.05) / (fmin(la, lb) + 0.05);
}

/* A text must be read on every surface it touches: all rectangles below any part of it that no later one
 * covers wholly. */
static void check_contrast(const struct plumb_scene *scene)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    for (size_t i = 0; i < scene->items_n; i++) {
        if (scene->items[i].kind != PLUMB_ITEM_TEXT)
            continue;
        struct box box = ink_box(fonts, scene, &scene->items[i]);
        double least = contrast(scene->items[i].colour, scene->paper);
        for (size_t j = 0; j < i; j++) {
            const struct plumb_item *rect = &scene->items[j];
            struct box below = {rect->x_pt, rect->y_pt, rect->x_pt + rect->w_pt, rect->y_pt + rect->h_pt,
                                0,          NULL};
            if (rect->kind != PLUMB_ITEM_RECT || !overlap(&box, &below))
                continue;
            double here = contrast(scene->items[i].colour, rect->colour);
            int covers = below.x0 <= box.x0 && below.y0 <= box.y0 && below.x1 >= box.x1 && below.y1 >= box.y1;
            least = covers ? here : fmin(least, here);
        }
        if (least < CONTRAST_LEAST) {
            printf("  \"%s\" has a contrast of %.2f\n", box.text, least);
            CU_FAIL("a text cannot be read");
        }
    }
    plumb_fonts_give_back(fonts);
}

void layout_check(const struct plumb_scene *scene)
{
    check_boxes(scene);
    check_contrast(scene);
}

void layout_check_uncut(const struct plumb_scene *scene)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    for (size_t i = 0; i < scene->items_n; i++) {
        if (scene->items[i].kind != PLUMB_ITEM_TEXT)
            continue;
        PangoLayout *layout = plumb_fonts_layout(fonts, scene, &scene->items[i]);
        if (pango_layout_is_ellipsized(layout)) {
            printf("  \"%s\" is cut\n", plumb_scene_chars(scene, &scene->items[i]));
            CU_FAIL("a text is cut");
        }
        g_object_unref(layout);
    }
    plumb_fonts_give_back(fonts);
}
