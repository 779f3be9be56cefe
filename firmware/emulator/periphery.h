/* What the peripherals written here (twi.c, usart.c) need of libsimavr: taking a register over from the
 * simulator's own model, and interrupts that stay requested for as long as their flag is up. */
#ifndef PLUMB_EMULATOR_PERIPHERY_H
#define PLUMB_EMULATOR_PERIPHERY_H

#include "atmega328p.h"

#include <simavr/sim_avr.h>

#include <stdint.h>

/* Who answers when the program writes or reads a register from now on; NULL leaves the simulator's. */
void plumb_register_take(avr_t *avr, uint16_t address, avr_io_write_t write, avr_io_read_t read, void *param);

/* A flag in an I/O register that requests its interrupt whenever flag and enable bit are both set. */
struct plumb_flag {
    avr_t *avr;
    avr_int_vector_t *vector;
    uint16_t flag_register;
    uint8_t flag_bit;
    uint16_t enable_register;
    uint8_t enable_bit;
};

/* Binds the flag to its vector; also makes it request again after an interrupt routine that left it up. */
void plumb_flag_init(struct plumb_flag *flag, avr_t *avr, int vector);
void plumb_flag_raise(struct plumb_flag *flag);
void plumb_flag_lower(struct plumb_flag *flag);
/* The enable bit may have changed: requests if there is reason to. */
void plumb_flag_review(struct plumb_flag *flag);

#endif
