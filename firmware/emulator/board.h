/* The emulated board: an ATmega328P that runs a real image instruction by instruction on libsimavr, with its
 * IMUs, its serial line and its output pins. It lives in world time, which motion records move on. */
#ifndef PLUMB_EMULATOR_BOARD_H
#define PLUMB_EMULATOR_BOARD_H

#include "imus.h"
#include "line.h"
#include "pins.h"
#include "twi.h"
#include "usart.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { PLUMB_EEPROM_N = 1024, PLUMB_BOARD_UP_N = 1024 };

struct plumb_board_imu {
    bool fitted;
    uint8_t address;
    uint8_t who_am_i;
    double clock_ppm; /* error of its oscillator */
};

struct plumb_board_options {
    const char *image;      /* ELF file; NULL: the flash is blank */
    const char *bootloader; /* Intel HEX file in which every reset starts, or NULL */
    double clock_ppm;       /* error of the board's own crystal or resonator */
    double host_baud;
    struct plumb_board_imu imu[PLUMB_MOTION_IMUS_N];
    bool trace; /* tell on stderr what happens */
};

/* Where the board's output goes; called while it runs. */
struct plumb_board_sink {
    void (*up)(void *context, uint64_t world_us, const uint8_t *bytes, size_t n);
    void (*pins)(void *context, uint64_t world_us, uint8_t bits);
    void *context;
};

struct plumb_board {
    avr_t *avr;
    double clock_hz; /* exact, error applied */
    uint64_t steps_n;
    bool hung; /* fault: the program stands still */
    bool trace;
    uint64_t asleep_cycles;
    uint32_t resets_n;
    uint16_t ram_end; /* first RAM address behind the program's own data */
    uint16_t stack_n; /* most stack used up to the last reset */
    uint8_t shown;    /* outputs as the sink knows them */
    struct plumb_pins pins;
    struct plumb_imus imus;
    struct plumb_line line;
    struct plumb_twi twi;
    struct plumb_usart usart;
    struct plumb_board_sink sink;
    uint8_t up[PLUMB_BOARD_UP_N];
    size_t up_n;
    avr_cycle_count_t up_cycle; /* end of the last byte collected */
};

/* Builds the board and powers it on at world time 0. Returns NULL with one sentence in why (why_n bytes) when
 * the image cannot be read. Owned, free with plumb_board_free. */
struct plumb_board *plumb_board_new(
    const struct plumb_board_options *options, const struct plumb_board_sink *sink, char *why, size_t why_n);
void plumb_board_free(struct plumb_board *board);

/* Runs one millisecond of world time in which the IMUs feel the record (PLUMB_MOTION_PAYLOAD_N bytes).
 * Returns 0, or -1 when the program ran into something that is no instruction. */
int plumb_board_step(struct plumb_board *board, const uint8_t *motion);

/* Hands what is collected of the uplink to the sink. */
void plumb_board_flush(struct plumb_board *board);

/* A reset from outside; cause is the MCUSR bit it leaves. */
void plumb_board_reset(struct plumb_board *board, uint8_t cause);

/* World time the CPU has reached. */
double plumb_board_now_us(const struct plumb_board *board);

/* Something about an IMU changed: its interrupt pin and its next event are looked at again. */
void plumb_board_review_imus(struct plumb_board *board);

/* Most bytes of stack used since power-on, the bytes of a program's own painting aside. */
uint16_t plumb_board_stack_used(const struct plumb_board *board);

/* The EEPROM's PLUMB_EEPROM_N bytes, borrowed until the board is freed; may be written before the first step.
 */
uint8_t *plumb_board_eeprom(struct plumb_board *board);

#endif
