/* How a failure gets its one sentence. */
#ifndef PLUMB_MESSAGE_FAIL_H
#define PLUMB_MESSAGE_FAIL_H

#include "../core/message.h"

/* Writes the sentence (printf's format, numbers always with a dot) unless `message` already holds one: the
 * first failure wins. A text too long is cut at a character's border, line breaks and control characters
 * become spaces. `message` may be NULL. Returns `fail`, so that a caller can say `return
 * plumb_message_fail(...)`. */
__attribute__((format(printf, 3, 4))) int
plumb_message_fail(struct plumb_message *message, int fail, const char *format, ...);

#endif
