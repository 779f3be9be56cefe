/* Where a sensor that somebody turns by hand was held still: no button, no mark.
 *
 * Samples become blocks of a tenth of a second (means and spread), so that an hour stays small and a live run
 * may look again at all of it twice a second. Still is where, over a second, the rotation and the force
 * differ little from their own means (an offset of the gyroscope does not matter), judged against the
 * quietest second of this recording: a table and a trembling hand both have theirs.
 */
#ifndef PLUMB_STILL_H
#define PLUMB_STILL_H

#include <stddef.h>

#include "sample.h"

#define PLUMB_STILL_BLOCK_S 0.1
#define PLUMB_STILL_WINDOW  8 /* blocks: a pose of a second, its ends cut off */

enum plumb_still_block_flag {
    PLUMB_STILL_BROKEN = 1u << 0,  /* samples are missing in it or before it */
    PLUMB_STILL_CLIPPED = 1u << 1, /* an axis was at the end of its range */
};

struct plumb_still_block {
    double begin_s, end_s;
    size_t row, n;                                /* its first row and how many */
    struct plumb_vec3 accel_s_mps2, gyro_s_radps; /* means */
    double accel_var, gyro_var; /* mean square about them, (m/s2)^2 and (rad/s)^2, three axes together */
    double temp_c;              /* mean; NaN where unknown */
    unsigned flags;
    unsigned level; /* bit (1u << axis): the accelerometer's axis said exactly the same all the time */
};

/* The blocks so far. `list` is the caller's, with room for `room`; a full list drops what comes later. */
struct plumb_still_blocks {
    struct plumb_still_block *list;
    size_t n, room;
    /* the block that is filling */
    struct plumb_still_block open;
    struct plumb_vec3 first_accel, first_gyro, accel_sum, gyro_sum;
    double accel2_sum, gyro2_sum, temp_sum, last_s, step_s;
    size_t temps_n;
    struct plumb_vec3 accel_least, accel_most; /* by axis, over all samples */
};

void plumb_still_blocks_init(struct plumb_still_blocks *blocks, struct plumb_still_block *list, size_t room);

/* One sample, the row-th of its recording. Values that are not finite and times that do not rise are
 * ignored. 1 when a block was completed. */
int plumb_still_blocks_push(
    struct plumb_still_blocks *blocks, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags);

/* A time in which the sensor was held still. */
struct plumb_still {
    double begin_s, end_s;
    size_t row, rows_n;                           /* in the recording */
    size_t block, blocks_n;                       /* in the blocks */
    struct plumb_vec3 accel_s_mps2, gyro_s_radps; /* means */
    double accel_sd_mps2;                         /* of that mean, each axis, from how the blocks differ */
    double gyro_sd_radps; /* likewise, and a hand's unseen turning about the vertical */
    double temp_c;
    unsigned flags; /* of its blocks; CLIPPED also where an axis stands level at the most it ever says */
};

struct plumb_still_limits {
    double rate_radps, force_mps2; /* rms about the mean of a second that still counts as still */
};

/* The limits that this recording asks for. Without blocks the narrowest. */
struct plumb_still_limits plumb_still_limits(const struct plumb_still_blocks *blocks);

/* All poses of a second and more, in order; how many, at most `room`. */
size_t plumb_still_find(
    const struct plumb_still_blocks *blocks, const struct plumb_still_limits *limits,
    struct plumb_still *stills, size_t room);

/* For how long it has been still up to the last block; 0 while moving. */
double plumb_still_now_s(const struct plumb_still_blocks *blocks, const struct plumb_still_limits *limits);

#endif
