/* Which pin does what on the ATmega328P (Arduino names in brackets). README.md has the same as a table. */
#ifndef PLUMB_ATMEGA328P_PINS_H
#define PLUMB_ATMEGA328P_PINS_H

#include <avr/io.h>

#define LED_PORT       PORTB
#define LED_DDR        DDRB
#define LED_BIT        PB5 /* [13], the lamp on the board */
#define BUZZER_DDR     DDRB
#define BUZZER_BIT     PB3 /* [11], OC2A: Timer 2 makes the tone */
#define VIBRATION_PORT PORTD
#define VIBRATION_DDR  DDRD
#define VIBRATION_BIT  PD6 /* [6], through a transistor */
#define READY_DDR      DDRD
#define READY0_BIT     PD2 /* [2], INT0: data-ready of the IMU at 0x68 */
#define READY1_BIT     PD3 /* [3], INT1: of the IMU at 0x69, may be left open */
#define BUS_PORT       PORTC
#define BUS_DDR        DDRC
#define SDA_BIT        PC4 /* [A4] */
#define SCL_BIT        PC5 /* [A5] */

#define BIT(n) ((uint8_t)(1u << (n)))

#endif
