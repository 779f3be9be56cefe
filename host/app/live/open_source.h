/* Opening a source by what a person writes: as io/source.h, and replay:SESSION for a session of the store. */
#ifndef PLUMB_OPEN_SOURCE_H
#define PLUMB_OPEN_SOURCE_H

#include "../../io/source.h"

/* A file of that name wins over a session. NULL with *fail and message. */
struct plumb_source *plumb_open_source(const char *uri, int *fail, struct plumb_message *message);

#endif
