/* The EEPROM of the board in a file, so that what the program stored is there at the next start. */
#ifndef PLUMB_EMULATOR_EEPROM_FILE_H
#define PLUMB_EMULATOR_EEPROM_FILE_H

#include "board.h"

struct plumb_eeprom_file {
    const char *path; /* NULL: nothing is kept */
    uint8_t kept[PLUMB_EEPROM_N];
};

/* Loads the file, where there is one, into the board; a missing file is a blank EEPROM. Returns 0, or -1 with
 * one sentence in why. */
int plumb_eeprom_file_load(
    struct plumb_eeprom_file *file, const char *path, struct plumb_board *board, char *why, size_t why_n);

/* Writes the file anew (temporary name, then renamed) if the board has changed its EEPROM. Returns 0 or -1.
 */
int plumb_eeprom_file_keep(
    struct plumb_eeprom_file *file, struct plumb_board *board, char *why, size_t why_n);

#endif
