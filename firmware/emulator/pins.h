/* The pins of the board other than the bus: interrupt inputs from the IMUs, LED, buzzer, vibration motor. */
#ifndef PLUMB_EMULATOR_PINS_H
#define PLUMB_EMULATOR_PINS_H

#include "periphery.h"
#include "wiring.h"

#include <stdbool.h>

struct plumb_pins {
    avr_t *avr;
    bool ready_level[PLUMB_MOTION_IMUS_N]; /* of the IMUs' interrupt pins */
};

void plumb_pins_init(struct plumb_pins *pins, avr_t *avr);

/* After each reset of the AVR. */
void plumb_pins_reset(struct plumb_pins *pins);

/* Puts the interrupt pin of one IMU at a level. */
void plumb_pins_ready(struct plumb_pins *pins, int imu, bool level);

/* What a person sees, hears and feels now: bits of enum plumb_pins_bit. */
uint8_t plumb_pins_show(const struct plumb_pins *pins);

#endif
