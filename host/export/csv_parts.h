/* The files of a CSV export beside its rows; shared by csv*.c alone. */
#ifndef PLUMB_EXPORT_CSV_PARTS_H
#define PLUMB_EXPORT_CSV_PARTS_H

#include "exporter.h"

#define PLUMB_CSV_PACKAGE "datapackage.json"

/* holds.csv, flags.csv, markers.csv: each writes its file anew. 0 or negative with message. */
int plumb_csv_holds(const char *path, const struct plumb_dossier *dossier, struct plumb_message *message);
int plumb_csv_flags(const char *path, const struct plumb_dossier *dossier, struct plumb_message *message);
int plumb_csv_markers(
    const char *path, const struct plumb_export_job *job, const struct plumb_dossier *dossier,
    struct plumb_message *message);

/* datapackage.json: every file, every field with its unit, meaning and limits (Frictionless Data Package 1,
 * Table Schema 1). */
int plumb_csv_package(
    const char *path, const struct plumb_export_job *job, const struct plumb_dossier *dossier,
    struct plumb_message *message);

#endif
