/* Which pin of the ATmega328P goes where on Plumb's board; the twin of firmware/boards/atmega328p/pins.h. The
 * image brings its own copy of these facts, and the tests notice when the two disagree. */
#ifndef PLUMB_EMULATOR_WIRING_H
#define PLUMB_EMULATOR_WIRING_H

#include "atmega328p.h"

#include <plumb/motion.h>

/* Pins of port D that the IMUs' interrupt pins go to: INT0, INT1. */
static const uint8_t plumb_wiring_ready[PLUMB_MOTION_IMUS_N] = {2, 3};

struct plumb_wire_output {
    uint16_t port_register, ddr_register;
    uint8_t mask;
    uint8_t bit; /* of enum plumb_pins_bit */
};

enum { PLUMB_WIRING_OUTPUTS_N = 3 };

static const struct plumb_wire_output plumb_wiring_outputs[PLUMB_WIRING_OUTPUTS_N] = {
    {AVR_PORTB, AVR_DDRB, 1 << 5, PLUMB_PINS_LED},
    {AVR_PORTB, AVR_DDRB, AVR_OC2A, PLUMB_PINS_BUZZER}, /* timer 2 makes the tone */
    {AVR_PORTD, AVR_DDRD, 1 << 6, PLUMB_PINS_VIBRATION},
};

#endif
