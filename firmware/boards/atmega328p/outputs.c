/* Lamp, buzzer, motor. */
#include <avr/io.h>

#include "../port.h"
#include "board.h"
#include "pins.h"

#define TONE_CLOCK_HZ (F_CPU / 64) /* Timer 2 with prescaler 64: from 490 Hz to far above hearing */
#define TOGGLES       2            /* a period is two matches of the timer */

static void set(volatile uint8_t *port, uint8_t bit, uint8_t on)
{
    if (on)
        *port |= bit;
    else
        *port &= (uint8_t)~bit;
}

static void sound(uint16_t tone_hz)
{
    if (tone_hz == 0) {
        TCCR2A = 0; /* PB3 back to its port bit, which is low */
        TCCR2B = 0;
        return;
    }
    /* Halved once more on both sides, which leaves 16 bits to divide. */
    OCR2A = (uint8_t)((uint16_t)(TONE_CLOCK_HZ / TOGGLES / 2) / (tone_hz / 2) - 1);
    TCCR2A = _BV(COM2A0) | _BV(WGM21);
    TCCR2B = _BV(CS22);
}

void plumb_board_outputs_init(void)
{
    LED_DDR |= BIT(LED_BIT) | BIT(BUZZER_BIT);
    VIBRATION_DDR |= BIT(VIBRATION_BIT);
    plumb_port_outputs(0, 0);
}

void plumb_port_outputs(uint8_t on, uint16_t tone_hz)
{
    set(&LED_PORT, BIT(LED_BIT), on & PLUMB_OUTPUT_LED);
    set(&VIBRATION_PORT, BIT(VIBRATION_BIT), on & PLUMB_OUTPUT_VIBRATION);
    sound(tone_hz);
}
