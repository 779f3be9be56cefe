/* The cable between the board and the host: what it does to a byte. Pseudo-random with a fixed seed, so the
 * same input always gives the same damage. */
#ifndef PLUMB_EMULATOR_LINE_H
#define PLUMB_EMULATOR_LINE_H

#include <stdbool.h>
#include <stdint.h>

struct plumb_line {
    double host_baud; /* of the host's end, exact */
    bool cut;
    uint32_t garbage_one_in; /* one byte in so many is replaced by noise; 0: none */
    uint32_t drop_one_in;    /* one byte in so many is lost; 0: none */
    uint64_t random;         /* state of the generator */
};

void plumb_line_init(struct plumb_line *line, double host_baud);

/* Sends a byte that was written at board_baud (either end) along the line: false when it never arrives,
 * else *byte is what arrives. *framed false: its stop bit was not where the receiver looked. */
bool plumb_line_carry(struct plumb_line *line, double board_baud, uint8_t *byte, bool *framed);

#endif
