/* Numbers as people read them in pictures: a dot and U+2212 whatever the locale. */
#ifndef PLUMB_FIGURE_H
#define PLUMB_FIGURE_H

#define PLUMB_FIGURE_ROOM 40
#define PLUMB_MINUS       "\xe2\x88\x92" /* U+2212 */

enum plumb_figure_sign {
    PLUMB_SIGN_ASCII,  /* "-1.5": for machines */
    PLUMB_SIGN_MINUS,  /* minus where negative */
    PLUMB_SIGN_ALWAYS, /* plus or minus, but no sign at zero */
};

/* Writes the value with 0 to 6 decimals, rounded half away from zero; what rounds to zero has no sign; not a
 * number gives "unknown". Beyond 1e12 the value is cut to that. Returns `out`. */
char *plumb_figure(char out[PLUMB_FIGURE_ROOM], double value, int decimals, enum plumb_figure_sign sign);

/* A moment of a recording: seconds as a figure, or m:ss (h:mm:ss from an hour) where `minutes` says so. */
char *plumb_figure_clock(char out[PLUMB_FIGURE_ROOM], double t_s, int decimals, int minutes);

#endif
