/* The list of ports as JSON. */
#ifndef PLUMB_JSON_PORTS_H
#define PLUMB_JSON_PORTS_H

#include "plumb/wire.h"
#include "ports.h"

struct plumb_json_ports; /* owned by who made it, until printed */

struct plumb_json_ports *plumb_json_ports_new(void);

/* hello: what answered on it, or NULL. */
void plumb_json_ports_add(
    struct plumb_json_ports *list, const struct plumb_port *port, const struct plumb_hello *hello);

/* Prints the list on standard output and frees it. */
void plumb_json_ports_print(struct plumb_json_ports *list);

#endif
