/* Repetitions of a movement: away from rest, a top, and back again.
 *
 *   value            ______top______
 *   0.9 peak -------/---------------\---------
 *                  /                 \
 *   enter --------/-------------------\-------    a movement that gets here is one
 *   0.7 enter ---/---------------------\------    and is over when it is back here
 *             begin                    end
 *             |raising|     top     |lowering|
 *
 *   state | beyond enter | between | below 0.7
 *   ------+--------------+---------+------------------
 *   REST  | RAISED       | stay    | stay
 *   RAISED| stay         | stay    | REST, one counted
 */
#ifndef PLUMB_REPETITION_H
#define PLUMB_REPETITION_H

/* One repetition, as it was done. */
struct plumb_repetition {
    int n; /* the how-manieth, from 1 */
    double begin_s, end_s;
    double peak_rad;
    double raising_s, top_s, lowering_s;
};

struct plumb_repetition_count {
    int raised;
    double low_s;                  /* when it was below 0.7 enter last */
    double top_begin_s, top_end_s; /* within a tenth of the peak */
    double top_rad;                /* the peak when the top began */
    struct plumb_repetition now;   /* the one going on */
    int n;
};

/* One value (not negative; NaN is skipped) at t_s. 1 when a repetition is complete: *done tells how it was.
 * Begins with a zeroed state. */
int plumb_repetition_push(
    struct plumb_repetition_count *count, double enter_rad, double t_s, double value_rad,
    struct plumb_repetition *done);

#endif
