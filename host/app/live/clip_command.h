/* Commands to the clip. */
#ifndef PLUMB_CLIP_COMMAND_H
#define PLUMB_CLIP_COMMAND_H

#include "../../io/source.h"
#include "plumb/payload.h"

/* Sends one; n bytes of payload, at most PLUMB_PAYLOAD_N. A clip that cannot hear is told again, or not at
 * all: whoever needs the answer waits for the acknowledgement. */
void plumb_clip_command(struct plumb_source *source, enum plumb_type type, const uint8_t *payload, uint8_t n);

#endif
