/* Single keys from the terminal, without Enter. */
#ifndef PLUMB_KEYS_H
#define PLUMB_KEYS_H

#include <termios.h>

struct plumb_keys {
    int on; /* standard input is a terminal */
    struct termios before;
};

void plumb_keys_open(struct plumb_keys *keys);

/* The next key pressed, or 0. Never waits. */
int plumb_keys_read(struct plumb_keys *keys);

void plumb_keys_close(struct plumb_keys *keys);

#endif
