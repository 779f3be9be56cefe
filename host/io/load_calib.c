#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "ini.h"
#include "load_calib.h"

/* What no working sensor exceeds; wider than any data sheet (MPU-6050: 80 mg, 20 deg/s, 3 %, 2 %). */
#define ACCEL_BIAS_MOST_MPS2 3.0
#define GYRO_BIAS_MOST_RADPS 0.7
#define GYRO_SLOPE_MOST      0.02 /* rad/s per degC */
#define TEMP_LEAST_C         (-40.0)
#define TEMP_MOST_C          85.0
#define MATRIX_OFF_MOST      0.2 /* from the identity, any entry */

#define POSES_MOST    100000
#define RESIDUAL_MOST 1000.0 /* any unit: beyond it something is wrong */

#define IN_IMU(member) offsetof(struct plumb_calib, member)

static const struct plumb_ini_field device_fields[] = {
    {"device", "serial", PLUMB_INI_TEXT, .offset = offsetof(struct plumb_calib_file, device),
     .room = PLUMB_CALIB_TEXT_N},
    {"device", "made", PLUMB_INI_TEXT, .offset = offsetof(struct plumb_calib_file, made),
     .room = PLUMB_CALIB_TEXT_N},
};

static const struct plumb_ini_field imu_fields[] = {
    {"imu", "accel_bias_mps2", PLUMB_INI_VEC3, .offset = IN_IMU(accel_bias_mps2),
     .min = -ACCEL_BIAS_MOST_MPS2, .max = ACCEL_BIAS_MOST_MPS2},
    {"imu", "accel_matrix", PLUMB_INI_DOUBLES, .offset = IN_IMU(accel_matrix), .room = 9},
    {"imu", "gyro_bias_radps", PLUMB_INI_VEC3, .offset = IN_IMU(gyro_bias_radps),
     .min = -GYRO_BIAS_MOST_RADPS, .max = GYRO_BIAS_MOST_RADPS},
    {"imu", "gyro_slope_radps_per_c", PLUMB_INI_VEC3, .offset = IN_IMU(gyro_slope_radps_per_c),
     .min = -GYRO_SLOPE_MOST, .max = GYRO_SLOPE_MOST},
    {"imu", "gyro_matrix", PLUMB_INI_DOUBLES, .offset = IN_IMU(gyro_matrix), .room = 9},
    {"imu", "temp_ref_c", PLUMB_INI_DOUBLE, .offset = IN_IMU(temp_ref_c), .min = TEMP_LEAST_C,
     .max = TEMP_MOST_C},
};

#define HOW(kind_, member) .kind = (kind_), .offset = offsetof(struct plumb_calib_how, member)

static const struct plumb_ini_field how_fields[] = {
    {"measured", "accel_made", HOW(PLUMB_INI_TEXT, accel_made), .room = PLUMB_CALIB_TEXT_N},
    {"measured", "accel_poses", HOW(PLUMB_INI_INT, accel_poses), .max = POSES_MOST},
    {"measured", "accel_temp_c", HOW(PLUMB_INI_DOUBLE, accel_temp_c), .min = TEMP_LEAST_C,
     .max = TEMP_MOST_C},
    {"measured", "accel_before_mps2", HOW(PLUMB_INI_DOUBLE, accel_before_mps2), .max = RESIDUAL_MOST},
    {"measured", "accel_residual_mps2", HOW(PLUMB_INI_DOUBLE, accel_residual_mps2), .max = RESIDUAL_MOST},
    {"measured", "accel_check_mps2", HOW(PLUMB_INI_DOUBLE, accel_check_mps2), .max = RESIDUAL_MOST},
    {"measured", "accel_direction_sd_deg", HOW(PLUMB_INI_DOUBLE, accel_direction_sd_deg),
     .max = RESIDUAL_MOST},
    {"measured", "gyro_made", HOW(PLUMB_INI_TEXT, gyro_made), .room = PLUMB_CALIB_TEXT_N},
    {"measured", "gyro_turns", HOW(PLUMB_INI_INT, gyro_turns), .max = POSES_MOST},
    {"measured", "gyro_before_deg", HOW(PLUMB_INI_DOUBLE, gyro_before_deg), .max = RESIDUAL_MOST},
    {"measured", "gyro_residual_deg", HOW(PLUMB_INI_DOUBLE, gyro_residual_deg), .max = RESIDUAL_MOST},
    {"measured", "gyro_scale_sd_percent", HOW(PLUMB_INI_DOUBLE, gyro_scale_sd_percent), .max = RESIDUAL_MOST},
    {"measured", "gyro_noise_dps_rthz", HOW(PLUMB_INI_DOUBLE, gyro_noise_dps_rthz), .max = RESIDUAL_MOST},
    {"measured", "gyro_instability_dps", HOW(PLUMB_INI_DOUBLE, gyro_instability_dps), .max = RESIDUAL_MOST},
};

#define FIELDS_N(fields) (sizeof(fields) / sizeof *(fields))

static int check_matrix(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, const char *key, const double m[9],
    struct plumb_message *message)
{
    const struct plumb_ini_entry *entry = plumb_ini_entry(ini, section, key);
    for (int i = 0; i < 9; i++)
        if (!(fabs(m[i] - (i % 4 == 0)) <= MATRIX_OFF_MOST))
            return plumb_ini_refuse(
                ini, entry ? entry->line : section->line, message,
                "%s wants numbers near 1 on the diagonal and near 0 beside it, found `%.60s`", key,
                entry ? entry->value : "");
    return 0;
}

/* Which IMU a section is for: the label behind "imu" or "measured". */
static int find_imu(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, int *imu,
    struct plumb_message *message)
{
    const char *label = plumb_ini_label(section);
    if (label[0] >= '0' && label[0] < '0' + PLUMB_WIRE_IMUS_N && !label[1]) {
        *imu = label[0] - '0';
        return 0;
    }
    return plumb_ini_refuse(
        ini, section->line, message, "wants [imu 0] to [imu %d] or [measured 0] to [measured %d], found [%s]",
        PLUMB_WIRE_IMUS_N - 1, PLUMB_WIRE_IMUS_N - 1, section->name);
}

static int read_imu(
    struct plumb_calib_file *file, const struct plumb_ini *ini, const struct plumb_ini_section *section,
    struct plumb_message *message)
{
    int imu = 0, fail = find_imu(ini, section, &imu, message);
    struct plumb_calib *calib = &file->imu[imu];
    if (!fail)
        fail = plumb_ini_read_section(ini, section, imu_fields, FIELDS_N(imu_fields), calib, message);
    if (!fail)
        fail = check_matrix(ini, section, "accel_matrix", calib->accel_matrix, message);
    if (!fail)
        fail = check_matrix(ini, section, "gyro_matrix", calib->gyro_matrix, message);
    file->present |= fail ? 0 : 1u << imu;
    return fail;
}

static int read_how(
    struct plumb_calib_file *file, const struct plumb_ini *ini, const struct plumb_ini_section *section,
    struct plumb_message *message)
{
    int imu = 0, fail = find_imu(ini, section, &imu, message);
    return fail ? fail
                : plumb_ini_read_section(
                      ini, section, how_fields, FIELDS_N(how_fields), &file->how[imu], message);
}

void plumb_calib_file_init(struct plumb_calib_file *file)
{
    *file = (struct plumb_calib_file){0};
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++) {
        plumb_calib_identity(&file->imu[imu]);
        file->how[imu] = (struct plumb_calib_how){
            .accel_temp_c = NAN,
            .accel_before_mps2 = NAN,
            .accel_residual_mps2 = NAN,
            .accel_check_mps2 = NAN,
            .accel_direction_sd_deg = NAN,
            .gyro_before_deg = NAN,
            .gyro_residual_deg = NAN,
            .gyro_scale_sd_percent = NAN,
            .gyro_noise_dps_rthz = NAN,
            .gyro_instability_dps = NAN};
    }
}

static int read_all(struct plumb_calib_file *file, const struct plumb_ini *ini, struct plumb_message *message)
{
    static const char *const repeated[] = {"imu", "measured", NULL};
    int fail = plumb_ini_read(ini, device_fields, FIELDS_N(device_fields), repeated, file, message);
    const struct plumb_ini_section *section = NULL;
    while (!fail && (section = plumb_ini_next(ini, "imu", section)))
        fail = read_imu(file, ini, section, message);
    while (!fail && (section = plumb_ini_next(ini, "measured", section)))
        fail = read_how(file, ini, section, message);
    if (!fail && !file->present)
        fail = plumb_ini_refuse(ini, 1, message, "wants a section [imu 0], found none");
    return fail;
}

static int take(struct plumb_calib_file *file, struct plumb_ini *ini, struct plumb_message *message)
{
    plumb_calib_file_init(file);
    int fail = read_all(file, ini, message);
    plumb_ini_free(ini);
    if (fail)
        plumb_calib_file_init(file);
    return fail;
}

int plumb_calib_load(struct plumb_calib_file *file, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    plumb_calib_file_init(file);
    int fail = plumb_ini_load(&ini, path, message);
    return fail ? fail : take(file, &ini, message);
}

int plumb_calib_read(
    struct plumb_calib_file *file, const char *name, const char *text, size_t n,
    struct plumb_message *message)
{
    struct plumb_ini ini = {0};
    plumb_calib_file_init(file);
    int fail = plumb_ini_parse(&ini, name, text, n, message);
    return fail ? fail : take(file, &ini, message);
}
