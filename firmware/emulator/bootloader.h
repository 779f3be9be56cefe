/* A chip that comes with a bootloader and nothing else: programs are put into it over its serial line. */
#ifndef PLUMB_EMULATOR_BOOTLOADER_H
#define PLUMB_EMULATOR_BOOTLOADER_H

#include <simavr/sim_avr.h>

#include <stddef.h>

/* Puts an Intel HEX file into the flash and lets every reset start at its lowest address, as the BOOTRST fuse
 * does. The rest of the flash stays as it is. Returns 0, or -1 with one sentence in why. */
int plumb_bootloader_load(avr_t *avr, const char *path, char *why, size_t why_n);

#endif
