/* A stretch that was really played, as a dossier: what a page is made from. */
#ifndef PLUMB_TESTS_PLAYED_H
#define PLUMB_TESTS_PLAYED_H

#include "host/session/dossier.h"
#include "rehearsal.h"

#define PLAYED_UTC_US                                                                                        \
    (INT64_C(1795929962) * 1000000) /* 2026-11-29 05:26:02 UTC; an hour ahead of it there                    \
                                     */

struct played {
    struct plumb_exercise exercise;
    struct rehearsal *rehearsal;
    struct plumb_analysis analysis;
    struct plumb_dossier dossier;
};

/* Anna's right side at the table's edge, on a Sunday. Free with unplay. */
struct played *play(enum manner manner);
void unplay(struct played *played);

#endif
