#include "calib.h"

#include <math.h>

#include "units.h"

/* Units of the record in EEPROM: include/plumb/wire.h. */
#define RECORD_ACCEL_MPS2 1e-4
#define RECORD_MATRIX     1e-5
#define RECORD_GYRO_RADPS (1e-3 * PLUMB_RAD_PER_DEG)
#define RECORD_TEMP_C     0.01

#define TEMP_REF_C 25.0 /* room temperature, at which data sheets give their offsets */

static struct plumb_vec3 turn(const double m[9], struct plumb_vec3 v)
{
    return plumb_vec3_of(
        m[0] * v.x + m[1] * v.y + m[2] * v.z, m[3] * v.x + m[4] * v.y + m[5] * v.z,
        m[6] * v.x + m[7] * v.y + m[8] * v.z);
}

static struct plumb_vec3 of_counts(const int16_t counts_lsb[3], double unit_per_lsb)
{
    struct plumb_vec3 counts = plumb_vec3_of(counts_lsb[0], counts_lsb[1], counts_lsb[2]);
    return plumb_vec3_scale(counts, unit_per_lsb);
}

void plumb_calib_identity(struct plumb_calib *calib)
{
    *calib = (struct plumb_calib){.temp_ref_c = TEMP_REF_C};
    for (int i = 0; i < 9; i += 4)
        calib->accel_matrix[i] = calib->gyro_matrix[i] = 1;
}

struct plumb_imu plumb_calib_correct(const struct plumb_calib *calib, const struct plumb_imu *raw)
{
    double warmer_c = isfinite(raw->temp_c) ? raw->temp_c - calib->temp_ref_c : 0;
    struct plumb_vec3 bias_radps =
        plumb_vec3_add(calib->gyro_bias_radps, plumb_vec3_scale(calib->gyro_slope_radps_per_c, warmer_c));
    return (struct plumb_imu){
        .accel_s_mps2 = turn(calib->accel_matrix, plumb_vec3_sub(raw->accel_s_mps2, calib->accel_bias_mps2)),
        .gyro_s_radps = turn(calib->gyro_matrix, plumb_vec3_sub(raw->gyro_s_radps, bias_radps)),
        .temp_c = raw->temp_c,
    };
}

void plumb_calib_apply(
    const struct plumb_calib *calib, const struct plumb_hello_imu *scale, const struct plumb_counts *counts,
    struct plumb_imu *imu)
{
    double mps2 = scale->accel_lsb_per_g ? PLUMB_GRAVITY_MPS2 / scale->accel_lsb_per_g : NAN;
    double radps = scale->gyro_lsb_per_kdps ? 1000 * PLUMB_RAD_PER_DEG / scale->gyro_lsb_per_kdps : NAN;
    struct plumb_imu raw = {
        .accel_s_mps2 = of_counts(counts->accel_lsb, mps2),
        .gyro_s_radps = of_counts(counts->gyro_lsb, radps),
        .temp_c = scale->temp_lsb_per_kc
                      ? counts->temp_lsb * 1000.0 / scale->temp_lsb_per_kc + scale->temp_offset_centi_c * 0.01
                      : NAN,
    };
    *imu = plumb_calib_correct(calib, &raw);
}

void plumb_calib_from_record(struct plumb_calib *calib, const struct plumb_calib_record *record)
{
    plumb_calib_identity(calib);
    calib->accel_bias_mps2 = of_counts(record->accel_bias, RECORD_ACCEL_MPS2);
    calib->gyro_bias_radps = of_counts(record->gyro_bias, RECORD_GYRO_RADPS);
    for (int i = 0; i < 9; i++)
        calib->accel_matrix[i] += record->accel_matrix[i] * RECORD_MATRIX;
    for (int axis = 0; axis < 3; axis++)
        calib->gyro_matrix[4 * axis] += record->gyro_scale[axis] * RECORD_MATRIX;
    calib->temp_ref_c = record->temp_centi_c * RECORD_TEMP_C;
}

static int16_t to_i16(double value, double unit)
{
    double units = value / unit;
    if (!(units > INT16_MIN))
        return INT16_MIN;
    return units < INT16_MAX ? (int16_t)lround(units) : INT16_MAX;
}

static void to_3_i16(int16_t out[3], struct plumb_vec3 v, double unit)
{
    out[0] = to_i16(v.x, unit);
    out[1] = to_i16(v.y, unit);
    out[2] = to_i16(v.z, unit);
}

void plumb_calib_to_record(const struct plumb_calib *calib, uint16_t day, struct plumb_calib_record *record)
{
    to_3_i16(record->accel_bias, calib->accel_bias_mps2, RECORD_ACCEL_MPS2);
    to_3_i16(record->gyro_bias, calib->gyro_bias_radps, RECORD_GYRO_RADPS);
    for (int i = 0; i < 9; i++)
        record->accel_matrix[i] = to_i16(calib->accel_matrix[i] - (i % 4 == 0), RECORD_MATRIX);
    for (int axis = 0; axis < 3; axis++)
        record->gyro_scale[axis] = to_i16(calib->gyro_matrix[4 * axis] - 1, RECORD_MATRIX);
    record->temp_centi_c = to_i16(calib->temp_ref_c, RECORD_TEMP_C);
    record->day = day;
}
