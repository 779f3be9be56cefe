/* A pty as a line: libserialport refuses it, for it has no modem lines. */
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "message_fail.h"
#include "source_line.h"

bool plumb_pty_is(const char *name)
{
    return !strncmp(name, "/dev/pts/", 9);
}

/* Bytes pass as they are. */
static int set_raw(int fd)
{
    struct termios settings;
    if (tcgetattr(fd, &settings))
        return -1;
    settings.c_iflag &= ~(tcflag_t)(IGNBRK | BRKINT | PARMRK | ISTRIP | INLCR | IGNCR | ICRNL | IXON | IXOFF);
    settings.c_oflag &= ~(tcflag_t)OPOST;
    settings.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | ISIG | IEXTEN);
    settings.c_cflag = (settings.c_cflag & ~(tcflag_t)(CSIZE | PARENB)) | CS8 | CREAD | CLOCAL;
    settings.c_cc[VMIN] = 0;
    settings.c_cc[VTIME] = 0;
    return tcsetattr(fd, TCSANOW, &settings);
}

static int refused(const char *name, int error, struct plumb_message *message)
{
    if (error == EACCES || error == EPERM)
        return plumb_message_fail(message, PLUMB_NO_RIGHT, "%s: no permission; it belongs to a program of another user", name);
    if (error == EBUSY)
        return plumb_line_busy(name, message);
    return plumb_message_fail(
        message, PLUMB_NO_DEVICE, "%s: nobody is at the other end (%s)", name, strerror(error));
}

int plumb_pty_open(const char *name, struct plumb_message *message)
{
    int fd = open(name, O_RDWR | O_NOCTTY | O_NONBLOCK | O_CLOEXEC);
    if (fd < 0)
        return refused(name, errno, message);
    int fail = plumb_line_claim(fd, name, message);
    if (!fail && set_raw(fd))
        fail = refused(name, errno, message);
    if (!fail)
        return fd;
    close(fd);
    return fail;
}

void plumb_pty_close(int fd)
{
    plumb_line_release(fd);
    close(fd);
}
