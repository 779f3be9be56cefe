/* Markers as the marker column names them. */
#ifndef PLUMB_RECORDING_MARKER_H
#define PLUMB_RECORDING_MARKER_H

#include <stdbool.h>
#include <stddef.h>

#include "../core/mark.h"

#define PLUMB_MARKER_NOTE "note:" /* what a free text begins with */

/* "hold_begin"; "note:" for PLUMB_NOTE, behind which the text stands. Constant. */
const char *plumb_marker_name(enum plumb_marker kind);

/* Whether n bytes of text name a marker, and which. */
bool plumb_marker_find(const char *text, size_t n, enum plumb_marker *kind);

#endif
