/* Markers: moments of a recording that somebody named (DESIGN, "Files": the marker column). */
#ifndef PLUMB_MARK_H
#define PLUMB_MARK_H

#include <stdbool.h>
#include <stddef.h>

enum plumb_marker {
    PLUMB_NEUTRAL_BEGIN,
    PLUMB_NEUTRAL_END,
    PLUMB_TILT_BEGIN,
    PLUMB_TILT_END,
    PLUMB_ARCH_BEGIN,
    PLUMB_ARCH_END,
    PLUMB_HOLD_BEGIN,
    PLUMB_HOLD_END,
    PLUMB_CONTRACT_BEGIN,
    PLUMB_CONTRACT_END,
    PLUMB_POSE_CHANGE_BEGIN,
    PLUMB_POSE_CHANGE_END,
    PLUMB_NOTE,
    PLUMB_MARKERS_N
};

struct plumb_mark {
    enum plumb_marker kind;
    size_t row; /* index of its sample */
    double t_s;
    char *note; /* PLUMB_NOTE: its text, owned by whoever owns the mark; else NULL */
};

#define PLUMB_MARKER_NOTE "note:" /* what a free text begins with */

/* The note that says of the neutral window before it: it does not count, the neutral before it goes on. */
#define PLUMB_NOTE_TAKEN_BACK "neutral taken back"

/* As the marker column names it: "hold_begin"; "note:" for PLUMB_NOTE, behind which the text stands.
 * Constant. */
const char *plumb_marker_name(enum plumb_marker kind);

/* Whether n bytes of text name a marker, and which. */
bool plumb_marker_find(const char *text, size_t n, enum plumb_marker *kind);

#endif
