/* In whose language a picture speaks. It is handed in by who asks for the picture: charts know no locale, and
 * numbers never have one. NULL is English, as the words stand in the sources. */
#ifndef PLUMB_TONGUE_H
#define PLUMB_TONGUE_H

#include "figure.h"

struct plumb_tongue {
    const char *words; /* "de": the words file in which exercises have their names; host/words */
    /* What a text is in that language, with the same places for what is filled in; the text itself where the
     * language has none. Stays as long as the program. */
    const char *(*said)(const char *text);
    const char *(*counted)(const char *one, const char *many, unsigned long n); /* the form for n of them */
};

__attribute__((format_arg(2))) const char *plumb_said(const struct plumb_tongue *tongue, const char *text);

__attribute__((format_arg(2), format_arg(3))) const char *
plumb_said_of(const struct plumb_tongue *tongue, const char *one, const char *many, unsigned long n);

/* plumb_figure and plumb_figure_clock with the decimal sign that the language writes. */
char *plumb_said_figure(
    char out[PLUMB_FIGURE_ROOM], const struct plumb_tongue *tongue, double value, int decimals,
    enum plumb_figure_sign sign);
char *plumb_said_clock(
    char out[PLUMB_FIGURE_ROOM], const struct plumb_tongue *tongue, double t_s, int decimals, int minutes);

#endif
