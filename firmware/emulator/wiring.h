/* Which pin of the ATmega328P goes where on Plumb's board. The twin of firmware/boards/atmega328p: the image
 * knows the same facts, and the tests notice when the two disagree. */
#ifndef PLUMB_EMULATOR_WIRING_H
#define PLUMB_EMULATOR_WIRING_H

#include <plumb/motion.h>

struct plumb_wire_pin {
    char port;
    uint8_t pin;
};

/* The interrupt pin of each IMU: INT0, INT1. */
static const struct plumb_wire_pin plumb_wiring_ready[PLUMB_MOTION_IMUS_N] = {{'D', 2}, {'D', 3}};

struct plumb_wire_output {
    struct plumb_wire_pin pin;
    uint8_t bit; /* of enum plumb_pins_bit */
};

enum { PLUMB_WIRING_OUTPUTS_N = 3 };

static const struct plumb_wire_output plumb_wiring_outputs[PLUMB_WIRING_OUTPUTS_N] = {
    {{'B', 5}, PLUMB_PINS_LED},
    {{'B', 3}, PLUMB_PINS_BUZZER},
    {{'D', 6}, PLUMB_PINS_VIBRATION},
};

#endif
