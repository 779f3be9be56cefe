#include "json.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../core/units.h"
#include "../io/file_out.h"
#include "../io/json_analysis.h"
#include "../io/message_fail.h"
#include "../io/raw_row.h"
#include "../io/recording_columns.h"
#include "../io/save_trace.h"
#include "job.h"
#include "json_kept.h"
#include "json_out.h"
#include "place.h"
#include "when.h"

/* As raw and trace CSV have them. */
#define T_DECIMALS     6
#define ANGLE_DECIMALS 3
#define QUAT_DECIMALS  7
#define LINES          2 /* levels of the document that are broken into lines */

static const char *const role_names[PLUMB_ROLES_N] = {"pelvis", "lumbar", "thigh"};
static const char *const angle_names[] = {"tilt_deg",      "tilt_sd_deg", "rotation_deg",
                                          "obliquity_deg", "lumbar_deg",  "hip_deg"};
#define ANGLES_N ((int)(sizeof angle_names / sizeof *angle_names))

enum rows { ROWS_ALL, ROWS_NONE };
static const char *const rows_names[] = {"all", "none", NULL};

struct json {
    struct plumb_export_job job;
    enum rows rows;
    struct plumb_file_out *file;
    size_t rows_n;
};

/* ---- members */

static void text_member(struct plumb_json_out *out, const char *name, const char *text)
{
    if (!text || !*text)
        return;
    plumb_json_out_name(out, name);
    plumb_json_out_text(out, text);
}

static void integer_member(struct plumb_json_out *out, const char *name, int64_t value)
{
    plumb_json_out_name(out, name);
    plumb_json_out_integer(out, value);
}

static void s_member(struct plumb_json_out *out, const char *name, double value_s)
{
    plumb_json_out_name(out, name);
    plumb_json_out_number(out, value_s, T_DECIMALS);
}

static void deg_member(struct plumb_json_out *out, const char *name, double angle_rad)
{
    plumb_json_out_name(out, name);
    plumb_json_out_number(out, angle_rad * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
}

static void open_member(struct plumb_json_out *out, const char *name, char bracket)
{
    plumb_json_out_name(out, name);
    plumb_json_out_open(out, bracket);
}

/* ---- the head */

static void
put_session(struct plumb_json_out *out, const struct json *json, const struct plumb_dossier *dossier)
{
    char when[PLUMB_WHEN_N] = "";
    int64_t begun_us = plumb_job_begun_utc_us(&json->job, dossier);
    if (begun_us)
        plumb_when_local(when, begun_us, dossier->utc_offset_s);
    open_member(out, "session", '{');
    text_member(out, "uuid", plumb_job_uuid(&json->job, dossier));
    text_member(out, "begun", when);
    text_member(out, "exercise", dossier->exercise.id);
    text_member(out, "exercise_name", dossier->exercise.name);
    text_member(out, "side", dossier->both_sides ? "both" : plumb_side_name(dossier->side));
    text_member(out, "first_side", dossier->both_sides ? plumb_side_name(dossier->side) : NULL);
    text_member(out, "ended", dossier->ended);
    text_member(out, "note", plumb_job_words(&json->job, dossier->note));
    text_member(out, "tags", plumb_job_words(&json->job, dossier->tags));
    text_member(out, "recorded_by", dossier->recorded_by);
    text_member(out, "derived_by", dossier->derived_by);
    s_member(out, "doubt_s", dossier->doubt_s);
    deg_member(out, "tremor_deg", dossier->tremor_rad);
    plumb_json_out_shut(out, '}');
}

static void
put_patient(struct plumb_json_out *out, const struct json *json, const struct plumb_dossier *dossier)
{
    struct plumb_dossier_patient patient = plumb_job_patient(&json->job, dossier);
    const char sex[] = {patient.sex, '\0'};
    open_member(out, "patient", '{');
    text_member(out, "alias", patient.alias);
    text_member(out, "code", patient.code);
    text_member(out, "sex", sex);
    if (patient.birth_year)
        integer_member(out, "birth_year", patient.birth_year);
    plumb_json_out_shut(out, '}');
}

static void put_device(struct plumb_json_out *out, const struct plumb_dossier_device *device)
{
    open_member(out, "device", '{');
    text_member(out, "serial", device->serial);
    text_member(out, "board", device->board);
    text_member(out, "firmware", device->firmware);
    for (int role = 0; role < PLUMB_ROLES_N; role++) {
        if (!device->sensor[role][0] && !device->calibration[role][0])
            continue;
        open_member(out, role_names[role], '{');
        text_member(out, "sensor", device->sensor[role]);
        text_member(out, "calibration", device->calibration[role]);
        plumb_json_out_shut(out, '}');
    }
    plumb_json_out_shut(out, '}');
}

static void put_limits(struct plumb_json_out *out, const struct plumb_thresholds *limits)
{
    deg_member(out, "amber_deg", limits->amber_rad);
    deg_member(out, "red_deg", limits->red_rad);
    s_member(out, "delay_s", limits->delay_s);
    deg_member(out, "release_deg", limits->release_rad);
    s_member(out, "release_s", limits->release_s);
    deg_member(out, "immediate_deg", limits->immediate_rad);
    deg_member(out, "posterior_deg", limits->posterior_rad);
    deg_member(out, "turn_amber_deg", limits->turn_amber_rad);
    deg_member(out, "turn_red_deg", limits->turn_red_rad);
}

static void put_thresholds(struct plumb_json_out *out, const struct plumb_dossier *dossier)
{
    open_member(out, "thresholds", '{');
    for (int side = 0; side < 2; side++) {
        open_member(out, plumb_side_name((enum plumb_side)side), '{');
        put_limits(out, &dossier->thresholds[side]);
        plumb_json_out_shut(out, '}');
    }
    plumb_json_out_shut(out, '}');
}

static int put_analysis(struct plumb_json_out *out, const struct plumb_dossier *dossier)
{
    char *text = plumb_json_analysis(dossier);
    if (!text)
        return plumb_message_fail(out->message, PLUMB_FAILED, "not enough memory for the JSON");
    plumb_json_out_name(out, "analysis");
    plumb_json_out_ready(out, text);
    free(text);
    return 0;
}

static void put_holds(struct plumb_json_out *out, const struct plumb_dossier *dossier)
{
    open_member(out, "holds", '[');
    for (size_t i = 0; i < dossier->holds_n; i++) {
        const struct plumb_dossier_hold *of = &dossier->holds[i];
        plumb_json_out_open(out, '{');
        text_member(out, "side", plumb_side_name(of->side));
        s_member(out, "start_s", of->hold.start_s);
        s_member(out, "end_s", of->hold.end_s);
        s_member(out, "elapsed_s", plumb_hold_elapsed_s(&of->hold));
        s_member(out, "in_zone_s", of->hold.in_zone_s);
        s_member(out, "longest_s", of->hold.longest_s);
        integer_member(out, "excursions", of->hold.excursions);
        deg_member(out, "worst_deg", of->hold.worst_rad);
        s_member(out, "target_s", of->target_s > 0 ? of->target_s : NAN);
        deg_member(out, "neutral_change_deg", of->neutral_change_rad);
        plumb_json_out_shut(out, '}');
    }
    plumb_json_out_shut(out, ']');
}

static void
put_markers(struct plumb_json_out *out, const struct json *json, const struct plumb_dossier *dossier)
{
    open_member(out, "markers", '[');
    for (size_t i = 0; i < dossier->marks_n; i++) {
        const char *marker = plumb_job_marker(&json->job, dossier->marks[i].text);
        if (!marker)
            continue;
        plumb_json_out_open(out, '{');
        s_member(out, "t_s", dossier->marks[i].t_s);
        text_member(out, "marker", marker);
        plumb_json_out_shut(out, '}');
    }
    plumb_json_out_shut(out, ']');
}

/* ---- rows */

static void put_columns(struct plumb_json_out *out, unsigned roles)
{
    static const char *const parts[] = {"qw", "qx", "qy", "qz"};
    char name[PLUMB_COLUMN_NAME_N];
    open_member(out, "columns", '[');
    plumb_json_out_text(out, plumb_column_name(PLUMB_COLUMN_T, name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
            if (roles & 1u << role)
                plumb_json_out_text(out, plumb_column_name(PLUMB_COLUMN_OF(role, channel), name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int part = 0; part < 4; part++)
            if (roles & 1u << role) {
                snprintf(name, sizeof name, "%s_%s", role_names[role], parts[part]);
                plumb_json_out_text(out, name);
            }
    for (int angle = 0; angle < ANGLES_N; angle++)
        plumb_json_out_text(out, angle_names[angle]);
    plumb_json_out_text(out, "zone");
    plumb_json_out_text(out, "flags");
    plumb_json_out_shut(out, ']');
}

static void put_imu(struct plumb_json_out *out, const struct plumb_imu *imu)
{
    const double values[PLUMB_CHANNELS_N] = {imu->accel_s_mps2.x, imu->accel_s_mps2.y, imu->accel_s_mps2.z,
                                             imu->gyro_s_radps.x, imu->gyro_s_radps.y, imu->gyro_s_radps.z,
                                             imu->temp_c};
    for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
        plumb_json_out_number(out, values[channel], plumb_raw_decimals(channel));
}

static void put_row(struct plumb_json_out *out, unsigned roles, const struct plumb_dossier_row *row)
{
    static const struct plumb_imu missing = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, NAN};
    static const struct plumb_quat no_quat = {NAN, NAN, NAN, NAN};
    const struct plumb_angles *a = &row->angles;
    const double angles_rad[] = {a->tilt_rad,      a->tilt_sd_rad, a->rotation_rad,
                                 a->obliquity_rad, a->lumbar_rad,  a->hip_rad};
    char flags[PLUMB_TRACE_FLAGS_N];
    plumb_json_out_open(out, '[');
    plumb_json_out_number(out, plumb_raw_time_s(row->sample.t_s), T_DECIMALS);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (roles & 1u << role)
            put_imu(
                out,
                plumb_sample_has(&row->sample, (enum plumb_role)role) ? &row->sample.imu[role] : &missing);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (roles & 1u << role) {
            const struct plumb_quat *q =
                plumb_sample_has(&row->sample, (enum plumb_role)role) ? &row->q_ws[role] : &no_quat;
            const double parts[] = {q->w, q->x, q->y, q->z};
            for (int part = 0; part < 4; part++)
                plumb_json_out_number(out, parts[part], QUAT_DECIMALS);
        }
    for (int angle = 0; angle < ANGLES_N; angle++)
        plumb_json_out_number(out, angles_rad[angle] * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
    plumb_trace_flags(flags, row->flags);
    plumb_json_out_text(out, plumb_zone_name(row->zone));
    plumb_json_out_text(out, flags);
    plumb_json_out_shut(out, ']');
}

static int put_rows(
    struct plumb_json_out *out, struct json *json, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    struct plumb_dossier_row row;
    unsigned roles = dossier->roles | 1u << PLUMB_PELVIS;
    int more, fail = plumb_dossier_rewind(dossier, message);
    put_columns(out, roles);
    open_member(out, "rows", '[');
    for (size_t i = 0; !fail && !out->fail && (more = plumb_dossier_next(dossier, &row, message)) != 0; i++) {
        if (more < 0)
            return more;
        put_row(out, roles, &row);
        json->rows_n++;
        fail = plumb_job_tell(&json->job, i, dossier->rows_n, message);
    }
    plumb_json_out_shut(out, ']');
    return fail;
}

static int put_all(struct json *json, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_json_out out;
    plumb_json_out_init(&out, json->file, LINES, message);
    plumb_json_out_open(&out, '{');
    text_member(&out, "schema", PLUMB_JSON_SCHEMA);
    put_session(&out, json, dossier);
    put_patient(&out, json, dossier);
    put_device(&out, &dossier->device);
    put_thresholds(&out, dossier);
    int fail = put_analysis(&out, dossier);
    put_holds(&out, dossier);
    put_markers(&out, json, dossier);
    if (!fail && json->rows == ROWS_ALL)
        fail = put_rows(&out, json, dossier, message);
    if (!fail && !json->job.deidentify) /* it tells whose it is */
        fail = plumb_json_kept(&out, &json->job, dossier, message);
    plumb_json_out_shut(&out, '}');
    return fail ? fail : out.fail;
}

/* ---- the exporter */

static void *begin(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    struct json *json = calloc(1, sizeof *json);
    int rows = plumb_job_choice(job, "rows", rows_names, ROWS_ALL, message);
    *fail = !json      ? plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path)
            : rows < 0 ? rows
                       : plumb_place_check(job, PLUMB_PLACE_FILE, NULL, message);
    if (*fail) {
        free(json);
        return NULL;
    }
    json->job = *job;
    json->rows = (enum rows)rows;
    return json;
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct json *json = self;
    int fail = 0;
    json->rows_n = 0;
    if (json->job.dry_run) {
        json->rows_n = json->rows == ROWS_ALL ? dossier->rows_n : 0;
        return 0;
    }
    json->file = plumb_file_out_open(json->job.path, PLUMB_FILE_REPLACE, &fail, message);
    return json->file ? put_all(json, dossier, message) : fail;
}

static void drop(void *self)
{
    struct json *json = self;
    if (!json)
        return;
    plumb_file_out_drop(json->file);
    free(json);
}

static int end(void *self, struct plumb_message *message)
{
    struct json *json = self;
    struct plumb_file_out *file = json->file;
    char what[80];
    json->file = NULL;
    int fail = file ? plumb_file_out_close(file, message) : 0;
    snprintf(what, sizeof what, "everything, %zu rows", json->rows_n);
    if (!fail)
        plumb_job_say_file(&json->job, json->job.path, what);
    drop(json);
    return fail;
}

static const struct plumb_export_option options[] = {
    {"rows", "all|none", "with every row, or only what was found and kept (default all)"},
    {NULL, NULL, NULL}};

const struct plumb_exporter plumb_exporter_json = {
    .id = "json",
    .summary = PLUMB_SAID("everything, for programs and for plumb import"),
    .extension = ".json",
    .options = options,
    .begin = begin,
    .session = session,
    .end = end,
    .drop = drop};
