/* A small real program for the ATmega328P that does what single bytes on its serial line ask, so that the
 * tests can poke at the emulated silicon: two-wire interface, interrupts, USART, watchdog, sleep.
 *
 *  m            -> MCUSR as it was at boot
 *  R a r n      -> TWI status codes of START, SLA+W, register, repeated START, SLA+R, then n bytes (polled)
 *  W a r v      -> TWI status codes of START, SLA+W, register, value
 *  S            -> 1 if a START completes within some 100 us, else 0 (then the interface is switched off)
 *  P            -> PINC before and after nine SCL pulses made by hand
 *  i            -> number of INT0 edges since boot, low byte first
 *  t            -> Timer1 (clock / 8, wraps) at the last INT0 edge, low byte first
 *  o n          -> waits until n more bytes have passed the line unread, then per byte: UCSR0A, UDR0
 *  w            -> nothing: the watchdog at 16 ms is left alone
 *  z            -> nothing: sleeps with interrupts off, the watchdog at 16 ms ends it
 *  E a v        -> writes EEPROM byte a, answers with what it reads back
 *  L b          -> LED on PB5 to b, answers b
 *  anything else is echoed
 */
#define F_CPU 16000000UL
#include <avr/interrupt.h>
#include <avr/io.h>
#include <avr/sleep.h>
#include <avr/wdt.h>
#include <stdint.h>
#include <util/delay.h>

enum { WAIT_POLLS = 600, BYTE_US = 20 };

static uint8_t boot_cause __attribute__((section(".noinit")));
static volatile uint16_t edges_n, edge_ticks;

void __attribute__((naked, used, section(".init3"))) keep_cause(void)
{
    boot_cause = MCUSR;
    MCUSR = 0;
    wdt_disable();
}

ISR(INT0_vect)
{
    edge_ticks = TCNT1;
    edges_n++;
}

ISR(USART_RX_vect)
{
    UCSR0B &= (uint8_t)~_BV(RXCIE0); /* woken; the loop reads */
}

static void put(uint8_t byte)
{
    while (!(UCSR0A & _BV(UDRE0)))
        ;
    UDR0 = byte;
}

/* Sleeps until a byte is there: the interrupt only wakes. */
static uint8_t get(void)
{
    for (;;) {
        cli();
        if (UCSR0A & _BV(RXC0))
            break;
        UCSR0B |= _BV(RXCIE0);
        sleep_enable();
        sei();
        sleep_cpu();
        sleep_disable();
    }
    sei();
    return UDR0;
}

/* One step of the two-wire interface; 0xFF when it does not end in time. */
static uint8_t twi(uint8_t control)
{
    TWCR = (uint8_t)(_BV(TWINT) | _BV(TWEN) | control);
    for (uint16_t i = 0; i < WAIT_POLLS; i++)
        if (TWCR & _BV(TWINT))
            return TWSR & 0xF8;
    return 0xFF;
}

static uint8_t twi_byte(uint8_t byte)
{
    TWDR = byte;
    return twi(0);
}

static void twi_stop(void)
{
    TWCR = _BV(TWINT) | _BV(TWEN) | _BV(TWSTO);
    while (TWCR & _BV(TWSTO))
        ;
}

static void read_registers(void)
{
    uint8_t address = get(), reg = get(), n = get();
    put(twi(_BV(TWSTA)));
    put(twi_byte((uint8_t)(address << 1)));
    put(twi_byte(reg));
    put(twi(_BV(TWSTA)));
    put(twi_byte((uint8_t)(address << 1 | 1)));
    while (n-- > 0) {
        twi(n > 0 ? _BV(TWEA) : 0);
        put(TWDR);
    }
    twi_stop();
}

static void write_register(void)
{
    uint8_t address = get(), reg = get(), value = get();
    put(twi(_BV(TWSTA)));
    put(twi_byte((uint8_t)(address << 1)));
    put(twi_byte(reg));
    put(twi_byte(value));
    twi_stop();
}

static void try_start(void)
{
    uint8_t status = twi(_BV(TWSTA));
    if (status == 0xFF)
        TWCR = 0;
    else
        twi_stop();
    put(status != 0xFF);
}

static void clock_by_hand(void)
{
    TWCR = 0;
    put(PINC);
    for (uint8_t i = 0; i < 9; i++) {
        DDRC |= _BV(PC5);
        _delay_us(5);
        DDRC &= (uint8_t)~_BV(PC5);
        _delay_us(5);
    }
    put(PINC);
}

static void put_u16(volatile uint16_t *from)
{
    cli();
    uint16_t value = *from;
    sei();
    put((uint8_t)value);
    put((uint8_t)(value >> 8));
}

static void let_overrun(void)
{
    uint8_t n = get();
    for (uint8_t i = 0; i < n + 2; i++)
        _delay_us(BYTE_US);
    while (UCSR0A & _BV(RXC0)) {
        uint8_t status = UCSR0A;
        put(status);
        put(UDR0);
    }
}

static void leave_to_watchdog(uint8_t asleep)
{
    wdt_enable(WDTO_15MS);
    if (asleep) {
        cli();
        sleep_enable();
        sleep_cpu();
    }
    for (;;)
        ;
}

static void use_eeprom(void)
{
    uint8_t at = get(), value = get();
    EEAR = at;
    EEDR = value;
    cli();
    EECR |= _BV(EEMPE);
    EECR |= _BV(EEPE);
    sei();
    while (EECR & _BV(EEPE))
        ;
    EECR |= _BV(EERE);
    put(EEDR);
}

static void light(void)
{
    uint8_t on = get();
    DDRB |= _BV(PB5);
    PORTB = on ? PORTB | _BV(PB5) : PORTB & (uint8_t)~_BV(PB5);
    put(on);
}

static void serve(uint8_t command)
{
    switch (command) {
    case 'm':
        put(boot_cause);
        break;
    case 'R':
        read_registers();
        break;
    case 'W':
        write_register();
        break;
    case 'S':
        try_start();
        break;
    case 'P':
        clock_by_hand();
        break;
    case 'i':
        put_u16(&edges_n);
        break;
    case 't':
        put_u16(&edge_ticks);
        break;
    case 'o':
        let_overrun();
        break;
    case 'w':
    case 'z':
        leave_to_watchdog(command == 'z');
        break;
    case 'E':
        use_eeprom();
        break;
    case 'L':
        light();
        break;
    default:
        put(command);
    }
}

int main(void)
{
    UCSR0A = _BV(U2X0);
    UBRR0 = 3; /* 500000 */
    UCSR0C = _BV(UCSZ01) | _BV(UCSZ00);
    UCSR0B = _BV(RXEN0) | _BV(TXEN0);
    TWBR = 12; /* 400 kHz */
    TCCR1B = _BV(CS11);
    EICRA = _BV(ISC01) | _BV(ISC00);
    EIMSK = _BV(INT0);
    set_sleep_mode(SLEEP_MODE_IDLE);
    sei();
    for (;;)
        serve(get());
}
