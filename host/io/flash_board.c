#include "flash_board.h"

#include <string.h>

/* As Arduino's own boards.txt (package arduino-core-avr) has them. */
#define ATMEGA328P        "m328p", "arduino", "firmware/plumb-firmware-atmega328p.hex"
#define VECTORS_N         26
#define BESIDE_OPTIBOOT   32256
#define BESIDE_ATMEGABOOT 30720

static const struct plumb_flash_board boards[] = {
    {"uno", "Arduino Uno", ATMEGA328P, 115200, BESIDE_OPTIBOOT, VECTORS_N, "nano-old"},
    {"nano", "Arduino Nano", ATMEGA328P, 115200, BESIDE_ATMEGABOOT, VECTORS_N, "nano-old"},
    {"nano-old", "Arduino Nano with the old bootloader", ATMEGA328P, 57600, BESIDE_ATMEGABOOT, VECTORS_N,
     "nano"},
    {"pro-mini", "Arduino Pro Mini, 16 MHz", ATMEGA328P, 57600, BESIDE_ATMEGABOOT, VECTORS_N, "nano"},
};

#define BOARDS_N (sizeof boards / sizeof *boards)

const struct plumb_flash_board *plumb_flash_board_at(size_t which)
{
    return which < BOARDS_N ? &boards[which] : NULL;
}

const struct plumb_flash_board *plumb_flash_board_find(const char *id)
{
    for (size_t i = 0; i < BOARDS_N; i++)
        if (!strcmp(boards[i].id, id))
            return &boards[i];
    return NULL;
}

const struct plumb_flash_board *plumb_flash_board_guess(const char *chip)
{
    if (chip && !strcmp(chip, "Pico"))
        return NULL;
    return plumb_flash_board_find(chip && !strcmp(chip, "Arduino") ? "uno" : "nano");
}
