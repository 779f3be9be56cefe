/* From one still pose to the next: where up must be if the gyroscope is right, and how that would move with
 * each of its errors. */
#ifndef PLUMB_GYRO_TURN_H
#define PLUMB_GYRO_TURN_H

#include "calib.h"
#include "track.h"

#define PLUMB_GYRO_UNKNOWNS 15 /* matrix 9, row by row; bias 3; its slope with warmth 3 */

struct plumb_gyro_turn {
    double for_s, angle_rad; /* angle: the whole way, to and fro counted */
    double most_radps;
    int broken;                           /* samples are missing or beyond the range: not to be used */
    double end_start[9];                  /* takes a vector of the frame at the start to that at the end */
    double slope[3][PLUMB_GYRO_UNKNOWNS]; /* turn of the end (rotation vector, its own frame) per unknown */
};

/* Integrates the sensor's readings over rows [from, to] of the track as `calib` corrects them. */
void plumb_gyro_turn_run(
    struct plumb_gyro_turn *turn, const struct plumb_track *track, enum plumb_role role, size_t from,
    size_t to, const struct plumb_calib *calib);

/* The up that is to be expected at the end (unit vectors, sensor's frame). */
struct plumb_vec3 plumb_gyro_turn_up(const struct plumb_gyro_turn *turn, struct plumb_vec3 start_up_s);

/* Up (unit) in the sensor's frame at row `middle`, from the corrected force over rows [from, to], each turned
 * there by the gyroscope: a hand creeps by half a degree while it holds still. */
struct plumb_vec3 plumb_gyro_turn_held_up(
    const struct plumb_track *track, enum plumb_role role, size_t from, size_t middle, size_t to,
    const struct plumb_calib *calib);

#endif
