/* A long series as what one pixel column can show: its lowest and highest value. Columns are anchored to the
 * row's index in the whole recording, so a window that moves over it shows the same columns again. */
#ifndef PLUMB_COLUMNS_H
#define PLUMB_COLUMNS_H

#include <stddef.h>

#include "trace_chart.h"

struct plumb_series {
    size_t n;
    size_t first_row;       /* index of row 0 in the whole recording */
    size_t rows_per_column; /* >= 1 */
    double hole_s;          /* rows further apart than this are not joined */
    const double *t_s;
    const double *value;
    const double *sd;                   /* NULL = not known */
    const unsigned char *zone;          /* enum plumb_zone; NULL = nothing is judged */
    const struct plumb_trace_gap *gaps; /* in time order: rows inside one are not shown */
    size_t gaps_n;
};

enum plumb_blank {
    PLUMB_BLANK_NONE,
    PLUMB_BLANK_NO_DATA, /* rows are missing */
    PLUMB_BLANK_UNKNOWN, /* rows are there, without a value */
};

/* Some rows in a row: the extremes, in the order in which they happened. */
struct plumb_column {
    double t_first_s, first;
    double t_last_s, last; /* the same as first where one row stands alone */
    double band_low, band_high;
    double t_begin_s, t_end_s; /* of its rows */
    enum plumb_blank blank;    /* what lies between the column before (or the beginning) and this one */
    int judged;                /* at least one row is */
};

/* How many columns plumb_columns_make writes at most. */
size_t plumb_columns_room(const struct plumb_series *series);

/* Fills `columns` (as many as plumb_columns_room says) and returns how many there are; 0 when no value is
 * known. Rows without a finite time or value are blanks. */
size_t plumb_columns_make(struct plumb_column *columns, const struct plumb_series *series);

#endif
