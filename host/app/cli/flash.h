/* What plumb flash is made of. */
#ifndef PLUMB_CLI_FLASH_H
#define PLUMB_CLI_FLASH_H

#include "../../core/message.h"
#include "../../io/flash_board.h"
#include "../../io/source_line.h"

struct plumb_flash_choice {
    char port[PLUMB_LINE_NAME_N];
    const struct plumb_flash_board *board;
    int board_is_guess; /* its bootloader may be another one */
};

/* Finds the port and the board as far as they were not said (NULL). 0, PLUMB_NO_DEVICE where no board is
 * plugged in, PLUMB_USAGE where there are several or it cannot be one of these (those there are have then
 * been listed on stderr), with message. */
int plumb_flash_choose(
    struct plumb_flash_choice *choice, const char *port, const char *board, struct plumb_message *message);

/* Whether this user may have the port and nobody else has it: opens and closes it. The choice's port is then
 * what a link led to. 0 or negative with message. */
int plumb_flash_try_port(struct plumb_flash_choice *choice, struct plumb_message *message);

#endif
