#include "exporter.h"

#include <string.h>

#include "../io/message_fail.h"
#include "bids.h"
#include "csv.h"
#include "edf.h"
#include "fhir.h"
#include "job.h"
#include "json.h"
#include "opensim.h"
#include "xlsx.h"

const struct plumb_exporter *const plumb_exporters[] = {
    &plumb_exporter_bids, &plumb_exporter_csv,
    &plumb_exporter_edf,  &plumb_exporter_bdf,
    &plumb_exporter_json, &plumb_exporter_sto,
    &plumb_exporter_mot,  &plumb_exporter_xlsx,
    &plumb_exporter_fhir, NULL,
};

const struct plumb_exporter *plumb_exporter_find(const char *id)
{
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++)
        if (strcmp((*at)->id, id) == 0)
            return *at;
    return NULL;
}

static int knows(const struct plumb_exporter *exporter, const char *option)
{
    size_t name_n = strcspn(option, "=");
    for (const struct plumb_export_option *at = exporter->options; at && at->name; at++)
        if (option[name_n] && strlen(at->name) == name_n && memcmp(at->name, option, name_n) == 0)
            return 1;
    return 0;
}

static int check(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, struct plumb_message *message)
{
    for (const char *const *option = job->options; option && *option; option++)
        if (!knows(exporter, *option))
            return plumb_message_fail(
                message, PLUMB_USAGE, "%s: has no option \"%s\"; plumb export --help lists them",
                exporter->id, *option);
    if (job->append && !exporter->appends)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: cannot add to what is there already", exporter->id);
    return 0;
}

void *plumb_export_begin(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, int *fail,
    struct plumb_message *message)
{
    *fail = check(exporter, job, message);
    return *fail ? NULL : exporter->begin(job, fail, message);
}

int plumb_export_end(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, void *self, int fail,
    struct plumb_message *message)
{
    if (!fail)
        fail = plumb_job_ask(job, message);
    if (!fail)
        return exporter->end(self, message);
    exporter->drop(self);
    return fail;
}

int plumb_export(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    int fail = 0;
    void *self = plumb_export_begin(exporter, job, &fail, message);
    if (!self)
        return fail;
    fail = exporter->session(self, dossier, message);
    return plumb_export_end(exporter, job, self, fail, message);
}
