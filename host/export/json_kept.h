/* What was kept of a session as it came, as JSON: the member "kept" of plumb-session/1 (JSON.md). */
#ifndef PLUMB_JSON_KEPT_H
#define PLUMB_JSON_KEPT_H

#include "exporter.h"
#include "json_out.h"

/* Writes "kept": [...] into the object that is open; nothing where nothing was kept. 0 or
 * negative, also where the job is given up. */
int plumb_json_kept(
    struct plumb_json_out *out, const struct plumb_export_job *job, struct plumb_dossier *dossier,
    struct plumb_message *message);

#endif
