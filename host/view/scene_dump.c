/* A scene as text: one line an item, so that a test or a person can read what a picture says. */
#include <stdio.h>
#include <string.h>

#include "figure.h"
#include "scene.h"

struct dump {
    void (*write)(void *context, const char *text, size_t n);
    void *context;
};

static const char *const KINDS[PLUMB_ITEM_KINDS_N] = {"group",    "rect",    "hatch",  "line",
                                                      "polyline", "polygon", "marker", "text",
                                                      "clip",     "unclip",  "tag",    "untag"};
static const char *const SHAPES[PLUMB_SHAPES_N] = {"circle", "up", "down", "square", "diamond", "cross"};
static const char *const ANCHORS[] = {"start", "middle", "end"};
static const char *const WEIGHTS[] = {"regular", "semibold"};

static void put(struct dump *dump, const char *text)
{
    dump->write(dump->context, text, strlen(text));
}

static void put_number(struct dump *dump, double value)
{
    char figure[PLUMB_FIGURE_ROOM];
    put(dump, " ");
    put(dump, plumb_figure(figure, value, 2, PLUMB_SIGN_ASCII));
}

static void put_colour(struct dump *dump, plumb_colour colour)
{
    char text[16];
    snprintf(text, sizeof text, " #%06X", (unsigned)colour & 0xffffffu);
    put(dump, text);
}

static void put_quoted(struct dump *dump, const char *text)
{
    put(dump, " \"");
    put(dump, text);
    put(dump, "\"");
}

static void put_box(struct dump *dump, const struct plumb_item *item)
{
    put_number(dump, item->x_pt);
    put_number(dump, item->y_pt);
    put_number(dump, item->w_pt);
    put_number(dump, item->h_pt);
}

static void put_points(struct dump *dump, const struct plumb_scene *scene, const struct plumb_item *item)
{
    put(dump, ":");
    for (size_t i = 0; i < item->n; i++) {
        char y[PLUMB_FIGURE_ROOM];
        put_number(dump, scene->points[item->first + i].x_pt);
        put(dump, ",");
        put(dump, plumb_figure(y, scene->points[item->first + i].y_pt, 2, PLUMB_SIGN_ASCII));
    }
}

static void put_text(struct dump *dump, const struct plumb_scene *scene, const struct plumb_item *item)
{
    put_number(dump, item->x_pt);
    put_number(dump, item->y_pt);
    put_number(dump, item->w_pt);
    put(dump, " ");
    put(dump, ANCHORS[item->anchor]);
    put_number(dump, item->size_pt);
    put(dump, " ");
    put(dump, WEIGHTS[item->weight]);
    put_colour(dump, item->colour);
    put_quoted(dump, plumb_scene_chars(scene, item));
}

static void put_item(struct dump *dump, const struct plumb_scene *scene, const struct plumb_item *item)
{
    put(dump, KINDS[item->kind]);
    switch (item->kind) {
    case PLUMB_ITEM_GROUP:
    case PLUMB_ITEM_TAG:
    case PLUMB_ITEM_UNTAG:
        put_quoted(dump, plumb_scene_chars(scene, item));
        break;
    case PLUMB_ITEM_LINE:
        put_box(dump, item);
        put_number(dump, item->size_pt);
        put_number(dump, item->dash_pt);
        put_colour(dump, item->colour);
        break;
    case PLUMB_ITEM_RECT:
        put_box(dump, item);
        put_number(dump, item->size_pt);
        put_colour(dump, item->colour);
        break;
    case PLUMB_ITEM_HATCH:
        put_box(dump, item);
        put_colour(dump, item->colour);
        break;
    case PLUMB_ITEM_POLYLINE:
    case PLUMB_ITEM_POLYGON:
        put_number(dump, item->size_pt);
        put_number(dump, item->dash_pt);
        put_colour(dump, item->colour);
        put_points(dump, scene, item);
        break;
    case PLUMB_ITEM_MARKER:
        put(dump, " ");
        put(dump, SHAPES[item->shape]);
        put_number(dump, item->x_pt);
        put_number(dump, item->y_pt);
        put_number(dump, item->size_pt);
        put_colour(dump, item->colour);
        break;
    case PLUMB_ITEM_TEXT:
        put_text(dump, scene, item);
        break;
    case PLUMB_ITEM_CLIP:
        put_box(dump, item);
        break;
    case PLUMB_ITEM_UNCLIP:
    case PLUMB_ITEM_KINDS_N:
        break;
    }
    put(dump, "\n");
}

void plumb_scene_dump(
    const struct plumb_scene *scene, void (*write)(void *context, const char *text, size_t n), void *context)
{
    struct dump dump = {write, context};
    put(&dump, "scene");
    put_number(&dump, scene->width_pt);
    put_number(&dump, scene->height_pt);
    put(&dump, "\n");
    for (size_t i = 0; i < scene->items_n; i++)
        put_item(&dump, scene, &scene->items[i]);
}
