#include "scene.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "figure.h"
#include "palette.h"

void plumb_scene_init(struct plumb_scene *scene, double width_pt, double height_pt)
{
    *scene = (struct plumb_scene){.width_pt = width_pt, .height_pt = height_pt, .paper = PLUMB_COLOUR_PAPER};
}

void plumb_scene_free(struct plumb_scene *scene)
{
    free(scene->items);
    free(scene->points);
    free(scene->chars);
    plumb_scene_init(scene, 0, 0);
}

void plumb_scene_clear(struct plumb_scene *scene)
{
    scene->items_n = scene->points_n = scene->chars_n = 0;
    scene->failed = false;
}

static int equal_items(const struct plumb_item *a, const struct plumb_item *b)
{
    return a->kind == b->kind && a->colour == b->colour && a->x_pt == b->x_pt && a->y_pt == b->y_pt &&
           a->w_pt == b->w_pt && a->h_pt == b->h_pt && a->size_pt == b->size_pt && a->dash_pt == b->dash_pt &&
           a->shape == b->shape && a->anchor == b->anchor && a->weight == b->weight && a->first == b->first &&
           a->n == b->n;
}

int plumb_scene_equal(const struct plumb_scene *a, const struct plumb_scene *b)
{
    if (a->width_pt != b->width_pt || a->height_pt != b->height_pt || a->paper != b->paper ||
        a->items_n != b->items_n || a->points_n != b->points_n || a->chars_n != b->chars_n)
        return 0;
    for (size_t i = 0; i < a->items_n; i++)
        if (!equal_items(&a->items[i], &b->items[i]))
            return 0;
    return !(a->points_n && memcmp(a->points, b->points, a->points_n * sizeof *a->points)) &&
           !(a->chars_n && memcmp(a->chars, b->chars, a->chars_n));
}

static void scale_item(struct plumb_item *item, double factor)
{
    item->x_pt *= factor;
    item->y_pt *= factor;
    item->w_pt *= factor;
    item->h_pt *= factor;
    item->size_pt *= factor;
    item->dash_pt *= factor;
}

void plumb_scene_scale(struct plumb_scene *scene, double factor)
{
    scene->width_pt *= factor;
    scene->height_pt *= factor;
    for (size_t i = 0; i < scene->items_n; i++)
        scale_item(&scene->items[i], factor);
    for (size_t i = 0; i < scene->points_n; i++) {
        scene->points[i].x_pt *= factor;
        scene->points[i].y_pt *= factor;
    }
}

/* Makes room for `more` elements; the array doubles. 0 when there is no memory. */
static int grow(struct plumb_scene *scene, void **array, size_t *room, size_t n, size_t more, size_t size)
{
    if (n + more <= *room)
        return 1;
    size_t wanted = *room ? *room : 64;
    while (wanted < n + more)
        wanted *= 2;
    void *bigger = realloc(*array, wanted * size);
    if (!bigger) {
        scene->failed = true;
        return 0;
    }
    *array = bigger;
    *room = wanted;
    return 1;
}

static void add(struct plumb_scene *scene, const struct plumb_item *item)
{
    if (!isfinite(item->x_pt + item->y_pt + item->w_pt + item->h_pt + item->size_pt))
        return;
    void *items = scene->items;
    if (grow(scene, &items, &scene->items_room, scene->items_n, 1, sizeof *item)) {
        scene->items = items;
        scene->items[scene->items_n++] = *item;
    }
}

void plumb_scene_rect(
    struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt, double radius_pt,
    plumb_colour colour)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_RECT,
                   .colour = colour,
                   .x_pt = x_pt,
                   .y_pt = y_pt,
                   .w_pt = w_pt,
                   .h_pt = h_pt,
                   .size_pt = radius_pt});
}

void plumb_scene_hatch(
    struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt, plumb_colour colour)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_HATCH,
                   .colour = colour,
                   .x_pt = x_pt,
                   .y_pt = y_pt,
                   .w_pt = w_pt,
                   .h_pt = h_pt});
}

void plumb_scene_line(
    struct plumb_scene *scene, double x0_pt, double y0_pt, double x1_pt, double y1_pt, double stroke_pt,
    double dash_pt, plumb_colour colour)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_LINE,
                   .colour = colour,
                   .x_pt = x0_pt,
                   .y_pt = y0_pt,
                   .w_pt = x1_pt - x0_pt,
                   .h_pt = y1_pt - y0_pt,
                   .size_pt = stroke_pt,
                   .dash_pt = dash_pt});
}

void plumb_scene_marker(
    struct plumb_scene *scene, enum plumb_shape shape, double x_pt, double y_pt, double size_pt,
    plumb_colour colour)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_MARKER,
                   .colour = colour,
                   .x_pt = x_pt,
                   .y_pt = y_pt,
                   .size_pt = size_pt,
                   .shape = shape});
}

void plumb_scene_clip(struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_CLIP, .x_pt = x_pt, .y_pt = y_pt, .w_pt = w_pt, .h_pt = h_pt});
}

void plumb_scene_unclip(struct plumb_scene *scene)
{
    add(scene, &(struct plumb_item){.kind = PLUMB_ITEM_UNCLIP});
}

void plumb_scene_polyline(struct plumb_scene *scene, double stroke_pt, double dash_pt, plumb_colour colour)
{
    add(scene, &(struct plumb_item){
                   .kind = PLUMB_ITEM_POLYLINE,
                   .colour = colour,
                   .size_pt = stroke_pt,
                   .dash_pt = dash_pt,
                   .first = scene->points_n});
}

void plumb_scene_polygon(struct plumb_scene *scene, plumb_colour colour)
{
    add(scene, &(struct plumb_item){.kind = PLUMB_ITEM_POLYGON, .colour = colour, .first = scene->points_n});
}

void plumb_scene_point(struct plumb_scene *scene, double x_pt, double y_pt)
{
    struct plumb_item *item = scene->items_n ? &scene->items[scene->items_n - 1] : NULL;
    if (!item || (item->kind != PLUMB_ITEM_POLYLINE && item->kind != PLUMB_ITEM_POLYGON) ||
        !isfinite(x_pt + y_pt))
        return;
    void *points = scene->points;
    if (grow(scene, &points, &scene->points_room, scene->points_n, 1, sizeof *scene->points)) {
        scene->points = points;
        scene->points[scene->points_n++] = (struct plumb_point){x_pt, y_pt};
        item->n++;
    }
}

/* How many bytes the UTF-8 character at s has, 0 when it is none (overlong, surrogate, cut off). */
static size_t character_bytes(const unsigned char *s)
{
    if (s[0] < 0x80)
        return 1;
    size_t n = s[0] >= 0xf0 ? 4 : s[0] >= 0xe0 ? 3 : 2;
    if (s[0] < 0xc2 || s[0] > 0xf4)
        return 0;
    for (size_t i = 1; i < n; i++)
        if ((s[i] & 0xc0) != 0x80)
            return 0;
    int overlong = (s[0] == 0xe0 && s[1] < 0xa0) || (s[0] == 0xf0 && s[1] < 0x90);
    int beyond = (s[0] == 0xed && s[1] > 0x9f) || (s[0] == 0xf4 && s[1] > 0x8f);
    return overlong || beyond ? 0 : n;
}

static int is_control(const unsigned char *s, size_t n)
{
    return (n == 1 && (s[0] < 0x20 || s[0] == 0x7f)) || (n == 2 && s[0] == 0xc2 && s[1] < 0xa0);
}

/* Copies text with what no painter should meet replaced, as many whole characters as fit. Returns its
 * length. */
static size_t copy_clean(char *to, size_t room, const char *text)
{
    size_t length = 0;
    for (const unsigned char *s = (const unsigned char *)text; *s;) {
        size_t n = character_bytes(s);
        const char *from = n == 0 ? "\xef\xbf\xbd" : is_control(s, n) ? " " : (const char *)s;
        size_t copied = n == 0 ? 3 : is_control(s, n) ? 1 : n;
        if (length + copied >= room)
            break;
        memcpy(to + length, from, copied);
        length += copied;
        s += n ? n : 1;
    }
    to[length] = '\0';
    return length;
}

/* The same into the pool. */
static size_t keep_chars(struct plumb_scene *scene, const char *text)
{
    size_t first = scene->chars_n, most_n = 3 * strlen(text) + 1;
    void *chars = scene->chars;
    if (!grow(scene, &chars, &scene->chars_room, first, most_n, 1))
        return 0;
    scene->chars = chars;
    size_t length = copy_clean(scene->chars + first, most_n, text);
    scene->chars_n = first + length + 1;
    return length;
}

void plumb_scene_title(struct plumb_scene *scene, const char *text)
{
    copy_clean(scene->title, sizeof scene->title, text);
}

static void add_named(struct plumb_scene *scene, enum plumb_item_kind kind, const char *name)
{
    size_t first = scene->chars_n;
    size_t n = keep_chars(scene, name);
    add(scene, &(struct plumb_item){.kind = kind, .first = first, .n = n});
}

void plumb_scene_group(struct plumb_scene *scene, const char *name)
{
    add_named(scene, PLUMB_ITEM_GROUP, name);
}

void plumb_scene_tag(struct plumb_scene *scene, const char *name)
{
    add_named(scene, PLUMB_ITEM_TAG, name);
}

void plumb_scene_untag(struct plumb_scene *scene, const char *name)
{
    add_named(scene, PLUMB_ITEM_UNTAG, name);
}

void plumb_scene_text(
    struct plumb_scene *scene, const struct plumb_text_style *style, double x_pt, double y_pt, double room_pt,
    const char *text)
{
    size_t first = scene->chars_n;
    size_t n = keep_chars(scene, scene->said ? scene->said(text) : text);
    if (n > 0)
        add(scene, &(struct plumb_item){
                       .kind = PLUMB_ITEM_TEXT,
                       .colour = style->colour,
                       .x_pt = x_pt,
                       .y_pt = y_pt,
                       .w_pt = room_pt,
                       .size_pt = style->size_pt,
                       .anchor = style->anchor,
                       .weight = style->weight,
                       .first = first,
                       .n = n});
}

/* Room for all that `from` has. 0 when there is no memory. */
static int grow_by(struct plumb_scene *scene, const struct plumb_scene *from)
{
    void *items = scene->items, *points = scene->points, *chars = scene->chars;
    int grown = grow(scene, &items, &scene->items_room, scene->items_n, from->items_n, sizeof *scene->items);
    scene->items = items;
    grown = grown &&
            grow(scene, &points, &scene->points_room, scene->points_n, from->points_n, sizeof *scene->points);
    scene->points = points;
    grown = grown && grow(scene, &chars, &scene->chars_room, scene->chars_n, from->chars_n, 1);
    scene->chars = chars;
    return grown;
}

static int has_place(enum plumb_item_kind kind)
{
    return kind != PLUMB_ITEM_GROUP && kind != PLUMB_ITEM_UNCLIP && kind != PLUMB_ITEM_TAG &&
           kind != PLUMB_ITEM_UNTAG && kind != PLUMB_ITEM_POLYLINE && kind != PLUMB_ITEM_POLYGON;
}

static struct plumb_item moved_item(
    const struct plumb_scene *scene, const struct plumb_item *from, double x_pt, double y_pt, double factor)
{
    struct plumb_item item = *from;
    int has_points = item.kind == PLUMB_ITEM_POLYLINE || item.kind == PLUMB_ITEM_POLYGON;
    scale_item(&item, factor);
    item.x_pt += has_place(item.kind) ? x_pt : 0;
    item.y_pt += has_place(item.kind) ? y_pt : 0;
    item.first += has_points ? scene->points_n : scene->chars_n;
    return item;
}

void plumb_scene_put(
    struct plumb_scene *scene, const struct plumb_scene *from, double x_pt, double y_pt, double factor)
{
    scene->failed |= from->failed;
    if (!isfinite(x_pt + y_pt + factor) || !grow_by(scene, from))
        return;
    for (size_t i = 0; i < from->items_n; i++)
        scene->items[scene->items_n++] = moved_item(scene, &from->items[i], x_pt, y_pt, factor);
    for (size_t i = 0; i < from->points_n; i++)
        scene->points[scene->points_n++] =
            (struct plumb_point){x_pt + from->points[i].x_pt * factor, y_pt + from->points[i].y_pt * factor};
    if (from->chars_n)
        memcpy(scene->chars + scene->chars_n, from->chars, from->chars_n);
    scene->chars_n += from->chars_n;
}

const char *plumb_scene_chars(const struct plumb_scene *scene, const struct plumb_item *item)
{
    return item->n ? scene->chars + item->first : "";
}
