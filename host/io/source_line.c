#define _XOPEN_SOURCE 700 /* realpath */
#include "source_line.h"

#include <ctype.h>
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#include "message_fail.h"
#include "ports.h"

/* ---- who has it ---- */

/* Whether process `pid` has a file of that name open. Those of other users cannot be looked into. */
static bool holds(const char *pid, const char *name)
{
    char folder[64], link[64 + NAME_MAX + 2], target[PATH_MAX];
    bool found = false;
    snprintf(folder, sizeof folder, "/proc/%.20s/fd", pid);
    DIR *listing = opendir(folder);
    if (!listing)
        return false;
    for (struct dirent *entry; !found && (entry = readdir(listing));) {
        snprintf(link, sizeof link, "%s/%s", folder, entry->d_name);
        ssize_t n = readlink(link, target, sizeof target - 1);
        target[n > 0 ? n : 0] = '\0';
        found = n > 0 && !strcmp(target, name);
    }
    closedir(listing);
    return found;
}

static void name_program(const char *pid, char *out, size_t room)
{
    char path[64], program[32] = "";
    snprintf(path, sizeof path, "/proc/%.20s/comm", pid);
    FILE *file = fopen(path, "r");
    if (file && !fgets(program, sizeof program, file))
        program[0] = '\0';
    if (file)
        fclose(file);
    program[strcspn(program, "\n")] = '\0';
    snprintf(out, room, " by %s (process %.20s)", program[0] ? program : "a program", pid);
}

int plumb_line_busy(const char *name, struct plumb_message *message)
{
    char who[96] = "";
    long self = (long)getpid();
    DIR *listing = opendir("/proc");
    for (struct dirent *entry; listing && !who[0] && (entry = readdir(listing));)
        if (isdigit((unsigned char)entry->d_name[0]) && strtol(entry->d_name, NULL, 10) != self &&
            holds(entry->d_name, name))
            name_program(entry->d_name, who, sizeof who);
    if (listing)
        closedir(listing);
    return plumb_message_fail(
        message, PLUMB_FAILED, "%s: is in use%s; close that program and try again", name,
        who[0] ? who : " by another program");
}

/* TIOCEXCL keeps out who opens later, but not root; flock keeps out who asks, as this program does. */
int plumb_line_claim(int fd, const char *name, struct plumb_message *message)
{
    if (flock(fd, LOCK_EX | LOCK_NB) && errno == EWOULDBLOCK)
        return plumb_line_busy(name, message);
    ioctl(fd, TIOCEXCL);
    return 0;
}

/* A serial port forgets with its last user; a pty, whose other end stays open, would stay barred. */
void plumb_line_release(int fd)
{
    ioctl(fd, TIOCNXCL);
}

/* ---- the line ---- */

int plumb_line_init(struct plumb_line *line, const char *name, int baud, struct plumb_message *message)
{
    *line = (struct plumb_line){.baud = baud, .fd = -1};
    if (strlen(name) >= sizeof line->wanted)
        return plumb_message_fail(message, PLUMB_USAGE, "serial: the port's name is too long");
    strcpy(line->wanted, name);
    return 0;
}

/* What a link leads to; any other name is its own. */
static void resolve(const char *wanted, char name[PLUMB_LINE_NAME_N])
{
    char real[PATH_MAX];
    struct stat status;
    if (lstat(wanted, &status) == 0 && S_ISLNK(status.st_mode) && realpath(wanted, real) &&
        strlen(real) < PLUMB_LINE_NAME_N)
        strcpy(name, real);
    else
        snprintf(name, PLUMB_LINE_NAME_N, "%s", wanted);
}

static bool is_same_device(const struct plumb_line *line, const struct plumb_port *port)
{
    return port->vid == line->vid && port->pid == line->pid && !strcmp(port->serial, line->serial);
}

/* Where the device is that was open before: under its name, else the one port with its ids. */
static bool find_again(const struct plumb_line *line, char name[PLUMB_LINE_NAME_N])
{
    struct plumb_port port;
    struct plumb_ports ports;
    size_t found = 0;
    if (plumb_port_find(name, &port) && is_same_device(line, &port))
        return true;
    if (plumb_ports_list(&ports, NULL))
        return false;
    for (size_t i = 0; i < ports.n; i++)
        if (is_same_device(line, &ports.list[i]) && !found++)
            snprintf(name, PLUMB_LINE_NAME_N, "%s", ports.list[i].name);
    plumb_ports_free(&ports);
    return found == 1; /* of two alike nobody knows which is ours */
}

static void remember(struct plumb_line *line)
{
    struct plumb_port port;
    if (line->known || !plumb_port_find(line->name, &port) || port.vid < 0)
        return;
    line->vid = port.vid;
    line->pid = port.pid;
    strcpy(line->serial, port.serial);
    line->known = true;
    snprintf(
        line->what, sizeof line->what, "%s%s%s on ", port.chip ? port.chip : port.what,
        port.chip && port.what[0] ? ", " : "", port.chip ? port.what : "");
}

static int open_port(struct plumb_line *line, struct plumb_message *message)
{
    int fail = 0;
    if (line->known && !find_again(line, line->name))
        return plumb_message_fail(message, PLUMB_NO_DEVICE, "%s: is not back yet", line->name);
    line->port = plumb_port_open(line->name, line->baud, &fail, message);
    if (line->port) {
        line->fd = plumb_port_fd(line->port);
        remember(line);
    }
    return fail;
}

int plumb_line_open(struct plumb_line *line, struct plumb_message *message)
{
    resolve(line->wanted, line->name);
    if (!plumb_pty_is(line->name))
        return open_port(line, message);
    int fd = plumb_pty_open(line->name, message);
    line->fd = fd < 0 ? -1 : fd;
    return fd < 0 ? fd : 0;
}

void plumb_line_close(struct plumb_line *line)
{
    if (line->port)
        plumb_port_close(line->port);
    else if (line->fd >= 0)
        plumb_pty_close(line->fd);
    line->port = NULL;
    line->fd = -1;
}
