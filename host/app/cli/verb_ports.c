/* plumb ports: which ports there are and what answers on them. */
#include <stdio.h>

#include "../../core/units.h"
#include "../../io/json_ports.h"
#include "../../io/ports.h"
#include "../live/probe.h"
#include "verb.h"

#define PATIENCE_US (4 * PLUMB_US_PER_S) /* an Arduino sits in its bootloader for up to 2 s after opening */

struct options {
    int json, quiet;
};

enum { OPT_JSON = 'j', OPT_NO_PROBE = 0x100 };

static const struct argp_option option_table[] = {
    {"json", OPT_JSON, NULL, 0, "as JSON", 0},
    {"no-probe", OPT_NO_PROBE, NULL, 0, "do not open the ports (opening resets most boards)", 0},
    {0}};

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    (void)arg;
    if (key == OPT_JSON)
        options->json = 1;
    else if (key == OPT_NO_PROBE)
        options->quiet = 1;
    else
        return ARGP_ERR_UNKNOWN;
    return 0;
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Lists the serial ports and asks each that could be a board who it is.\v"
    "A port that says \"no right\" belongs to a group that you are not in; plumb tells how to join it.",
    NULL,
    NULL,
    NULL};

static void tell_hello(const struct plumb_hello *hello)
{
    printf(
        "  Plumb clip: %s, serial number %08X, firmware %u.%u, %u Hz\n", plumb_board_words(hello->board),
        hello->serial, hello->firmware >> 8, hello->firmware & 0xFFu, hello->rate_hz);
    for (int imu = 0; imu < hello->imus_n; imu++)
        printf(
            "  sensor at 0x%02x: %s\n", hello->imus[imu].address,
            hello->imus[imu].present ? "answers" : "does not answer");
}

/* What answers: 1 with *hello, else 0. */
static int probe(const struct plumb_port *port, const struct options *options, struct plumb_hello *hello)
{
    char uri[160];
    struct plumb_message message = {""};
    if (options->quiet || !port->usable || !port->chip)
        return 0;
    snprintf(uri, sizeof uri, "serial:%s", port->name);
    int heard = plumb_probe(uri, 0, PATIENCE_US, hello, &message);
    if (heard < 0)
        fprintf(stderr, "plumb: %s\n", message.text);
    return heard > 0;
}

static void tell(const struct plumb_port *port, int heard, const struct plumb_hello *hello)
{
    struct plumb_message message = {""};
    printf(
        "%s  %s%s%s\n", port->name, port->chip ? port->chip : port->what, port->usable ? "" : "  (no right)",
        port->chip && port->usable && !heard ? "  (nothing of Plumb answered)" : "");
    if (port->by_id[0])
        printf("  %s\n", port->by_id);
    if (heard)
        tell_hello(hello);
    if (!port->usable) {
        plumb_port_no_right(port->name, &message);
        fprintf(stderr, "plumb: %s\n", message.text);
    }
}

int plumb_verb_ports(int argc, char **argv)
{
    struct options options = {0, 0};
    struct plumb_message message = {""};
    struct plumb_ports ports;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    int fail = plumb_ports_list(&ports, &message);
    if (fail)
        return plumb_complain(fail, &message);
    struct plumb_json_ports *json = options.json ? plumb_json_ports_new() : NULL;
    for (size_t i = 0; i < ports.n; i++) {
        struct plumb_hello hello;
        int heard = probe(&ports.list[i], &options, &hello);
        if (json)
            plumb_json_ports_add(json, &ports.list[i], heard ? &hello : NULL);
        else
            tell(&ports.list[i], heard, &hello);
    }
    if (json)
        plumb_json_ports_print(json);
    else if (!ports.n)
        fputs("plumb: no serial port: is the clip plugged in, with a cable that carries data?\n", stderr);
    int none = ports.n == 0;
    plumb_ports_free(&ports);
    return none ? PLUMB_EXIT_NO_DEVICE : PLUMB_EXIT_DONE;
}
