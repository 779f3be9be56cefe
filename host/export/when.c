#include "when.h"

#include <stdio.h>
#include <string.h>

#define US_PER_DAY    INT64_C(86400000000)
#define US_PER_S      INT64_C(1000000)
#define OFFSET_MOST_S (18 * 3600) /* of ISO 8601's zones none is farther from UTC */

/* Days from 1970-01-01 to a date of the Gregorian calendar and back (H. Hinnant, "chrono-compatible low-level
 * date algorithms"): years begin in March, so that the leap day is the last. */
static int64_t days_of(int year, int month, int day)
{
    int64_t y = month <= 2 ? year - 1 : year;
    int64_t era = (y >= 0 ? y : y - 399) / 400, of_era = y - era * 400;
    int64_t of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

static void set_date(struct plumb_when *when, int64_t days)
{
    days += 719468;
    int64_t era = (days >= 0 ? days : days - 146096) / 146097, of_era = days - era * 146097;
    int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
    int64_t of_year = of_era - (365 * year + year / 4 - year / 100), month = (5 * of_year + 2) / 153;
    when->day = (int)(of_year - (153 * month + 2) / 5 + 1);
    when->month = (int)(month < 10 ? month + 3 : month - 9);
    when->year = (int)(year + era * 400 + (when->month <= 2));
}

struct plumb_when plumb_when_of(int64_t utc_us, int offset_s)
{
    int64_t local_us = utc_us + offset_s * US_PER_S;
    int64_t days = local_us / US_PER_DAY - (local_us % US_PER_DAY < 0);
    int64_t us = local_us - days * US_PER_DAY, seconds = us / US_PER_S;
    struct plumb_when when = {
        .hour = (int)(seconds / 3600),
        .minute = (int)(seconds / 60 % 60),
        .second = (int)(seconds % 60),
        .us = (int)(us % US_PER_S)};
    set_date(&when, days);
    return when;
}

int64_t plumb_when_utc_us(const struct plumb_when *when, int offset_s)
{
    int64_t seconds = (int64_t)when->hour * 3600 + when->minute * 60 + when->second - offset_s;
    return days_of(when->year, when->month, when->day) * US_PER_DAY + seconds * US_PER_S + when->us;
}

static size_t put(char out[PLUMB_WHEN_N], const struct plumb_when *when)
{
    return (size_t)snprintf(
        out, PLUMB_WHEN_N, "%04d-%02d-%02dT%02d:%02d:%02d.%06d", when->year, when->month, when->day,
        when->hour, when->minute, when->second, when->us);
}

size_t plumb_when_utc(char out[PLUMB_WHEN_N], int64_t utc_us)
{
    struct plumb_when when = plumb_when_of(utc_us, 0);
    size_t n = put(out, &when);
    return n + (size_t)snprintf(out + n, PLUMB_WHEN_N - n, "Z");
}

size_t plumb_when_local(char out[PLUMB_WHEN_N], int64_t utc_us, int offset_s)
{
    struct plumb_when when = plumb_when_of(utc_us, offset_s);
    int minutes = (offset_s < 0 ? -offset_s : offset_s) / 60;
    size_t n = put(out, &when);
    return n + (size_t)snprintf(
                   out + n, PLUMB_WHEN_N - n, "%c%02d:%02d", offset_s < 0 ? '-' : '+', minutes / 60,
                   minutes % 60);
}

/* ---- reading */

/* Exactly so many digits. -1 where they are not there. */
static int digits(const char **at, int n)
{
    int value = 0;
    for (int i = 0; i < n; i++) {
        char c = (*at)[i];
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    *at += n;
    return value;
}

/* A number of n digits within [low, high] behind `before` (0: nothing stands before it). */
static int part(const char **at, char before, int n, int low, int high, int *value)
{
    if (before && **at != before)
        return -1;
    *at += before != 0;
    *value = digits(at, n);
    return *value < low || *value > high ? -1 : 0;
}

static int read_date(const char **at, struct plumb_when *when)
{
    static const int most[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (part(at, 0, 4, 1900, 2199, &when->year) || part(at, '-', 2, 1, 12, &when->month) ||
        part(at, '-', 2, 1, 31, &when->day))
        return -1;
    int leap = when->year % 4 == 0 && (when->year % 100 != 0 || when->year % 400 == 0);
    return when->day > most[when->month - 1] + (when->month == 2 && leap) ? -1 : 0;
}

/* ".5": as many digits as there are; those behind the sixth are passed over. */
static int read_fraction(const char **at, int *us)
{
    int n = 0;
    for (++*at; **at >= '0' && **at <= '9'; ++*at, n++)
        if (n < 6)
            *us = *us * 10 + (**at - '0');
    for (int missing = n; missing < 6; missing++)
        *us *= 10;
    return n ? 0 : -1;
}

static int read_time(const char **at, struct plumb_when *when)
{
    if (**at != 'T' && **at != ' ')
        return 0;
    ++*at;
    if (part(at, 0, 2, 0, 23, &when->hour) || part(at, ':', 2, 0, 59, &when->minute))
        return -1;
    if (**at == ':' && part(at, ':', 2, 0, 59, &when->second))
        return -1;
    return **at == '.' ? read_fraction(at, &when->us) : 0;
}

/* "Z", "+01:00", "-0330", "+05": 1; nothing: 0. */
static int read_offset(const char **at, int *offset_s)
{
    char sign = **at;
    int hours, minutes = 0;
    if (sign == 'Z') {
        ++*at;
        return 1;
    }
    if (sign != '+' && sign != '-')
        return 0;
    ++*at;
    if (part(at, 0, 2, 0, 18, &hours))
        return -1;
    *at += **at == ':';
    if (**at && part(at, 0, 2, 0, 59, &minutes))
        return -1;
    *offset_s = (sign == '-' ? -1 : 1) * (hours * 3600 + minutes * 60);
    return *offset_s > OFFSET_MOST_S || *offset_s < -OFFSET_MOST_S ? -1 : 1;
}

int plumb_when_read(const char *text, int64_t *utc_us, int *offset_s)
{
    struct plumb_when when = {0};
    *offset_s = 0;
    if (read_date(&text, &when) || read_time(&text, &when))
        return -1;
    int known = read_offset(&text, offset_s);
    if (known < 0 || *text)
        return -1;
    *utc_us = plumb_when_utc_us(&when, *offset_s);
    return known;
}
