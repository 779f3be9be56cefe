/* From a dossier and what went before it to the page that host/view draws: the command line and the window
 * make the same page. */
#ifndef PLUMB_PAGE_FILL_H
#define PLUMB_PAGE_FILL_H

#include "../../view/page.h"
#include "page_doubt.h"
#include "trace_fill.h"

#define PLUMB_PAGE_WEEKS_N 8

/* What one earlier session of the same patient and exercise came to; NaN for a side without a hold. */
struct plumb_page_past {
    int64_t begun_utc_us;
    int utc_offset_s;
    double in_zone_s[2];
};

/* What the page is made from; borrowed until plumb_page_fill_free. */
struct plumb_page_ask {
    struct plumb_dossier *dossier;      /* its rows are pulled */
    const char *source;                 /* what a recording without a date came from; NULL: from the store */
    const struct plumb_page_past *past; /* this session among them, in any order */
    size_t past_n;
    const char *const *trend; /* honest sentences about the weeks; may be NULL */
    size_t trend_n;
    const char *side_verdict;          /* the sides compared, in words; NULL: nothing is said */
    const char *program;               /* "plumb 0.1.0" */
    const struct plumb_tongue *tongue; /* of the page; the trend and the verdict are in it already */
};

#define PLUMB_PAGE_TEXTS_N 48
#define PLUMB_PAGE_TEXT_N  320

struct plumb_page_fill {
    struct plumb_page page; /* points into what follows, the ask and its dossier */
    struct plumb_trace_fill trace;
    struct plumb_doubt doubt;
    struct plumb_page_hold *holds; /* owned */
    struct plumb_page_bar bars[PLUMB_PAGE_WEEKS_N];
    struct plumb_page_fact facts[2][8];
    const char *summary[8], *cautions[3];
    char text[PLUMB_PAGE_TEXTS_N][PLUMB_PAGE_TEXT_N];
    int text_n;
};

/* 0, or a negative enum plumb_fail with message; free either way. `fill` must not be moved while its page is
 * in use. */
int plumb_page_fill(
    struct plumb_page_fill *fill, const struct plumb_page_ask *ask, struct plumb_message *message);

void plumb_page_fill_free(struct plumb_page_fill *fill);

#endif
