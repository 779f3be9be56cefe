/* Serial ports: which there are, what hangs on them, opening one. libserialport's one home. */
#ifndef PLUMB_PORTS_H
#define PLUMB_PORTS_H

#include <stdbool.h>
#include <stddef.h>

#include "../core/message.h"

struct plumb_port {
    char name[96];    /* "/dev/ttyUSB0" */
    char by_id[256];  /* the name that stays the same: "/dev/serial/by-id/..."; "" where there is none */
    char what[128];   /* "USB2.0-Serial": what the device calls itself; "" where it does not */
    char serial[64];  /* its USB serial number; "" where it has none */
    int vid, pid;     /* of USB; -1 where it is none */
    const char *chip; /* "CH340" where the ids are on the list of boards, else NULL; constant */
    bool usable;      /* this user may read and write it */
    char group[32];   /* who may: "dialout" */
};

struct plumb_ports {
    struct plumb_port *list; /* owned; boards first, then by name */
    size_t n;
};

/* 0, also where there are none. Free with plumb_ports_free. */
int plumb_ports_list(struct plumb_ports *ports, struct plumb_message *message);

void plumb_ports_free(struct plumb_ports *ports);

/* Finds one port by its name among those there are. */
bool plumb_port_find(const char *name, struct plumb_port *port);

/* Says that the user has no right to a port and how to get it; PLUMB_NO_RIGHT. */
int plumb_port_no_right(const char *name, struct plumb_message *message);

struct plumb_port_line; /* an open port */

/* Opens a port at that speed, 8N1, raw, no flow control, input emptied, nobody else let in. Opening raises
 * DTR, which resets most boards. NULL with *fail (PLUMB_NO_DEVICE, PLUMB_NO_RIGHT, PLUMB_FAILED where it is
 * busy) and message. */
struct plumb_port_line *plumb_port_open(const char *name, int baud, int *fail, struct plumb_message *message);

/* For read, write and poll; does not block. Borrowed until plumb_port_close. */
int plumb_port_fd(const struct plumb_port_line *line);

void plumb_port_close(struct plumb_port_line *line);

#endif
