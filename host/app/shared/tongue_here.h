/* The language that the program has taken up, for pictures and moments: English until it takes up one. */
#ifndef PLUMB_TONGUE_HERE_H
#define PLUMB_TONGUE_HERE_H

#include "../../view/tongue.h"

/* Its words file is not set. */
extern const struct plumb_tongue plumb_tongue_here;

#endif
