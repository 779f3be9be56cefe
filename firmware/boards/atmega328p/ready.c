/* Data-ready lines: rising edges on INT0 and INT1, stamped in the interrupt. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../port.h"
#include "board.h"
#include "pins.h"

static volatile struct {
    uint8_t moments;
    uint32_t time_us;
} ready[PLUMB_WIRE_IMUS_N];

static inline void stamp(uint8_t line)
{
    ready[line].time_us = plumb_port_time_us();
    if (ready[line].moments < UINT8_MAX)
        ready[line].moments++;
}

ISR(INT0_vect)
{
    stamp(0);
}

ISR(INT1_vect)
{
    stamp(1);
}

void plumb_board_ready_init(void)
{
    READY_DDR &= (uint8_t) ~(BIT(READY0_BIT) | BIT(READY1_BIT));
    EICRA = _BV(ISC01) | _BV(ISC00) | _BV(ISC11) | _BV(ISC10);
    EIMSK = _BV(INT0) | _BV(INT1);
}

uint8_t plumb_board_ready_waits(void)
{
    return ready[0].moments | ready[1].moments;
}

uint8_t plumb_port_ready_take(uint8_t line, uint32_t *time_us)
{
    uint8_t moments = 0;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        moments = ready[line].moments;
        *time_us = ready[line].time_us;
        ready[line].moments = 0;
    }
    return moments;
}
