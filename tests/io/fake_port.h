/* USB serial ports that exist only in a test: a pty, what sysfs would say of it, and the shim in between. */
#ifndef PLUMB_TESTS_FAKE_PORT_H
#define PLUMB_TESTS_FAKE_PORT_H

#include "folder.h"

struct fake_port {
    int master;   /* the device's end; does not block */
    char pts[64]; /* the host's end */
    char name[32];
};

/* Where the ports of this test are to be found; sets PLUMB_SHIM_ROOT. */
void fake_ports_begin(struct folder *root);
void fake_ports_end(const struct folder *root);

/* A pty of its own. */
void fake_pty_open(struct fake_port *port);

/* Plugs in a device as /dev/NAME. */
void fake_port_plug(
    const struct folder *root, struct fake_port *port, const char *name, const char *vid, const char *pid,
    const char *serial);

/* Pulls it out: the line hangs up and its name is gone. */
void fake_port_pull(const struct folder *root, struct fake_port *port);

#endif
