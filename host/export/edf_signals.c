#include "edf_signals.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "../core/units.h"

#define DEG_MOST   180.0
#define ACCEL_MOST 157.0 /* 16 g and a little: the header holds eight characters */
#define GYRO_MOST  2000.0

enum kind { KIND_ANGLE, KIND_ACCEL, KIND_GYRO, KIND_ZONE, KIND_TILT_KNOWN, KIND_SENSOR_KNOWN };

static const struct {
    const char *label;
    size_t offset; /* in struct plumb_angles */
} angles[] = {
    {"tilt", offsetof(struct plumb_angles, tilt_rad)},
    {"tilt sd", offsetof(struct plumb_angles, tilt_sd_rad)},
    {"rotation", offsetof(struct plumb_angles, rotation_rad)},
    {"obliquity", offsetof(struct plumb_angles, obliquity_rad)},
    {"lumbar", offsetof(struct plumb_angles, lumbar_rad)},
    {"hip", offsetof(struct plumb_angles, hip_rad)},
};
#define ANGLES_N ((int)(sizeof angles / sizeof *angles))

static const char *const role_names[PLUMB_ROLES_N] = {"pelvis", "lumbar", "thigh"};

static double angle_of(const struct plumb_angles *from, int angle)
{
    double value_rad;
    memcpy(&value_rad, (const char *)from + angles[angle].offset, sizeof value_rad);
    return value_rad;
}

unsigned plumb_edf_angles_known(const struct plumb_angles *from)
{
    unsigned known = 0;
    for (int angle = 0; angle < ANGLES_N; angle++)
        known |= isfinite(angle_of(from, angle)) ? 1u << angle : 0;
    return known;
}

static void
add(struct plumb_edf_signals *signals, const char *before, const char *name, const char *dimension,
    const char *transducer, double most, enum kind kind, int index)
{
    if (signals->n == PLUMB_EDF_SIGNALS_MOST)
        return;
    struct plumb_edf_signal *signal = &signals->list[signals->n++];
    *signal = (struct plumb_edf_signal){
        .dimension = dimension, .transducer = transducer, .most = most, .kind = (int)kind, .index = index};
    snprintf(signal->label, sizeof signal->label, "%s%s%s", before, *before ? " " : "", name);
}

static void add_sensor(struct plumb_edf_signals *signals, int role)
{
    static const char *const names[2][3] = {{"acc x", "acc y", "acc z"}, {"gyr x", "gyr y", "gyr z"}};
    for (int axis = 0; axis < 3; axis++)
        add(signals, role_names[role], names[0][axis], "m/s2", "accelerometer, specific force", ACCEL_MOST,
            KIND_ACCEL, role * 3 + axis);
    for (int axis = 0; axis < 3; axis++)
        add(signals, role_names[role], names[1][axis], "deg/s", "gyroscope", GYRO_MOST, KIND_GYRO,
            role * 3 + axis);
    add(signals, role_names[role], "known", "", "1: this sensor was read", 1, KIND_SENSOR_KNOWN, role);
}

void plumb_edf_signals_make(struct plumb_edf_signals *signals, unsigned seen, unsigned roles)
{
    signals->n = 0;
    for (int angle = 0; angle < ANGLES_N; angle++)
        if (angle == 0 || seen & 1u << angle)
            add(signals, "", angles[angle].label, "degree", "estimated from accelerometer and gyroscope",
                DEG_MOST, KIND_ANGLE, angle);
    add(signals, "", "tilt known", "", "1: known; 0: the last known one is held", 1, KIND_TILT_KNOWN, 0);
    add(signals, "", "zone", "", "0 not judged, 1 in zone, 2 at the edge, 3 out of zone", 3, KIND_ZONE, 0);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if ((roles | 1u << PLUMB_PELVIS) & 1u << role)
            add_sensor(signals, role);
}

static double axis_of(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

double plumb_edf_value(const struct plumb_edf_signal *signal, const struct plumb_dossier_row *row)
{
    int role = signal->index / 3, axis = signal->index % 3;
    switch ((enum kind)signal->kind) {
    case KIND_ANGLE:
        return angle_of(&row->angles, signal->index) * PLUMB_DEG_PER_RAD;
    case KIND_ACCEL:
        return plumb_sample_has(&row->sample, (enum plumb_role)role)
                   ? axis_of(row->sample.imu[role].accel_s_mps2, axis)
                   : NAN;
    case KIND_GYRO:
        return plumb_sample_has(&row->sample, (enum plumb_role)role)
                   ? axis_of(row->sample.imu[role].gyro_s_radps, axis) * PLUMB_DEG_PER_RAD
                   : NAN;
    case KIND_ZONE:
        return (double)row->zone;
    case KIND_TILT_KNOWN:
        return isfinite(row->angles.tilt_rad);
    case KIND_SENSOR_KNOWN:
        return plumb_sample_has(&row->sample, (enum plumb_role)signal->index);
    }
    return NAN;
}
