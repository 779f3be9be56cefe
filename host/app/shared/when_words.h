/* Moments in words, in the local time that was recorded: never the machine's zone now, and in the language
 * that is asked for: NULL is English. */
#ifndef PLUMB_WHEN_WORDS_H
#define PLUMB_WHEN_WORDS_H

#include <stdint.h>

#include "../../view/tongue.h"

#define PLUMB_WHEN_ROOM 64

/* Days since 1970-01-01 of the local date; a day begins at local midnight. */
int64_t plumb_when_day(int64_t utc_us, int utc_offset_s);

/* The Monday of that day's week. */
int64_t plumb_when_monday(int64_t day);

/* "Sunday 29 November 2026, 06:26 (UTC+01:00)" */
char *plumb_when_words(
    char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t utc_us, int utc_offset_s);

/* "2026-11-29T06:26:02+01:00" */
char *plumb_when_iso(char out[PLUMB_WHEN_ROOM], int64_t utc_us, int utc_offset_s);

/* "29 Nov", "29 Nov 2026" */
char *plumb_when_day_short(char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t day);
char *plumb_when_day_words(char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t day);

#endif
