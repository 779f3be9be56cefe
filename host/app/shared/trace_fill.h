/* From a dossier to the trace chart that host/view draws: the one way for the command line, the page and the
 * window. */
#ifndef PLUMB_TRACE_FILL_H
#define PLUMB_TRACE_FILL_H

#include "../../session/dossier.h"
#include "../../view/trace_chart.h"

struct plumb_trace_fill {
    struct plumb_trace_chart chart; /* points into what follows and into the dossier */
    double *columns;                /* owned; seven blocks of n */
    unsigned char *zone;            /* owned */
    unsigned *row_flags;            /* owned; bits of the flags that stand, a row */
    struct plumb_trace_hold *holds;
    struct plumb_trace_flag *flags;
};

/* Pulls every row of the dossier, from its first. zero_s is taken from all times: 0 keeps the recording's
 * own, first_s lets it begin at 0. Title, lines and footer stay unset. 0, or a negative enum plumb_fail with
 * message; free either way. The dossier must live as long. */
int plumb_trace_fill(
    struct plumb_trace_fill *fill, struct plumb_dossier *dossier, double zero_s,
    struct plumb_message *message);

void plumb_trace_fill_free(struct plumb_trace_fill *fill);

/* The limits of one side as the chart wants them: only what the exercise watches, the rest unset. */
void plumb_trace_fill_limits(
    struct plumb_trace_limits *limits, const struct plumb_dossier *dossier, enum plumb_side side);

#endif
