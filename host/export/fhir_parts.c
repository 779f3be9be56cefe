#include "fhir_parts.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/units.h"
#include "when.h"

#define UCUM "http://unitsofmeasure.org"

/* ---- addresses */

#define FNV_PRIME 1099511628211u /* Fowler, Noll and Vo's hash, 64 bit */
#define FNV_BASIS 14695981039346656037u

static uint64_t mix(uint64_t hash, const char *text)
{
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * FNV_PRIME;
    return (hash ^ 0xff) * FNV_PRIME;
}

/* Of a recording, which has no name of its own: what it is made of. */
static uint64_t mix_session(uint64_t hash, const struct plumb_dossier *dossier)
{
    char text[120];
    snprintf(
        text, sizeof text, "%s %lld %zu %s", dossier->uuid, (long long)dossier->begun_utc_us, dossier->rows_n,
        dossier->exercise.id);
    return mix(hash, text);
}

/* A UUID of version 8 (RFC 9562): a hash of the session's name and the resource's. */
void plumb_fhir_address(char out[PLUMB_FHIR_UUID_N], const struct plumb_dossier *dossier, const char *what)
{
    uint64_t high = mix(mix_session(FNV_BASIS, dossier), what);
    uint64_t low = mix(mix_session(FNV_BASIS ^ 0x9e3779b97f4a7c15u, dossier), what);
    high = (high & ~UINT64_C(0xf000)) | UINT64_C(0x8000);
    low = (low & ~(UINT64_C(3) << 62)) | UINT64_C(1) << 63;
    snprintf(
        out, PLUMB_FHIR_UUID_N, "urn:uuid:%08x-%04x-%04x-%04x-%012llx", (unsigned)(high >> 32),
        (unsigned)(high >> 16 & 0xffff), (unsigned)(high & 0xffff), (unsigned)(low >> 48),
        (unsigned long long)(low & UINT64_C(0xffffffffffff)));
}

static json_t *reference(const struct plumb_dossier *dossier, const char *what)
{
    char address[PLUMB_FHIR_UUID_N];
    plumb_fhir_address(address, dossier, what);
    return json_pack("{s:s}", "reference", address);
}

/* ---- values */

json_t *plumb_fhir_quantity(double value, int decimals, const char *unit, const char *ucum)
{
    double scale = pow(10, decimals), rounded = round(value * scale) / scale;
    if (!isfinite(value))
        return NULL;
    return json_pack(
        "{s:o, s:s, s:s, s:s}", "value", decimals ? json_real(rounded) : json_integer((json_int_t)rounded),
        "unit", unit, "system", UCUM, "code", ucum);
}

json_t *plumb_fhir_code(const char *code, const char *words)
{
    return json_pack(
        "{s:[{s:s, s:s, s:s}], s:s}", "coding", "system", PLUMB_FHIR_CODES, "code", code, "display", words,
        "text", words);
}

void plumb_fhir_component(
    json_t *observation, const char *code, const char *words, double value, int decimals, const char *unit,
    const char *ucum)
{
    json_t *quantity = plumb_fhir_quantity(value, decimals, unit, ucum);
    json_t *list = json_object_get(observation, "component");
    if (!quantity)
        return;
    if (!list) {
        list = json_array();
        json_object_set_new(observation, "component", list);
    }
    json_array_append_new(
        list, json_pack("{s:o, s:o}", "code", plumb_fhir_code(code, words), "valueQuantity", quantity));
}

/* ---- resources */

static json_t *moment(const struct plumb_fhir *fhir, const struct plumb_dossier *dossier, double t_s)
{
    char text[PLUMB_WHEN_N];
    int64_t begun_us = plumb_job_begun_utc_us(&fhir->job, dossier);
    int64_t since_us = llround((t_s - dossier->first_s) * PLUMB_US_PER_S);
    plumb_when_local(text, begun_us + since_us, dossier->utc_offset_s);
    return json_string(text);
}

static void set_period(
    json_t *observation, const struct plumb_fhir *fhir, const struct plumb_dossier *dossier, double begin_s,
    double end_s)
{
    if (!plumb_job_begun_utc_us(&fhir->job, dossier))
        return;
    json_t *period = json_pack("{s:o}", "start", moment(fhir, dossier, begin_s));
    if (isfinite(end_s))
        json_object_set_new(period, "end", moment(fhir, dossier, fmax(begin_s, end_s)));
    json_object_set_new(observation, "effectivePeriod", period);
}

json_t *plumb_fhir_observation(
    const struct plumb_fhir *fhir, const struct plumb_dossier *dossier, const char *what, const char *code,
    const char *words, double begin_s, double end_s)
{
    char address[PLUMB_FHIR_UUID_N];
    plumb_fhir_address(address, dossier, what);
    json_t *observation = json_pack(
        "{s:s, s:s, s:s, s:[{s:[{s:s, s:s}]}], s:o, s:o}", "resourceType", "Observation", "id",
        address + strlen("urn:uuid:"), "status", "final", "category", "coding", "system",
        "http://terminology.hl7.org/CodeSystem/observation-category", "code", "activity", "code",
        plumb_fhir_code(code, words), "device", reference(dossier, "device"));
    json_object_set_new(observation, "bodySite", json_pack("{s:s}", "text", "Pelvis"));
    if (fhir->patient)
        json_object_set_new(observation, "subject", reference(dossier, "patient"));
    set_period(observation, fhir, dossier, begin_s, end_s);
    return observation;
}

void plumb_fhir_add(
    struct plumb_fhir *fhir, const struct plumb_dossier *dossier, const char *what, json_t *resource)
{
    char address[PLUMB_FHIR_UUID_N];
    plumb_fhir_address(address, dossier, what);
    json_array_append_new(fhir->entries, json_pack("{s:s, s:o}", "fullUrl", address, "resource", resource));
}
