/* The emulator's command line. */
#ifndef PLUMB_EMULATOR_OPTIONS_H
#define PLUMB_EMULATOR_OPTIONS_H

#include "board.h"

#include <stdio.h>

struct plumb_options {
    struct plumb_board_options board;
    const char *eeprom; /* file that keeps the EEPROM between runs, or NULL */
    bool help;
};

/* Reads the command line. Returns 0, or -1 with one sentence in why. The strings are borrowed from argv. */
int plumb_options_read(struct plumb_options *options, int argc, char **argv, char *why, size_t why_n);

void plumb_options_help(FILE *out);

#endif
