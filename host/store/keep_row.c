#include "keep_row.h"

#include <math.h>
#include <string.h>

#include "../io/csv_field.h"
#include "../io/text_number.h"

#define T_DECIMALS     6 /* as in io/raw_row.c */
#define ACCEL_DECIMALS 5
#define GYRO_DECIMALS  6
#define TEMP_DECIMALS  2

/* In the place of the line's end, which plumb_csv_row_end has written over the last comma. */
static void end_without_line(struct plumb_csv_row *row)
{
    plumb_csv_row_end(row);
    row->n--;
}

void plumb_keep_row_header(struct plumb_csv_row *row, unsigned roles)
{
    char name[PLUMB_COLUMN_NAME_N];
    plumb_csv_row_begin(row);
    plumb_csv_row_word(row, plumb_column_name(PLUMB_COLUMN_T, name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
            if (roles & (1u << role))
                plumb_csv_row_word(row, plumb_column_name(PLUMB_COLUMN_OF(role, channel), name));
    end_without_line(row);
}

static void add_exact(struct plumb_csv_row *row, double value, int decimals)
{
    char text[PLUMB_TEXT_NUMBER_N];
    double back = NAN;
    size_t n = plumb_text_fixed(text, value, decimals);
    plumb_text_number(text, text + n, &back);
    if (back < value || back > value)
        plumb_text_exact(text, value);
    plumb_csv_row_word(row, text);
}

/* Single precision is what a track keeps, and finer than any 16-bit sensor. */
static void add_single(struct plumb_csv_row *row, double value, int decimals)
{
    char text[PLUMB_TEXT_NUMBER_N];
    double back = NAN;
    size_t n = plumb_text_fixed(text, value, decimals);
    plumb_text_number(text, text + n, &back);
    if ((float)back < (float)value || (float)back > (float)value)
        plumb_text_exact(text, (double)(float)value);
    plumb_csv_row_word(row, text);
}

static void add_imu(struct plumb_csv_row *row, const struct plumb_imu *imu)
{
    struct plumb_vec3 a = imu->accel_s_mps2, g = imu->gyro_s_radps;
    const double accel[] = {a.x, a.y, a.z}, gyro[] = {g.x, g.y, g.z};
    for (int axis = 0; axis < 3; axis++)
        add_single(row, accel[axis], ACCEL_DECIMALS);
    for (int axis = 0; axis < 3; axis++)
        add_single(row, gyro[axis], GYRO_DECIMALS);
    add_single(row, imu->temp_c, TEMP_DECIMALS);
}

void plumb_keep_row(struct plumb_csv_row *row, unsigned roles, const struct plumb_sample *sample)
{
    static const struct plumb_imu missing = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, NAN};
    plumb_csv_row_begin(row);
    add_exact(row, sample->t_s, T_DECIMALS);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (roles & (1u << role))
            add_imu(row, plumb_sample_has(sample, (enum plumb_role)role) ? &sample->imu[role] : &missing);
    end_without_line(row);
}

/* ---- back */

static int read_field(const struct plumb_csv_field *field, double *value)
{
    const char *at = field->text, *end = field->text + field->n;
    while (at < end && *at == ' ')
        at++;
    while (end > at && end[-1] == ' ')
        end--;
    *value = NAN;
    return at == end || plumb_text_number(at, end, value) == end ? 0 : -1;
}

static void take_imu(struct plumb_sample *sample, int role, const double *values)
{
    struct plumb_imu imu = {
        plumb_vec3_of(values[0], values[1], values[2]), plumb_vec3_of(values[3], values[4], values[5]),
        values[6]};
    double sum = values[0] + values[1] + values[2] + values[3] + values[4] + values[5];
    if (!isfinite(sum))
        return;
    sample->imu[role] = imu;
    sample->present |= 1u << role;
}

int plumb_keep_row_read(
    const struct plumb_columns *columns, const char *text, size_t n, struct plumb_sample *sample)
{
    double values[PLUMB_COLUMN_SLOTS];
    const char *at = text, *end = text + n;
    for (int slot = 0; slot < PLUMB_COLUMN_SLOTS; slot++)
        values[slot] = NAN;
    for (size_t column = 0; column < columns->n; column++) {
        struct plumb_csv_field field;
        unsigned slot = columns->slot[column];
        if (!at)
            return -1;
        plumb_csv_next(&at, end, &field);
        if (!field.whole || (slot && slot != PLUMB_COLUMN_MARKER && read_field(&field, &values[slot])))
            return -1;
    }
    if (at || !isfinite(values[PLUMB_COLUMN_T]))
        return -1;
    *sample = (struct plumb_sample){.t_s = values[PLUMB_COLUMN_T]};
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (columns->roles & (1u << role))
            take_imu(sample, role, &values[PLUMB_COLUMN_OF(role, 0)]);
    return 0;
}
