#include "probe.h"

#include "../../core/units.h"
#include "../../io/source.h"
#include "clip_command.h"

#define WAIT_US      50000
#define ASK_EVERY_US (PLUMB_US_PER_S / 4)

static int
hears_hello(struct plumb_link *link, const struct plumb_source_event *event, struct plumb_hello *hello)
{
    const uint8_t *bytes = event->bytes;
    size_t n = event->kind == PLUMB_SOURCE_BYTES ? event->bytes_n : 0;
    while (n) {
        struct plumb_link_message message;
        size_t used = plumb_link_feed(link, bytes, n, &message);
        bytes += used;
        n -= used;
        if (message.kind == PLUMB_LINK_HELLO) {
            *hello = message.of.hello;
            return 1;
        }
    }
    return 0;
}

static int
wait_for_hello(struct plumb_source *source, int64_t quiet_us, int64_t patience_us, struct plumb_hello *hello)
{
    struct plumb_source_event event;
    struct plumb_link link;
    int64_t begun_us = -1, asked_us = 0;
    plumb_link_init(&link);
    while (plumb_source_read(source, WAIT_US, &event) == 0) {
        if (hears_hello(&link, &event, hello))
            return 1;
        begun_us = begun_us < 0 ? event.host_us : begun_us;
        if (event.kind == PLUMB_SOURCE_GONE || event.host_us - begun_us > patience_us)
            return 0;
        if (event.host_us - begun_us >= quiet_us && event.host_us - asked_us >= ASK_EVERY_US) {
            asked_us = event.host_us;
            plumb_clip_command(source, PLUMB_HELLO_REQUEST, NULL, 0);
        }
    }
    return 0;
}

int plumb_probe(
    const char *uri, int64_t quiet_us, int64_t patience_us, struct plumb_hello *hello,
    struct plumb_message *message)
{
    int fail = 0;
    struct plumb_source *source = plumb_source_open(uri, &fail, message);
    if (!source)
        return fail;
    int heard = wait_for_hello(source, quiet_us, patience_us, hello);
    plumb_source_close(source);
    return heard;
}

const char *plumb_board_words(unsigned board)
{
    static const char *const words[] = {
        [PLUMB_BOARD_UNKNOWN] = "unknown board",
        [PLUMB_BOARD_ATMEGA328P] = "Arduino Uno or Nano (ATmega328P)",
        [PLUMB_BOARD_RP2040] = "Raspberry Pi Pico (RP2040)",
    };
    return words[board < sizeof words / sizeof *words ? board : PLUMB_BOARD_UNKNOWN];
}
