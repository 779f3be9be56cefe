/* The USART of the ATmega328P and the line it hangs on (DS40002061, chapter 20): transmit buffer and shift
 * register, receive buffer of two and shift register with overruns, exact bit times.
 *
 * libsimavr 1.6's own model counts 11 bits to a byte, has a receive buffer of 64 and no double-buffered
 * transmitter; this one takes its registers over.
 */
#ifndef PLUMB_EMULATOR_USART_H
#define PLUMB_EMULATOR_USART_H

#include "line.h"
#include "periphery.h"

#include <stdbool.h>
#include <stddef.h>

enum {
    PLUMB_USART_RECEIVED_N = 3, /* two in the buffer, one in the shift register */
    PLUMB_USART_DOWN_N = 65536, /* bytes the host may have under way */
};

/* A byte whose stop bit has passed the far end of the line. */
typedef void (*plumb_usart_sent)(void *context, avr_cycle_count_t cycle, uint8_t byte, bool arrived);

struct plumb_usart {
    avr_t *avr;
    struct plumb_line *line;
    double clock_hz; /* of the board, exact */
    plumb_usart_sent sent;
    void *context;
    struct plumb_flag received_flag, empty_flag, complete_flag;
    bool sending, buffered; /* shift register, transmit buffer in use */
    uint8_t shift, buffer;
    uint8_t received[PLUMB_USART_RECEIVED_N];
    bool framing_error[PLUMB_USART_RECEIVED_N];
    int received_n;
    bool overrun; /* shown with the next byte read */
    uint8_t down[PLUMB_USART_DOWN_N];
    size_t down_first, down_n;
};

/* Takes the USART registers of a freshly made AVR over; line is borrowed, sent is told of every byte. */
void plumb_usart_init(
    struct plumb_usart *usart, avr_t *avr, struct plumb_line *line, double clock_hz, plumb_usart_sent sent,
    void *context);

/* After each reset of the AVR: what was on its way within the chip is gone, what is on the line still comes.
 */
void plumb_usart_reset(struct plumb_usart *usart);

/* Bytes from the host, one after the other at the line's own speed. Returns 0, or -1 when too many are under
 * way (PLUMB_USART_DOWN_N). */
int plumb_usart_feed(struct plumb_usart *usart, const uint8_t *bytes, size_t n);

#endif
