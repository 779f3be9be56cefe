/* motion.tsv, motion.json, channels.tsv, channels.json of one session. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../io/message_fail.h"
#include "../io/text_number.h"
#include "bids_channels.h"
#include "bids_parts.h"

#define LINE_N 4096

static void
name_file(char out[PLUMB_BIDS_PATH_N], const struct plumb_bids_session *session, const char *suffix)
{
    snprintf(
        out, PLUMB_BIDS_PATH_N, "%s/motion/%s_tracksys-plumb_%s", session->folder, session->stem, suffix);
}

/* ---- channels */

static int
put_text(struct plumb_file_out *out, const char *text, const char *end, struct plumb_message *message)
{
    int fail = plumb_file_out_put(out, text, strlen(text), message);
    return fail ? fail : plumb_file_out_put(out, end, strlen(end), message);
}

static int put_channel(
    struct plumb_file_out *out, const struct plumb_bids_channel *channel, const char *rate,
    struct plumb_message *message)
{
    const char *const cells[] = {channel->name,  channel->component,   plumb_bids_type_name(channel->type),
                                 channel->point, channel->units,       channel->placement,
                                 channel->frame, channel->description, rate};
    int fail = 0, n = (int)(sizeof cells / sizeof *cells);
    for (int i = 0; i < n && !fail; i++)
        fail = put_text(out, cells[i], i + 1 < n ? "\t" : "\n", message);
    return fail;
}

static int write_channels(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_bids_channels *channels, double rate_hz, struct plumb_message *message)
{
    static const char header[] =
        "name\tcomponent\ttype\ttracked_point\tunits\tplacement\treference_frame\tdescription\t"
        "sampling_frequency";
    char name[PLUMB_BIDS_PATH_N], path[PLUMB_PLACE_N], rate[PLUMB_TEXT_NUMBER_N];
    name_file(name, session, "channels.tsv");
    plumb_text_fixed(rate, rate_hz, 6);
    int fail = plumb_bids_path(bids, name, path, message);
    struct plumb_file_out *out = fail ? NULL : plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = put_text(out, header, "\n", message);
    for (int i = 0; i < channels->n && !fail; i++)
        fail = put_channel(out, &channels->list[i], rate, message);
    int closing = plumb_file_out_close(out, message);
    return fail ? fail : closing;
}

/* One level of reference_frame. The rule is part of it: a channel cannot say its sign by itself. */
static json_t *frame(const char *axes, const char *rule, const char *description)
{
    return json_pack(
        "{s:s, s:s, s:s, s:s}", "SpatialAxes", axes, "RotationRule", rule, "RotationOrder", "XYZ",
        "Description", description);
}

static json_t *frames(void)
{
    return json_pack(
        "{s:{s:s, s:{s:o, s:o, s:o, s:o}}}", "reference_frame", "Description",
        "In which frame a channel is given", "Levels", "sensor",
        frame("___", "right-hand", "the sensor's own axes, however the clip is worn"), "global",
        frame("__S", "right-hand", "z up; the heading is arbitrary and drifts: there is no compass"),
        "neutral",
        frame(
            "ASR", "right-hand",
            "the pelvis (x anterior, y cranial, z right), as a change from the captured neutral"),
        "neutral_left",
        frame(
            "ASR", "left-hand",
            "the same axes, turned the other way: anterior tilt and the right side up are positive"));
}

/* ---- motion.json */

static void put_counts(json_t *object, const struct plumb_bids_channels *channels)
{
    static const char *const all[] = {"ACCEL", "ANGACCEL", "GYRO", "JNTANG", "LATENCY",
                                      "MAGN",  "MISC",     "ORNT", "POS",    "VEL"};
    for (size_t type = 0; type < sizeof all / sizeof *all; type++) {
        char key[40];
        int n = 0;
        for (int i = 0; i < channels->n; i++)
            n += strcmp(plumb_bids_type_name(channels->list[i].type), all[type]) == 0;
        snprintf(key, sizeof key, "%sChannelCount", all[type]);
        json_object_set_new(object, key, json_integer(n));
    }
}

static int points_of(unsigned roles)
{
    int n = 0;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        n += (int)((roles | 1u << PLUMB_PELVIS) >> role & 1u);
    return n;
}

static json_t *motion_json(
    const struct plumb_bids_session *session, const struct plumb_dossier *dossier,
    const struct plumb_bids_channels *channels)
{
    const struct plumb_dossier_device *device = &dossier->device;
    json_t *object = json_pack(
        "{s:s, s:f, s:f, s:s, s:s, s:i, s:i, s:s, s:f, s:s, s:s}", "TaskName", session->task,
        "SamplingFrequency", round(dossier->quality.rate_hz), "SamplingFrequencyEffective",
        dossier->quality.rate_hz, "TaskDescription", dossier->exercise.name, "TrackingSystemName", "plumb",
        "TrackedPointsCount", points_of(dossier->roles), "MotionChannelCount", channels->n, "MissingValues",
        "n/a", "RecordingDuration", dossier->last_s - dossier->first_s, "Manufacturer", "Plumb",
        "SubjectArtefactDescription", "see the events: signal_lost, sensor_slip, saturated");
    if (*dossier->exercise.summary)
        json_object_set_new(object, "Instructions", json_string(dossier->exercise.summary));
    if (*device->board)
        json_object_set_new(object, "ManufacturersModelName", json_string(device->board));
    if (*device->firmware)
        json_object_set_new(object, "SoftwareVersions", json_string(device->firmware));
    put_counts(object, channels);
    return object;
}

/* ---- rows */

static int put_row(
    struct plumb_file_out *out, const struct plumb_bids_channels *channels,
    const struct plumb_dossier_row *row, double first_s, struct plumb_message *message)
{
    char line[LINE_N];
    size_t n = 0;
    for (int i = 0; i < channels->n; i++) {
        const struct plumb_bids_channel *channel = &channels->list[i];
        char text[PLUMB_TEXT_NUMBER_N];
        size_t text_n = plumb_text_fixed(text, plumb_bids_value(channel, row, first_s), channel->decimals);
        const char *cell = text_n ? text : "n/a";
        text_n = text_n ? text_n : 3;
        memcpy(line + n, cell, text_n);
        n += text_n;
        line[n++] = i + 1 < channels->n ? '\t' : '\n';
    }
    return plumb_file_out_put(out, line, n, message);
}

static int write_rows(
    const struct plumb_bids *bids, struct plumb_file_out *out, const struct plumb_bids_channels *channels,
    struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_dossier_row row;
    int more = 1, fail = plumb_dossier_rewind(dossier, message);
    for (size_t i = 0; !fail && more > 0; i++) {
        more = plumb_dossier_next(dossier, &row, message);
        fail = more < 0 ? more : plumb_job_tell(&bids->job, i, dossier->rows_n, message);
        if (more > 0 && !fail)
            fail = put_row(out, channels, &row, dossier->first_s, message);
    }
    return fail;
}

static int write_motion(
    const struct plumb_bids *bids, const struct plumb_bids_session *session,
    const struct plumb_bids_channels *channels, struct plumb_dossier *dossier, struct plumb_message *message)
{
    char name[PLUMB_BIDS_PATH_N], path[PLUMB_PLACE_N];
    name_file(name, session, "motion.tsv");
    int fail = plumb_bids_path(bids, name, path, message);
    struct plumb_file_out *out = fail ? NULL : plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = write_rows(bids, out, channels, dossier, message);
    if (fail) {
        plumb_file_out_drop(out);
        return fail;
    }
    return plumb_file_out_close(out, message);
}

int plumb_bids_motion(
    const struct plumb_bids *bids, const struct plumb_bids_session *session, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    struct plumb_bids_channels channels;
    char name[PLUMB_BIDS_PATH_N];
    plumb_bids_channels_make(&channels, dossier->roles);
    int fail = write_motion(bids, session, &channels, dossier, message);
    if (!fail)
        fail = write_channels(bids, session, &channels, dossier->quality.rate_hz, message);
    name_file(name, session, "channels.json");
    if (!fail)
        fail = plumb_bids_json(bids, name, frames(), message);
    name_file(name, session, "motion.json");
    return fail ? fail : plumb_bids_json(bids, name, motion_json(session, dossier, &channels), message);
}
