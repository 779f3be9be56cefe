/* The emulated board at the end of a USB serial port that exists only in a test: opening the port resets it,
 * as DTR does, and the port's speed is that of the host's end of the line. It runs in real time in a process
 * of its own, for bootloaders and avrdude wait by the clock. */
#ifndef PLUMB_TESTS_PLUGGED_BOARD_H
#define PLUMB_TESTS_PLUGGED_BOARD_H

#include <sys/types.h>

#include "../io/fake_port.h"

struct plugged_board {
    struct fake_port port;
    pid_t pid;
};

/* Plugs it in as /dev/NAME, an adapter CH340; `arguments` (NULL-ended) are those of plumb-emulator. */
void plugged_board_begin(
    const struct folder *root, struct plugged_board *board, const char *name, const char *const *arguments);

/* Pulls it out. */
void plugged_board_end(const struct folder *root, struct plugged_board *board);

#endif
