/* The serial line: 8N1, double speed, a ring each way. */
#include <avr/interrupt.h>
#include <avr/io.h>
#include <util/atomic.h>

#include "../../core/ring.h"
#include "../port.h"
#include "board.h"

#define DIVIDER    ((F_CPU + 4 * PLUMB_BAUD) / (8 * PLUMB_BAUD) - 1) /* datasheet table 20-1, rounded */
#define TRANSMIT_N 256
#define RECEIVE_N  64 /* two of the longest command less a byte; 1.3 ms at 500000 baud */

static uint8_t transmit_bytes[TRANSMIT_N];
static uint8_t receive_bytes[RECEIVE_N];
static struct plumb_ring transmit;
static struct plumb_ring receive;
static volatile uint16_t receive_errors;

ISR(USART_UDRE_vect)
{
    uint8_t byte;
    if (plumb_ring_pop(&transmit, transmit_bytes, TRANSMIT_N - 1, &byte))
        UDR0 = byte;
    else
        UCSR0B &= (uint8_t)~_BV(UDRIE0);
}

ISR(USART_RX_vect)
{
    uint8_t bad = UCSR0A & (_BV(FE0) | _BV(DOR0)); /* to be read before the byte */
    uint8_t byte = UDR0;
    if (plumb_ring_push(&receive, receive_bytes, RECEIVE_N - 1, byte) != 0 || bad)
        receive_errors++;
}

void plumb_board_uart_init(void)
{
    UCSR0A = _BV(U2X0);
    UBRR0 = DIVIDER;
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0) | _BV(RXCIE0);
    const uint8_t delimiter = 0; /* ends whatever frame the reset has cut */
    plumb_port_transmit(&delimiter, 1);
}

uint8_t plumb_board_uart_waits(void)
{
    return plumb_ring_used(&receive, RECEIVE_N - 1);
}

int8_t plumb_port_transmit(const uint8_t *frame, uint8_t n)
{
    if (plumb_ring_push_all(&transmit, transmit_bytes, TRANSMIT_N - 1, frame, n) != 0)
        return -1;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        UCSR0B |= _BV(UDRIE0);
    }
    return 0;
}

uint8_t plumb_port_receive(uint8_t *byte)
{
    return plumb_ring_pop(&receive, receive_bytes, RECEIVE_N - 1, byte);
}

uint16_t plumb_port_receive_errors(void)
{
    uint16_t errors = 0;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        errors = receive_errors;
    }
    return errors;
}
