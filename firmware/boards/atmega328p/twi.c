/* I2C master on the TWI, 400 kHz, polled: a reading takes 0.4 ms and nothing else is due in that time. */
#include <avr/io.h>
#include <util/twi.h>

#include "../port.h"
#include "board.h"
#include "pins.h"

#define SCL_HZ  400000UL
#define DIVIDER ((F_CPU / SCL_HZ - 16) / 2) /* datasheet 22.5.2, prescaler 1 */
#define POLLS_N 400                         /* at least 8 cycles each: 200 us, nine times what a byte takes */

void plumb_board_bus_init(void)
{
    BUS_DDR &= (uint8_t) ~(BIT(SDA_BIT) | BIT(SCL_BIT));
    BUS_PORT |= BIT(SDA_BIT) | BIT(SCL_BIT); /* weak pull-ups beside the module's own */
    TWSR = 0;
    TWBR = DIVIDER;
    TWCR = _BV(TWEN);
}

void plumb_port_bus_drive(uint8_t low_lines, uint8_t by_hand)
{
    if (!by_hand) {
        plumb_board_bus_init();
        return;
    }
    TWCR = 0;
    uint8_t low = low_lines & PLUMB_BUS_SDA ? BIT(SDA_BIT) : 0;
    if (low_lines & PLUMB_BUS_SCL)
        low |= BIT(SCL_BIT);
    uint8_t both = BIT(SDA_BIT) | BIT(SCL_BIT);
    /* Never drive high: let go of the line first, then pull the other one. */
    BUS_DDR &= (uint8_t) ~(both & ~low);
    BUS_PORT = (uint8_t)((BUS_PORT | both) & ~low);
    BUS_DDR |= low;
}

/* One step of the TWI; its status, or 0 when it does not come to an end. */
static uint8_t step(uint8_t control)
{
    TWCR = (uint8_t)(control | _BV(TWINT) | _BV(TWEN));
    for (uint16_t polls = 0; polls < POLLS_N; polls++)
        if (TWCR & _BV(TWINT))
            return TW_STATUS;
    return 0;
}

static enum plumb_bus_result finish(uint8_t status)
{
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
    for (uint8_t polls = 0; polls < UINT8_MAX && (TWCR & _BV(TWSTO)); polls++)
        ; /* the stop is over within one clock of the bus; should it not be, the next start tells */
    switch (status) {
    case TW_MT_SLA_NACK:
    case TW_MR_SLA_NACK:
    case TW_MT_DATA_NACK:
        return PLUMB_BUS_NACK;
    default:
        return PLUMB_BUS_TIMEOUT;
    }
}

static uint8_t start(uint8_t address, uint8_t direction)
{
    uint8_t status = step(_BV(TWSTA));
    if (status != TW_START && status != TW_REP_START)
        return status == TW_MT_ARB_LOST ? TW_MT_ARB_LOST : 0;
    TWDR = (uint8_t)(address << 1 | direction);
    return step(0);
}

static uint8_t send(uint8_t byte)
{
    TWDR = byte;
    return step(0);
}

/* Address and bytes, without the stop: TW_MT_DATA_ACK when all went well. */
static uint8_t send_all(uint8_t address, const uint8_t *bytes, uint8_t n)
{
    uint8_t status = start(address, TW_WRITE);
    if (status != TW_MT_SLA_ACK)
        return status;
    status = TW_MT_DATA_ACK;
    for (uint8_t i = 0; i < n && status == TW_MT_DATA_ACK; i++)
        status = send(bytes[i]);
    return status;
}

enum plumb_bus_result plumb_port_bus_write(uint8_t address, const uint8_t *bytes, uint8_t n)
{
    uint8_t status = send_all(address, bytes, n);
    enum plumb_bus_result failed = finish(status);
    return status == TW_MT_DATA_ACK ? PLUMB_BUS_OK : failed;
}

/* All but the last byte are acknowledged, which asks for the next. */
static uint8_t receive_all(uint8_t *bytes, uint8_t n)
{
    for (uint8_t i = 0; i < n; i++) {
        uint8_t last = i + 1 == n;
        uint8_t status = step(last ? 0 : _BV(TWEA));
        if (status != (last ? TW_MR_DATA_NACK : TW_MR_DATA_ACK))
            return 0;
        bytes[i] = TWDR;
    }
    return TW_MR_DATA_NACK;
}

enum plumb_bus_result plumb_port_bus_read(uint8_t address, uint8_t from, uint8_t *bytes, uint8_t n)
{
    uint8_t status = send_all(address, &from, 1);
    if (status == TW_MT_DATA_ACK)
        status = start(address, TW_READ);
    if (status == TW_MR_SLA_ACK)
        status = receive_all(bytes, n);
    enum plumb_bus_result failed = finish(status);
    return status == TW_MR_DATA_NACK ? PLUMB_BUS_OK : failed;
}
