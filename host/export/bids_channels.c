#include "bids_channels.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/units.h"

enum source { FROM_TIME, FROM_ACCEL, FROM_GYRO, FROM_QUAT, FROM_ANGLE, FROM_ZONE };

static const char *const type_names[PLUMB_BIDS_TYPES_N] = {"ACCEL",   "GYRO", "JNTANG",
                                                           "LATENCY", "MISC", "ORNT"};
static const char *const role_names[PLUMB_ROLES_N] = {"pelvis", "lumbar", "thigh"};
static const char *const placements[PLUMB_ROLES_N] = {"belt, over the pelvis", "back, at T12/L1", "thigh"};

static const struct {
    const char *name;
    size_t offset; /* in struct plumb_angles */
    enum plumb_bids_type type;
    const char *component, *frame, *description;
    unsigned roles; /* wanted beside the pelvis */
} angles[] = {
    {"tilt", offsetof(struct plumb_angles, tilt_rad), PLUMB_BIDS_ORNT, "z", "neutral_left",
     "sagittal inclination from the captured neutral, anterior positive", 0},
    {"tilt_sd", offsetof(struct plumb_angles, tilt_sd_rad), PLUMB_BIDS_MISC, "n/a", "n/a",
     "one standard deviation of tilt as the estimator knows it", 0},
    {"rotation", offsetof(struct plumb_angles, rotation_rad), PLUMB_BIDS_ORNT, "y", "neutral",
     "rotation about the long axis from neutral, left turn positive", 0},
    {"obliquity", offsetof(struct plumb_angles, obliquity_rad), PLUMB_BIDS_ORNT, "x", "neutral_left",
     "frontal inclination from neutral, right side up positive", 0},
    {"lumbar", offsetof(struct plumb_angles, lumbar_rad), PLUMB_BIDS_JNTANG, "n/a", "n/a",
     "lumbar extension from neutral, arching positive", 1u << PLUMB_LUMBAR},
    {"hip", offsetof(struct plumb_angles, hip_rad), PLUMB_BIDS_JNTANG, "n/a", "n/a",
     "hip extension, extension positive", 1u << PLUMB_THIGH},
};

const char *plumb_bids_type_name(enum plumb_bids_type type)
{
    return type_names[type];
}

static struct plumb_bids_channel *
add(struct plumb_bids_channels *channels, const struct plumb_bids_channel *channel)
{
    if (channels->n == PLUMB_BIDS_CHANNELS_MOST)
        return &channels->list[channels->n - 1];
    channels->list[channels->n] = *channel;
    return &channels->list[channels->n++];
}

static void add_axes(struct plumb_bids_channels *channels, int role, int gyro)
{
    static const char *const axes[] = {"x", "y", "z"};
    for (int axis = 0; axis < 3; axis++) {
        struct plumb_bids_channel channel = {
            .type = gyro ? PLUMB_BIDS_GYRO : PLUMB_BIDS_ACCEL,
            .component = axes[axis],
            .point = role_names[role],
            .units = gyro ? "rad/s" : "m/s^2",
            .frame = "sensor",
            .placement = placements[role],
            .description = gyro ? "angular rate" : "specific force: at rest +9.81 along up",
            .decimals = gyro ? 6 : 5,
            .source = gyro ? FROM_GYRO : FROM_ACCEL,
            .index = role * 3 + axis};
        snprintf(
            channel.name, sizeof channel.name, "%s_%s_%s", role_names[role], gyro ? "gyro" : "acc",
            axes[axis]);
        add(channels, &channel);
    }
}

static void add_quat(struct plumb_bids_channels *channels, int role)
{
    static const char *const parts[] = {"quat_w", "quat_x", "quat_y", "quat_z"};
    for (int part = 0; part < 4; part++) {
        struct plumb_bids_channel channel = {
            .type = PLUMB_BIDS_ORNT,
            .component = parts[part],
            .point = role_names[role],
            .units = "n/a",
            .frame = "global",
            .placement = placements[role],
            .description = "takes a vector of the sensor's frame to the global one",
            .decimals = 7,
            .source = FROM_QUAT,
            .index = role * 4 + part};
        snprintf(channel.name, sizeof channel.name, "%s_%s", role_names[role], parts[part]);
        add(channels, &channel);
    }
}

static void add_angles(struct plumb_bids_channels *channels, unsigned roles)
{
    for (size_t i = 0; i < sizeof angles / sizeof *angles; i++) {
        struct plumb_bids_channel channel = {
            .type = angles[i].type,
            .component = angles[i].component,
            .point = "pelvis",
            .units = "deg",
            .frame = angles[i].frame,
            .placement = placements[PLUMB_PELVIS],
            .description = angles[i].description,
            .decimals = 4,
            .source = FROM_ANGLE,
            .index = (int)i};
        snprintf(channel.name, sizeof channel.name, "%s", angles[i].name);
        if ((roles & angles[i].roles) == angles[i].roles)
            add(channels, &channel);
    }
}

void plumb_bids_channels_make(struct plumb_bids_channels *channels, unsigned roles)
{
    static const struct plumb_bids_channel latency = {
        "latency", PLUMB_BIDS_LATENCY, "n/a", "n/a", "s", "n/a", "n/a", "seconds from the first sample",
        6,         FROM_TIME,          0};
    static const struct plumb_bids_channel zone = {
        "zone", PLUMB_BIDS_MISC, "n/a", "pelvis",
        "n/a",  "n/a",           "n/a", "0 not judged, 1 in the set zone, 2 at its edge, 3 out of it",
        0,      FROM_ZONE,       0};
    channels->n = 0;
    add(channels, &latency);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if ((roles | 1u << PLUMB_PELVIS) & 1u << role) {
            add_axes(channels, role, 0);
            add_axes(channels, role, 1);
            add_quat(channels, role);
        }
    add_angles(channels, roles);
    add(channels, &zone);
}

static double part_of(const struct plumb_quat *q, int part)
{
    return part == 0 ? q->w : part == 1 ? q->x : part == 2 ? q->y : q->z;
}

static double axis_of(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

double plumb_bids_value(
    const struct plumb_bids_channel *channel, const struct plumb_dossier_row *row, double first_s)
{
    int per_role = channel->source == FROM_QUAT ? 4 : 3;
    int role = channel->index / per_role, part = channel->index % per_role;
    int is_sensor =
        channel->source == FROM_ACCEL || channel->source == FROM_GYRO || channel->source == FROM_QUAT;
    double value_rad;
    if (is_sensor && !plumb_sample_has(&row->sample, (enum plumb_role)role))
        return NAN;
    switch ((enum source)channel->source) {
    case FROM_TIME:
        return row->sample.t_s - first_s;
    case FROM_ACCEL:
        return axis_of(row->sample.imu[role].accel_s_mps2, part);
    case FROM_GYRO:
        return axis_of(row->sample.imu[role].gyro_s_radps, part);
    case FROM_QUAT:
        return part_of(&row->q_ws[role], part);
    case FROM_ANGLE:
        memcpy(&value_rad, (const char *)&row->angles + angles[channel->index].offset, sizeof value_rad);
        return value_rad * PLUMB_DEG_PER_RAD;
    case FROM_ZONE:
        return (double)row->zone;
    }
    return NAN;
}
