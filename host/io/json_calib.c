#include "json_calib.h"

#include <jansson.h>
#include <math.h>

#include "../core/units.h"

#define DIGITS 9

static char *text_of(json_t *document)
{
    char *text = document ? json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS)) : NULL;
    json_decref(document);
    return text;
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

static json_t *words(const char *text)
{
    return text ? json_string(text) : json_null();
}

static json_t *vec3(struct plumb_vec3 v, double k)
{
    return json_pack("[o,o,o]", number(v.x * k), number(v.y * k), number(v.z * k));
}

static json_t *matrix(const double m[9])
{
    json_t *list = json_array();
    for (int i = 0; i < 9; i++)
        json_array_append_new(list, number(m[i]));
    return list;
}

static json_t *poses(const struct plumb_calib_told *told)
{
    json_t *list = json_array();
    for (size_t i = 0; i < told->stills_n; i++) {
        const struct plumb_still *still = &told->stills[i];
        json_t *pose = json_pack(
            "{s:o, s:o, s:o, s:o}", "begin_s", number(still->begin_s), "end_s", number(still->end_s),
            "accel_mps2", vec3(still->accel_s_mps2, 1), "temp_c", number(still->temp_c));
        if (told->accel && i < told->accel->poses_n) {
            const struct plumb_accel_pose *fitted = &told->accel->poses[i];
            json_object_set_new(pose, "residual_mps2", number(fitted->residual_mps2));
            json_object_set_new(pose, "unseen_mps2", number(fitted->unseen_mps2));
            json_object_set_new(pose, "weight", number(fitted->weight));
        }
        json_array_append_new(list, pose);
    }
    return list;
}

static json_t *accel(const struct plumb_accel_fit *fit)
{
    return json_pack(
        "{s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:i}", "fitted",
        fit->refusal == PLUMB_ACCEL_FITTED, "bias_mps2", vec3(fit->bias_mps2, 1), "bias_sd_mps2",
        vec3(fit->bias_sd_mps2, 1), "matrix", matrix(fit->matrix), "before_mps2", number(fit->before_mps2),
        "residual_mps2", number(fit->residual_mps2), "check_mps2", number(fit->check_mps2),
        "direction_sd_deg", number(fit->direction_sd_rad * PLUMB_DEG_PER_RAD), "condition",
        number(fit->condition), "distinct_poses", number(fit->distinct_n), "temp_c", number(fit->temp_c),
        "poses", (int)fit->poses_n);
}

static json_t *gyro(const struct plumb_gyro_fit *fit)
{
    const double deg = PLUMB_DEG_PER_RAD;
    json_t *scale = json_pack(
        "[o,o,o]", number(100 * fit->scale_sd[0]), number(100 * fit->scale_sd[1]),
        number(100 * fit->scale_sd[2]));
    return json_pack(
        "{s:b, s:o, s:o, s:o, s:o, s:b, s:o, s:i, s:i, s:o, s:o, s:o, s:o, s:o, s:o}", "fitted",
        fit->refusal == PLUMB_GYRO_FITTED, "bias_radps", vec3(fit->bias_radps, 1), "bias_sd_radps",
        vec3(fit->bias_sd_radps, 1), "slope_radps_per_c", vec3(fit->slope_radps_per_c, 1), "matrix",
        matrix(fit->matrix), "matrix_known", fit->matrix_known, "scale_sd_percent", scale, "turns",
        (int)fit->turns_n, "turns_left_out", (int)fit->broken_n, "before_deg", number(fit->before_rad * deg),
        "residual_deg", number(fit->residual_rad * deg), "noise_dps_rthz",
        vec3(fit->rest.density_radps_rthz, deg), "instability_dps", vec3(fit->rest.instability_radps, deg),
        "temp_c", number(fit->rest.temp_c), "longest_still_s", number(fit->rest.still_s));
}

char *plumb_json_calib(const struct plumb_calib_told *told)
{
    json_t *document = json_pack(
        "{s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "plumb-calibration/1", "source", words(told->source),
        "device", words(told->device), "refused", words(told->refused), "good_for", words(told->grade),
        "file", words(told->file), "poses", poses(told));
    if (!document)
        return NULL;
    json_object_set_new(document, "accel", told->accel ? accel(told->accel) : json_null());
    json_object_set_new(document, "gyro", told->gyro ? gyro(told->gyro) : json_null());
    json_object_set_new(
        document, "missing",
        told->missing ? json_pack("{s:s, s:o}", "words", told->missing, "up", vec3(told->missing_up_s, 1))
                      : json_null());
    return text_of(document);
}

static json_t *lines(const struct plumb_check_told *told)
{
    json_t *list = json_array();
    for (size_t i = 0; i < told->lines_n; i++)
        json_array_append_new(
            list, json_pack(
                      "{s:s, s:s, s:s}", "state", told->lines[i].state, "what", told->lines[i].what, "words",
                      told->lines[i].words));
    return list;
}

char *plumb_json_check(const struct plumb_check_told *told)
{
    return text_of(json_pack(
        "{s:s, s:b, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "plumb-check/1",
        "fit_for_use", told->fit_for_use, "calibration", words(told->calibration), "rate_hz",
        number(told->rate_hz), "length_s", number(told->length_s), "lost_s", number(told->lost_s),
        "accel_off_percent", number(told->accel_off_percent), "direction_deg", number(told->direction_deg),
        "gyro_offset_dps", vec3(told->gyro_offset_dps, 1), "accel_noise_mg_rthz",
        number(told->accel_noise_mg_rthz), "gyro_noise_dps_rthz", number(told->gyro_noise_dps_rthz), "lines",
        lines(told)));
}

char *plumb_json_mount(const struct plumb_mount *mount)
{
    return text_of(json_pack(
        "{s:s, s:s, s:o, s:i, s:o, s:o, s:i}", "schema", "plumb-mount/1", "quality",
        mount->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate", "ml_axis", vec3(mount->ml_axis_s, 1),
        "tilts", mount->tilts_n, "explained", number(mount->explained), "axis_sd_deg",
        number(mount->axis_sd_rad * PLUMB_DEG_PER_RAD), "doubts", (int)mount->doubts));
}
