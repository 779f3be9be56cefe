/* Exporters: one row of a table for each format, found by id; one file of this room each. Every one of them
 * reads dossiers, streams their rows, and leaves nothing half written.
 *
 *   begin ---> session (once for each) ---> end        all went well: the file or folder gets its name
 *      \            \
 *       `------------`--> drop                         something failed: nothing is left behind
 *
 * What they share: job.h (options, progress, who may be named), place.h (names that are taken at the end),
 * text_safe.h, names.h, when.h.
 */
#ifndef PLUMB_EXPORTER_H
#define PLUMB_EXPORTER_H

#include "../session/dossier.h"

/* What was asked for. Texts are borrowed until end or drop. */
struct plumb_export_job {
    const char
        *path;      /* a file, or a folder where the exporter makes one; "-": standard output where it can */
    int force;      /* 1: over what is there already */
    int deidentify; /* no names, codes or notes; dates shifted, or left out where shift_days is 0 */
    int shift_days; /* of the dates, with deidentify */
    int append;     /* to what is there already, where the format can */
    int dry_run;    /* says what would be written, writes nothing */
    const char *const *options; /* "name=value" of the exporter's own, ended by NULL; may be NULL */
    /* Told now and then, at least every tenth of a second of work: share (0..1) of this session done; and
     * once more, with 1, before the file or folder gets its name. Returns 0 to go on, else the export is
     * given up with PLUMB_USAGE, and for good: it goes on returning that. NULL is allowed. */
    int (*progress)(void *context, double share);
    /* A line for a person, without line break: a file that was or would be written, a warning. NULL is
     * allowed. */
    void (*say)(void *context, const char *text);
    void *context;
};

struct plumb_export_option {
    const char *name, *values, *meaning; /* "rate", "N", "rows a second of the trace (default 10)" */
};

struct plumb_exporter {
    const char *id, *summary;
    const char *extension;                     /* ".edf"; "" for a folder */
    int many;                                  /* 1: takes several sessions */
    int appends;                               /* 1: can add to what is there */
    const struct plumb_export_option *options; /* ended by a NULL name; NULL where there are none */
    void *(*begin)(const struct plumb_export_job *job, int *fail, struct plumb_message *message);
    int (*session)(void *self, struct plumb_dossier *dossier, struct plumb_message *message);
    int (*end)(void *self, struct plumb_message *message); /* self is gone */
    void (*drop)(void *self);                              /* self is gone; NULL is allowed */
};

/* The table, ended by NULL. */
extern const struct plumb_exporter *const plumb_exporters[];

/* NULL where there is none of that id. */
const struct plumb_exporter *plumb_exporter_find(const char *id);

/* Checks what the job asks for (options that are known, append where it can be) and begins. NULL with *fail
 * and message. */
void *plumb_export_begin(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, int *fail,
    struct plumb_message *message);

/* What follows the last session: end where `fail` is 0 and the export is still wanted, else drop. Returns
 * fail, or why it could not be ended. self is gone. */
int plumb_export_end(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, void *self, int fail,
    struct plumb_message *message);

/* begin, session, end or drop over one dossier: what most callers want. */
int plumb_export(
    const struct plumb_exporter *exporter, const struct plumb_export_job *job, struct plumb_dossier *dossier,
    struct plumb_message *message);

#endif
