/* The markers of a session, one a row: a row of raw CSV holds only one, and a second one of the same moment
 * goes to the row behind it. Pure. */
#ifndef PLUMB_MARKER_QUEUE_H
#define PLUMB_MARKER_QUEUE_H

#include "exporter.h"

struct plumb_marker_queue {
    const struct plumb_export_job *job;
    const struct plumb_dossier *dossier;
    size_t at;
    size_t unknown_n; /* passed over: raw CSV has no word for them ("side:left") */
};

/* Both are borrowed as long as the queue is used. */
void plumb_marker_queue_init(
    struct plumb_marker_queue *queue, const struct plumb_export_job *job,
    const struct plumb_dossier *dossier);

/* The marker for the row at t_s, borrowed from the dossier; NULL for none. Only what the raw CSV knows, and
 * no notes where the job may not tell them. */
const char *plumb_marker_queue_next(struct plumb_marker_queue *queue, double t_s);

#endif
