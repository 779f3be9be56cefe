/* `--source auto`: which port has the board? */
#ifndef PLUMB_SOURCE_AUTO_H
#define PLUMB_SOURCE_AUTO_H

#include "../core/message.h"

#define PLUMB_SOURCE_AUTO_N 160

/* The URI of the board's port: the only candidate there is, or of several the first that answers in frames.
 * Probing a port takes up to four seconds, because opening resets most boards. 0, PLUMB_NO_DEVICE or
 * PLUMB_NO_RIGHT with message. */
int plumb_source_auto(char uri[PLUMB_SOURCE_AUTO_N], struct plumb_message *message);

#endif
