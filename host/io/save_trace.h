/* Trace CSV: the angles of an analysis, one row for each sample (DESIGN, "Files"). */
#ifndef PLUMB_SAVE_TRACE_H
#define PLUMB_SAVE_TRACE_H

#include "../core/message.h"
#include "../core/track.h"
#include "../session/analysis.h"

/* Writes the file anew ("-": standard output; ".gz": compressed). 0 or negative; nothing is half written. */
int plumb_trace_save(
    const char *path, const struct plumb_track *track, const struct plumb_analysis *analysis,
    struct plumb_message *message);

#endif
