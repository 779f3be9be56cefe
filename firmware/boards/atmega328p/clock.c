/* Timer 1 as the microsecond clock: 16 MHz / 8, two counts a microsecond, overflowing every 32.768 ms. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../port.h"
#include "board.h"

static volatile uint32_t overflows;
static volatile uint8_t ticked;

ISR(TIMER1_OVF_vect)
{
    overflows++;
    ticked = 1;
}

uint8_t plumb_board_clock_ticked(void)
{
    uint8_t was = ticked;
    ticked = 0;
    return was;
}

void plumb_board_clock_init(void)
{
    TCCR1A = 0;
    TCCR1B = _BV(CS11);
    TIMSK1 = _BV(TOIE1);
}

uint32_t plumb_port_time_us(void)
{
    uint16_t half_us = 0;
    uint32_t high = 0;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        half_us = TCNT1;
        high = overflows;
        /* An overflow whose interrupt is still waiting: it came before TCNT1 was read if the count is low. */
        if ((TIFR1 & _BV(TOV1)) && half_us < 0x8000)
            high++;
    }
    return (high << 15) + (half_us >> 1);
}
