/* The two-wire interface of the ATmega328P as a bus master, with the status codes and the timing of the data
 * sheet (DS40002061, chapter 22).
 *
 * libsimavr 1.6's own model never lowers TWINT for a program that polls, reports an acknowledged address as
 * acknowledged data, lets every byte take 9 us whatever the bit rate and cannot get stuck; this one takes its
 * registers over.
 */
#ifndef PLUMB_EMULATOR_TWI_H
#define PLUMB_EMULATOR_TWI_H

#include "imus.h"
#include "periphery.h"

enum plumb_twi_phase {
    PLUMB_TWI_IDLE,    /* the bus is free */
    PLUMB_TWI_STARTED, /* START sent, the address is next */
    PLUMB_TWI_WRITING,
    PLUMB_TWI_READING,
};

enum plumb_twi_action { PLUMB_TWI_NOTHING, PLUMB_TWI_START, PLUMB_TWI_STOP, PLUMB_TWI_BYTE };

/* What the bus needs of the board around it. */
struct plumb_twi_board {
    double (*now_us)(const void *context); /* world time */
    void (*bus_used)(void *context);       /* an IMU may have changed its interrupt pin or its pace */
    void *context;
};

struct plumb_twi {
    avr_t *avr;
    struct plumb_imus *imus;
    struct plumb_twi_board board;
    struct plumb_flag flag;
    enum plumb_twi_phase phase;
    enum plumb_twi_action action;   /* in progress */
    uint8_t status;                 /* to report when it ends */
    avr_cycle_count_t action_end;   /* when it ends */
    avr_cycle_count_t clock_cycles; /* of SCL while it lasts */
    bool sda_held;                  /* somebody holds SDA low: nothing ends */
    uint32_t clocks_left_n;         /* SCL pulses by hand that free SDA; 0: none do */
    bool scl_was_low;
};

/* Takes the TWI registers and the pins PC4, PC5 of a freshly made AVR over; imus is borrowed. */
void plumb_twi_init(struct plumb_twi *twi, avr_t *avr, struct plumb_imus *imus, struct plumb_twi_board board);

/* After each reset of the AVR. A sensor that was sending a byte is left in it and holds SDA until clocked on.
 */
void plumb_twi_reset(struct plumb_twi *twi);

/* Fault: SDA is held low until released, or until clocks_n pulses of SCL made by hand (0: not by them). */
void plumb_twi_hold_sda(struct plumb_twi *twi, uint32_t clocks_n);
void plumb_twi_release_sda(struct plumb_twi *twi);

#endif
