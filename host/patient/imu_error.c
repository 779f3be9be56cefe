#include "imu_error.h"

/* MPU-6050 product specification PS-MPU-6000A-00 rev. 3.4, tables 6.1 and 6.2. */
#define DPS                 PLUMB_RAD_PER_DEG
#define MILLI_G             (PLUMB_GRAVITY_MPS2 * 1e-3)
#define REFERENCE_C         25.0
#define GYRO_OFFSET_RADPS   (20 * DPS)      /* initial zero-rate tolerance */
#define GYRO_DRIFT_RADPS    (20 * DPS / 60) /* +-20 dps from 25 to 85 degC, per degC */
#define GYRO_NOISE_RADPS    (0.005 * DPS)   /* per sqrt(Hz) */
#define ACCEL_OFFSET_MPS2   (50 * MILLI_G)  /* x and y */
#define ACCEL_OFFSET_Z_MPS2 (80 * MILLI_G)
#define ACCEL_DRIFT_MPS2    (35 * MILLI_G / 45) /* +-35 mg up to 70 degC, per degC */
#define ACCEL_DRIFT_Z_MPS2  (60 * MILLI_G / 45)
#define ACCEL_NOISE_MPS2    (0.4 * MILLI_G) /* per sqrt(Hz) */
#define SCALE_TOLERANCE     0.03
#define CROSS_TOLERANCE     0.02

/* Not in the data sheet: Allan curves of hobby boards show a floor of some 10 dps/h and 0.1 mg. */
#define GYRO_WANDER_RADPS (0.004 * DPS)
#define ACCEL_WANDER_MPS2 (0.15 * MILLI_G)
#define WANDER_S          100.0

/* The share of its tolerance that one deviation of an ordinary specimen uses: zero-rate offsets of 2 dps,
 * scale errors of 1 %, axes crooked by half a degree, accelerometers off by 20 mg. */
#define ORDINARY_OFFSET 0.1
#define ORDINARY        0.4

static struct plumb_vec3 draw3(struct plumb_rng *rng, double x, double y, double z)
{
    double a = plumb_rng_normal(rng), b = plumb_rng_normal(rng), c = plumb_rng_normal(rng);
    return plumb_vec3_of(a * x, b * y, c * z);
}

/* At the limit or beyond two thirds of it, either sign. */
static double extreme(struct plumb_rng *rng, double limit)
{
    double size = plumb_rng_uniform(rng, 0.67 * limit, limit);
    return plumb_rng_next(rng) & 1u ? size : -size;
}

static struct plumb_vec3 extreme3(struct plumb_rng *rng, double x, double y, double z)
{
    double a = extreme(rng, x), b = extreme(rng, y), c = extreme(rng, z);
    return plumb_vec3_of(a, b, c);
}

static void triad_none(struct plumb_triad_error *triad)
{
    *triad = (struct plumb_triad_error){
        .row_x = {1, 0, 0}, .row_y = {0, 1, 0}, .row_z = {0, 0, 1}, .wander_s = WANDER_S};
}

void plumb_imu_error_none(struct plumb_imu_error_params *params)
{
    triad_none(&params->accel);
    triad_none(&params->gyro);
    params->start_c = 30;
    params->warm_c = 0;
    params->warm_s = 1;
}

static void draw_axes(struct plumb_triad_error *triad, enum plumb_imu_grade grade, struct plumb_rng *rng)
{
    double scale = SCALE_TOLERANCE, cross = CROSS_TOLERANCE;
    struct plumb_vec3 (*draw)(struct plumb_rng *, double, double, double) = extreme3;
    if (grade == PLUMB_IMU_TYPICAL) {
        scale *= ORDINARY;
        cross *= ORDINARY;
        draw = draw3;
    }
    triad->row_x = plumb_vec3_add(plumb_vec3_of(1, 0, 0), draw(rng, scale, cross, cross));
    triad->row_y = plumb_vec3_add(plumb_vec3_of(0, 1, 0), draw(rng, cross, scale, cross));
    triad->row_z = plumb_vec3_add(plumb_vec3_of(0, 0, 1), draw(rng, cross, cross, scale));
}

static void draw_typical(struct plumb_imu_error_params *params, struct plumb_rng *rng)
{
    double gyro_radps = ORDINARY_OFFSET * GYRO_OFFSET_RADPS, drift = ORDINARY_OFFSET * GYRO_DRIFT_RADPS;
    params->gyro.offset = draw3(rng, gyro_radps, gyro_radps, gyro_radps);
    params->gyro.drift_per_c = draw3(rng, drift, drift, drift);
    params->accel.offset = draw3(
        rng, ORDINARY * ACCEL_OFFSET_MPS2, ORDINARY * ACCEL_OFFSET_MPS2, ORDINARY * ACCEL_OFFSET_Z_MPS2);
    params->accel.drift_per_c = draw3(
        rng, ORDINARY_OFFSET * ACCEL_DRIFT_MPS2, ORDINARY_OFFSET * ACCEL_DRIFT_MPS2,
        ORDINARY_OFFSET * ACCEL_DRIFT_Z_MPS2);
}

static void draw_worst(struct plumb_imu_error_params *params, struct plumb_rng *rng)
{
    params->gyro.offset = extreme3(rng, GYRO_OFFSET_RADPS, GYRO_OFFSET_RADPS, GYRO_OFFSET_RADPS);
    params->gyro.drift_per_c = extreme3(rng, GYRO_DRIFT_RADPS, GYRO_DRIFT_RADPS, GYRO_DRIFT_RADPS);
    params->accel.offset = extreme3(rng, ACCEL_OFFSET_MPS2, ACCEL_OFFSET_MPS2, ACCEL_OFFSET_Z_MPS2);
    params->accel.drift_per_c = extreme3(rng, ACCEL_DRIFT_MPS2, ACCEL_DRIFT_MPS2, ACCEL_DRIFT_Z_MPS2);
}

void plumb_imu_error_draw(
    struct plumb_imu_error_params *params, enum plumb_imu_grade grade, struct plumb_rng *rng)
{
    plumb_imu_error_none(params);
    if (grade == PLUMB_IMU_PERFECT)
        return;
    double noisier = grade == PLUMB_IMU_WORST ? 2 : 1;
    draw_axes(&params->accel, grade, rng);
    draw_axes(&params->gyro, grade, rng);
    (grade == PLUMB_IMU_WORST ? draw_worst : draw_typical)(params, rng);
    params->accel.noise_per_rthz = noisier * ACCEL_NOISE_MPS2;
    params->gyro.noise_per_rthz = noisier * GYRO_NOISE_RADPS;
    params->accel.wander = noisier * ACCEL_WANDER_MPS2;
    params->gyro.wander = noisier * GYRO_WANDER_RADPS;
    params->start_c = plumb_rng_uniform(rng, 20, 26);
    params->warm_c = plumb_rng_uniform(rng, 4, 9); /* the chip's own heat and the skin's */
    params->warm_s = plumb_rng_uniform(rng, 90, 240);
}

void plumb_imu_error_axes(struct plumb_imu_error_params *params, enum plumb_axis_fault fault)
{
    struct plumb_triad_error *gyro = &params->gyro;
    struct plumb_vec3 x = gyro->row_x, y = gyro->row_y;
    if (fault == PLUMB_AXES_X_FLIPPED)
        gyro->row_x = plumb_vec3_scale(x, -1);
    else if (fault == PLUMB_AXES_Y_FLIPPED)
        gyro->row_y = plumb_vec3_scale(y, -1);
    else if (fault == PLUMB_AXES_Z_FLIPPED)
        gyro->row_z = plumb_vec3_scale(gyro->row_z, -1);
    else if (fault == PLUMB_AXES_XY_SWAPPED) {
        gyro->row_x = y;
        gyro->row_y = x;
    }
}

void plumb_imu_error_init(struct plumb_imu_error *state, uint64_t seed)
{
    *state = (struct plumb_imu_error){.rng = plumb_rng_of(seed)};
}

/* A first-order Markov process of the triad's deviation and correlation time. */
static void wander_on(
    struct plumb_vec3 *wander, const struct plumb_triad_error *triad, struct plumb_rng *rng, double for_s)
{
    double keep = exp(-for_s / triad->wander_s);
    double kick = triad->wander * sqrt(1 - keep * keep);
    *wander = plumb_vec3_add(plumb_vec3_scale(*wander, keep), draw3(rng, kick, kick, kick));
}

static struct plumb_vec3 triad_apply(
    const struct plumb_triad_error *triad, struct plumb_vec3 *wander, struct plumb_rng *rng,
    struct plumb_vec3 truth, double warmer_c, double for_s)
{
    struct plumb_vec3 out = {
        plumb_vec3_dot(triad->row_x, truth), plumb_vec3_dot(triad->row_y, truth),
        plumb_vec3_dot(triad->row_z, truth)};
    out = plumb_vec3_add(out, triad->offset);
    out = plumb_vec3_add(out, plumb_vec3_scale(triad->drift_per_c, warmer_c));
    if (triad->wander > 0)
        wander_on(wander, triad, rng, for_s);
    out = plumb_vec3_add(out, *wander);
    if (!(triad->noise_per_rthz > 0))
        return out;
    double noise = triad->noise_per_rthz * sqrt(0.5 / for_s); /* one-sided density over half the rate */
    return plumb_vec3_add(out, draw3(rng, noise, noise, noise));
}

struct plumb_imu plumb_imu_error_apply(
    struct plumb_imu_error *state, const struct plumb_imu_error_params *params, const struct plumb_imu *truth,
    double t_s, double for_s)
{
    struct plumb_imu out;
    out.temp_c = params->start_c + params->warm_c * (1 - exp(-fmax(t_s, 0) / params->warm_s));
    double warmer_c = out.temp_c - REFERENCE_C;
    out.accel_s_mps2 = triad_apply(
        &params->accel, &state->accel_wander_mps2, &state->rng, truth->accel_s_mps2, warmer_c, for_s);
    out.gyro_s_radps = triad_apply(
        &params->gyro, &state->gyro_wander_radps, &state->rng, truth->gyro_s_radps, warmer_c, for_s);
    return out;
}
