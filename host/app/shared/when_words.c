#include "when_words.h"

#include <stdio.h>

#define DAY_S 86400

static const char *const DAYS[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                   "Friday", "Saturday", "Sunday"};
static const char *const MONTHS[] = {"January", "February", "March",     "April",   "May",      "June",
                                     "July",    "August",   "September", "October", "November", "December"};

struct date {
    int64_t year;
    int month, day; /* from 1 */
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

/* Days since 1970-01-01 -> year, month, day of the Gregorian calendar. Counts years from March 1 of year 0,
 * in eras of 400 years (146097 days), so that the leap day is a year's last. */
static struct date date_of(int64_t day)
{
    int64_t shifted = day + 719468, era = floor_div(shifted, 146097);
    int64_t in_era = shifted - era * 146097;
    int64_t year_in_era = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
    int64_t in_year = in_era - (365 * year_in_era + year_in_era / 4 - year_in_era / 100);
    int64_t month = (5 * in_year + 2) / 153; /* 0: March */
    struct date date = {
        .year = year_in_era + era * 400 + (month >= 10),
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(in_year - (153 * month + 2) / 5 + 1)};
    return date;
}

static int64_t local_s(int64_t utc_us, int utc_offset_s)
{
    return floor_div(utc_us, 1000000) + utc_offset_s;
}

int64_t plumb_when_day(int64_t utc_us, int utc_offset_s)
{
    return floor_div(local_s(utc_us, utc_offset_s), DAY_S);
}

int64_t plumb_when_monday(int64_t day)
{
    return floor_div(day + 3, 7) * 7 - 3; /* 1970-01-01 was a Thursday */
}

static void offset_words(char *out, size_t room, int utc_offset_s)
{
    unsigned minutes = (unsigned)(utc_offset_s < 0 ? -utc_offset_s : utc_offset_s) / 60 % 6000;
    snprintf(out, room, "%c%02u:%02u", utc_offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
}

char *plumb_when_words(char out[PLUMB_WHEN_ROOM], int64_t utc_us, int utc_offset_s)
{
    int64_t s = local_s(utc_us, utc_offset_s), day = floor_div(s, DAY_S), in_day = s - day * DAY_S;
    struct date date = date_of(day);
    char offset[16];
    offset_words(offset, sizeof offset, utc_offset_s);
    snprintf(
        out, PLUMB_WHEN_ROOM, "%s %d %s %d, %02d:%02d (UTC%s%s)", DAYS[day - plumb_when_monday(day)],
        date.day, MONTHS[date.month - 1], (int)(date.year % 100000), (int)(in_day / 3600),
        (int)(in_day / 60 % 60), utc_offset_s < 0 ? "\xe2\x88\x92" : "+", offset + 1);
    return out;
}

char *plumb_when_iso(char out[PLUMB_WHEN_ROOM], int64_t utc_us, int utc_offset_s)
{
    int64_t s = local_s(utc_us, utc_offset_s), day = floor_div(s, DAY_S), in_day = s - day * DAY_S;
    struct date date = date_of(day);
    char offset[16];
    offset_words(offset, sizeof offset, utc_offset_s);
    snprintf(
        out, PLUMB_WHEN_ROOM, "%04d-%02d-%02dT%02d:%02d:%02d%s", (int)(date.year % 100000), date.month,
        date.day, (int)(in_day / 3600), (int)(in_day / 60 % 60), (int)(in_day % 60), offset);
    return out;
}

char *plumb_when_day_short(char out[PLUMB_WHEN_ROOM], int64_t day)
{
    struct date date = date_of(day);
    snprintf(out, PLUMB_WHEN_ROOM, "%d %.3s", date.day, MONTHS[date.month - 1]);
    return out;
}

char *plumb_when_day_words(char out[PLUMB_WHEN_ROOM], int64_t day)
{
    struct date date = date_of(day);
    snprintf(out, PLUMB_WHEN_ROOM, "%d %.3s %d", date.day, MONTHS[date.month - 1], (int)(date.year % 100000));
    return out;
}
