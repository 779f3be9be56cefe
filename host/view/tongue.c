#include "tongue.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

const char *plumb_said(const struct plumb_tongue *tongue, const char *text)
{
    return tongue ? tongue->said(text) : text;
}

const char *
plumb_said_of(const struct plumb_tongue *tongue, const char *one, const char *many, unsigned long n)
{
    if (tongue)
        return tongue->counted(one, many, n);
    return n == 1 ? one : many;
}

/* A sign of one byte, as the dot is: the figure keeps its room. */
static char *in_tongue(char *out, const struct plumb_tongue *tongue)
{
    /* TRANSLATORS: what stands between a number's whole part and its decimals; one character of ASCII */
    const char *sign = plumb_said(tongue, ".");
    char *dot = strchr(out, '.');
    if (dot && sign[0] && !sign[1])
        *dot = sign[0];
    return out;
}

char *plumb_said_figure(
    char out[PLUMB_FIGURE_ROOM], const struct plumb_tongue *tongue, double value, int decimals,
    enum plumb_figure_sign sign)
{
    plumb_figure(out, value, decimals, sign);
    if (!isnan(value))
        return in_tongue(out, tongue);
    snprintf(out, PLUMB_FIGURE_ROOM, "%s", plumb_said(tongue, "unknown"));
    return out;
}

char *plumb_said_clock(
    char out[PLUMB_FIGURE_ROOM], const struct plumb_tongue *tongue, double t_s, int decimals, int minutes)
{
    if (!minutes || isnan(t_s))
        return plumb_said_figure(out, tongue, t_s, decimals, PLUMB_SIGN_MINUS);
    return plumb_figure_clock(out, t_s, decimals, minutes);
}
