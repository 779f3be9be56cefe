#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "file_out.h"
#include "load_calib.h"
#include "text_number.h"

struct text {
    size_t n;
    char bytes[PLUMB_CALIB_FILE_N];
};

__attribute__((format(printf, 2, 3))) static void add(struct text *text, const char *format, ...)
{
    va_list values;
    va_start(values, format);
    int n = vsnprintf(text->bytes + text->n, sizeof text->bytes - text->n, format, values);
    va_end(values);
    if (n > 0 && (size_t)n < sizeof text->bytes - text->n)
        text->n += (size_t)n;
}

static void add_numbers(struct text *text, const char *key, const double *numbers, size_t n)
{
    char number[PLUMB_TEXT_NUMBER_N];
    add(text, "%s =", key);
    for (size_t i = 0; i < n; i++) {
        plumb_text_exact(number, numbers[i]);
        add(text, " %s", number);
    }
    add(text, "\n");
}

/* Row by row, each on its own line: nine numbers at full precision are longer than a line may be. */
static void add_matrix(struct text *text, const char *key, const double m[9])
{
    char number[PLUMB_TEXT_NUMBER_N];
    add(text, "%s =", key);
    for (int i = 0; i < 9; i++) {
        plumb_text_exact(number, m[i]);
        add(text, "%s%s", i && i % 3 == 0 ? "\n    " : " ", number);
    }
    add(text, "\n");
}

static void add_vec3(struct text *text, const char *key, struct plumb_vec3 v)
{
    const double numbers[] = {v.x, v.y, v.z};
    add_numbers(text, key, numbers, 3);
}

/* A text that cannot be mistaken for anything else in the file. */
static void add_word(struct text *text, const char *key, const char *word)
{
    static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.:+";
    if (!*word)
        return;
    add(text, "%s = ", key);
    for (; *word; word++)
        add(text, "%c", strchr(allowed, *word) ? *word : '_');
    add(text, "\n");
}

static void add_imu(struct text *text, int imu, const struct plumb_calib *calib)
{
    add(text, "\n[imu %d]\n", imu);
    add_vec3(text, "accel_bias_mps2", calib->accel_bias_mps2);
    add_matrix(text, "accel_matrix", calib->accel_matrix);
    add_vec3(text, "gyro_bias_radps", calib->gyro_bias_radps);
    add_vec3(text, "gyro_slope_radps_per_c", calib->gyro_slope_radps_per_c);
    add_matrix(text, "gyro_matrix", calib->gyro_matrix);
    add_numbers(text, "temp_ref_c", &calib->temp_ref_c, 1);
}

static void add_known(struct text *text, const char *key, double number)
{
    if (isfinite(number))
        add_numbers(text, key, &number, 1);
}

static void add_how(struct text *text, int imu, const struct plumb_calib_how *how)
{
    add(text, "\n[measured %d]\n", imu);
    add_word(text, "accel_made", how->accel_made);
    add(text, "accel_poses = %d\n", how->accel_poses);
    add_known(text, "accel_temp_c", how->accel_temp_c);
    add_known(text, "accel_before_mps2", how->accel_before_mps2);
    add_known(text, "accel_residual_mps2", how->accel_residual_mps2);
    add_known(text, "accel_check_mps2", how->accel_check_mps2);
    add_known(text, "accel_direction_sd_deg", how->accel_direction_sd_deg);
    add_word(text, "gyro_made", how->gyro_made);
    add(text, "gyro_turns = %d\n", how->gyro_turns);
    add_known(text, "gyro_before_deg", how->gyro_before_deg);
    add_known(text, "gyro_residual_deg", how->gyro_residual_deg);
    add_known(text, "gyro_scale_sd_percent", how->gyro_scale_sd_percent);
    add_known(text, "gyro_noise_dps_rthz", how->gyro_noise_dps_rthz);
    add_known(text, "gyro_instability_dps", how->gyro_instability_dps);
}

static void write_all(struct text *text, const struct plumb_calib_file *file)
{
    add(text, "# Calibration of one clip; calib/example.calib explains the keys.\n\n[device]\n");
    add_word(text, "serial", file->device);
    add_word(text, "made", file->made);
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        if (file->present & (1u << imu))
            add_imu(text, imu, &file->imu[imu]);
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        if (*file->how[imu].accel_made || *file->how[imu].gyro_made)
            add_how(text, imu, &file->how[imu]);
}

int plumb_calib_save(const struct plumb_calib_file *file, const char *path, struct plumb_message *message)
{
    struct text text = {0};
    write_all(&text, file);
    return plumb_file_save(path, text.bytes, text.n, message);
}

size_t plumb_calib_write(const struct plumb_calib_file *file, char out[PLUMB_CALIB_FILE_N])
{
    struct text text = {0};
    write_all(&text, file);
    memcpy(out, text.bytes, text.n + 1);
    return text.n;
}
