/* Turning within a window, as the mount fits need it: rotation vectors against a reference attitude, filtered
 * to the band of deliberate movement, their principal axis, and the swings from turning point to turning
 * point. Shared by mount.c, mount_arch.c and mount_search.c only.
 */
#ifndef PLUMB_MOUNT_TURN_H
#define PLUMB_MOUNT_TURN_H

#include <stddef.h>

#include "quat.h"
#include "sample.h"

#define PLUMB_DRIFT_N 4 /* Legendre polynomials: up to the third degree */

/* Attitudes over time; the times come from samples where these are given, else from t_s. The heading of a
 * six-axis estimate drifts as the gyroscope's offset wants, by degrees a second before that is known, and the
 * drift bends while it becomes known. What is smooth of the heading is taken out, for tilting and arching end
 * where they began. */
struct plumb_turns {
    const struct plumb_sample *samples;
    const double *t_s;
    const struct plumb_quat *q_ws;
    size_t n;
    double
        drift_rad[PLUMB_DRIFT_N]; /* of the heading, over -1..1 from begin to end; from plumb_turns_settle */
};

/* Band-pass of first order stages, the same for all axes: it delays, but turns no axis. low_hz 0: no
 * high-pass. */
struct plumb_turn_filter {
    double low_hz, high_hz;
    struct plumb_vec3 smooth[2], slow;
    double t_s;
    int started;
};

struct plumb_turn_axis {
    struct plumb_vec3 axis_s; /* unit, either way round; zero where nothing turned */
    double rms_rad;           /* of the turning about it */
    double explained;         /* its share of all turning, 0..1 */
};

/* From one turning point to the next. */
struct plumb_swing {
    struct plumb_vec3 turn_s; /* rotation vector in the sensor's frame, rad */
    double along_rad;         /* its part about the axis, signed */
    double t_s;               /* when it ended */
};

#define PLUMB_SWINGS_MAX 64 /* in a window; more are not looked at */

double plumb_turns_t_s(const struct plumb_turns *turns, size_t i);

/* Finds the drift. To be called first. is_heading: the tilts themselves are about the vertical, so that only
 * an even drift may be taken out. */
void plumb_turns_settle(struct plumb_turns *turns, int is_heading);

/* Attitude i without the drift. */
struct plumb_quat plumb_turns_q(const struct plumb_turns *turns, size_t i);

/* The attitude that the window swings about. n > 0. */
struct plumb_quat plumb_turns_mean(const struct plumb_turns *turns);

/* Rotation vector (rad, in the reference's frame) from the reference attitude to attitude i. */
struct plumb_vec3 plumb_turns_at(const struct plumb_turns *turns, struct plumb_quat q_ws_reference, size_t i);

struct plumb_vec3
plumb_turn_filter_push(struct plumb_turn_filter *filter, double t_s, struct plumb_vec3 turn_s);

/* The principal axis of all turning in the band of deliberate tilts. */
struct plumb_turn_axis
plumb_turn_axis_find(const struct plumb_turns *turns, struct plumb_quat q_ws_reference);

/* The swings about the axis that are larger than least_rad, in order. Returns how many, at most
 * PLUMB_SWINGS_MAX. */
size_t plumb_turn_swings(
    struct plumb_swing swings[PLUMB_SWINGS_MAX], const struct plumb_turns *turns,
    struct plumb_quat q_ws_reference, struct plumb_vec3 axis_s, double least_rad);

#endif
