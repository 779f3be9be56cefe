/* Asks what is at the other end of a source who it is. */
#ifndef PLUMB_PROBE_H
#define PLUMB_PROBE_H

#include "../../core/link.h"
#include "../../core/message.h"

/* Opens the source and waits up to patience_us for a hello, which is asked for from quiet_us on: a bootloader
 * that listens may take a question for a command of its own and never let the firmware run. 1 with *hello, 0
 * where nothing that speaks Plumb's language answered, negative with message where it cannot be opened. */
int plumb_probe(
    const char *uri, int64_t quiet_us, int64_t patience_us, struct plumb_hello *hello,
    struct plumb_message *message);

/* "Arduino Uno or Nano (ATmega328P)". */
const char *plumb_board_words(unsigned board);

#endif
