#include "source_auto.h"

#include <stdio.h>

#include "../core/link.h"
#include "message_fail.h"
#include "plumb/frame.h"
#include "ports.h"
#include "source.h"
#include "source_queue.h"

#define ANSWER_US                                                                                            \
    4000000 /* a bootloader takes up to two seconds, the firmware's probing of its sensors the rest */
#define ASK_US 500000

/* Whether the bytes hold a frame that is sound. */
static bool has_frame(struct plumb_link *link, const uint8_t *bytes, size_t n)
{
    struct plumb_link_message message;
    while (n) {
        size_t used = plumb_link_feed(link, bytes, n, &message);
        bytes += used;
        n -= used;
        if (message.kind != PLUMB_LINK_NONE)
            return true;
    }
    return false;
}

static void ask(struct plumb_source *source)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    plumb_source_write(source, frame, plumb_frame_encode(frame, PLUMB_HELLO_REQUEST, NULL, 0));
}

/* Whether something that speaks Plumb's language is on that port. */
static bool answers(const char *uri)
{
    int fail;
    struct plumb_source_event event;
    struct plumb_link link;
    bool found = false;
    struct plumb_source *source = plumb_source_open(uri, &fail, NULL);
    if (!source)
        return false;
    plumb_link_init(&link);
    int64_t now_us = plumb_source_now_us(), until_us = now_us + ANSWER_US;
    for (int64_t ask_us = now_us; !found && now_us < until_us; now_us = plumb_source_now_us()) {
        if (now_us >= ask_us) {
            ask(source);
            ask_us += ASK_US;
        }
        if (plumb_source_read(source, ASK_US / 10, &event))
            break;
        found = event.kind == PLUMB_SOURCE_BYTES && has_frame(&link, event.bytes, event.bytes_n);
    }
    plumb_source_close(source);
    return found;
}

static int nothing_found(const struct plumb_port *barred, size_t asked_n, struct plumb_message *message)
{
    if (asked_n)
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE,
            "none of %zu ports answered as a Plumb clip (`plumb ports` lists them; `plumb flash` writes the "
            "firmware)",
            asked_n);
    if (barred)
        return plumb_port_no_right(barred->name, message);
    return plumb_message_fail(
        message, PLUMB_NO_DEVICE,
        "no clip is plugged in; to try Plumb without one: --source sim:supine-edge-demo");
}

static void make_uri(char uri[PLUMB_SOURCE_AUTO_N], const struct plumb_port *port)
{
    snprintf(uri, PLUMB_SOURCE_AUTO_N, "serial:%s", port->name);
}

static int
choose(const struct plumb_ports *ports, char uri[PLUMB_SOURCE_AUTO_N], struct plumb_message *message)
{
    const struct plumb_port *only = NULL, *barred = NULL;
    size_t usable_n = 0;
    for (size_t i = 0; i < ports->n && ports->list[i].chip; i++) {
        usable_n += ports->list[i].usable;
        only = ports->list[i].usable ? &ports->list[i] : only;
        barred = ports->list[i].usable ? barred : &ports->list[i];
    }
    if (usable_n == 1) {
        make_uri(uri, only);
        return 0;
    }
    for (size_t i = 0; i < ports->n && ports->list[i].chip; i++) {
        make_uri(uri, &ports->list[i]);
        if (ports->list[i].usable && answers(uri))
            return 0;
    }
    return nothing_found(barred, usable_n, message);
}

int plumb_source_auto(char uri[PLUMB_SOURCE_AUTO_N], struct plumb_message *message)
{
    struct plumb_ports ports;
    int fail = plumb_ports_list(&ports, message);
    if (!fail)
        fail = choose(&ports, uri, message);
    plumb_ports_free(&ports);
    return fail;
}
