#include "save_raw.h"

#include <math.h>
#include <stdlib.h>

#include "csv_row.h"
#include "file_out.h"
#include "message_fail.h"
#include "recording_columns.h"

#define FLUSH_US 1000000 /* the most a killed process may lose */

/* Decimals: a microsecond; a twelfth of the accelerometer's count at +-2 g (0.0006 m/s2), a hundredth of the
 * gyroscope's at 250 deg/s (0.00013 rad/s); the thermometer's hundredth. */
#define T_DECIMALS     6
#define ACCEL_DECIMALS 5
#define GYRO_DECIMALS  6
#define TEMP_DECIMALS  2

struct plumb_save_raw {
    struct plumb_file_out *out;
    unsigned roles;
    double last_t_s;
    int64_t flushed_us;
    int begun;
    unsigned long left_out;
    struct plumb_csv_row row;
};

static int put_row(struct plumb_save_raw *save, struct plumb_message *message)
{
    plumb_csv_row_end(&save->row);
    return plumb_file_out_put(save->out, save->row.text, save->row.n, message);
}

static int put_header(struct plumb_save_raw *save, struct plumb_message *message)
{
    char name[PLUMB_COLUMN_NAME_N];
    plumb_csv_row_begin(&save->row);
    plumb_csv_row_word(&save->row, plumb_column_name(PLUMB_COLUMN_T, name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
            if (save->roles & (1u << role))
                plumb_csv_row_word(&save->row, plumb_column_name(PLUMB_COLUMN_OF(role, channel), name));
    plumb_csv_row_word(&save->row, plumb_column_name(PLUMB_COLUMN_MARKER, name));
    return put_row(save, message);
}

struct plumb_save_raw *
plumb_save_raw_open(const char *path, unsigned roles, int *fail, struct plumb_message *message)
{
    struct plumb_save_raw *save = calloc(1, sizeof *save);
    if (!save) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
        return NULL;
    }
    save->roles = roles | (1u << PLUMB_PELVIS);
    save->last_t_s = -HUGE_VAL;
    save->out = plumb_file_out_open(path, PLUMB_FILE_NEW, fail, message);
    if (save->out)
        *fail = put_header(save, message);
    if (!*fail)
        return save;
    plumb_file_out_drop(save->out);
    free(save);
    return NULL;
}

static void add_imu(struct plumb_csv_row *row, const struct plumb_imu *imu)
{
    struct plumb_vec3 a = imu->accel_s_mps2, g = imu->gyro_s_radps;
    const double accel[] = {a.x, a.y, a.z}, gyro[] = {g.x, g.y, g.z};
    for (int axis = 0; axis < 3; axis++)
        plumb_csv_row_number(row, accel[axis], ACCEL_DECIMALS);
    for (int axis = 0; axis < 3; axis++)
        plumb_csv_row_number(row, gyro[axis], GYRO_DECIMALS);
    plumb_csv_row_number(row, imu->temp_c, TEMP_DECIMALS);
}

int plumb_save_raw_row(
    struct plumb_save_raw *save, const struct plumb_sample *sample, const char *marker, int64_t host_us,
    struct plumb_message *message)
{
    static const struct plumb_imu missing = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, NAN};
    double t_s = nearbyint(sample->t_s * 1e6) / 1e6; /* as it will be read */
    if (!(t_s > save->last_t_s)) {
        save->left_out++;
        return 0;
    }
    save->last_t_s = t_s;
    plumb_csv_row_begin(&save->row);
    plumb_csv_row_number(&save->row, t_s, T_DECIMALS);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (save->roles & (1u << role))
            add_imu(
                &save->row, plumb_sample_has(sample, (enum plumb_role)role) ? &sample->imu[role] : &missing);
    plumb_csv_row_text(&save->row, marker ? marker : "");
    int fail = put_row(save, message);
    return fail ? fail : plumb_save_raw_tick(save, host_us, message);
}

int plumb_save_raw_tick(struct plumb_save_raw *save, int64_t host_us, struct plumb_message *message)
{
    if (!save->begun)
        save->flushed_us = host_us;
    save->begun = 1;
    if (host_us - save->flushed_us < FLUSH_US)
        return 0;
    save->flushed_us = host_us;
    return plumb_file_out_flush(save->out, message);
}

unsigned long plumb_save_raw_left_out(const struct plumb_save_raw *save)
{
    return save->left_out;
}

int plumb_save_raw_close(struct plumb_save_raw *save, struct plumb_message *message)
{
    if (!save)
        return 0;
    int fail = plumb_file_out_close(save->out, message);
    free(save);
    return fail;
}
