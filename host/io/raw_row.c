#include "raw_row.h"

#include <math.h>

#include "recording_columns.h"

/* Decimals: a microsecond; a twelfth of the accelerometer's count at +-2 g (0.0006 m/s2), a hundredth of the
 * gyroscope's at 250 deg/s (0.00013 rad/s); the thermometer's hundredth. */
#define T_DECIMALS     6
#define ACCEL_DECIMALS 5
#define GYRO_DECIMALS  6
#define TEMP_DECIMALS  2

void plumb_raw_header(struct plumb_csv_row *row, unsigned roles)
{
    char name[PLUMB_COLUMN_NAME_N];
    plumb_csv_row_begin(row);
    plumb_csv_row_word(row, plumb_column_name(PLUMB_COLUMN_T, name));
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        for (int channel = 0; channel < PLUMB_CHANNELS_N; channel++)
            if (roles & (1u << role))
                plumb_csv_row_word(row, plumb_column_name(PLUMB_COLUMN_OF(role, channel), name));
    plumb_csv_row_word(row, plumb_column_name(PLUMB_COLUMN_MARKER, name));
    plumb_csv_row_end(row);
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

void plumb_raw_row(
    struct plumb_csv_row *row, unsigned roles, const struct plumb_sample *sample, const char *marker)
{
    static const struct plumb_imu missing = {{NAN, NAN, NAN}, {NAN, NAN, NAN}, NAN};
    plumb_csv_row_begin(row);
    plumb_csv_row_number(row, plumb_raw_time_s(sample->t_s), T_DECIMALS);
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (roles & (1u << role))
            add_imu(row, plumb_sample_has(sample, (enum plumb_role)role) ? &sample->imu[role] : &missing);
    plumb_csv_row_text(row, marker ? marker : "");
    plumb_csv_row_end(row);
}

int plumb_raw_decimals(int channel)
{
    return channel < 3 ? ACCEL_DECIMALS : channel < 6 ? GYRO_DECIMALS : TEMP_DECIMALS;
}

double plumb_raw_time_s(double t_s)
{
    return nearbyint(t_s * 1e6) / 1e6;
}
