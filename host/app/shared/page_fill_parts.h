/* What the files of page_fill share. Private to host/app/shared/page_fill*.c. */
#ifndef PLUMB_PAGE_FILL_PARTS_H
#define PLUMB_PAGE_FILL_PARTS_H

#include "page_fill.h"

#define DEG   "\xc2\xb0"
#define PM    "\xc2\xb1"
#define MINUS "\xe2\x88\x92"

/* A text of the page, owned by `fill`; "" where all are used up. The format is put into the page's tongue. No
 * floating point in it: numbers come from figure_text, the same in every locale. */
__attribute__((format(printf, 2, 3))) const char *
fill_say(struct plumb_page_fill *fill, const char *format, ...);

/* The same, of words that are in the tongue already, or in none. */
const char *fill_keep(struct plumb_page_fill *fill, const char *text);

struct figure_text {
    char text[40];
};
/* "58.8 s", from ten minutes "12:30" */
struct figure_text seconds_text(const struct plumb_page_fill *fill, double s);
struct figure_text degrees_text(const struct plumb_page_fill *fill, double deg, int signs);
struct figure_text number_text(const struct plumb_page_fill *fill, double value, int decimals);

/* page_fill_facts.c */
void fill_facts(struct plumb_page_fill *fill, const struct plumb_page_ask *ask);

/* page_fill_holds.c */
int fill_holds(struct plumb_page_fill *fill, const struct plumb_dossier *dossier); /* 0 without memory */
void fill_figures(struct plumb_page_fill *fill, const struct plumb_dossier *dossier);

/* page_fill_weeks.c */
void fill_weeks(struct plumb_page_fill *fill, const struct plumb_page_ask *ask);

/* 1 where the exercise does both sides in one. */
int at_once(const struct plumb_dossier *dossier);

#endif
