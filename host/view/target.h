/* Where a picture goes: one row of a table for each file format. */
#ifndef PLUMB_TARGET_H
#define PLUMB_TARGET_H

#include <stddef.h>

#include "../core/message.h"
#include "scene.h"

enum plumb_format { PLUMB_FORMAT_PNG, PLUMB_FORMAT_SVG, PLUMB_FORMAT_PDF, PLUMB_FORMATS_N };

struct plumb_target {
    const char *id;        /* "png" */
    const char *extension; /* ".png" */
    const char *summary;
};

/* The table, by enum plumb_format. */
const struct plumb_target *plumb_target_get(enum plumb_format format);

/* The format that a file name's ending means, or PLUMB_FORMATS_N when it means none. */
enum plumb_format plumb_target_by_path(const char *path);

/* Draws the scene into a file: written beside it, synced, then renamed, so that `path` is either the old file
 * or the whole new one. `scale` = pixels a point (PNG only). The same scene gives the same bytes. Returns 0,
 * or a negative enum plumb_fail with `message` naming the file. */
int plumb_render(
    const struct plumb_scene *scene, const char *path, enum plumb_format format, double scale,
    struct plumb_message *message);

#endif
