/* A small random generator of our own, so that a seed means the same patient on every machine.
 *
 * PCG32 (O'Neill 2014, XSH-RR): 64 bits of state, 2^64 period, one stream per seed.
 */
#ifndef PLUMB_RNG_H
#define PLUMB_RNG_H

#include <math.h>
#include <stdint.h>

#include "../core/units.h"

struct plumb_rng {
    uint64_t state;
};

#define PLUMB_RNG_MULTIPLIER UINT64_C(6364136223846793005) /* Knuth's MMIX, as PCG uses it */
#define PLUMB_RNG_INCREMENT  UINT64_C(1442695040888963407)

static inline uint32_t plumb_rng_next(struct plumb_rng *rng)
{
    uint64_t old = rng->state;
    uint32_t mixed = (uint32_t)(((old >> 18) ^ old) >> 27);
    uint32_t turn = (uint32_t)(old >> 59);
    rng->state = old * PLUMB_RNG_MULTIPLIER + PLUMB_RNG_INCREMENT;
    return (mixed >> turn) | (mixed << ((32 - turn) & 31));
}

static inline struct plumb_rng plumb_rng_of(uint64_t seed)
{
    struct plumb_rng rng = {seed + PLUMB_RNG_INCREMENT};
    plumb_rng_next(&rng);
    plumb_rng_next(&rng);
    return rng;
}

/* Evenly spread in low..high. */
static inline double plumb_rng_uniform(struct plumb_rng *rng, double low, double high)
{
    return low + (high - low) * ((plumb_rng_next(rng) + 0.5) / 4294967296.0);
}

/* Normally spread with mean 0 and deviation 1 (Box & Muller 1958, one of the pair). */
static inline double plumb_rng_normal(struct plumb_rng *rng)
{
    double radius = sqrt(-2 * log(plumb_rng_uniform(rng, 0, 1)));
    return radius * cos(2 * PLUMB_PI * plumb_rng_uniform(rng, 0, 1));
}

#endif
