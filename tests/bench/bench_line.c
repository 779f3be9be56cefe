/* What one sample costs from frame to flag, and whether that grows with the length of the session.
 *
 *     bench_line [MINUTES]     default 60, at 200 Hz, judged all the time
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/core/units.h"
#include "host/patient/clip.h"
#include "host/session/session.h"
#include "plumb/frame.h"
#include "plumb/payload.h"

#define RATE_HZ  200
#define PIECE_N  (60 * RATE_HZ) /* a minute of motion, used again and again */
#define PART     10             /* the first and the last tenth are compared */
#define START_US 100000

struct frames {
    uint8_t *bytes;
    size_t n;
};

static int16_t count(double value, double per_lsb)
{
    return (int16_t)(value / per_lsb);
}

static void put_counts(struct plumb_counts *counts, const struct plumb_imu *imu)
{
    const double a = PLUMB_GRAVITY_MPS2 / 8192, g = PLUMB_RAD_PER_DEG / 65.536;
    const double accel[] = {imu->accel_s_mps2.x, imu->accel_s_mps2.y, imu->accel_s_mps2.z};
    const double gyro[] = {imu->gyro_s_radps.x, imu->gyro_s_radps.y, imu->gyro_s_radps.z};
    for (int axis = 0; axis < 3; axis++) {
        counts->accel_lsb[axis] = count(accel[axis], a);
        counts->gyro_lsb[axis] = count(gyro[axis], g);
    }
    counts->temp_lsb = -3000;
}

/* Somebody who breathes and lapses now and then. */
static void make_motion(struct plumb_counts *piece)
{
    static struct plumb_patient patient;
    struct plumb_scenario scenario;
    struct plumb_clip_params params;
    struct plumb_clip clip;
    plumb_scenario_default(&scenario);
    scenario.breath_pp_rad = 1.5 * PLUMB_RAD_PER_DEG;
    for (int i = 0; i < 3; i++) {
        struct plumb_act lapse = plumb_act_default(PLUMB_ACT_LAPSE);
        lapse.at_s = 30 + 8 * i;
        lapse.size_rad = 7 * PLUMB_RAD_PER_DEG;
        plumb_scenario_add(&scenario, lapse);
    }
    plumb_patient_init(&patient, &scenario);
    plumb_clip_params_default(&params);
    plumb_clip_init(&clip, &params, &patient);
    for (int i = 0; i < PIECE_N; i++) {
        struct plumb_sample sample;
        plumb_clip_next(&clip, &patient, &sample);
        put_counts(&piece[i], &sample.imu[PLUMB_PELVIS]);
    }
}

static size_t put_hello(uint8_t *to)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_hello hello = {
        .version = PLUMB_WIRE_VERSION, .rate_hz = RATE_HZ, .baud = 500000, .imus_n = 1};
    hello.imus[0] = (struct plumb_hello_imu){
        .address = 0x68,
        .present = 1,
        .accel_lsb_per_g = 8192,
        .gyro_lsb_per_kdps = 65536,
        .temp_lsb_per_kc = 340000};
    return plumb_frame_encode(to, PLUMB_HELLO, payload, plumb_put_hello(payload, &hello));
}

static int make_frames(struct frames *frames, size_t samples_n)
{
    struct plumb_counts *piece = malloc(PIECE_N * sizeof *piece);
    frames->bytes = malloc(PLUMB_FRAME_N(PLUMB_PAYLOAD_N) * 2 + samples_n * 48);
    if (!piece || !frames->bytes)
        return -1;
    make_motion(piece);
    frames->n = put_hello(frames->bytes);
    for (size_t i = 0; i < samples_n; i++) {
        uint8_t payload[PLUMB_PAYLOAD_N];
        struct plumb_wire_sample sample = {
            .flags = PLUMB_SAMPLE_IMU0,
            .sequence = (uint16_t)i,
            .time_us = (uint32_t)(START_US + i * (PLUMB_US_PER_S / RATE_HZ))};
        sample.counts[0] = piece[i % PIECE_N];
        frames->n += plumb_frame_encode(
            frames->bytes + frames->n, PLUMB_SAMPLE, payload, plumb_put_sample(payload, &sample));
    }
    free(piece);
    return 0;
}

/* An exercise that is one long hold. */
static void make_exercise(struct plumb_exercise *exercise)
{
    memset(exercise, 0, sizeof *exercise);
    exercise->judged = 1;
    exercise->pose = PLUMB_SUPINE;
    exercise->judges = 1u << PLUMB_ANTERIOR_ROTATION | 1u << PLUMB_LUMBAR_ARCH | 1u << PLUMB_PELVIC_ROTATION;
    plumb_thresholds_default(&exercise->thresholds);
    exercise->steps[0] = (struct plumb_step){.kind = PLUMB_STEP_NEUTRAL, .for_s = 8};
    exercise->steps[1] = (struct plumb_step){.kind = PLUMB_STEP_HOLD, .in_zone_s = 1e9};
    exercise->steps_n = 2;
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

struct tally {
    size_t samples_n, flags_n;
};

static void take(struct plumb_session *session, struct tally *tally)
{
    struct plumb_event event;
    while (plumb_session_next(session, &event)) {
        tally->samples_n += event.kind == PLUMB_EVENT_SAMPLE;
        tally->flags_n += event.kind == PLUMB_EVENT_FLAG_BEGIN;
    }
}

/* Feeds everything; part_s gets the CPU seconds of each tenth. */
static void
run(struct plumb_session *session, const struct frames *frames, double part_s[PART], struct tally *tally)
{
    size_t at = 0;
    for (int part = 0; part < PART; part++) {
        size_t end = frames->n / PART * (size_t)(part + 1);
        double begun_s = now_s();
        while (at < end) {
            int64_t host_us = (int64_t)(START_US + tally->samples_n * (PLUMB_US_PER_S / RATE_HZ));
            at += plumb_session_bytes(session, host_us, frames->bytes + at, frames->n - at);
            take(session, tally);
        }
        part_s[part] = now_s() - begun_s;
    }
}

int main(int argc, char **argv)
{
    size_t samples_n = (size_t)(argc > 1 ? atoi(argv[1]) : 60) * 60 * RATE_HZ;
    struct plumb_session *session = malloc(sizeof *session);
    struct plumb_session_params params;
    struct plumb_exercise exercise;
    struct frames frames;
    struct tally tally = {0, 0};
    double part_s[PART], all_s = 0;
    if (!session || !samples_n || make_frames(&frames, samples_n))
        return 2;
    make_exercise(&exercise);
    plumb_session_params_default(&params);
    params.exercise = &exercise;
    plumb_session_init(session, &params);
    run(session, &frames, part_s, &tally);
    for (int part = 0; part < PART; part++)
        all_s += part_s[part];
    printf(
        "frame to flag: %zu samples, %zu flags, %.3f us a sample; last tenth against the second %.2f\n",
        tally.samples_n, tally.flags_n, all_s / (double)tally.samples_n * 1e6, part_s[PART - 1] / part_s[1]);
    printf("session: %zu bytes\n", sizeof *session);
    free(frames.bytes);
    free(session);
    return tally.samples_n + RATE_HZ < samples_n;
}
