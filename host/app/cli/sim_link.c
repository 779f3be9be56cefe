#define _XOPEN_SOURCE 700 /* posix_openpt */

#include "sim_link.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "../../io/message_fail.h"

#define DRAIN_TRIES   100 /* of 20 ms */
#define DRAIN_STEP_MS 20

/* Raw, so that no byte means anything to the terminal. Opening the slave once makes the master tell from then
 * on whether somebody listens. */
static int make_raw(int master, const char *slave_path)
{
    struct termios raw;
    int slave = open(slave_path, O_RDWR | O_NOCTTY);
    int fail = slave < 0 || tcgetattr(slave, &raw);
    if (!fail) {
        raw.c_iflag = 0;
        raw.c_oflag = 0;
        raw.c_lflag = 0;
        raw.c_cflag = CS8 | CREAD | CLOCAL;
        raw.c_cc[VMIN] = 1;
        raw.c_cc[VTIME] = 0;
        fail = tcsetattr(slave, TCSANOW, &raw);
    }
    if (slave >= 0)
        close(slave);
    return fail || fcntl(master, F_SETFL, O_NONBLOCK) ? -1 : 0;
}

static int make_link(const char *target, const char *path)
{
    struct stat old;
    if (lstat(path, &old) == 0 && S_ISLNK(old.st_mode))
        unlink(path);
    return symlink(target, path);
}

int plumb_sim_link_open(struct plumb_sim_link *link, const char *path, struct plumb_message *message)
{
    link->path = NULL;
    link->master = posix_openpt(O_RDWR | O_NOCTTY);
    const char *slave = NULL;
    if (link->master >= 0 && grantpt(link->master) == 0 && unlockpt(link->master) == 0)
        slave = ptsname(link->master);
    if (!slave || make_raw(link->master, slave))
        return plumb_message_fail(message, PLUMB_FAILED, "no pseudo terminal to be had: %s", strerror(errno));
    if (make_link(slave, path))
        return plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be linked: %s", path, strerror(errno));
    link->path = path;
    return 0;
}

int plumb_sim_link_heard(const struct plumb_sim_link *link)
{
    struct pollfd look = {.fd = link->master, .events = POLLIN};
    return poll(&look, 1, 0) >= 0 && !(look.revents & POLLHUP);
}

void plumb_sim_link_put(const struct plumb_sim_link *link, const uint8_t *bytes, size_t n)
{
    while (n && plumb_sim_link_heard(link)) {
        struct pollfd wait = {.fd = link->master, .events = POLLOUT};
        ssize_t put = write(link->master, bytes, n);
        if (put < 0 && errno != EAGAIN && errno != EINTR)
            return;
        if (put < 0) {
            poll(&wait, 1, DRAIN_STEP_MS);
            continue;
        }
        bytes += put;
        n -= (size_t)put;
    }
}

size_t plumb_sim_link_get(const struct plumb_sim_link *link, uint8_t *bytes, size_t n)
{
    ssize_t got = read(link->master, bytes, n);
    return got > 0 ? (size_t)got : 0;
}

/* A terminal's slave keeps up to 4 kB; what is still there is lost with the master. */
static int waiting(int master)
{
    int n = 0;
    return ioctl(master, TIOCOUTQ, &n) == 0 ? n : 0;
}

void plumb_sim_link_close(struct plumb_sim_link *link)
{
    if (link->master < 0)
        return;
    for (int i = 0; i < DRAIN_TRIES && waiting(link->master) && plumb_sim_link_heard(link); i++)
        poll(NULL, 0, DRAIN_STEP_MS);
    poll(NULL, 0, DRAIN_STEP_MS * 5); /* the reader's last read */
    if (link->path)
        unlink(link->path);
    close(link->master);
    link->master = -1;
}
