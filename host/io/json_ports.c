#include "json_ports.h"

#include <jansson.h>
#include <stdio.h>

/* The list is a JSON array under a name of its own. */
static json_t *array_of(struct plumb_json_ports *list)
{
    return (json_t *)list;
}

struct plumb_json_ports *plumb_json_ports_new(void)
{
    return (struct plumb_json_ports *)json_array();
}

static json_t *hello_json(const struct plumb_hello *hello)
{
    if (!hello)
        return json_null();
    return json_pack(
        "{s:i, s:I, s:i, s:i, s:i}", "board", hello->board, "serial", (json_int_t)hello->serial, "firmware",
        hello->firmware, "rate_hz", hello->rate_hz, "imus", hello->imus_n);
}

void plumb_json_ports_add(
    struct plumb_json_ports *list, const struct plumb_port *port, const struct plumb_hello *hello)
{
    json_array_append_new(
        array_of(list),
        json_pack(
            "{s:s, s:s, s:s, s:i, s:i, s:s?, s:b, s:s, s:o}", "name", port->name, "by_id", port->by_id,
            "what", port->what, "vid", port->vid, "pid", port->pid, "chip", port->chip, "usable",
            (int)port->usable, "group", port->group, "hello", hello_json(hello)));
}

void plumb_json_ports_print(struct plumb_json_ports *list)
{
    json_dumpf(array_of(list), stdout, JSON_INDENT(1));
    putchar('\n');
    json_decref(array_of(list));
}
