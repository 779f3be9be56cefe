#include "bus.h"

#define DEAD_AFTER_N  3 /* time-outs in a row, a recovery after each */
#define CLOCKS_N      9 /* a device caught in a byte lets go of SDA within 8 bits and an acknowledge */
#define HALF_CLOCK_US 5 /* 100 kHz, which every I2C device follows */

static void wait_half_clock(void)
{
    uint32_t since_us = plumb_port_time_us();
    while (plumb_port_time_us() - since_us < HALF_CLOCK_US)
        ; /* ends with the clock, which only a reset stops */
}

static void drive(uint8_t low_lines)
{
    plumb_port_bus_drive(low_lines, 1);
    wait_half_clock();
}

/* Clocks a device out of the byte it was caught in, then a stop (I2C specification UM10204, 3.1.16). */
void plumb_bus_free(void)
{
    for (uint8_t i = 0; i < CLOCKS_N; i++) {
        drive(PLUMB_BUS_SCL);
        drive(0);
    }
    drive(PLUMB_BUS_SCL);
    drive(PLUMB_BUS_SCL | PLUMB_BUS_SDA);
    drive(PLUMB_BUS_SDA);
    drive(0);
    plumb_port_bus_drive(0, 0);
}

static enum plumb_bus_result take_result(struct plumb_bus *bus, enum plumb_bus_result result)
{
    if (result != PLUMB_BUS_OK)
        bus->errors++;
    if (result == PLUMB_BUS_TIMEOUT) {
        plumb_bus_free();
        bus->recoveries++;
        if (bus->timeouts < UINT8_MAX)
            bus->timeouts++;
    } else {
        bus->timeouts = 0;
    }
    return result;
}

enum plumb_bus_result
plumb_bus_read(struct plumb_bus *bus, uint8_t address, uint8_t from, uint8_t *bytes, uint8_t n)
{
    return take_result(bus, plumb_port_bus_read(address, from, bytes, n));
}

enum plumb_bus_result plumb_bus_probe(struct plumb_bus *bus, uint8_t address, uint8_t at, uint8_t *value)
{
    enum plumb_bus_result result = plumb_bus_read(bus, address, at, value, 1);
    if (result == PLUMB_BUS_NACK)
        bus->errors--;
    return result;
}

enum plumb_bus_result plumb_bus_write(struct plumb_bus *bus, uint8_t address, uint8_t at, uint8_t value)
{
    uint8_t bytes[2] = {at, value};
    return take_result(bus, plumb_port_bus_write(address, bytes, sizeof bytes));
}

uint8_t plumb_bus_dead(const struct plumb_bus *bus)
{
    return bus->timeouts >= DEAD_AFTER_N;
}
