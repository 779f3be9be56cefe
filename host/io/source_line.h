/* A line of bytes that can be opened, go away and come back: a serial port, or a pty standing in for one. */
#ifndef PLUMB_SOURCE_LINE_H
#define PLUMB_SOURCE_LINE_H

#include <stdbool.h>

#include "../core/message.h"

#define PLUMB_LINE_NAME_N 512

struct plumb_port_line;

struct plumb_line {
    char wanted[PLUMB_LINE_NAME_N]; /* as it was asked for: a name, or a link that stays the same */
    char name[PLUMB_LINE_NAME_N];   /* what that was when it was opened last */
    char what[300];                 /* for a person */
    int baud;
    int vid, pid; /* of the port opened first, by which it is known when it comes back under another name */
    char serial[64];
    bool known;                   /* vid, pid and serial are set */
    int fd;                       /* -1 while closed; does not block */
    struct plumb_port_line *port; /* NULL for a pty */
};

/* A line to be opened; nothing is touched yet. 0 or PLUMB_USAGE. */
int plumb_line_init(struct plumb_line *line, const char *name, int baud, struct plumb_message *message);

/* Opens it, also again after it went away: by its name, else wherever the same device is now. 0 or negative
 * with message. */
int plumb_line_open(struct plumb_line *line, struct plumb_message *message);

void plumb_line_close(struct plumb_line *line);

/* Keeps other programs out. 0, or PLUMB_FAILED with a message that says who has it. */
int plumb_line_claim(int fd, const char *name, struct plumb_message *message);

/* Lets others in again; before it is closed. */
void plumb_line_release(int fd);

/* Says that somebody has it; PLUMB_FAILED. */
int plumb_line_busy(const char *name, struct plumb_message *message);

/* Opens a pty raw. A descriptor, or negative enum plumb_fail with message. source_pty.c. */
int plumb_pty_open(const char *name, struct plumb_message *message);
void plumb_pty_close(int fd);

/* Whether the name is that of a pty's end. */
bool plumb_pty_is(const char *name);

#endif
