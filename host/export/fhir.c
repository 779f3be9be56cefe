#include "fhir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../io/file_out.h"
#include "../io/message_fail.h"
#include "fhir_parts.h"
#include "place.h"
#include "when.h"

#define RATE_HZ 2.0
#define DIGITS  12

static const char *const patient_words[] = {"no", "yes", NULL};

/* ---- who and what */

static json_t *device_of(const struct plumb_dossier *dossier)
{
    char address[PLUMB_FHIR_UUID_N], name[120];
    const struct plumb_dossier_device *device = &dossier->device;
    plumb_fhir_address(address, dossier, "device");
    snprintf(
        name, sizeof name, "Plumb clip%s%s%s%s", *device->board ? ", " : "", device->board,
        *device->sensor[PLUMB_PELVIS] ? ", " : "", device->sensor[PLUMB_PELVIS]);
    json_t *resource = json_pack(
        "{s:s, s:s, s:[{s:s, s:s}], s:o}", "resourceType", "Device", "id", address + strlen("urn:uuid:"),
        "deviceName", "name", name, "type", "user-friendly-name", "type",
        plumb_fhir_code("pelvis-clip", "Inertial sensor clipped to the pelvis"));
    if (*device->serial)
        json_object_set_new(resource, "serialNumber", json_string(device->serial));
    if (*device->firmware)
        json_object_set_new(
            resource, "version",
            json_pack("[{s:{s:s}, s:s}]", "type", "text", "firmware", "value", device->firmware));
    return resource;
}

static const char *gender_of(char sex)
{
    return sex == 'F' ? "female" : sex == 'M' ? "male" : sex == 'X' ? "other" : "unknown";
}

static json_t *patient_of(const struct plumb_fhir *fhir, const struct plumb_dossier *dossier)
{
    char address[PLUMB_FHIR_UUID_N], year[8];
    struct plumb_dossier_patient who = plumb_job_patient(&fhir->job, dossier);
    plumb_fhir_address(address, dossier, "patient");
    json_t *resource = json_pack(
        "{s:s, s:s, s:s}", "resourceType", "Patient", "id", address + strlen("urn:uuid:"), "gender",
        gender_of(who.sex));
    if (*who.code)
        json_object_set_new(
            resource, "identifier", json_pack("[{s:s, s:s}]", "system", PLUMB_FHIR_CODES, "value", who.code));
    if (*who.alias)
        json_object_set_new(
            resource, "name", json_pack("[{s:s, s:s}]", "use", "nickname", "text", who.alias));
    snprintf(year, sizeof year, "%04d", who.birth_year);
    if (who.birth_year)
        json_object_set_new(resource, "birthDate", json_string(year));
    return resource;
}

/* ---- the exporter */

static void *begin(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct plumb_fhir *fhir = calloc(1, sizeof *fhir);
    double rate_hz = RATE_HZ;
    int patient = plumb_job_choice(job, "patient", patient_words, 0, message);
    *fail = !fhir         ? plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path)
            : patient < 0 ? patient
                          : plumb_job_number(job, "rate", 0.1, 50, &rate_hz, message);
    if (!*fail)
        *fail = plumb_place_check(job, PLUMB_PLACE_FILE, NULL, message);
    if (*fail) {
        free(fhir);
        return NULL;
    }
    fhir->job = *job;
    fhir->patient = patient;
    fhir->rate_hz = rate_hz;
    return fhir;
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_fhir *fhir = self;
    fhir->entries = json_array();
    if (fhir->patient)
        plumb_fhir_add(fhir, dossier, "patient", patient_of(fhir, dossier));
    plumb_fhir_add(fhir, dossier, "device", device_of(dossier));
    plumb_fhir_sides(fhir, dossier);
    plumb_fhir_holds(fhir, dossier);
    plumb_fhir_flags(fhir, dossier);
    return plumb_fhir_trace(fhir, dossier, message);
}

static void drop(void *self)
{
    struct plumb_fhir *fhir = self;
    if (!fhir)
        return;
    json_decref(fhir->entries);
    free(fhir);
}

static int save(const struct plumb_fhir *fhir, struct plumb_message *message)
{
    json_t *bundle =
        json_pack("{s:s, s:s, s:O}", "resourceType", "Bundle", "type", "collection", "entry", fhir->entries);
    char *text = bundle ? json_dumps(bundle, JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS)) : NULL;
    int fail = text ? plumb_file_save(fhir->job.path, text, strlen(text), message)
                    : plumb_message_fail(
                          message, PLUMB_FAILED, "%s: not enough memory, or a text that is not UTF-8",
                          fhir->job.path);
    free(text);
    json_decref(bundle);
    return fail;
}

static int end(void *self, struct plumb_message *message)
{
    struct plumb_fhir *fhir = self;
    char what[120];
    int fail = fhir->job.dry_run ? 0 : save(fhir, message);
    snprintf(
        what, sizeof what, "%zu resources, the trace in %zu samples at %g Hz", json_array_size(fhir->entries),
        fhir->samples_n, fhir->rate_hz);
    if (!fail)
        plumb_job_say_file(&fhir->job, fhir->job.path, what);
    drop(fhir);
    return fail;
}

static const struct plumb_export_option options[] = {
    {"patient", "yes|no", "with a Patient resource (default no)"},
    {"rate", "HZ", "samples a second of the trace (default 2)"},
    {NULL, NULL, NULL}};

const struct plumb_exporter plumb_exporter_fhir = {
    .id = "fhir",
    .summary = PLUMB_SAID("a FHIR R4 bundle: device, holds, totals, flags, a thinned trace"),
    .extension = ".json",
    .options = options,
    .begin = begin,
    .session = session,
    .end = end,
    .drop = drop};
