/* avrdude as a child: puts a program on a board through its bootloader and reads it back. No shell, no file
 * of ours on the disk: what was checked goes to it as it was checked. */
#ifndef PLUMB_AVRDUDE_H
#define PLUMB_AVRDUDE_H

#include "../core/message.h"
#include "avrdude_talk.h"
#include "flash_board.h"
#include "intel_hex.h"

struct plumb_avrdude_job {
    const struct plumb_flash_board *board;
    const char *port;                    /* an absolute path, not open */
    const struct plumb_program *program; /* checked */
    int tries_n;                         /* how often the bootloader is called before it is given up */
    void (*tell)(void *context, enum plumb_avrdude_phase phase, double share); /* now and then */
    void *context;
};

/* Whether avrdude is in PATH. 0, or PLUMB_FAILED with a message that says how to get it. */
int plumb_avrdude_find(struct plumb_message *message);

/* 0 once the whole program was written and read back the same. PLUMB_NO_DEVICE where no bootloader answered
 * at the board's speed, PLUMB_LOST where the port went away, else PLUMB_FAILED; with message. */
int plumb_avrdude_run(const struct plumb_avrdude_job *job, struct plumb_message *message);

/* The command as a person would type it, for this file. */
void plumb_avrdude_words(
    const struct plumb_flash_board *board, const char *port, const char *file, char *out, size_t room);

#endif
