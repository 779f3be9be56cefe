#include "keys.h"

#include <poll.h>
#include <unistd.h>

void plumb_keys_open(struct plumb_keys *keys)
{
    keys->on = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &keys->before) == 0;
    if (!keys->on)
        return;
    struct termios single = keys->before;
    single.c_lflag &= ~(tcflag_t)(ICANON | ECHO);
    single.c_cc[VMIN] = 0;
    single.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &single);
}

int plumb_keys_read(struct plumb_keys *keys)
{
    struct pollfd wait = {.fd = STDIN_FILENO, .events = POLLIN};
    unsigned char key;
    if (!keys->on || poll(&wait, 1, 0) != 1)
        return 0;
    return read(STDIN_FILENO, &key, 1) == 1 ? key : 0;
}

void plumb_keys_close(struct plumb_keys *keys)
{
    if (keys->on)
        tcsetattr(STDIN_FILENO, TCSANOW, &keys->before);
    keys->on = 0;
}
