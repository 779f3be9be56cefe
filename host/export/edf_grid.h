/* The even grid on which EDF wants its samples, laid over a session's rows: the device's own rate, not a
 * nominal one, and no row resampled. Pure.
 */
#ifndef PLUMB_EDF_GRID_H
#define PLUMB_EDF_GRID_H

#include <stddef.h>

#define PLUMB_EDF_STEPS_N 2001 /* looked at for the usual step */

/* What the rows' times say, told one by one. */
struct plumb_edf_scan {
    double first_s, last_s;
    double steps_s[PLUMB_EDF_STEPS_N];
    size_t rows_n, steps_n;
};

void plumb_edf_scan_row(struct plumb_edf_scan *scan, double t_s);

/* The usual step between two rows: the median of the first ones; 0 where there are not two rows. */
double plumb_edf_scan_step_s(struct plumb_edf_scan *scan);

struct plumb_edf_grid {
    double first_s, period_s; /* place k is at first_s + k period_s */
    size_t places_n;
    /* data records */
    int record_n;    /* places a record */
    int record_10us; /* its duration in EDF's own unit of 10 us */
    double drift_s;  /* how far the file's time is off at its end because of that unit */
    int room;        /* annotation signals, 1..64 */
    size_t records_n;
};

/* The period from the rows that were counted into places (places_n, the last one included), and the shortest
 * record of about a second or more whose duration, in units of 10 us, keeps the file's time within a fifth of
 * a millisecond; shorter where that is needed to hold so many annotations. */
void plumb_edf_grid_make(
    struct plumb_edf_grid *grid, double first_s, double last_s, size_t places_n, size_t annotations_n);

/* The place behind `place` for a row dt_s later: at least one further. */
size_t plumb_edf_place_after(size_t place, double dt_s, double step_s);

#endif
