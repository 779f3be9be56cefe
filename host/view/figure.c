#include "figure.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define FIGURE_MOST 1e12 /* times 1e6 still fits 63 bits */

#define PLACES_MOST 6

static const long long POWERS[PLACES_MOST + 1] = {1, 10, 100, 1000, 10000, 100000, 1000000};

static const char *sign_of(long long scaled, enum plumb_figure_sign sign)
{
    if (scaled < 0)
        return sign == PLUMB_SIGN_ASCII ? "-" : PLUMB_MINUS;
    return scaled > 0 && sign == PLUMB_SIGN_ALWAYS ? "+" : "";
}

static void put_places(char *out, long long rest, int places)
{
    out[0] = '.';
    out[places + 1] = '\0';
    for (int i = places; i > 0; i--, rest /= 10)
        out[i] = (char)('0' + rest % 10);
}

char *plumb_figure(char out[PLUMB_FIGURE_ROOM], double value, int decimals, enum plumb_figure_sign sign)
{
    if (isnan(value))
        return strcpy(out, "unknown");
    int places = decimals < 0 ? 0 : decimals > PLACES_MOST ? PLACES_MOST : decimals;
    long long power = POWERS[places];
    double cut = fmax(-FIGURE_MOST, fmin(FIGURE_MOST, value));
    long long scaled = llround(cut * (double)power);
    const char *mark = sign_of(scaled, sign);
    long long size = scaled < 0 ? -scaled : scaled;
    int n = snprintf(out, PLUMB_FIGURE_ROOM, "%s%lld", mark, size / power);
    if (places > 0 && n > 0 && n < PLUMB_FIGURE_ROOM - PLACES_MOST - 2)
        put_places(out + n, size % power, places);
    return out;
}

char *plumb_figure_clock(char out[PLUMB_FIGURE_ROOM], double t_s, int decimals, int minutes)
{
    if (!minutes || isnan(t_s))
        return plumb_figure(out, t_s, decimals, PLUMB_SIGN_MINUS);
    long long whole = llround(fmax(-FIGURE_MOST, fmin(FIGURE_MOST, t_s)));
    const char *mark = sign_of(whole, PLUMB_SIGN_MINUS);
    long long s = whole < 0 ? -whole : whole;
    if (s >= 3600)
        snprintf(out, PLUMB_FIGURE_ROOM, "%s%lld:%02lld:%02lld", mark, s / 3600, s / 60 % 60, s % 60);
    else
        snprintf(out, PLUMB_FIGURE_ROOM, "%s%lld:%02lld", mark, s / 60, s % 60);
    return out;
}
