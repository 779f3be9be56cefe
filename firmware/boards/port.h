/* What a board gives to the portable core. One folder of boards/ implements it for one microcontroller; the
 * core calls nothing else. No call waits longer than the deadline written here.
 */
#ifndef PLUMB_PORT_H
#define PLUMB_PORT_H

#include <stdint.h>

#include "plumb/wire.h"

/* Outputs, bits for plumb_port_outputs. */
enum plumb_output { PLUMB_OUTPUT_LED = 1 << 0, PLUMB_OUTPUT_VIBRATION = 1 << 1 };

/* Bus lines, bits for plumb_port_bus_drive. */
enum plumb_bus_line { PLUMB_BUS_SDA = 1 << 0, PLUMB_BUS_SCL = 1 << 1 };

enum plumb_bus_result {
    PLUMB_BUS_OK = 0,
    PLUMB_BUS_NACK,    /* nobody answers the address, or the device refuses a byte */
    PLUMB_BUS_TIMEOUT, /* the bus does not move: a line is held, or lost to somebody */
};

struct plumb_port_boot {
    uint8_t board; /* enum plumb_board */
    uint8_t reset; /* enum plumb_reset_cause */
    uint8_t mark;  /* another value after every reset */
    uint32_t baud; /* of the serial line */
};

/* Brings the board up, everything switched off, the line's first byte a delimiter, the watchdog armed. */
void plumb_port_init(struct plumb_port_boot *boot);

/* Microseconds since boot, wrapping. */
uint32_t plumb_port_time_us(void);

/* The watchdog resets the board when this is not called for a quarter of a second. */
void plumb_port_watchdog_kick(void);

/* Sleeps until data are ready or a byte is received, for 40 ms at most. */
void plumb_port_sleep(void);

/* Data-ready moments of IMU `line` since the last call; the newest one's time in *time_us. */
uint8_t plumb_port_ready_take(uint8_t line, uint32_t *time_us);

/* One I2C transfer of a few bytes: each byte within 250 us. */
enum plumb_bus_result plumb_port_bus_write(uint8_t address, const uint8_t *bytes, uint8_t n);
enum plumb_bus_result plumb_port_bus_read(uint8_t address, uint8_t from, uint8_t *bytes, uint8_t n);

/* Takes the bus from its peripheral and pulls the given lines low, letting go of the others; 0 gives it back.
 */
void plumb_port_bus_drive(uint8_t low_lines, uint8_t by_hand);

/* Queues a whole frame for the line: 0, or -1 when there is no room for all of it (nothing is queued). */
int8_t plumb_port_transmit(const uint8_t *frame, uint8_t n);

/* The next byte received: 1 with *byte, or 0. */
uint8_t plumb_port_receive(uint8_t *byte);

/* Bytes lost on reception since boot: overrun, framing, no room. */
uint16_t plumb_port_receive_errors(void);

/* Switches the outputs (enum plumb_output) and the buzzer: its tone, 0 = silent. */
void plumb_port_outputs(uint8_t on, uint16_t tone_hz);

/* Storage that survives power loss, PLUMB_PORT_STORAGE_N bytes. Writing one byte: 0 when it is on its way, -1
 * when the one before is still being written (a few ms). */
#define PLUMB_PORT_STORAGE_N 256
void plumb_port_storage_read(uint16_t at, uint8_t *bytes, uint8_t n);
int8_t plumb_port_storage_write(uint16_t at, uint8_t byte);

/* Bytes of RAM the stack has never touched. */
uint16_t plumb_port_stack_free(void);

#endif
