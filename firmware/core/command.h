/* What the host asks of the node: one row per command. */
#ifndef PLUMB_COMMAND_H
#define PLUMB_COMMAND_H

#include "node.h"

/* One byte from the host; a command is carried out when its frame is complete. */
void plumb_command_feed(struct plumb_node *node, uint8_t byte);

#endif
