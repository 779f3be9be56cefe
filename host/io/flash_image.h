/* The firmware to put on a board: where it is, and whether it is that. */
#ifndef PLUMB_FLASH_IMAGE_H
#define PLUMB_FLASH_IMAGE_H

#include "find_data.h"
#include "flash_board.h"
#include "intel_hex.h"

/* Where the image for this board is that came along: as installed, or as built. 0, or PLUMB_FAILED. */
int plumb_flash_image_find(
    const struct plumb_flash_board *board, char path[PLUMB_PATH_N], struct plumb_message *message);

/* Reads a file and checks it against the board's chip. 0, PLUMB_DAMAGED, or PLUMB_FAILED, with message. */
int plumb_flash_image_load(
    struct plumb_program *program, const struct plumb_flash_board *board, const char *path,
    struct plumb_message *message);

#endif
