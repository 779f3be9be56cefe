/* The I2C bus with its patience: transfers that fail are counted, a bus that does not move is freed. */
#ifndef PLUMB_BUS_H
#define PLUMB_BUS_H

#include <stdint.h>

#include "../boards/port.h"

struct plumb_bus {
    uint16_t errors;     /* failed transfers since boot; an address nobody answers while probing is none */
    uint16_t recoveries; /* since boot */
    uint8_t timeouts;    /* in a row, saturating */
};

/* Frees the bus from a device that was caught in a transfer: by a reset of the board, or by noise. */
void plumb_bus_free(void);

/* n registers from `from` on. */
enum plumb_bus_result
plumb_bus_read(struct plumb_bus *bus, uint8_t address, uint8_t from, uint8_t *bytes, uint8_t n);

/* One register of a device that may not be there: nobody answering is no error. */
enum plumb_bus_result plumb_bus_probe(struct plumb_bus *bus, uint8_t address, uint8_t at, uint8_t *value);

/* One register. */
enum plumb_bus_result plumb_bus_write(struct plumb_bus *bus, uint8_t address, uint8_t at, uint8_t value);

/* Not even recovering helps: stays so until a transfer succeeds or is refused. */
uint8_t plumb_bus_dead(const struct plumb_bus *bus);

#endif
