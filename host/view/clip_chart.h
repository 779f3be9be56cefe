/* How to hold the clip: the clip turned the right way, the ways that are done and those that are missing. */
#ifndef PLUMB_CLIP_CHART_H
#define PLUMB_CLIP_CHART_H

#include "../core/vec3.h"
#include "scene.h"

#define PLUMB_CLIP_WIDTH_PT  560
#define PLUMB_CLIP_HEIGHT_PT 400

enum plumb_clip_way_state { PLUMB_CLIP_MISSING, PLUMB_CLIP_DONE, PLUMB_CLIP_NEXT };

struct plumb_clip_way {
    struct plumb_vec3 up_s; /* unit: what points up, in the sensor's axes as printed on its board */
    const char *words;      /* "Z up"; borrowed while drawing */
    enum plumb_clip_way_state state;
};

struct plumb_clip_chart {
    const char *title;                 /* "Hold it like this for two seconds" */
    const struct plumb_clip_way *ways; /* borrowed; the one that is NEXT is drawn large */
    size_t n;
};

/* Fills the scene (initialised; its size decides), which may hold nothing yet. */
void plumb_clip_chart_draw(struct plumb_scene *scene, const struct plumb_clip_chart *chart);

#endif
