#include "job.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "../core/mark.h"
#include "../io/message_fail.h"
#include "../io/text_number.h"

#define TELL_ROWS  4096 /* every twenty seconds of a recording: a few hundred times an hour */
#define US_PER_DAY INT64_C(86400000000)

const char *plumb_job_option(const struct plumb_export_job *job, const char *name)
{
    const char *value = NULL;
    size_t name_n = strlen(name);
    for (const char *const *at = job->options; at && *at; at++)
        if (strncmp(*at, name, name_n) == 0 && (*at)[name_n] == '=')
            value = *at + name_n + 1;
    return value;
}

/* "raw, trace, all" */
static void list_choices(char *out, size_t room, const char *const *choices)
{
    size_t n = 0;
    out[0] = '\0';
    for (; *choices && n + strlen(*choices) + 3 < room; choices++)
        n += (size_t)snprintf(out + n, room - n, "%s%s", n ? ", " : "", *choices);
}

int plumb_job_choice(
    const struct plumb_export_job *job, const char *name, const char *const *choices, int otherwise,
    struct plumb_message *message)
{
    const char *value = plumb_job_option(job, name);
    char list[128];
    if (!value)
        return otherwise;
    for (int i = 0; choices[i]; i++)
        if (strcmp(choices[i], value) == 0)
            return i;
    list_choices(list, sizeof list, choices);
    return plumb_message_fail(
        message, PLUMB_USAGE, "option %s: wants one of %s, found \"%s\"", name, list, value);
}

int plumb_job_number(
    const struct plumb_export_job *job, const char *name, double low, double high, double *value,
    struct plumb_message *message)
{
    const char *text = plumb_job_option(job, name);
    double found;
    if (!text)
        return 0;
    if (!plumb_text_is_number(text, &found) || found < low || found > high)
        return plumb_message_fail(
            message, PLUMB_USAGE, "option %s: wants a number from %g to %g, found \"%s\"", name, low, high,
            text);
    *value = found;
    return 0;
}

void plumb_job_say(const struct plumb_export_job *job, const char *format, ...)
{
    char text[1024];
    va_list values;
    if (!job->say)
        return;
    va_start(values, format);
    vsnprintf(text, sizeof text, format, values);
    va_end(values);
    job->say(job->context, text);
}

void plumb_job_say_file(const struct plumb_export_job *job, const char *path, const char *what)
{
    if (strcmp(path, "-") != 0)
        plumb_job_say(job, "%s %s: %s", job->dry_run ? "would write" : "wrote", path, what);
}

static int ask(const struct plumb_export_job *job, double share, struct plumb_message *message)
{
    if (!job->progress || !job->progress(job->context, share))
        return 0;
    return plumb_message_fail(message, PLUMB_USAGE, "%s: given up; nothing was written", job->path);
}

int plumb_job_tell(
    const struct plumb_export_job *job, size_t row, size_t rows_n, struct plumb_message *message)
{
    return row % TELL_ROWS || !rows_n ? 0 : ask(job, (double)row / (double)rows_n, message);
}

int plumb_job_ask(const struct plumb_export_job *job, struct plumb_message *message)
{
    return ask(job, 1, message);
}

static int is_wanted(void *job)
{
    return !ask(job, 1, NULL);
}

struct plumb_wanted plumb_job_wanted(const struct plumb_export_job *job)
{
    return (struct plumb_wanted){is_wanted, (void *)job};
}

struct plumb_dossier_patient
plumb_job_patient(const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    struct plumb_dossier_patient patient = dossier->patient;
    if (job->deidentify)
        patient.alias[0] = patient.code[0] = '\0';
    return patient;
}

const char *plumb_job_uuid(const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    return job->deidentify ? "" : dossier->uuid;
}

int64_t plumb_job_begun_utc_us(const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    if (!dossier->begun_utc_us || !job->deidentify)
        return dossier->begun_utc_us;
    return job->shift_days ? dossier->begun_utc_us + job->shift_days * US_PER_DAY : 0;
}

const char *plumb_job_words(const struct plumb_export_job *job, const char *text)
{
    return job->deidentify || !text || !*text ? NULL : text;
}

const char *plumb_job_marker(const struct plumb_export_job *job, const char *marker)
{
    if (!marker || !*marker)
        return NULL;
    return job->deidentify && strncmp(marker, PLUMB_MARKER_NOTE, strlen(PLUMB_MARKER_NOTE)) == 0 ? NULL
                                                                                                 : marker;
}
