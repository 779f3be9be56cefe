/* The layout tables and golden frames of WIRE.md, read out of the document itself. */
#ifndef PLUMB_TESTS_GOLDEN_H
#define PLUMB_TESTS_GOLDEN_H

#include <stdint.h>

#define GOLDEN_MOST_N 40

struct golden {
    char kind[24];
    uint8_t type;
    uint8_t frame[256]; /* as on the line, with its delimiter */
    int frame_n;
    uint8_t payload[128]; /* put together from the fields by the document's tables */
    int payload_n;
    int64_t values[64]; /* of the fields, in order, arrays spread out */
    int values_n;
};

/* Reads the document. Returns how many golden frames it has, or -1 with one line on stderr. */
int golden_load(struct golden *list, int most);

#endif
