/* Stillness of one sensor, and what it lies on: a table is still, a body sways and creeps. */
#ifndef PLUMB_REST_H
#define PLUMB_REST_H

#include "vec3.h"

struct plumb_rest_params {
    double rate_radps;   /* rotation that differs less than this from its own mean is still */
    double force_mps2;   /* the same for the specific force */
    double offset_radps; /* no gyroscope's zero-rate offset is beyond this */
    double dwell_s;      /* still for so long is rest */
    double mean_s;       /* over how long the means are taken */
    double smooth_s;     /* the sensor's noise is smoothed so long before it is compared */
    double block_s;      /* a table is told by the means of blocks this long */
    double sway_radps;   /* that differ by less than this beyond the sensor's own noise */
    double creep_rad;    /* and gravity that turns less than this */
};

struct plumb_rest_coeff {
    struct plumb_rest_params params;
    double rate2_radps2, force2_m2ps4;
};

enum { PLUMB_REST_BLOCKS = 8 };

/* Copied by assignment. */
struct plumb_rest {
    struct plumb_vec3 rate_mean_radps, force_mean_mps2;
    struct plumb_vec3 rate_smooth_radps, force_smooth_mps2;
    double still_s;
    int started;
    int still; /* 1 after dwell_s of stillness */
    int table; /* 1 where it is the stillness of a thing, not of a body */
    /* The blocks of this stillness. */
    struct plumb_vec3 rate_last_radps, rate_sum_radps, force_sum_mps2;
    double jitter2_radps2; /* sum of squared differences from sample to sample, three axes */
    double block_s, block_noise2_radps2;
    int block_n, blocks_n;
    struct plumb_vec3 block_rate_radps[PLUMB_REST_BLOCKS], block_force_mps2[PLUMB_REST_BLOCKS];
};

void plumb_rest_params_default(struct plumb_rest_params *params);

void plumb_rest_coeff_init(struct plumb_rest_coeff *coeff, const struct plumb_rest_params *params);

void plumb_rest_init(struct plumb_rest *state);

/* One sample, dt_s after the one before; raw rate and specific force in the sensor's frame. */
void plumb_rest_push(
    struct plumb_rest *state, const struct plumb_rest_coeff *coeff, double dt_s,
    struct plumb_vec3 force_s_mps2, struct plumb_vec3 rate_s_radps);

#endif
