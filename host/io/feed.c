#include "feed.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../patient/follow.h"
#include "feed_recording.h"
#include "load_scenario.h"
#include "message_fail.h"

#define STEP_S       (PLUMB_MOTION_STEP_US * 1e-6)
#define FORCE_UNITS  1e6 /* the pipe's: 1e-6 m/s2, 1e-7 rad/s, 0.01 degC */
#define RATE_UNITS   1e7
#define WARMTH_UNITS 1e2

/* A coin motor for phones: some 10,000 turns a minute and 0.8 g on a hundred grams (makers' data sheets). */
#define MOTOR_HZ   170.0
#define MOTOR_MPS2 8.0

struct plumb_feed {
    struct plumb_scenario scenario;
    struct plumb_patient patient;
    struct plumb_feed_recording recording;
    int is_recording, errors_on, shaken;
    struct plumb_imu_error error[PLUMB_MOTION_IMUS_N];
};

static int grade_draw(struct plumb_scenario *scenario, const char *grade, struct plumb_message *message)
{
    static const char *const names[PLUMB_IMU_GRADES_N] = {"perfect", "typical", "worst"};
    struct plumb_rng rng = plumb_rng_of(scenario->seed);
    for (int i = 0; i < PLUMB_IMU_GRADES_N; i++) {
        if (strcmp(names[i], grade))
            continue;
        for (int imu = 0; imu < PLUMB_MOTION_IMUS_N; imu++)
            plumb_imu_error_draw(&scenario->error[imu], (enum plumb_imu_grade)i, &rng);
        return 0;
    }
    return plumb_message_fail(
        message, PLUMB_USAGE, "the sensor's grade is perfect, typical or worst, not %s", grade);
}

static int open_recording(
    struct plumb_feed *feed, const struct plumb_feed_options *options, struct plumb_message *message)
{
    const char *base = strrchr(options->motion_path, '/');
    feed->is_recording = 1;
    plumb_scenario_default(&feed->scenario);
    snprintf(
        feed->scenario.name, sizeof feed->scenario.name, "%.*s", PLUMB_SCENARIO_TEXT_N - 1,
        base ? base + 1 : options->motion_path);
    int fail = plumb_feed_recording_load(&feed->recording, options->motion_path, message);
    feed->scenario.length_s = feed->recording.length_s;
    if (!fail && options->grade) {
        feed->errors_on = 1;
        fail = grade_draw(&feed->scenario, options->grade, message);
    }
    return fail;
}

static int open_scenario(
    struct plumb_feed *feed, const struct plumb_feed_options *options, struct plumb_message *message)
{
    int fail = plumb_scenario_load(&feed->scenario, options->scenario_path, message);
    if (fail)
        return fail;
    feed->errors_on = 1;
    plumb_patient_init(&feed->patient, &feed->scenario);
    return 0;
}

static int
open_all(struct plumb_feed *feed, const struct plumb_feed_options *options, struct plumb_message *message)
{
    if (!options->scenario_path == !options->motion_path)
        return plumb_message_fail(message, PLUMB_USAGE, "give either a scenario or a recording to be felt");
    int fail = (options->motion_path ? open_recording : open_scenario)(feed, options, message);
    if (!fail && options->faults_path)
        fail = plumb_faults_load(&feed->scenario, options->faults_path, message);
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        plumb_imu_error_init(&feed->error[i], feed->scenario.seed + (uint64_t)i);
    return fail;
}

struct plumb_feed *
plumb_feed_open(const struct plumb_feed_options *options, int *fail, struct plumb_message *message)
{
    struct plumb_feed *feed = calloc(1, sizeof *feed);
    *fail = feed ? open_all(feed, options, message)
                 : plumb_message_fail(message, PLUMB_FAILED, "no memory for a scenario");
    if (!*fail)
        return feed;
    plumb_feed_close(feed);
    return NULL;
}

void plumb_feed_close(struct plumb_feed *feed)
{
    if (feed)
        plumb_feed_recording_free(&feed->recording);
    free(feed);
}

enum plumb_role plumb_feed_second(const struct plumb_feed *feed)
{
    return feed->is_recording ? feed->recording.second : feed->scenario.second;
}

double plumb_feed_length_s(const struct plumb_feed *feed)
{
    return feed->scenario.length_s;
}

int plumb_feed_imu(const struct plumb_feed *feed, int which, double t_s, struct plumb_imu *imu)
{
    if (feed->is_recording)
        return plumb_feed_recording_at(&feed->recording, which, t_s, imu);
    enum plumb_role role = which ? feed->scenario.second : PLUMB_PELVIS;
    if (which && role == PLUMB_PELVIS)
        return 0; /* there is none */
    *imu = plumb_patient_clip(&feed->patient, role, t_s).felt;
    return 1;
}

int plumb_feed_truth(const struct plumb_feed *feed, double t_s, struct plumb_truth *truth)
{
    if (feed->is_recording)
        return 0;
    *truth = plumb_patient_truth(&feed->patient, t_s);
    truth->t_s = t_s * (1 + feed->scenario.clock_fast);
    return 1;
}

const struct plumb_scenario *plumb_feed_scenario(const struct plumb_feed *feed)
{
    return &feed->scenario;
}

void plumb_feed_shake(struct plumb_feed *feed, int on)
{
    feed->shaken = on && !feed->is_recording;
}

void plumb_feed_asked(
    struct plumb_feed *feed, const struct plumb_step *step, enum plumb_pose pose, double t_s)
{
    if (!feed->is_recording && feed->scenario.follows)
        plumb_patient_asked(&feed->patient, step, pose, t_s);
}

/* The motor turns in the plane of the clip. */
static struct plumb_vec3 shake_mps2(double t_s)
{
    double angle = 2 * PLUMB_PI * MOTOR_HZ * t_s;
    return plumb_vec3_of(MOTOR_MPS2 * sin(angle), MOTOR_MPS2 * cos(angle), 0);
}

/* Nearest whole number of units, held inside the field. */
static int32_t whole(double value, double units, double most)
{
    return (int32_t)lround(fmin(fmax(value * units, -most), most));
}

static uint8_t *put3(uint8_t *at, struct plumb_vec3 v, double units)
{
    at = plumb_put_i32(at, whole(v.x, units, INT32_MAX));
    at = plumb_put_i32(at, whole(v.y, units, INT32_MAX));
    return plumb_put_i32(at, whole(v.z, units, INT32_MAX));
}

/* Every thermometer trembles in its last digits, however still and perfect the rest is: that is how a living
 * sensor is told from one that is stuck. */
static double trembling_c(int64_t step, int which)
{
    struct plumb_rng rng = plumb_rng_of((uint64_t)step * PLUMB_MOTION_IMUS_N + (uint64_t)which);
    return plumb_rng_uniform(&rng, -0.03, 0.03);
}

void plumb_feed_motion(struct plumb_feed *feed, int64_t step, uint8_t payload[PLUMB_MOTION_PAYLOAD_N])
{
    double t_s = (double)step * STEP_S;
    memset(payload, 0, PLUMB_MOTION_PAYLOAD_N);
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        struct plumb_imu imu;
        if (!plumb_feed_imu(feed, i, t_s, &imu))
            continue;
        if (feed->shaken && !i)
            imu.accel_s_mps2 = plumb_vec3_add(imu.accel_s_mps2, shake_mps2(t_s));
        if (feed->errors_on)
            imu = plumb_imu_error_apply(&feed->error[i], &feed->scenario.error[i], &imu, t_s, STEP_S);
        uint8_t *at = put3(payload + i * PLUMB_MOTION_IMU_N, imu.accel_s_mps2, FORCE_UNITS);
        at = put3(at, imu.gyro_s_radps, RATE_UNITS);
        plumb_put_i16(at, (int16_t)whole(imu.temp_c + trembling_c(step, i), WARMTH_UNITS, INT16_MAX));
    }
}
