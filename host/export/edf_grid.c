#include "edf_grid.h"

#include <math.h>
#include <stdlib.h>

#define UNIT_S    1e-5 /* of a record's duration */
#define DRIFT_S   2e-4 /* allowed at the end of the file */
#define RECORD_S  1.0  /* usual */
#define LEAST_S   0.1
#define LONGEST_S 10.0
#define SIGNALS_N 64 /* annotation signals at most */
#define SLACK_N   2  /* records kept free of full use */

void plumb_edf_scan_row(struct plumb_edf_scan *scan, double t_s)
{
    if (scan->rows_n && scan->steps_n < PLUMB_EDF_STEPS_N)
        scan->steps_s[scan->steps_n++] = t_s - scan->last_s;
    if (!scan->rows_n)
        scan->first_s = t_s;
    scan->last_s = t_s;
    scan->rows_n++;
}

static int by_value(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

double plumb_edf_scan_step_s(struct plumb_edf_scan *scan)
{
    if (!scan->steps_n)
        return 0;
    qsort(scan->steps_s, scan->steps_n, sizeof *scan->steps_s, by_value);
    return scan->steps_s[scan->steps_n / 2];
}

size_t plumb_edf_place_after(size_t place, double dt_s, double step_s)
{
    double steps = round(dt_s / step_s);
    return place + (steps >= 1 ? (size_t)steps : 1);
}

/* How far the file's time is off at its end with records of n places. */
static double drift_s(const struct plumb_edf_grid *grid, int n, int *units)
{
    double wanted_s = n * grid->period_s;
    *units = (int)lround(wanted_s / UNIT_S);
    return fabs(*units * UNIT_S - wanted_s) / wanted_s * (double)grid->places_n * grid->period_s;
}

static size_t room_of(const struct plumb_edf_grid *grid, int n)
{
    size_t records = (grid->places_n + (size_t)n - 1) / (size_t)n;
    return records > SLACK_N ? (records - SLACK_N) * SIGNALS_N : records;
}

static void use_record(struct plumb_edf_grid *grid, int n, int units, double off_s)
{
    grid->record_n = n;
    grid->record_10us = units;
    grid->drift_s = off_s;
}

/* EDFlib 1.23 cuts the duration behind its last digit instead of rounding it, and then does not read its own
 * file: only durations whose binary fraction is not below their decimal one survive. (Tried on 15,000
 * durations of 1 to 10 s: none of those accepted here is misprinted, a third of all is.) */
static int survives(int units)
{
    double seconds = (double)(units * 100LL) / 1e7, fraction = seconds - floor(seconds);
    long rest = units % 100000;
    return (long)(fraction * 1e6) == rest * 10 && (long)(fraction * 1e9) >= rest * 10000;
}

/* Longer records make a finer choice of durations, and hold fewer annotations. */
static void choose_record(struct plumb_edf_grid *grid, size_t annotations_n)
{
    int usual = (int)fmax(1, ceil(RECORD_S / grid->period_s)), units;
    while (usual > 1 && usual * grid->period_s > LEAST_S && room_of(grid, usual) < annotations_n)
        usual = usual > 8 ? usual - usual / 8 : usual - 1;
    use_record(grid, usual, 0, INFINITY);
    for (int n = usual; n * grid->period_s <= LONGEST_S && grid->drift_s > DRIFT_S; n++) {
        double off_s = drift_s(grid, n, &units);
        if (off_s < grid->drift_s && survives(units) && (n == usual || room_of(grid, n) >= annotations_n))
            use_record(grid, n, units, off_s);
    }
}

void plumb_edf_grid_make(
    struct plumb_edf_grid *grid, double first_s, double last_s, size_t places_n, size_t annotations_n)
{
    *grid = (struct plumb_edf_grid){.first_s = first_s, .places_n = places_n};
    grid->period_s = places_n > 1 ? (last_s - first_s) / (double)(places_n - 1) : RECORD_S;
    choose_record(grid, annotations_n);
    grid->records_n = (places_n + (size_t)grid->record_n - 1) / (size_t)grid->record_n;
    size_t usable = grid->records_n > SLACK_N ? grid->records_n - SLACK_N : 1;
    size_t room = (annotations_n + usable - 1) / usable;
    grid->room = room < 1 ? 1 : room > SIGNALS_N ? SIGNALS_N : (int)room;
}
