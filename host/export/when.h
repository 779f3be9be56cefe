/* Moments as people and files write them (ISO 8601, the Gregorian calendar), without a look at any clock or
 * time zone of the machine. Pure. */
#ifndef PLUMB_EXPORT_WHEN_H
#define PLUMB_EXPORT_WHEN_H

#include <stddef.h>
#include <stdint.h>

#define PLUMB_WHEN_N 64 /* room for every text of this file */

struct plumb_when {
    int year, month, day, hour, minute, second, us;
};

/* The moment as a clock shows it that is offset_s ahead of UTC. */
struct plumb_when plumb_when_of(int64_t utc_us, int offset_s);

/* The reverse. */
int64_t plumb_when_utc_us(const struct plumb_when *when, int offset_s);

/* "2026-01-02T10:20:30.123456Z". Returns the length. */
size_t plumb_when_utc(char out[PLUMB_WHEN_N], int64_t utc_us);

/* "2026-01-02T11:20:30.123456+01:00", as the user's clock showed it. */
size_t plumb_when_local(char out[PLUMB_WHEN_N], int64_t utc_us, int offset_s);

/* Reads both, and with fewer parts: "2026-01-02", "2026-01-02T10:20", "2026-01-02 10:20:30.5+01:00". 1 where
 * it names its offset, 0 where it does not (*utc_us is then that of offset 0, *offset_s 0), -1 where it is no
 * moment of the years 1900 to 2199. */
int plumb_when_read(const char *text, int64_t *utc_us, int *offset_s);

#endif
