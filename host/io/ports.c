#define _XOPEN_SOURCE 700 /* realpath */
#include "ports.h"

#include <dirent.h>
#include <errno.h>
#include <grp.h>
#include <libserialport.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message_fail.h"
#include "source_line.h"

#define ANY (-1)

/* USB ids of the boards and adapters that a clip may have, from their makers' drivers. */
static const struct {
    int vid, pid;
    const char *chip;
} chips[] = {
    {0x2341, ANY, "Arduino"},  {0x2a03, ANY, "Arduino"},   {0x1a86, 0x7523, "CH340"},
    {0x1a86, 0x7522, "CH340"}, {0x1a86, 0x5523, "CH341"},  {0x0403, 0x6001, "FTDI"},
    {0x0403, 0x6015, "FTDI"},  {0x10c4, 0xea60, "CP210x"}, {0x067b, 0x2303, "PL2303"},
    {0x2e8a, 0x000a, "Pico"},
};

static const char *find_chip(int vid, int pid)
{
    for (size_t i = 0; i < sizeof chips / sizeof *chips; i++)
        if (chips[i].vid == vid && (chips[i].pid == ANY || chips[i].pid == pid))
            return chips[i].chip;
    return NULL;
}

/* ---- what there is ---- */

static void copy(char *out, size_t room, const char *text)
{
    snprintf(out, room, "%s", text ? text : "");
}

/* The group that owns a device: the one to join. */
static void find_group(const char *name, char *group, size_t room)
{
    struct stat status;
    const struct group *entry = stat(name, &status) == 0 ? getgrgid(status.st_gid) : NULL;
    copy(group, room, entry ? entry->gr_name : "dialout");
}

/* The link below /dev/serial/by-id that leads to the port. */
static void find_by_id(struct plumb_port *port)
{
    static const char folder[] = "/dev/serial/by-id";
    DIR *listing = opendir(folder);
    if (!listing)
        return;
    for (struct dirent *entry; (entry = readdir(listing));) {
        char link[sizeof folder + NAME_MAX + 2], real[PATH_MAX];
        snprintf(link, sizeof link, "%s/%s", folder, entry->d_name);
        if (strlen(link) < sizeof port->by_id && realpath(link, real) && !strcmp(real, port->name))
            strcpy(port->by_id, link);
    }
    closedir(listing);
}

static void describe(struct plumb_port *port, const struct sp_port *found)
{
    *port = (struct plumb_port){.vid = -1, .pid = -1};
    copy(port->name, sizeof port->name, sp_get_port_name(found));
    if (sp_get_port_usb_vid_pid(found, &port->vid, &port->pid) == SP_OK) {
        copy(port->what, sizeof port->what, sp_get_port_usb_product(found));
        copy(port->serial, sizeof port->serial, sp_get_port_usb_serial(found));
    }
    port->chip = find_chip(port->vid, port->pid);
    port->usable = access(port->name, R_OK | W_OK) == 0;
    find_group(port->name, port->group, sizeof port->group);
    find_by_id(port);
}

static int boards_first(const void *a, const void *b)
{
    const struct plumb_port *x = a, *y = b;
    if (!x->chip != !y->chip)
        return x->chip ? -1 : 1;
    return strcmp(x->name, y->name);
}

int plumb_ports_list(struct plumb_ports *ports, struct plumb_message *message)
{
    struct sp_port **found = NULL;
    size_t n = 0;
    *ports = (struct plumb_ports){0};
    if (sp_list_ports(&found) != SP_OK || !found)
        return 0; /* a machine without any serial driver has no list at all */
    while (found[n])
        n++;
    ports->list = calloc(n + 1, sizeof *ports->list);
    for (size_t i = 0; i < n && ports->list; i++)
        describe(&ports->list[ports->n++], found[i]);
    sp_free_port_list(found);
    if (!ports->list)
        return plumb_message_fail(message, PLUMB_FAILED, "ports: out of memory");
    qsort(ports->list, ports->n, sizeof *ports->list, boards_first);
    return 0;
}

void plumb_ports_free(struct plumb_ports *ports)
{
    free(ports->list);
    *ports = (struct plumb_ports){0};
}

bool plumb_port_find(const char *name, struct plumb_port *port)
{
    struct sp_port *found;
    if (sp_get_port_by_name(name, &found) != SP_OK)
        return false;
    describe(port, found);
    sp_free_port(found);
    return true;
}

/* ---- one of them ---- */

struct plumb_port_line {
    struct sp_port *port;
    int fd;
};

/* Nobody should join root's own group: that is a port the system keeps for itself. */
int plumb_port_no_right(const char *name, struct plumb_message *message)
{
    char group[32];
    find_group(name, group, sizeof group);
    if (!strcmp(group, "root"))
        return plumb_message_fail(
            message, PLUMB_NO_RIGHT, "%s: no permission; it is the administrator's alone", name);
    return plumb_message_fail(
        message, PLUMB_NO_RIGHT,
        "%s: no permission; the group %s has it: run `sudo usermod -aG %s $USER`, then log out and in again",
        name, group, group);
}

static int refused(const char *name, int error, struct plumb_message *message)
{
    if (error == EACCES || error == EPERM)
        return plumb_port_no_right(name, message);
    if (error == EBUSY)
        return plumb_line_busy(name, message);
    if (error == ENOENT || error == ENODEV || error == ENXIO)
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE, "%s: nothing is plugged in there (`plumb ports` lists what is)", name);
    return plumb_message_fail(message, PLUMB_FAILED, "%s: %s", name, strerror(error));
}

/* All settings in one go, so that the board sees one change of its line. */
static bool configure(struct sp_port *port, int baud)
{
    struct sp_port_config *config;
    if (sp_new_config(&config) != SP_OK)
        return false;
    bool done = sp_set_config_baudrate(config, baud) == SP_OK && sp_set_config_bits(config, 8) == SP_OK &&
                sp_set_config_parity(config, SP_PARITY_NONE) == SP_OK &&
                sp_set_config_stopbits(config, 1) == SP_OK &&
                sp_set_config_flowcontrol(config, SP_FLOWCONTROL_NONE) == SP_OK &&
                sp_set_config(port, config) == SP_OK;
    sp_free_config(config);
    return done;
}

static int set_up(struct plumb_port_line *line, const char *name, int baud, struct plumb_message *message)
{
    if (sp_get_port_handle(line->port, &line->fd) != SP_OK)
        return refused(name, EIO, message);
    int fail = plumb_line_claim(line->fd, name, message);
    if (!fail && !configure(line->port, baud))
        fail = refused(name, errno ? errno : EIO, message);
    if (!fail)
        sp_flush(line->port, SP_BUF_INPUT);
    return fail;
}

struct plumb_port_line *plumb_port_open(const char *name, int baud, int *fail, struct plumb_message *message)
{
    struct plumb_port_line *line = calloc(1, sizeof *line);
    if (!line) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", name);
        return NULL;
    }
    errno = 0;
    *fail = sp_get_port_by_name(name, &line->port) == SP_OK ? 0 : refused(name, ENOENT, message);
    if (!*fail) {
        if (sp_open(line->port, SP_MODE_READ_WRITE) != SP_OK)
            *fail = refused(name, sp_last_error_code(), message);
        else if ((*fail = set_up(line, name, baud, message)))
            sp_close(line->port);
    }
    if (!*fail)
        return line;
    if (line->port)
        sp_free_port(line->port);
    free(line);
    return NULL;
}

int plumb_port_fd(const struct plumb_port_line *line)
{
    return line->fd;
}

void plumb_port_close(struct plumb_port_line *line)
{
    plumb_line_release(line->fd);
    sp_close(line->port);
    sp_free_port(line->port);
    free(line);
}
