/* The EEPROM. */
#include <avr/io.h>
#include <util/atomic.h>

#include "../port.h"

/* A write takes 3.4 ms (datasheet table 8-2); at least 8 cycles a poll: 10 ms. */
#define READY_POLLS_N 20000

static uint8_t read_byte(uint16_t at)
{
    EEAR = at;
    EECR |= _BV(EERE);
    return EEDR;
}

void plumb_port_storage_read(uint16_t at, uint8_t *bytes, uint8_t n)
{
    for (uint16_t polls = 0; polls < READY_POLLS_N && (EECR & _BV(EEPE)); polls++)
        ;
    for (uint8_t i = 0; i < n; i++)
        bytes[i] = read_byte((uint16_t)(at + i));
}

int8_t plumb_port_storage_write(uint16_t at, uint8_t byte)
{
    if (EECR & _BV(EEPE))
        return -1;
    if (read_byte(at) == byte)
        return 0; /* spares the cell */
    EEDR = byte;
    ATOMIC_BLOCK(ATOMIC_RESTORESTATE)
    {
        EECR |= _BV(EEMPE); /* EEPE must follow within four cycles */
        EECR |= _BV(EEPE);
    }
    return 0;
}
