/* What the files of this board tell each other. */
#ifndef PLUMB_ATMEGA328P_BOARD_H
#define PLUMB_ATMEGA328P_BOARD_H

#include <stdint.h>

#ifndef PLUMB_BAUD
#define PLUMB_BAUD 500000UL
#endif

void plumb_board_clock_init(void);
void plumb_board_uart_init(void);
void plumb_board_bus_init(void);
void plumb_board_ready_init(void);
void plumb_board_outputs_init(void);

/* With interrupts off: something waits that sleep must not delay. */
uint8_t plumb_board_ready_waits(void);
uint8_t plumb_board_uart_waits(void);
uint8_t plumb_board_clock_ticked(void); /* since the last call: every 33 ms */

#endif
