/* What every exporter asks of its job: its options, whom it may name, and how it tells. */
#ifndef PLUMB_EXPORT_JOB_H
#define PLUMB_EXPORT_JOB_H

#include "../core/wanted.h"
#include "exporter.h"

/* The value of an option, borrowed from the job; NULL where it was not given. The last one counts. */
const char *plumb_job_option(const struct plumb_export_job *job, const char *name);

/* Which of the NULL-ended choices the option names; `otherwise` where it was not given; PLUMB_USAGE with a
 * message that lists them. */
int plumb_job_choice(
    const struct plumb_export_job *job, const char *name, const char *const *choices, int otherwise,
    struct plumb_message *message);

/* A number within [low, high]: 0, or PLUMB_USAGE with message. *value stays where it was not given. */
int plumb_job_number(
    const struct plumb_export_job *job, const char *name, double low, double high, double *value,
    struct plumb_message *message);

/* Says a line for a person (printf's format). */
__attribute__((format(printf, 2, 3))) void
plumb_job_say(const struct plumb_export_job *job, const char *format, ...);

/* "wrote PATH", or "would write PATH: what" in a dry run. */
void plumb_job_say_file(const struct plumb_export_job *job, const char *path, const char *what);

/* Tells how far row `row` of rows_n is, every few thousand rows. 0, or PLUMB_USAGE with message when the
 * export is given up. */
int plumb_job_tell(
    const struct plumb_export_job *job, size_t row, size_t rows_n, struct plumb_message *message);

/* Asks whether the export is still wanted, behind its rows. 0, or PLUMB_USAGE with message. */
int plumb_job_ask(const struct plumb_export_job *job, struct plumb_message *message);

/* The same question for what asks in its own way; borrows the job. */
struct plumb_wanted plumb_job_wanted(const struct plumb_export_job *job);

/* ---- with `deidentify` in view */

/* The patient as they may be named: empty alias and code where they may not. */
struct plumb_dossier_patient
plumb_job_patient(const struct plumb_export_job *job, const struct plumb_dossier *dossier);

/* The session's uuid, empty where it may not be told (it leads back to the store). */
const char *plumb_job_uuid(const struct plumb_export_job *job, const struct plumb_dossier *dossier);

/* When it began, shifted; 0 where it is not known or may not be told. */
int64_t plumb_job_begun_utc_us(const struct plumb_export_job *job, const struct plumb_dossier *dossier);

/* A free text, or NULL where it is empty or may not be told. */
const char *plumb_job_words(const struct plumb_export_job *job, const char *text);

/* A marker, or NULL where there is none or it is a note that may not be told. */
const char *plumb_job_marker(const struct plumb_export_job *job, const char *marker);

#endif
