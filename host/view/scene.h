/* A picture as a list: what to draw, where, in points (1/72 inch), x right, y down. Charts fill it, the
 * painter reads it, tests compare it as text. It knows neither Cairo nor fonts. */
#ifndef PLUMB_SCENE_H
#define PLUMB_SCENE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum plumb_item_kind {
    PLUMB_ITEM_GROUP,    /* nothing is drawn: names what follows */
    PLUMB_ITEM_RECT,     /* filled; corners rounded by size_pt */
    PLUMB_ITEM_HATCH,    /* a rectangle of slanting lines: no data */
    PLUMB_ITEM_LINE,     /* a straight stroke from (x, y) by (w, h) */
    PLUMB_ITEM_POLYLINE, /* a stroke through points; a single point is a dot twice as thick */
    PLUMB_ITEM_POLYGON,  /* filled */
    PLUMB_ITEM_MARKER,   /* a small filled shape, centred */
    PLUMB_ITEM_TEXT,     /* one line */
    PLUMB_ITEM_CLIP,     /* what follows shows only inside this rectangle... */
    PLUMB_ITEM_UNCLIP,   /* ...until here */
    PLUMB_ITEM_TAG,      /* nothing is drawn: a part of a document begins, named as PDF names them... */
    PLUMB_ITEM_UNTAG,    /* ...and ends; parts may lie in each other */
    PLUMB_ITEM_KINDS_N
};

enum plumb_shape {
    PLUMB_SHAPE_CIRCLE,
    PLUMB_SHAPE_UP,   /* triangle, tip up */
    PLUMB_SHAPE_DOWN, /* triangle, tip down */
    PLUMB_SHAPE_SQUARE,
    PLUMB_SHAPE_DIAMOND,
    PLUMB_SHAPE_CROSS,
    PLUMB_SHAPES_N
};

enum plumb_anchor { PLUMB_ANCHOR_START, PLUMB_ANCHOR_MIDDLE, PLUMB_ANCHOR_END };
enum plumb_weight { PLUMB_WEIGHT_REGULAR, PLUMB_WEIGHT_SEMIBOLD };

typedef uint32_t plumb_colour; /* 0xRRGGBB, opaque: so that the contrast of what lies on it can be computed */

/* One item. Which fields mean something is said at its kind; the others are 0. */
struct plumb_item {
    enum plumb_item_kind kind;
    plumb_colour colour;
    double x_pt, y_pt; /* rect: upper left; text: baseline at the anchor; marker: centre */
    double w_pt, h_pt; /* rect, hatch, clip: size; line: the way; text: w is the room it has, 0 = any */
    double size_pt;    /* stroke width, text size, marker diameter, corner radius */
    double dash_pt;    /* line, polyline: length of dash and space, 0 = solid */
    enum plumb_shape shape;
    enum plumb_anchor anchor;
    enum plumb_weight weight;
    size_t first,
        n; /* polyline, polygon: into points; text, group, tag, untag: into chars, n bytes without the end */
};

struct plumb_point {
    double x_pt, y_pt;
};

struct plumb_scene {
    double width_pt, height_pt;
    plumb_colour paper; /* what is drawn on; white at first */
    bool bare;          /* an icon: no paper, what nothing is drawn on is seen through; a point is a pixel */
    char title[160];    /* of the document (PDF) */
    char date[32]; /* of the document, ISO 8601; empty = a fixed one, so that equal scenes give equal bytes */
    const char *(*said)(const char *text); /* what a text is in the language of who looks; NULL: as it is */
    struct plumb_item *items;
    size_t items_n, items_room;
    struct plumb_point *points;
    size_t points_n, points_room;
    char *chars;
    size_t chars_n, chars_room;
    bool failed; /* memory ran out: what was added since is missing */
};

/* An empty scene in the caller's storage. Free with plumb_scene_free. */
void plumb_scene_init(struct plumb_scene *scene, double width_pt, double height_pt);
void plumb_scene_free(struct plumb_scene *scene);

/* What the document is called: made as clean as every text, cut at a character's end. */
void plumb_scene_title(struct plumb_scene *scene, const char *text);

/* Makes everything so many times as large, the page too. */
void plumb_scene_scale(struct plumb_scene *scene, double factor);

/* Removes the items and keeps the memory: for a picture drawn many times. */
void plumb_scene_clear(struct plumb_scene *scene);

/* 1 where both would be painted alike. */
int plumb_scene_equal(const struct plumb_scene *a, const struct plumb_scene *b);

/* Adding. Nothing with a coordinate that is not a number is added; out of memory sets `failed`. */
void plumb_scene_group(struct plumb_scene *scene, const char *name);
void plumb_scene_rect(
    struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt, double radius_pt,
    plumb_colour colour);
void plumb_scene_hatch(
    struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt, plumb_colour colour);
void plumb_scene_line(
    struct plumb_scene *scene, double x0_pt, double y0_pt, double x1_pt, double y1_pt, double stroke_pt,
    double dash_pt, plumb_colour colour);
void plumb_scene_marker(
    struct plumb_scene *scene, enum plumb_shape shape, double x_pt, double y_pt, double size_pt,
    plumb_colour colour);
void plumb_scene_clip(struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt);
void plumb_scene_unclip(struct plumb_scene *scene);

/* What a part of a document is: "Document", "H1", "H2", "P", "Table", "TR", "TH", "TD", "Figure" (PDF 32000,
 * 14.8.4). Only a PDF keeps it, for readers who hear the page. Each tag is ended by an untag of its name. */
void plumb_scene_tag(struct plumb_scene *scene, const char *name);
void plumb_scene_untag(struct plumb_scene *scene, const char *name);

/* Everything of `from`, so many times as large, with its upper left corner at (x, y). */
void plumb_scene_put(
    struct plumb_scene *scene, const struct plumb_scene *from, double x_pt, double y_pt, double factor);

/* Polylines and polygons: begin, points, and the item grows with them until the next item is begun. */
void plumb_scene_polyline(struct plumb_scene *scene, double stroke_pt, double dash_pt, plumb_colour colour);
void plumb_scene_polygon(struct plumb_scene *scene, plumb_colour colour);
void plumb_scene_point(struct plumb_scene *scene, double x_pt, double y_pt);

/* How a line of text looks. */
struct plumb_text_style {
    double size_pt;
    enum plumb_weight weight;
    plumb_colour colour;
    enum plumb_anchor anchor;
};

/* One line of UTF-8 with its baseline at y; longer than room_pt (when > 0) it is set smaller, then cut with
 * an ellipsis. Control characters become spaces, invalid bytes U+FFFD. */
void plumb_scene_text(
    struct plumb_scene *scene, const struct plumb_text_style *style, double x_pt, double y_pt, double room_pt,
    const char *text);

/* The text of a text or group item; borrowed until the scene changes. */
const char *plumb_scene_chars(const struct plumb_scene *scene, const struct plumb_item *item);

/* Writes the scene as text, one item a line, coordinates to 0.01 pt, the same in every locale. `write` gets
 * pieces of text and `context`. */
void plumb_scene_dump(
    const struct plumb_scene *scene, void (*write)(void *context, const char *text, size_t n), void *context);

#endif
