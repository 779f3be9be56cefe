/* Which port, which board. */
#include <stdio.h>
#include <string.h>

#include "../../io/message_fail.h"
#include "../../io/ports.h"
#include "flash.h"

static void list(const struct plumb_ports *ports)
{
    for (size_t i = 0; i < ports->n; i++)
        if (ports->list[i].chip)
            fprintf(
                stderr, "  %s  %s%s%s\n", ports->list[i].name, ports->list[i].chip,
                ports->list[i].what[0] ? ", " : "", ports->list[i].what);
}

/* The one board that is plugged in; how many there are. */
static size_t find_one(const struct plumb_ports *ports, const struct plumb_port **one)
{
    size_t n = 0;
    for (size_t i = 0; i < ports->n; i++)
        if (ports->list[i].chip && !n++)
            *one = &ports->list[i];
    return n;
}

static int
choose_port(struct plumb_flash_choice *choice, struct plumb_port *port, struct plumb_message *message)
{
    struct plumb_ports ports;
    const struct plumb_port *one = NULL;
    int fail = plumb_ports_list(&ports, message);
    if (fail)
        return fail;
    size_t n = find_one(&ports, &one);
    if (n == 1) {
        *port = *one;
        snprintf(choice->port, sizeof choice->port, "%s", one->name);
    } else if (n > 1)
        list(&ports);
    plumb_ports_free(&ports);
    if (n == 1)
        return 0;
    return n ? plumb_message_fail(
                   message, PLUMB_USAGE, "%zu boards are plugged in: say which one with --port", n)
             : plumb_message_fail(
                   message, PLUMB_NO_DEVICE,
                   "no board is plugged in; is the cable one that carries data? (--port names an unusual "
                   "port)");
}

static int choose_board(
    struct plumb_flash_choice *choice, const struct plumb_port *port, const char *board,
    struct plumb_message *message)
{
    choice->board_is_guess = !board;
    choice->board = board ? plumb_flash_board_find(board) : plumb_flash_board_guess(port->chip);
    if (choice->board)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: is a %s, for which Plumb has no firmware yet", choice->port, port->chip);
}

int plumb_flash_choose(
    struct plumb_flash_choice *choice, const char *port, const char *board, struct plumb_message *message)
{
    struct plumb_port found = {.vid = -1, .pid = -1};
    int fail = 0;
    if (port)
        snprintf(choice->port, sizeof choice->port, "%s", port);
    if (port)
        plumb_port_find(port, &found); /* where it is none, opening it will say so */
    else
        fail = choose_port(choice, &found, message);
    return fail ? fail : choose_board(choice, &found, board, message);
}

int plumb_flash_try_port(struct plumb_flash_choice *choice, struct plumb_message *message)
{
    struct plumb_line line;
    int fail = plumb_line_init(&line, choice->port, choice->board->baud, message);
    if (!fail)
        fail = plumb_line_open(&line, message);
    if (fail)
        return fail;
    plumb_line_close(&line);
    snprintf(choice->port, sizeof choice->port, "%s", line.name);
    if (choice->port[0] == '/')
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: --port wants the whole name, as in /dev/ttyUSB0", choice->port);
}
