/* Ticks that people count in. */
#ifndef PLUMB_AXIS_H
#define PLUMB_AXIS_H

struct plumb_axis {
    double low, high; /* the range shown */
    double step;      /* between ticks, > 0 */
    int decimals;     /* that a tick's label needs */
    int minutes;      /* time axis: labels as m:ss */
};

/* A step of 1, 2 or 5 times a power of ten with at most ticks_most steps in low..high; an empty or impossible
 * range becomes one unit wide about low (or 0). The range itself is kept. */
struct plumb_axis plumb_axis_values(double low, double high, int ticks_most);

/* The same for time in seconds: steps of 1, 2, 5, 10, 15, 30 s, then of minutes and hours; m:ss where the
 * range is longer than two minutes. */
struct plumb_axis plumb_axis_time(double low_s, double high_s, int ticks_most);

/* The i-th tick; ticks are multiples of the step. i from 0 while the tick is at most `high`. */
double plumb_axis_tick(const struct plumb_axis *axis, int i);

/* How many ticks lie in the range. */
int plumb_axis_ticks(const struct plumb_axis *axis);

#endif
