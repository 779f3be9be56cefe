/* From the moment to what is drawn and written: the one place where the window turns radians into degrees and
 * states into words.
 */
#ifndef PLUMB_READINGS_H
#define PLUMB_READINGS_H

#include "../../view/hold_ring.h"
#include "../../view/readout.h"
#include "../../view/trace_chart.h"
#include "engine.h"

#define PLUMB_READING_N 96

struct plumb_readout plumb_readings_readout(const struct plumb_moment *moment);

/* The limits as the chart draws them. */
struct plumb_trace_limits plumb_readings_limits(const struct plumb_moment *moment);

/* "2.4 degrees forward, in the zone": for who listens. */
void plumb_readings_tilt_words(char *out, size_t room, const struct plumb_readout *readout);

/* The ring of the hold, or of a step that takes its time. Theme and text size stay unset. */
struct plumb_hold_ring plumb_readings_ring(const struct plumb_moment *moment);

/* "12 of 30 seconds, seconds left", "3 of 10, repetitions": for who listens. */
void plumb_readings_ring_words(char *out, size_t room, const struct plumb_hold_ring *ring);

/* What one side has so far: seconds in the zone, or how many of what the exercise counts. */
void plumb_readings_total(
    char out[PLUMB_READING_N], const struct plumb_moment *moment, const struct plumb_dose *dose,
    enum plumb_side side);

/* Nothing comes from the clip. */
int plumb_readings_away(const struct plumb_moment *moment);

/* An angle as "+2.4°", or why it is not there. pose_shows: whether gravity shows it in this pose. */
void plumb_readings_angle(char out[PLUMB_READING_N], double angle_rad, int pose_shows);

/* There is no tilt, because gravity does not show it in this pose. */
int plumb_readings_tilt_unseen(const struct plumb_moment *moment);

int plumb_readings_shows_rotation(enum plumb_pose pose);
int plumb_readings_shows_obliquity(enum plumb_pose pose);

/* Seconds in the zone of one side so far, the hold that stands included. */
double plumb_readings_in_zone_s(const struct plumb_moment *moment, enum plumb_side side);

#endif
