/* The boards that Plumb's firmware can be put on, and how their bootloaders are spoken to. */
#ifndef PLUMB_FLASH_BOARD_H
#define PLUMB_FLASH_BOARD_H

#include <stddef.h>

struct plumb_flash_board {
    const char *id, *words;
    const char *part, *programmer; /* as avrdude calls them */
    const char *image;             /* below the shared folder, and in the build tree */
    int baud;                      /* of the bootloader */
    size_t room_n;                 /* bytes of flash that it leaves to a program */
    size_t vectors_n;              /* of the chip */
    const char *other;             /* id of the board that it is mistaken for */
};

/* The boards in order; NULL behind the last. */
const struct plumb_flash_board *plumb_flash_board_at(size_t which);

/* By id; NULL where there is none. */
const struct plumb_flash_board *plumb_flash_board_find(const char *id);

/* What hangs on a port, as far as its USB chip (plumb_port.chip, may be NULL) tells; NULL for a board whose
 * firmware this is not. */
const struct plumb_flash_board *plumb_flash_board_guess(const char *chip);

#endif
