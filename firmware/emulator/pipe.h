/* Records in and out, as include/plumb/motion.h describes them, with every length checked. */
#ifndef PLUMB_EMULATOR_PIPE_H
#define PLUMB_EMULATOR_PIPE_H

#include <plumb/motion.h>

#include <stddef.h>
#include <stdio.h>

struct plumb_pipe_record {
    uint8_t type; /* enum plumb_pipe_type */
    uint16_t length;
    uint8_t payload[PLUMB_PIPE_PAYLOAD_N];
};

enum plumb_pipe_got { PLUMB_PIPE_RECORD, PLUMB_PIPE_END, PLUMB_PIPE_DAMAGED };

/* The next record from the host. On damage (unknown type, wrong length, an end within a record) why says in
 * one sentence what. */
enum plumb_pipe_got plumb_pipe_get(FILE *in, struct plumb_pipe_record *record, char *why, size_t why_n);

/* Writes one record: up to two parts of payload, together at most PLUMB_PIPE_PAYLOAD_N. Errors stay in out.
 */
void plumb_pipe_put(
    FILE *out, uint8_t type, const uint8_t *head, size_t head_n, const uint8_t *rest, size_t rest_n);

#endif
