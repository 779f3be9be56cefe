/* Addresses (data space), bits and vectors of the ATmega328P that the emulator touches; Microchip DS40002061,
 * chapters "Register summary" and "Interrupt vectors". */
#ifndef PLUMB_EMULATOR_ATMEGA328P_H
#define PLUMB_EMULATOR_ATMEGA328P_H

#define PLUMB_BOARD_CLOCK_HZ 16000000.0 /* nominal crystal of the board */

enum plumb_avr_register {
    AVR_DDRB = 0x24,
    AVR_PORTB = 0x25,
    AVR_PINC = 0x26,
    AVR_DDRC = 0x27,
    AVR_PORTC = 0x28,
    AVR_PIND = 0x29,
    AVR_DDRD = 0x2A,
    AVR_PORTD = 0x2B,
    AVR_MCUSR = 0x54,
    AVR_PRR = 0x64,
    AVR_TCCR2A = 0xB0,
    AVR_TCCR2B = 0xB1,
    AVR_TWBR = 0xB8,
    AVR_TWSR = 0xB9,
    AVR_TWDR = 0xBB,
    AVR_TWCR = 0xBC,
    AVR_UCSR0A = 0xC0,
    AVR_UCSR0B = 0xC1,
    AVR_UCSR0C = 0xC2,
    AVR_UBRR0L = 0xC4,
    AVR_UBRR0H = 0xC5,
    AVR_UDR0 = 0xC6,
    AVR_IO_FIRST = 0x20, /* data-space address of I/O register 0 */
    AVR_RAM_FIRST = 0x100,
};

enum plumb_avr_bit {
    AVR_MCUSR_POWER = 1 << 0,
    AVR_MCUSR_BUTTON = 1 << 1,
    AVR_MCUSR_BROWN_OUT = 1 << 2,
    AVR_MCUSR_WATCHDOG = 1 << 3,
    AVR_PRR_TWI = 1 << 7,
    AVR_PRR_USART = 1 << 1,
    AVR_TWINT = 1 << 7,
    AVR_TWEA = 1 << 6,
    AVR_TWSTA = 1 << 5,
    AVR_TWSTO = 1 << 4,
    AVR_TWWC = 1 << 3,
    AVR_TWEN = 1 << 2,
    AVR_TWIE = 1 << 0,
    AVR_RXC = 1 << 7, /* UCSR0A */
    AVR_TXC = 1 << 6,
    AVR_UDRE = 1 << 5,
    AVR_FE = 1 << 4,
    AVR_DOR = 1 << 3,
    AVR_U2X = 1 << 1,
    AVR_RXCIE = 1 << 7, /* UCSR0B: same places as the flags they enable */
    AVR_TXCIE = 1 << 6,
    AVR_UDRIE = 1 << 5,
    AVR_RXEN = 1 << 4,
    AVR_TXEN = 1 << 3,
    AVR_COM2A = 3 << 6, /* TCCR2A: timer 2 drives OC2A */
    AVR_CS2 = 7 << 0,   /* TCCR2B: its clock */
    AVR_OC2A = 1 << 3,  /* port B */
    AVR_SDA = 1 << 4,   /* port C */
    AVR_SCL = 1 << 5,
};

enum plumb_avr_vector {
    AVR_VECTOR_USART_RX = 18,
    AVR_VECTOR_USART_UDRE = 19,
    AVR_VECTOR_USART_TX = 20,
    AVR_VECTOR_TWI = 24,
};

#endif
