/* A patient's page: eight weeks of all exercises on one sheet. A pure function from plain texts and numbers
 * to a scene. */
#ifndef PLUMB_PAGE_PATIENT_H
#define PLUMB_PAGE_PATIENT_H

#include "page.h"

#define PLUMB_PATIENT_WEEKS_N     8
#define PLUMB_PATIENT_DAYS_N      56
#define PLUMB_PATIENT_EXERCISES_N 6 /* that get a picture of their own */

/* One exercise over the weeks. */
struct plumb_patient_exercise {
    const char *name;
    unsigned sessions_n;
    struct plumb_page_bars weeks;    /* without heading */
    struct plumb_page_side sides[2]; /* sums over the weeks; longest_s is not shown */
    const char *trend[2];            /* honest sentences; NULL where there is nothing to say */
};

/* All pointers are borrowed for the call; NULL and 0 leave the part out. */
struct plumb_patient_page {
    const char *who, *who_more;        /* alias; "code P-17, born 1984" */
    const char *period;                /* "5 Oct to 29 Nov 2026" */
    const char *made;                  /* "as of Sunday 29 November 2026" */
    const char *date;                  /* ISO 8601, of the document; NULL = fixed */
    const struct plumb_tongue *tongue; /* of the words that the page has itself, and of its figures */
    struct plumb_page_figure figures[4];
    size_t figures_n;
    const char *weeks[PLUMB_PATIENT_WEEKS_N];     /* their Mondays in words */
    unsigned char sessions[PLUMB_PATIENT_DAYS_N]; /* on each day, from the first Monday */
    int days_n;                                   /* up to the last day; later ones are not drawn */
    const char *const *summary;                   /* sentences beside the calendar */
    size_t summary_n;
    const struct plumb_patient_exercise *exercises; /* most practised first */
    size_t exercises_n;                             /* those beyond the most are named in a last line */
    const char *const *cautions;
    size_t cautions_n;
    const char *footer;
};

/* As plumb_page_draw. */
int plumb_patient_page_draw(struct plumb_scene *scene, const struct plumb_patient_page *page);

#endif
