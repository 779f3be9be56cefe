#include "exporter.h"

#include <string.h>

const struct plumb_exporter *const plumb_exporters[] = {NULL};

const struct plumb_exporter *plumb_exporter_find(const char *id)
{
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++)
        if (strcmp((*at)->id, id) == 0)
            return *at;
    return NULL;
}

int plumb_export(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    int fail = 0;
    void *self = exporter->begin(job, &fail, message);
    if (!self)
        return fail;
    fail = exporter->session(self, dossier, message);
    if (!fail)
        return exporter->end(self, message);
    exporter->drop(self);
    return fail;
}
