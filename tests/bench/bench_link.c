/* How fast the host reads the wire: an hour of one-IMU samples at 200 Hz, against copying the same bytes. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "host/core/link.h"
#include "plumb/payload.h"

#define SAMPLES   720000
#define FRAME_N   PLUMB_FRAME_N(PLUMB_SAMPLE_FIXED_N + PLUMB_SAMPLE_IMU_N)
#define CHUNK_N   4096 /* what a serial source hands over at most */
#define ROUNDS    5
#define PERIOD_US 5000

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static size_t fill(uint8_t *stream)
{
    size_t n = 0;
    for (uint32_t i = 0; i < SAMPLES; i++) {
        uint8_t payload[PLUMB_PAYLOAD_N];
        struct plumb_wire_sample sample = {
            .flags = PLUMB_SAMPLE_IMU0, .sequence = (uint16_t)(i & 0xFFFF), .time_us = i * PERIOD_US};
        for (int axis = 0; axis < 3; axis++) {
            sample.counts[0].accel_lsb[axis] = (int16_t)(rand() % 8192 - 4096);
            sample.counts[0].gyro_lsb[axis] = (int16_t)(rand() % 200 - 100);
        }
        n += plumb_frame_encode(stream + n, PLUMB_SAMPLE, payload, plumb_put_sample(payload, &sample));
    }
    return n;
}

static uint64_t decode(const uint8_t *stream, size_t n)
{
    struct plumb_link link;
    struct plumb_link_message message;
    plumb_link_init(&link);
    for (size_t at = 0; at < n;) {
        size_t chunk_n = n - at < CHUNK_N ? n - at : CHUNK_N;
        for (size_t used = 0; used < chunk_n;)
            used += plumb_link_feed(&link, stream + at + used, chunk_n - used, &message);
        at += chunk_n;
    }
    return link.counters.samples;
}

int main(void)
{
    uint8_t *stream = malloc((size_t)SAMPLES * FRAME_N), *copy = malloc((size_t)SAMPLES * FRAME_N);
    if (!stream || !copy)
        return 1;
    size_t n = fill(stream);
    double decode_s = 1e9, copy_s = 1e9;
    uint64_t samples = 0;
    for (int i = 0; i < ROUNDS; i++) {
        double begin_s = now_s();
        samples = decode(stream, n);
        double middle_s = now_s();
        memcpy(copy, stream, n);
        double end_s = now_s();
        decode_s = middle_s - begin_s < decode_s ? middle_s - begin_s : decode_s;
        copy_s = end_s - middle_s < copy_s ? end_s - middle_s : copy_s;
    }
    printf(
        "link: %.0f MB/s, %.0f ns a sample (memcpy %.0f MB/s, ends with %d)\n", (double)n / decode_s / 1e6,
        decode_s / SAMPLES * 1e9, (double)n / copy_s / 1e6, copy[n - 1]);
    free(stream);
    free(copy);
    return samples == SAMPLES ? 0 : 1;
}
