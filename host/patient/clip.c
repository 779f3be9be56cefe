#include "clip.h"

#define COUNTS      32768.0
#define RANGE_G     4
#define RANGE_DPS   500
#define LOW_PASS_HZ 96.0   /* MPU-6050 register map, DLPF_CFG 2: 94 and 98 Hz, 3.0 and 2.8 ms of delay */
#define TWO_POLES   0.6436 /* two equal poles at f together are 3 dB down at 0.6436 f */

void plumb_clip_params_default(struct plumb_clip_params *params)
{
    params->step_n = 5;
    params->accel_range_mps2 = RANGE_G * PLUMB_GRAVITY_MPS2;
    params->gyro_range_radps = RANGE_DPS * PLUMB_RAD_PER_DEG;
    params->low_pass_hz = LOW_PASS_HZ;
}

static int sensors_n(const struct plumb_patient *patient)
{
    return patient->scenario.second == PLUMB_PELVIS ? 1 : 2;
}

static enum plumb_role role_of(const struct plumb_patient *patient, int sensor)
{
    return sensor ? patient->scenario.second : PLUMB_PELVIS;
}

static struct plumb_imu feel(struct plumb_clip *clip, const struct plumb_patient *patient, int sensor)
{
    double t_s = (double)clip->steps * PLUMB_CLIP_STEP_S;
    struct plumb_clip_motion motion = plumb_patient_clip(patient, role_of(patient, sensor), t_s);
    return plumb_imu_error_apply(
        &clip->error[sensor], &patient->scenario.error[sensor], &motion.felt, t_s, PLUMB_CLIP_STEP_S);
}

void plumb_clip_init(
    struct plumb_clip *clip, const struct plumb_clip_params *params, const struct plumb_patient *patient)
{
    *clip = (struct plumb_clip){.params = *params};
    double pole_hz = params->low_pass_hz / TWO_POLES;
    clip->keep = exp(-2 * PLUMB_PI * pole_hz * PLUMB_CLIP_STEP_S);
    for (int i = 0; i < sensors_n(patient); i++) {
        plumb_imu_error_init(&clip->error[i], patient->scenario.seed + (uint64_t)i);
        clip->once[i] = clip->twice[i] = feel(clip, patient, i);
    }
}

static struct plumb_vec3 toward(struct plumb_vec3 from, struct plumb_vec3 to, double keep)
{
    return plumb_vec3_add(plumb_vec3_scale(from, keep), plumb_vec3_scale(to, 1 - keep));
}

static void pole(struct plumb_imu *state, const struct plumb_imu *in, double keep)
{
    state->accel_s_mps2 = toward(state->accel_s_mps2, in->accel_s_mps2, keep);
    state->gyro_s_radps = toward(state->gyro_s_radps, in->gyro_s_radps, keep);
    state->temp_c = in->temp_c;
}

static double count(double value, double range, unsigned *flags)
{
    double counts = round(value / range * COUNTS);
    if (counts < COUNTS - 1 && counts > -COUNTS)
        return counts * range / COUNTS;
    *flags |= PLUMB_SAMPLE_CLIPPED;
    return (counts > 0 ? COUNTS - 1 : -COUNTS) * range / COUNTS;
}

static struct plumb_vec3 count3(struct plumb_vec3 value, double range, unsigned *flags)
{
    return plumb_vec3_of(
        count(value.x, range, flags), count(value.y, range, flags), count(value.z, range, flags));
}

void plumb_clip_next(
    struct plumb_clip *clip, const struct plumb_patient *patient, struct plumb_sample *sample)
{
    const struct plumb_clip_params *params = &clip->params;
    int sensors = sensors_n(patient);
    for (int step = 0; step < params->step_n; step++) {
        clip->steps++;
        for (int i = 0; i < sensors; i++) {
            struct plumb_imu felt = feel(clip, patient, i);
            clip->ready[i] = clip->twice[i];
            pole(&clip->once[i], &felt, clip->keep);
            pole(&clip->twice[i], &clip->once[i], clip->keep);
        }
    }
    *sample = (struct plumb_sample){.t_s = (double)clip->steps * PLUMB_CLIP_STEP_S};
    for (int i = 0; i < sensors; i++) {
        enum plumb_role role = role_of(patient, i);
        struct plumb_imu *out = &sample->imu[role];
        sample->present |= 1u << role;
        out->accel_s_mps2 = count3(clip->ready[i].accel_s_mps2, params->accel_range_mps2, &sample->flags);
        out->gyro_s_radps = count3(clip->ready[i].gyro_s_radps, params->gyro_range_radps, &sample->flags);
        out->temp_c = clip->ready[i].temp_c;
    }
}
