/* The hold timer: seconds in the zone, cumulative, paused while a flag stands or the signal is away, never
 * reset. */
#ifndef PLUMB_HOLD_H
#define PLUMB_HOLD_H

#define PLUMB_HOLD_GAP_S                                                                                     \
    0.25 /* a longer silence of the sensor does not count (DESIGN, "What bad input gets") */

struct plumb_hold {
    double start_s, end_s; /* end_s: last moment pushed */
    double in_zone_s;
    int excursions;          /* pauses begun by a flag */
    double worst_rad;        /* largest anterior tilt */
    double run_s, longest_s; /* the clean run going on, the longest so far */
    int flagged, paused; /* a flag stands; the timer stands */
};

void plumb_hold_begin(struct plumb_hold *hold, double t_s);

/* The next moment: paused says whether a flag stands now; tilt_rad NaN where not known (does not count). */
void plumb_hold_push(struct plumb_hold *hold, double t_s, double tilt_rad, int paused);

static inline double plumb_hold_elapsed_s(const struct plumb_hold *hold)
{
    return hold->end_s - hold->start_s;
}

#endif
