#include "columns.h"

#include <math.h>

size_t plumb_columns_room(const struct plumb_series *series)
{
    /* A new column begins at each multiple of rows_per_column and after each blank. A blank takes that many
     * rows, or a hole that the caller chose wider than a column's share of the time. */
    return 3 * (series->n / series->rows_per_column + 2);
}

static int judged(const struct plumb_series *series, size_t i)
{
    return series->zone && series->zone[i] != PLUMB_OFF;
}

static double spread(const struct plumb_series *series, size_t i)
{
    double sd = series->sd ? series->sd[i] : 0;
    return isfinite(sd) && sd > 0 ? sd : 0;
}

static struct plumb_column column_of_row(const struct plumb_series *series, size_t i, enum plumb_blank blank)
{
    double t_s = series->t_s[i], value = series->value[i], sd = spread(series, i);
    return (struct plumb_column){
        .t_first_s = t_s,
        .first = value,
        .t_last_s = t_s,
        .last = value,
        .band_low = value - sd,
        .band_high = value + sd,
        .t_begin_s = t_s,
        .t_end_s = t_s,
        .blank = blank,
        .judged = judged(series, i),
    };
}

/* The row becomes one of the two extremes where it exceeds them; the later one stays last. */
static void widen(struct plumb_column *column, double t_s, double value)
{
    int rising = column->last >= column->first;
    double low = rising ? column->first : column->last, high = rising ? column->last : column->first;
    if (value >= low && value <= high)
        return;
    int keep_first = value > high ? rising : !rising; /* first is the extreme on the other side */
    if (!keep_first) {
        column->t_first_s = column->t_last_s;
        column->first = column->last;
    }
    column->t_last_s = t_s;
    column->last = value;
}

static void take_row(struct plumb_column *column, const struct plumb_series *series, size_t i)
{
    double sd = spread(series, i), value = series->value[i];
    widen(column, series->t_s[i], value);
    column->band_low = fmin(column->band_low, value - sd);
    column->band_high = fmax(column->band_high, value + sd);
    column->t_end_s = series->t_s[i];
    column->judged |= judged(series, i);
}

/* What happened since the last row that is shown. */
struct lapse {
    size_t missing; /* rows without a value */
    int lost;       /* some of them in a gap */
    size_t gap;     /* the first gap that is not over */
};

/* 1 when row i is not shown, and remembers why. */
static int skipped(struct lapse *lapse, const struct plumb_series *series, size_t i)
{
    double t_s = series->t_s[i];
    while (lapse->gap < series->gaps_n && !(t_s < series->gaps[lapse->gap].end_s))
        lapse->gap++;
    int lost = lapse->gap < series->gaps_n && t_s > series->gaps[lapse->gap].start_s;
    lapse->lost |= lost;
    if (!lost && isfinite(t_s) && isfinite(series->value[i]))
        return 0;
    lapse->missing++;
    return 1;
}

static enum plumb_blank
blank_after(const struct lapse *lapse, const struct plumb_series *series, double waited_s)
{
    int wide = waited_s > series->hole_s;
    if (lapse->missing >= series->rows_per_column)
        return lapse->lost ? PLUMB_BLANK_NO_DATA : PLUMB_BLANK_UNKNOWN;
    return wide ? PLUMB_BLANK_NO_DATA : PLUMB_BLANK_NONE;
}

size_t plumb_columns_make(struct plumb_column *columns, const struct plumb_series *series)
{
    struct lapse lapse = {0};
    size_t n = 0, room = plumb_columns_room(series), bucket = 0;
    for (size_t i = 0; i < series->n; i++) {
        if (skipped(&lapse, series, i))
            continue;
        double waited_s = n ? series->t_s[i] - columns[n - 1].t_end_s : 0;
        enum plumb_blank blank = blank_after(&lapse, series, waited_s);
        size_t here = (series->first_row + i) / series->rows_per_column;
        if (n == 0 || ((blank || here != bucket) && n < room))
            columns[n++] = column_of_row(series, i, blank);
        else
            take_row(&columns[n - 1], series, i);
        bucket = here;
        lapse = (struct lapse){.gap = lapse.gap};
    }
    return n;
}
