#include "twi.h"

#include <stddef.h>

enum twi_status {
    TWI_START_SENT = 0x08,
    TWI_RESTART_SENT = 0x10,
    TWI_WRITE_ADDRESS_ACK = 0x18,
    TWI_WRITE_ADDRESS_NACK = 0x20,
    TWI_WRITE_DATA_ACK = 0x28,
    TWI_WRITE_DATA_NACK = 0x30,
    TWI_READ_ADDRESS_ACK = 0x40,
    TWI_READ_ADDRESS_NACK = 0x48,
    TWI_READ_DATA_ACK = 0x50,
    TWI_READ_DATA_NACK = 0x58,
    TWI_NO_STATE = 0xF8,
    TWI_STATUS_MASK = 0xF8,
    TWI_PRESCALER_MASK = 0x03,
};

enum { BYTE_CLOCKS_N = 9, CONDITION_CLOCKS_N = 1 }; /* eight bits and the acknowledge; START or STOP */

static double now_us(const struct plumb_twi *twi)
{
    return twi->board.now_us(twi->board.context);
}

static void set_status(struct plumb_twi *twi, uint8_t status)
{
    uint8_t *twsr = &twi->avr->data[AVR_TWSR];
    *twsr = (uint8_t)((status & TWI_STATUS_MASK) | (*twsr & TWI_PRESCALER_MASK));
}

/* SCL = clock / (16 + 2 TWBR 4^TWPS). */
static avr_cycle_count_t clock_cycles(const struct plumb_twi *twi)
{
    const uint8_t *data = twi->avr->data;
    unsigned prescaler = 1u << (2 * (data[AVR_TWSR] & TWI_PRESCALER_MASK));
    return 16u + 2u * data[AVR_TWBR] * prescaler;
}

/* ---- what an action does when its time has passed */

static avr_cycle_count_t action_ends(avr_t *avr, avr_cycle_count_t when, void *param);

static void begin(struct plumb_twi *twi, enum plumb_twi_action action, uint8_t status, int clocks_n)
{
    twi->action = action;
    twi->status = status;
    twi->clock_cycles = clock_cycles(twi);
    twi->action_end = twi->avr->cycle + (avr_cycle_count_t)clocks_n * twi->clock_cycles;
    if (!twi->sda_held)
        avr_cycle_timer_register(twi->avr, twi->action_end - twi->avr->cycle, action_ends, twi);
}

static void begin_start(struct plumb_twi *twi)
{
    uint8_t status = twi->phase == PLUMB_TWI_IDLE ? TWI_START_SENT : TWI_RESTART_SENT;
    begin(twi, PLUMB_TWI_START, status, CONDITION_CLOCKS_N);
}

/* STOP raises no flag; a START asked for in the same breath follows it. */
static void stop_ends(struct plumb_twi *twi)
{
    plumb_imus_stop(twi->imus);
    twi->phase = PLUMB_TWI_IDLE;
    set_status(twi, TWI_NO_STATE);
    twi->avr->data[AVR_TWCR] &= (uint8_t)~AVR_TWSTO;
    if (twi->avr->data[AVR_TWCR] & AVR_TWSTA)
        begin_start(twi);
}

/* The receiver's acknowledge is in TWEA when the ninth clock comes. */
static void read_ends(struct plumb_twi *twi)
{
    uint8_t *data = twi->avr->data;
    data[AVR_TWDR] = plumb_imus_read(twi->imus, now_us(twi));
    twi->status = data[AVR_TWCR] & AVR_TWEA ? TWI_READ_DATA_ACK : TWI_READ_DATA_NACK;
}

static void write_ends(struct plumb_twi *twi)
{
    bool ack = plumb_imus_write(twi->imus, twi->avr->data[AVR_TWDR], now_us(twi));
    twi->status = ack ? TWI_WRITE_DATA_ACK : TWI_WRITE_DATA_NACK;
}

static void address_ends(struct plumb_twi *twi)
{
    uint8_t byte = twi->avr->data[AVR_TWDR];
    bool read = byte & 1;
    bool ack = plumb_imus_start(twi->imus, byte >> 1, read, now_us(twi));
    twi->phase = read ? PLUMB_TWI_READING : PLUMB_TWI_WRITING;
    if (read)
        twi->status = ack ? TWI_READ_ADDRESS_ACK : TWI_READ_ADDRESS_NACK;
    else
        twi->status = ack ? TWI_WRITE_ADDRESS_ACK : TWI_WRITE_ADDRESS_NACK;
}

static avr_cycle_count_t action_ends(avr_t *avr, avr_cycle_count_t when, void *param)
{
    (void)avr, (void)when;
    struct plumb_twi *twi = param;
    enum plumb_twi_action action = twi->action;
    twi->action = PLUMB_TWI_NOTHING;
    if (action == PLUMB_TWI_STOP)
        stop_ends(twi);
    else if (action == PLUMB_TWI_START)
        twi->phase = PLUMB_TWI_STARTED;
    else if (twi->phase == PLUMB_TWI_STARTED)
        address_ends(twi);
    else if (twi->phase == PLUMB_TWI_WRITING)
        write_ends(twi);
    else
        read_ends(twi);
    twi->board.bus_used(twi->board.context);
    if (action == PLUMB_TWI_STOP)
        return 0;
    set_status(twi, twi->status);
    plumb_flag_raise(&twi->flag);
    return 0;
}

/* ---- what the program writes */

static void switch_off(struct plumb_twi *twi)
{
    avr_cycle_timer_cancel(twi->avr, action_ends, twi);
    twi->action = PLUMB_TWI_NOTHING;
    twi->phase = PLUMB_TWI_IDLE;
    plumb_imus_stop(twi->imus);
    plumb_flag_lower(&twi->flag);
    set_status(twi, TWI_NO_STATE);
}

/* TWINT is down and nothing is under way: the control bits say what comes next. */
static void next_action(struct plumb_twi *twi, uint8_t control)
{
    if (control & AVR_TWSTO)
        begin(twi, PLUMB_TWI_STOP, TWI_NO_STATE, CONDITION_CLOCKS_N);
    else if (control & AVR_TWSTA)
        begin_start(twi);
    else if (twi->phase != PLUMB_TWI_IDLE)
        begin(twi, PLUMB_TWI_BYTE, TWI_NO_STATE, BYTE_CLOCKS_N);
}

static void write_control(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    struct plumb_twi *twi = param;
    uint8_t kept = avr->data[address] & (AVR_TWINT | AVR_TWWC);
    bool off = !(value & AVR_TWEN) || (avr->data[AVR_PRR] & AVR_PRR_TWI);
    avr->data[address] = (uint8_t)((value & ~(AVR_TWINT | AVR_TWWC)) | kept);
    if (off) {
        switch_off(twi);
        return;
    }
    if (value & AVR_TWINT)
        plumb_flag_lower(&twi->flag); /* written as one: cleared */
    else if (kept & AVR_TWINT) {
        plumb_flag_review(&twi->flag); /* TWIE may be new; SCL stays low until the flag is cleared */
        return;
    }
    if (twi->action == PLUMB_TWI_NOTHING)
        next_action(twi, value);
}

/* While a byte is on its way the data register is the shift register: a write collides. */
static void write_data(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    const struct plumb_twi *twi = param;
    if (avr->data[AVR_TWCR] & AVR_TWINT)
        avr->data[AVR_TWCR] &= (uint8_t)~AVR_TWWC;
    else
        avr->data[AVR_TWCR] |= AVR_TWWC;
    if (twi->action == PLUMB_TWI_NOTHING)
        avr->data[address] = value;
}

static void write_status(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    (void)param;
    avr->data[address] = (uint8_t)((avr->data[address] & TWI_STATUS_MASK) | (value & TWI_PRESCALER_MASK));
}

static void write_plain(avr_t *avr, avr_io_addr_t address, uint8_t value, void *param)
{
    (void)param;
    avr->data[address] = value;
}

/* ---- the pins: open drain with pull-ups on the sensor board */

static bool driven_low(const avr_t *avr, uint8_t pin)
{
    return (avr->data[AVR_DDRC] & pin) && !(avr->data[AVR_PORTC] & pin);
}

static uint8_t read_pins(avr_t *avr, avr_io_addr_t address, void *param)
{
    const struct plumb_twi *twi = param;
    uint8_t others = (uint8_t)((avr->data[AVR_PORTC] & avr->data[AVR_DDRC]) & ~(AVR_SDA | AVR_SCL));
    bool sda = !twi->sda_held && !driven_low(avr, AVR_SDA);
    bool scl = !driven_low(avr, AVR_SCL);
    avr->data[address] = (uint8_t)(others | (sda ? AVR_SDA : 0) | (scl ? AVR_SCL : 0));
    return avr->data[address];
}

/* Counts the SCL pulses that a program makes by hand to free a sensor stuck within a byte. */
static void port_written(struct avr_irq_t *irq, uint32_t value, void *param)
{
    (void)irq, (void)value;
    struct plumb_twi *twi = param;
    bool low = driven_low(twi->avr, AVR_SCL) && !(twi->avr->data[AVR_TWCR] & AVR_TWEN);
    bool rose = twi->scl_was_low && !low;
    twi->scl_was_low = low;
    if (rose && twi->sda_held && twi->clocks_left_n > 0 && --twi->clocks_left_n == 0)
        plumb_twi_release_sda(twi);
}

void plumb_twi_hold_sda(struct plumb_twi *twi, uint32_t clocks_n)
{
    twi->sda_held = true;
    twi->clocks_left_n = clocks_n;
    avr_cycle_timer_cancel(twi->avr, action_ends, twi);
}

/* SDA rising while SCL is high is a STOP for everybody; a START that waited for a free bus goes ahead. */
void plumb_twi_release_sda(struct plumb_twi *twi)
{
    twi->sda_held = false;
    plumb_imus_stop(twi->imus);
    if (twi->action == PLUMB_TWI_START)
        begin(twi, PLUMB_TWI_START, TWI_START_SENT, CONDITION_CLOCKS_N);
}

/* ---- life */

/* Clocks that a sensor still waits for to send its byte to the end; after an acknowledge the next byte has
 * begun. */
static uint32_t clocks_owed(const struct plumb_twi *twi)
{
    if (twi->phase != PLUMB_TWI_READING || twi->imus->addressed == NULL)
        return 0;
    if (twi->action == PLUMB_TWI_NOTHING)
        return twi->status == TWI_READ_ADDRESS_ACK || twi->status == TWI_READ_DATA_ACK ? BYTE_CLOCKS_N : 0;
    if (twi->action != PLUMB_TWI_BYTE || twi->action_end <= twi->avr->cycle)
        return 0;
    return (uint32_t)((twi->action_end - twi->avr->cycle - 1) / twi->clock_cycles + 1);
}

/* The master died while a sensor was sending. Taken for the worst case, a byte of zeros, which holds SDA. */
static void leave_within_byte(struct plumb_twi *twi)
{
    uint32_t clocks_n = clocks_owed(twi);
    if (clocks_n > 0 && !twi->sda_held)
        plumb_twi_hold_sda(twi, clocks_n);
}

void plumb_twi_reset(struct plumb_twi *twi)
{
    leave_within_byte(twi);
    twi->phase = PLUMB_TWI_IDLE;
    twi->action = PLUMB_TWI_NOTHING;
    plumb_imus_stop(twi->imus);
    twi->avr->data[AVR_TWSR] = TWI_NO_STATE;
    twi->avr->data[AVR_TWDR] = 0xFF;
}

void plumb_twi_init(struct plumb_twi *twi, avr_t *avr, struct plumb_imus *imus, struct plumb_twi_board board)
{
    twi->avr = avr;
    twi->board = board;
    twi->imus = imus;
    twi->flag = (struct plumb_flag){
        .flag_register = AVR_TWCR,
        .flag_bit = AVR_TWINT,
        .enable_register = AVR_TWCR,
        .enable_bit = AVR_TWIE,
    };
    plumb_flag_init(&twi->flag, avr, AVR_VECTOR_TWI);
    plumb_register_take(avr, AVR_TWCR, write_control, NULL, twi);
    plumb_register_take(avr, AVR_TWDR, write_data, NULL, twi);
    plumb_register_take(avr, AVR_TWSR, write_status, NULL, twi);
    plumb_register_take(avr, AVR_TWBR, write_plain, NULL, twi);
    plumb_register_take(avr, AVR_PINC, NULL, read_pins, twi);
    avr->io[AVR_TWDR - AVR_IO_FIRST].r.c = NULL; /* reading is plain */
    avr_irq_register_notify(avr_iomem_getirq(avr, AVR_PORTC, NULL, AVR_IOMEM_IRQ_ALL), port_written, twi);
    avr_irq_register_notify(avr_iomem_getirq(avr, AVR_DDRC, NULL, AVR_IOMEM_IRQ_ALL), port_written, twi);
}
