/* What a node said: its uplink bytes as messages, sorted by kind. */
#ifndef PLUMB_TESTS_EMULATOR_DECODED_H
#define PLUMB_TESTS_EMULATOR_DECODED_H

#include <plumb/frame.h>
#include <plumb/payload.h>

#include <stddef.h>

enum { DECODED_SAMPLES_MOST = 1 << 17, DECODED_OTHERS_MOST = 1 << 10 };

struct decoded {
    struct plumb_wire_sample *samples; /* owned */
    struct plumb_hello *hellos;        /* owned */
    struct plumb_status *statuses;     /* owned */
    struct plumb_ack *acks;            /* owned */
    size_t samples_n, hellos_n, statuses_n, acks_n;
    size_t bad_n; /* frames that did not open */
};

/* Decodes n bytes; a frame cut at the end is left out. Free with decoded_free. */
struct decoded decoded_from(const uint8_t *bytes, size_t n);
void decoded_free(struct decoded *decoded);

#endif
