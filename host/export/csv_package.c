/* datapackage.json of a CSV export. */
#include <jansson.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../io/file_out.h"
#include "../io/message_fail.h"
#include "../io/recording_columns.h"
#include "csv_parts.h"
#include "job.h"
#include "names.h"
#include "when.h"

#define DIGITS 12

/* One column of a table. choices: NULL-ended, or NULL. low, high: NaN where there is no limit. */
struct field {
    const char *name, *type, *unit, *meaning;
    int required;
    double low, high;
    const char *const *choices;
};

static const char *const zones[] = {"green", "amber", "red", "off", NULL};
static const char *const sides[] = {"left", "right", NULL};
static const char *const bases[] = {"measured", "inferred", NULL};

static const struct field time_field = {
    "t_s", "number", "s", "time of the sensor's clock, strictly increasing", 1, NAN, NAN, NULL};
static const struct field marker_field = {
    "marker", "string", NULL, "a named moment, or note:TEXT, on its row", 0, NAN, NAN, NULL};
static const struct field channels[PLUMB_CHANNELS_N] = {
    {"", "number", "m/s2", "specific force along the sensor's x: +9.81 along up at rest", 0, -1000, 1000,
     NULL},
    {"", "number", "m/s2", "specific force along the sensor's y", 0, -1000, 1000, NULL},
    {"", "number", "m/s2", "specific force along the sensor's z", 0, -1000, 1000, NULL},
    {"", "number", "rad/s", "rate of turn about the sensor's x, right hand", 0, -100, 100, NULL},
    {"", "number", "rad/s", "rate of turn about the sensor's y, right hand", 0, -100, 100, NULL},
    {"", "number", "rad/s", "rate of turn about the sensor's z, right hand", 0, -100, 100, NULL},
    {"", "number", "Cel", "temperature of the sensor", 0, -100, 200, NULL},
};

static const struct field trace_fields[] = {
    {"t_s", "number", "s", "time of the sensor's clock; the rows are those of raw.csv", 1, NAN, NAN, NULL},
    {"tilt_deg", "number", "deg", "sagittal inclination from neutral, anterior positive", 0, -180, 180, NULL},
    {"tilt_sd_deg", "number", "deg", "one standard deviation of tilt_deg", 0, 0, NAN, NULL},
    {"rotation_deg", "number", "deg", "about the long axis, left turn positive", 0, -180, 180, NULL},
    {"obliquity_deg", "number", "deg", "frontal inclination, right side up positive", 0, -180, 180, NULL},
    {"lumbar_deg", "number", "deg", "lumbar extension, arching positive", 0, -360, 360, NULL},
    {"hip_deg", "number", "deg", "hip extension positive", 0, -360, 360, NULL},
    {"zone", "string", NULL, "where the tilt was against the limits; off: not judged", 1, NAN, NAN, zones},
    {"flags", "string", NULL, "what is flagged on this row, joined by +", 0, NAN, NAN, NULL},
    {NULL, NULL, NULL, NULL, 0, NAN, NAN, NULL}};

static const struct field hold_fields[] = {
    {"hold", "integer", NULL, "its number", 1, 1, NAN, NULL},
    {"side", "string", NULL, "the stretched side", 1, NAN, NAN, sides},
    {"start_s", "number", "s", "when it began", 1, NAN, NAN, NULL},
    {"end_s", "number", "s", "when it ended", 1, NAN, NAN, NULL},
    {"elapsed_s", "number", "s", "how long it took", 1, 0, NAN, NULL},
    {"in_zone_s", "number", "s", "seconds in the set zone", 1, 0, NAN, NULL},
    {"longest_s", "number", "s", "the longest of them without a break", 0, 0, NAN, NULL},
    {"excursions", "integer", NULL, "how often it left the zone", 1, 0, NAN, NULL},
    {"worst_deg", "number", "deg", "the largest anterior tilt", 0, -180, 180, NULL},
    {"target_s", "number", "s", "seconds that were asked for", 0, 0, NAN, NULL},
    {"neutral_change_deg", "number", "deg", "how far neutral had moved by its end", 0, 0, 180, NULL},
    {NULL, NULL, NULL, NULL, 0, NAN, NAN, NULL}};

static const struct field flag_fields[] = {
    {"kind", "string", NULL, "what is flagged", 1, NAN, NAN, NULL},
    {"basis", "string", NULL, "measured by a sensor there, or inferred from another", 1, NAN, NAN, bases},
    {"onset_s", "number", "s", "when the limit was crossed", 1, NAN, NAN, NULL},
    {"start_s", "number", "s", "when the flag was raised", 1, NAN, NAN, NULL},
    {"end_s", "number", "s", "when it was released; empty where it still stood", 0, NAN, NAN, NULL},
    {"peak_deg", "number", "deg", "the largest angle in it", 0, NAN, NAN, NULL},
    {NULL, NULL, NULL, NULL, 0, NAN, NAN, NULL}};

static const struct field marker_fields[] = {
    {"t_s", "number", "s", "its moment", 1, NAN, NAN, NULL},
    {"marker", "string", NULL, "its name", 1, NAN, NAN, NULL},
    {"text", "string", NULL,
     "a note's words; an apostrophe stands before what a spreadsheet would take for a formula", 0, NAN, NAN,
     NULL},
    {NULL, NULL, NULL, NULL, 0, NAN, NAN, NULL}};

static void set_text(json_t *object, const char *key, const char *text)
{
    if (text && *text)
        json_object_set_new(object, key, json_string(text));
}

static void set_limit(json_t *object, const char *key, double limit)
{
    if (isfinite(limit))
        json_object_set_new(object, key, json_integer((json_int_t)limit));
}

static json_t *constraints_json(const struct field *field)
{
    json_t *constraints = json_pack("{s:b}", "required", field->required);
    json_t *choices = json_array();
    set_limit(constraints, "minimum", field->low);
    set_limit(constraints, "maximum", field->high);
    for (const char *const *at = field->choices; at && *at; at++)
        json_array_append_new(choices, json_string(*at));
    if (json_array_size(choices))
        json_object_set(constraints, "enum", choices);
    json_decref(choices);
    return constraints;
}

static json_t *field_json(const struct field *field, const char *name)
{
    json_t *object = json_pack("{s:s, s:s}", "name", name, "type", field->type);
    set_text(object, "unit", field->unit);
    set_text(object, "description", field->meaning);
    json_object_set_new(object, "constraints", constraints_json(field));
    return object;
}

static json_t *fields_json(const struct field *fields)
{
    json_t *list = json_array();
    for (; fields->name; fields++)
        json_array_append_new(list, field_json(fields, fields->name));
    return list;
}

static json_t *raw_fields_json(unsigned roles)
{
    char name[PLUMB_COLUMN_NAME_N];
    json_t *list = json_array();
    json_array_append_new(list, field_json(&time_field, time_field.name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
            if (roles & 1u << role)
                json_array_append_new(
                    list,
                    field_json(&channels[channel], plumb_column_name(PLUMB_COLUMN_OF(role, channel), name)));
    json_array_append_new(list, field_json(&marker_field, marker_field.name));
    return list;
}

/* `fields` is taken over. */
static json_t *resource_json(const char *name, const char *what, json_t *fields)
{
    char path[32];
    snprintf(path, sizeof path, "%s.csv", name);
    return json_pack(
        "{s:s, s:s, s:s, s:s, s:s, s:s, s:{s:s, s:s, s:b, s:b}, s:{s:o, s:[s]}}", "name", name, "path", path,
        "profile", "tabular-data-resource", "description", what, "format", "csv", "encoding", "utf-8",
        "dialect", "delimiter", ",", "quoteChar", "\"", "doubleQuote", 1, "header", 1, "schema", "fields",
        fields, "missingValues", "");
}

static json_t *resources_json(const struct plumb_dossier *dossier)
{
    return json_pack(
        "[o, o, o, o, o]",
        resource_json(
            "raw", "calibrated readings, one row a sample",
            raw_fields_json(dossier->roles | 1u << PLUMB_PELVIS)),
        resource_json("trace", "angles, zone and flags, one row a sample", fields_json(trace_fields)),
        resource_json("holds", "the holds and what counted in them", fields_json(hold_fields)),
        resource_json("flags", "what was flagged", fields_json(flag_fields)),
        resource_json("markers", "named moments and notes", fields_json(marker_fields)));
}

static json_t *session_json(const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    char when[PLUMB_WHEN_N] = "";
    int64_t begun_us = plumb_job_begun_utc_us(job, dossier);
    struct plumb_dossier_patient patient = plumb_job_patient(job, dossier);
    json_t *session = json_pack(
        "{s:s, s:s, s:f}", "exercise", dossier->exercise.id, "side",
        dossier->both_sides ? "both" : plumb_side_name(dossier->side), "rate_hz",
        round(dossier->quality.rate_hz * 1e6) / 1e6);
    if (begun_us)
        plumb_when_local(when, begun_us, dossier->utc_offset_s);
    set_text(session, "begun", when);
    set_text(session, "patient", patient.alias);
    set_text(session, "patient_code", patient.code);
    set_text(session, "device", dossier->device.serial);
    set_text(session, "sensor", dossier->device.sensor[PLUMB_PELVIS]);
    set_text(session, "note", plumb_job_words(job, dossier->note));
    set_text(session, "tags", plumb_job_words(job, dossier->tags));
    set_text(session, "recorded_by", dossier->recorded_by);
    set_text(session, "derived_by", dossier->derived_by);
    return session;
}

static json_t *package_json(const struct plumb_export_job *job, const struct plumb_dossier *dossier)
{
    char name[PLUMB_NAME_N], title[160];
    plumb_name_session(name, dossier, plumb_job_begun_utc_us(job, dossier));
    for (char *at = name; *at; at++) /* lower case, as the specification has names */
        if (*at >= 'A' && *at <= 'Z')
            *at = (char)(*at - 'A' + 'a');
    snprintf(
        title, sizeof title, "Pelvic tilt in a stretch: %s",
        dossier->exercise.name[0] ? dossier->exercise.name : dossier->exercise.id);
    json_t *package = json_pack(
        "{s:s, s:s, s:s, s:s}", "profile", "tabular-data-package", "name", name, "title", title,
        "description",
        "Written by Plumb. Times in seconds of the sensor's clock, angles in degrees from the neutral that "
        "was "
        "captured; empty where a value cannot be known. For exercise and learning, not a medical device.");
    set_text(package, "id", plumb_job_uuid(job, dossier));
    json_object_set_new(package, "plumb", session_json(job, dossier));
    json_object_set_new(package, "resources", resources_json(dossier));
    return package;
}

int plumb_csv_package(
    const char *path, const struct plumb_export_job *job, const struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    json_t *package = package_json(job, dossier);
    char *text = package ? json_dumps(package, JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS)) : NULL;
    int fail = text ? plumb_file_save(path, text, strlen(text), message)
                    : plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    json_decref(package);
    free(text);
    return fail;
}
