#include "decoded.h"

#include <stdlib.h>
#include <string.h>

static void take_message(struct decoded *decoded, uint8_t type, const uint8_t *payload, uint8_t n)
{
    switch (type) {
    case PLUMB_SAMPLE:
        if (decoded->samples_n < DECODED_SAMPLES_MOST)
            plumb_get_sample(&decoded->samples[decoded->samples_n++], payload, n);
        break;
    case PLUMB_HELLO:
        if (decoded->hellos_n < DECODED_OTHERS_MOST)
            plumb_get_hello(&decoded->hellos[decoded->hellos_n++], payload, n);
        break;
    case PLUMB_STATUS:
        if (decoded->statuses_n < DECODED_OTHERS_MOST)
            plumb_get_status(&decoded->statuses[decoded->statuses_n++], payload, n);
        break;
    case PLUMB_ACK:
        if (decoded->acks_n < DECODED_OTHERS_MOST)
            plumb_get_ack(&decoded->acks[decoded->acks_n++], payload, n);
        break;
    default:
        break;
    }
}

/* A frame without its delimiter. */
static void take_frame(struct decoded *decoded, const uint8_t *bytes, size_t n)
{
    uint8_t frame[PLUMB_FRAME_MOST_N];
    int payload_n = -1;
    if (n <= sizeof frame) {
        memcpy(frame, bytes, n);
        payload_n = plumb_frame_open(frame, (uint8_t)n);
    }
    if (payload_n < 0)
        decoded->bad_n++;
    else
        take_message(decoded, frame[1], frame + 2, (uint8_t)payload_n);
}

struct decoded decoded_from(const uint8_t *bytes, size_t n)
{
    struct decoded decoded = {
        .samples = calloc(DECODED_SAMPLES_MOST, sizeof *decoded.samples),
        .hellos = calloc(DECODED_OTHERS_MOST, sizeof *decoded.hellos),
        .statuses = calloc(DECODED_OTHERS_MOST, sizeof *decoded.statuses),
        .acks = calloc(DECODED_OTHERS_MOST, sizeof *decoded.acks),
    };
    size_t begin = 0;
    for (size_t i = 0; i < n; i++) {
        if (bytes[i] != 0)
            continue;
        if (i > begin)
            take_frame(&decoded, bytes + begin, i - begin);
        begin = i + 1;
    }
    return decoded;
}

void decoded_free(struct decoded *decoded)
{
    free(decoded->samples);
    free(decoded->hellos);
    free(decoded->statuses);
    free(decoded->acks);
}
