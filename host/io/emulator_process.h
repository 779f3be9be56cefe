/* The program plumb-emulator as a child: started without a shell, spoken to over one socket, never waited for
 * without a deadline. */
#ifndef PLUMB_EMULATOR_PROCESS_H
#define PLUMB_EMULATOR_PROCESS_H

#include <plumb/motion.h>
#include <stddef.h>
#include <sys/types.h>

#include "../core/message.h"

struct plumb_emulator_process {
    pid_t pid;
    int socket;
    uint8_t in[PLUMB_PIPE_HEAD_N + PLUMB_PIPE_PAYLOAD_N]; /* the record being read */
    uint8_t ahead[16384];                                 /* bytes that came behind it */
    size_t ahead_at, ahead_n;
};

struct plumb_emulator_options {
    const char *image; /* the firmware; NULL: PLUMB_FIRMWARE of the environment, or the one that was built */
    int imus_n;        /* 1: 0x68 only, 2: 0x69 too */
    double clock_fast; /* how much faster than true the board's clock runs: 0.01 is one per cent */
};

/* Starts it. The program is PLUMB_EMULATOR of the environment, or beside the running program, or where it was
 * built. 0, or PLUMB_NO_DEVICE / PLUMB_FAILED with message. */
int plumb_emulator_start(
    struct plumb_emulator_process *process, const struct plumb_emulator_options *options,
    struct plumb_message *message);

/* Sends n bytes of records, all of them. 0, PLUMB_LOST, or PLUMB_FAILED where the emulator gave up and said
 * why; with message. */
int plumb_emulator_send(
    struct plumb_emulator_process *process, const uint8_t *bytes, size_t n, struct plumb_message *message);

/* The next record: its type, or as above with message. *payload is borrowed until the next call. */
int plumb_emulator_receive(
    struct plumb_emulator_process *process, const uint8_t **payload, size_t *n,
    struct plumb_message *message);

/* Ends it and waits until it is gone. */
void plumb_emulator_stop(struct plumb_emulator_process *process);

#endif
