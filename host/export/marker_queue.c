#include "marker_queue.h"

#include <string.h>

#include "../core/mark.h"
#include "job.h"

#define SAME_S 1e-6 /* times are written in whole microseconds */

void plumb_marker_queue_init(
    struct plumb_marker_queue *queue, const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    *queue = (struct plumb_marker_queue){.job = job, .dossier = dossier};
}

const char *plumb_marker_queue_next(struct plumb_marker_queue *queue, double t_s)
{
    const struct plumb_dossier *dossier = queue->dossier;
    enum plumb_marker kind;
    while (queue->at < dossier->marks_n && dossier->marks[queue->at].t_s < t_s + SAME_S) {
        const char *text = plumb_job_marker(queue->job, dossier->marks[queue->at++].text);
        if (text && plumb_marker_find(text, strlen(text), &kind))
            return text;
        queue->unknown_n += text != NULL;
    }
    return NULL;
}
