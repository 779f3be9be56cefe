/* How many of the seconds that were held are in doubt, and why: from a dossier's rows. */
#ifndef PLUMB_PAGE_DOUBT_H
#define PLUMB_PAGE_DOUBT_H

#include "../../session/doubt.h"
#include "trace_fill.h"

void plumb_page_doubt_count(struct plumb_doubt *doubt, const struct plumb_trace_fill *fill);

/* "4.2 s of the holds: clip had slipped 3.0 s, no data 1.2 s" */
void plumb_page_doubt_say(
    char *out, size_t room, const struct plumb_doubt *doubt, const struct plumb_tongue *tongue);

#endif
