/* Why something could not be done: whose fault (a code) and one sentence for a person. */
#ifndef PLUMB_MESSAGE_H
#define PLUMB_MESSAGE_H

/* Negative returns of everything that meets the outside. The command line turns them into exit codes. */
enum plumb_fail {
    PLUMB_FAILED = -1, /* the machine: disk, memory, a library */
    PLUMB_USAGE = -2,  /* what was asked for makes no sense */
    PLUMB_NO_DEVICE = -3,
    PLUMB_NO_RIGHT = -4, /* no permission */
    PLUMB_LOST = -5,     /* the device went away */
    PLUMB_DAMAGED = -6,  /* a file is damaged or not understood */
};

struct plumb_message {
    char text[400]; /* UTF-8, no line break; empty while nothing failed */
};

#endif
