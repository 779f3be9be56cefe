#include "clip_line.h"

#include <math.h>
#include <string.h>

#include "plumb/frame.h"
#include "plumb/payload.h"

#define PERIOD_US (1000000 / CLIP_LINE_RATE_HZ)

void clip_line_begin(struct clip_line *line, int imus_n, uint64_t seed)
{
    memset(line, 0, sizeof *line);
    line->rng = plumb_rng_of(seed);
    line->imus_n = imus_n;
    line->host_us = 7000000000;
    line->time_us = 250000;
}

static void send(struct clip_line *line, uint8_t type, const uint8_t *payload, uint8_t n)
{
    line->waiting_n += plumb_frame_encode(line->waiting + line->waiting_n, type, payload, n);
}

void clip_line_hello(struct clip_line *line, int reason)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_hello hello = {
        .version = PLUMB_WIRE_VERSION,
        .reason = (uint8_t)reason,
        .board = PLUMB_BOARD_ATMEGA328P,
        .boot = line->boot,
        .firmware = 0x0102,
        .serial = 0x2A,
        .time_us = line->time_us,
        .rate_hz = CLIP_LINE_RATE_HZ,
        .baud = 500000,
        .imus_n = (uint8_t)line->imus_n};
    for (int imu = 0; imu < line->imus_n; imu++)
        hello.imus[imu] = (struct plumb_hello_imu){
            .address = (uint8_t)(0x68 + imu),
            .role = imu ? PLUMB_ROLE_LUMBAR : PLUMB_ROLE_PELVIS,
            .present = 1,
            .accel_lsb_per_g = 8192,
            .gyro_lsb_per_kdps = 65536,
            .temp_lsb_per_kc = 340000,
            .temp_offset_centi_c = 3653};
    send(line, PLUMB_HELLO, payload, plumb_put_hello(payload, &hello));
}

static int16_t noisy(struct clip_line *line, double value, double noise)
{
    return (int16_t)lround(value + noise * plumb_rng_normal(&line->rng));
}

/* Somebody who lies there and breathes; the noise is that of an MPU-6050. */
static void sense(struct clip_line *line, struct plumb_counts *counts)
{
    double t_s = line->time_us * 1e-6, tilt = 0.02 * sin(1.6 * t_s);
    counts->accel_lsb[0] = noisy(line, 8192 * sin(tilt), 25);
    counts->accel_lsb[1] = noisy(line, 200, 25);
    counts->accel_lsb[2] = noisy(line, 8192 * cos(tilt), 38);
    for (int axis = 0; axis < 3; axis++)
        counts->gyro_lsb[axis] = noisy(line, axis == 1 ? 120 * cos(1.6 * t_s) : 10 * axis, 5);
    counts->temp_lsb = noisy(line, -2100, 3);
}

static void send_sample(struct clip_line *line)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_wire_sample sample = {
        .flags = (uint8_t)((1u << line->imus_n) - 1), .sequence = line->sequence++, .time_us = line->time_us};
    for (int imu = 0; imu < line->imus_n; imu++)
        sense(line, &sample.counts[imu]);
    send(line, PLUMB_SAMPLE, payload, plumb_put_sample(payload, &sample));
}

static void wait_period(struct clip_line *line)
{
    line->time_us += PERIOD_US;
    line->host_us += PERIOD_US + (int64_t)(plumb_rng_next(&line->rng) % 3) - 1;
}

/* A piece arrives: mostly all, now and then only a part of a frame. */
static void arrive(struct clip_line *line, clip_line_taker *take, void *context)
{
    size_t n = line->waiting_n;
    if (plumb_rng_next(&line->rng) % 3 == 0)
        n -= plumb_rng_next(&line->rng) % n;
    take(context, line->host_us + 300 + plumb_rng_next(&line->rng) % 900, line->waiting, n);
    line->waiting_n -= n;
    memmove(line->waiting, line->waiting + n, line->waiting_n);
}

void clip_line_run(struct clip_line *line, double for_s, clip_line_taker *take, void *context)
{
    for (long i = 0; i < lround(for_s * CLIP_LINE_RATE_HZ); i++) {
        send_sample(line);
        if (plumb_rng_next(&line->rng) % 5)
            arrive(line, take, context);
        if (line->waiting_n > sizeof line->waiting / 2)
            arrive(line, take, context);
        wait_period(line);
    }
}

void clip_line_cut(struct clip_line *line, double for_s)
{
    for (long i = 0; i < lround(for_s * CLIP_LINE_RATE_HZ); i++) {
        line->sequence++;
        wait_period(line);
    }
    line->waiting_n = 0;
}

void clip_line_reset(struct clip_line *line)
{
    line->boot++;
    line->sequence = 0;
    line->time_us = 1000;
    line->waiting_n = 0;
}
