/* Allan deviation of a still recording, at averaging times that double: what a sensor's noise is made of.
 *
 * A pyramid: each level averages pairs of the one below, so any length passes through a few hundred bytes.
 */
#ifndef PLUMB_ALLAN_H
#define PLUMB_ALLAN_H

#include <stdint.h>

#define PLUMB_ALLAN_LEVELS_N 32

struct plumb_allan {
    struct plumb_allan_level {
        double pending;     /* first of a pair, until the second comes */
        double previous;    /* the average before, to take differences from */
        double squares_sum; /* of those differences */
        uint64_t averages_n;
        int is_pending;
    } levels[PLUMB_ALLAN_LEVELS_N];
    double rate_hz;
};

void plumb_allan_init(struct plumb_allan *allan, double rate_hz);

/* One more value, evenly spaced; finite. */
void plumb_allan_push(struct plumb_allan *allan, double value);

/* The averaging time of a level: 2^level samples. */
double plumb_allan_tau_s(const struct plumb_allan *allan, int level);

/* The deviation at that time in the unit pushed; NaN with fewer than 3 averages. */
double plumb_allan_deviation(const struct plumb_allan *allan, int level);

/* Noise density (unit/sqrt(Hz)), from the levels between 0.1 and 1 s where white noise rules in the sensors
 * we know; NaN when the recording is shorter than some seconds. */
double plumb_allan_density(const struct plumb_allan *allan);

/* Bias instability: the lowest deviation over all times, by 0.664 (IEEE Std 952); NaN as above. */
double plumb_allan_instability(const struct plumb_allan *allan);

#endif
