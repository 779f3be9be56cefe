/* What went wrong, said in a tongue. The one sentence of a failure is English wherever it is made; a window
 * says it in its own language at the very end. */
#ifndef PLUMB_FAILURE_SAID_H
#define PLUMB_FAILURE_SAID_H

#include <stddef.h>

#include "../../view/tongue.h"

/* The sentence in the tongue, names and figures in it as they are; one that is not known stays English. `out`
 * must not be `text`. Returns `out`. */
char *plumb_failure_said(char *out, size_t room, const char *text, const struct plumb_tongue *tongue);

#endif
