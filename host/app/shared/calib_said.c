#include "calib_said.h"

#include <stdio.h>

#include "../../core/calib_words.h"

char *plumb_calib_said(char *out, size_t room, const char *kept, const struct plumb_tongue *tongue)
{
    char holes[PLUMB_CALIB_HOLES_N][PLUMB_CALIB_HOLE_N];
    int words = plumb_calib_words_find(kept, holes);
    if (words < 0) {
        snprintf(out, room, "%s", kept);
        return out;
    }
    const char *format = plumb_said(tongue, plumb_calib_words((enum plumb_calib_words)words));
    snprintf(
        out, room, format, plumb_said(tongue, holes[0]), plumb_said(tongue, holes[1]),
        plumb_said(tongue, holes[2]));
    return out;
}
