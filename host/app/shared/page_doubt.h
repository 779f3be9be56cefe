/* How many of the seconds that were held are in doubt, and why. */
#ifndef PLUMB_PAGE_DOUBT_H
#define PLUMB_PAGE_DOUBT_H

#include "trace_fill.h"

enum plumb_why {
    PLUMB_WHY_NO_DATA, /* rows are missing for longer than the timer bridges */
    PLUMB_WHY_LOST,    /* the flags of the same name */
    PLUMB_WHY_SLIPPED,
    PLUMB_WHY_AXES,
    PLUMB_WHY_RANGE,
    PLUMB_WHY_UNKNOWN, /* no angle */
    PLUMB_WHY_WIDE,    /* an angle known no better than PLUMB_JUDGE_SD_MOST_RAD */
    PLUMB_WHYS_N
};

struct plumb_page_doubt {
    double why_s[PLUMB_WHYS_N]; /* each second counts once, for the first of its reasons */
    double sum_s;
};

void plumb_page_doubt_count(struct plumb_page_doubt *doubt, const struct plumb_trace_fill *fill);

/* "4.2 s of the holds: the clip had slipped 3.0 s, no data 1.2 s" */
void plumb_page_doubt_say(char *out, size_t room, const struct plumb_page_doubt *doubt);

#endif
