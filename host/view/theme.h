/* The colours of what moves in the window, in three lights. Pictures for paper use palette.h; the light theme
 * is the same set. Every text colour reaches 4.5:1 on the paper and on every tint of its theme; a test
 * computes it. */
#ifndef PLUMB_THEME_H
#define PLUMB_THEME_H

#include "../core/flag.h"
#include "scene.h"

enum plumb_theme_id { PLUMB_THEME_LIGHT, PLUMB_THEME_DARK, PLUMB_THEME_CONTRAST, PLUMB_THEMES_N };

/* How a zone looks. */
struct plumb_zone_colours {
    plumb_colour fill, on_fill; /* a shape, and the text on it */
    plumb_colour text;          /* its word on paper or tint */
    plumb_colour tint;          /* its band behind a trace */
};

struct plumb_theme {
    const char *id; /* "light", "dark", "contrast" */
    plumb_colour paper, ink, slate, rule, axis, hatch, mist;
    plumb_colour trace, trace_idle, trace_second;
    plumb_colour bone, bone_edge, skin; /* the drawn pelvis and body */
    plumb_colour hill;                  /* how far and how long the limit was passed */
    plumb_colour side[2];               /* by enum plumb_side */
    struct plumb_zone_colours zone[PLUMB_RED + 1];
};

/* The table, by enum plumb_theme_id. */
const struct plumb_theme *plumb_theme_get(enum plumb_theme_id id);

/* What goes with the colour: never alone. */
const char *
plumb_zone_words(enum plumb_zone zone); /* "in zone", "at the edge", "out of zone", "not judged" */
enum plumb_shape plumb_zone_shape(enum plumb_zone zone);

#endif
