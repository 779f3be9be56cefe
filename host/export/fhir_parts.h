/* What the files of the FHIR exporter tell each other. */
#ifndef PLUMB_FHIR_PARTS_H
#define PLUMB_FHIR_PARTS_H

#include <jansson.h>

#include "exporter.h"
#include "job.h"

#define PLUMB_FHIR_UUID_N 46 /* "urn:uuid:" and 36 characters, and the end */

/* The project's own system of codes: a name that belongs to nobody else (RFC 4122). */
#define PLUMB_FHIR_CODES "urn:uuid:6f0c3a52-8d0e-4f0b-9a0e-70756d623031"

struct plumb_fhir {
    struct plumb_export_job job;
    double rate_hz;  /* of the thinned trace */
    int patient;     /* 1: with a Patient */
    json_t *entries; /* owned; NULL before the session */
    size_t samples_n;
};

/* The address of one resource of a session, the same for the same session: "urn:uuid:...". */
void plumb_fhir_address(char out[PLUMB_FHIR_UUID_N], const struct plumb_dossier *dossier, const char *what);

/* {"value":1.5,"unit":"degree",...}; NULL where the value is not finite. New reference. */
json_t *plumb_fhir_quantity(double value, int decimals, const char *unit, const char *ucum);

/* {"coding":[{...}],"text":...} of the project's own codes. New reference. */
json_t *plumb_fhir_code(const char *code, const char *words);

/* An Observation without its values: status, category, code, subject, period, device, body site. begin_s and
 * end_s in the recording's time. New reference. */
json_t *plumb_fhir_observation(
    const struct plumb_fhir *fhir, const struct plumb_dossier *dossier, const char *what, const char *code,
    const char *words, double begin_s, double end_s);

/* A component with a quantity; what is not known is left out. */
void plumb_fhir_component(
    json_t *observation, const char *code, const char *words, double value, int decimals, const char *unit,
    const char *ucum);

/* Adds a resource to the entries under its address; takes the resource. */
void plumb_fhir_add(
    struct plumb_fhir *fhir, const struct plumb_dossier *dossier, const char *what, json_t *resource);

/* The Observations of the session. */
void plumb_fhir_holds(struct plumb_fhir *fhir, const struct plumb_dossier *dossier);
void plumb_fhir_sides(struct plumb_fhir *fhir, const struct plumb_dossier *dossier);
void plumb_fhir_flags(struct plumb_fhir *fhir, const struct plumb_dossier *dossier);

/* The thinned trace, from the rows. 0 or negative with message. */
int plumb_fhir_trace(struct plumb_fhir *fhir, struct plumb_dossier *dossier, struct plumb_message *message);

#endif
