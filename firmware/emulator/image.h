/* An ELF image into the flash of a fresh ATmega328P, and how much of its RAM the stack has touched. */
#ifndef PLUMB_EMULATOR_IMAGE_H
#define PLUMB_EMULATOR_IMAGE_H

#include <simavr/sim_avr.h>

#include <stddef.h>
#include <stdint.h>

/* An ATmega328P with the image loaded (NULL: with a blank flash), running at nominally 16 MHz, or NULL with
 * one sentence in why. *ram_end: first RAM address behind the image's own data. Owned, free with
 * plumb_image_unload. */
avr_t *plumb_image_load(const char *path, uint16_t *ram_end, char *why, size_t why_n);
void plumb_image_unload(avr_t *avr);

/* Fills the RAM from ram_end up, so that what the stack touches can be told later. */
void plumb_image_paint(avr_t *avr, uint16_t ram_end);

/* Most bytes of stack ever used since the paint. */
uint16_t plumb_image_stack_used(const avr_t *avr, uint16_t ram_end);

#endif
