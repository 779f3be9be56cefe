/* What was kept about the calibration in use, said in a tongue. */
#ifndef PLUMB_CALIB_SAID_H
#define PLUMB_CALIB_SAID_H

#include <stddef.h>

#include "../../view/tongue.h"

/* The kept sentence in the tongue; one that is none of ours stays as it is. Returns `out`. */
char *plumb_calib_said(char *out, size_t room, const char *kept, const struct plumb_tongue *tongue);

#endif
