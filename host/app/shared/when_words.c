#include "when_words.h"

#include <stdio.h>

#include "../../core/said.h"
#include "../../export/when.h"

#define DAY_S    INT64_C(86400)
#define US_PER_S INT64_C(1000000)

static const char *const DAYS[] = {PLUMB_SAID("Monday"),   PLUMB_SAID("Tuesday"), PLUMB_SAID("Wednesday"),
                                   PLUMB_SAID("Thursday"), PLUMB_SAID("Friday"),  PLUMB_SAID("Saturday"),
                                   PLUMB_SAID("Sunday")};
static const struct {
    const char *name, *day; /* in words; short, with the day */
} MONTHS[] = {
    {PLUMB_SAID("January"), PLUMB_SAID("%d Jan")},   {PLUMB_SAID("February"), PLUMB_SAID("%d Feb")},
    {PLUMB_SAID("March"), PLUMB_SAID("%d Mar")},     {PLUMB_SAID("April"), PLUMB_SAID("%d Apr")},
    {PLUMB_SAID("May"), PLUMB_SAID("%d May")},       {PLUMB_SAID("June"), PLUMB_SAID("%d Jun")},
    {PLUMB_SAID("July"), PLUMB_SAID("%d Jul")},      {PLUMB_SAID("August"), PLUMB_SAID("%d Aug")},
    {PLUMB_SAID("September"), PLUMB_SAID("%d Sep")}, {PLUMB_SAID("October"), PLUMB_SAID("%d Oct")},
    {PLUMB_SAID("November"), PLUMB_SAID("%d Nov")},  {PLUMB_SAID("December"), PLUMB_SAID("%d Dec")},
};

static int64_t floor_div(int64_t a, int64_t b)
{
    return a / b - (a % b < 0);
}

static struct plumb_when date_of(int64_t day)
{
    return plumb_when_of(day * DAY_S * US_PER_S, 0);
}

int64_t plumb_when_day(int64_t utc_us, int utc_offset_s)
{
    return floor_div(floor_div(utc_us, US_PER_S) + utc_offset_s, DAY_S);
}

int64_t plumb_when_monday(int64_t day)
{
    return floor_div(day + 3, 7) * 7 - 3; /* 1970-01-01 was a Thursday */
}

char *plumb_when_words(
    char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t utc_us, int utc_offset_s)
{
    struct plumb_when when = plumb_when_of(utc_us, utc_offset_s);
    int64_t day = plumb_when_day(utc_us, utc_offset_s);
    const char *weekday = DAYS[day - plumb_when_monday(day)];
    int minutes = (utc_offset_s < 0 ? -utc_offset_s : utc_offset_s) / 60;
    /* TRANSLATORS: weekday, day, month, year, hour, minute, the offset from UTC */
    const char *format = plumb_said(tongue, "%s %d %s %d, %02d:%02d (UTC%s%02d:%02d)");
    snprintf(
        out, PLUMB_WHEN_ROOM, format, plumb_said(tongue, weekday), when.day,
        plumb_said(tongue, MONTHS[when.month - 1].name), when.year, when.hour, when.minute,
        utc_offset_s < 0 ? "\xe2\x88\x92" : "+", minutes / 60, minutes % 60);
    return out;
}

char *plumb_when_iso(char out[PLUMB_WHEN_ROOM], int64_t utc_us, int utc_offset_s)
{
    struct plumb_when when = plumb_when_of(utc_us, utc_offset_s);
    int minutes = (utc_offset_s < 0 ? -utc_offset_s : utc_offset_s) / 60;
    snprintf(
        out, PLUMB_WHEN_ROOM, "%04d-%02d-%02dT%02d:%02d:%02d%c%02d:%02d", when.year, when.month, when.day,
        when.hour, when.minute, when.second, utc_offset_s < 0 ? '-' : '+', minutes / 60, minutes % 60);
    return out;
}

char *plumb_when_day_short(char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t day)
{
    struct plumb_when date = date_of(day);
    snprintf(out, PLUMB_WHEN_ROOM, plumb_said(tongue, MONTHS[date.month - 1].day), date.day);
    return out;
}

char *plumb_when_day_words(char out[PLUMB_WHEN_ROOM], const struct plumb_tongue *tongue, int64_t day)
{
    char words[PLUMB_WHEN_ROOM / 2];
    struct plumb_when date = date_of(day);
    snprintf(words, sizeof words, plumb_said(tongue, MONTHS[date.month - 1].day), date.day);
    /* TRANSLATORS: a day with its month ("29 Nov"), the year */
    snprintf(out, PLUMB_WHEN_ROOM, plumb_said(tongue, "%s %d"), words, date.year);
    return out;
}
