/* A raw CSV as motion: what its sensors said, at any moment between its rows. */
#ifndef PLUMB_FEED_RECORDING_H
#define PLUMB_FEED_RECORDING_H

#include "recording.h"

struct plumb_feed_recording {
    struct plumb_recording recording;
    double later_s;         /* world time of the first row less its t_s */
    double length_s;        /* world time of the last row, and a little for its sample to get out */
    enum plumb_role second; /* what 0x69 feels: lumbar or thigh; PLUMB_PELVIS where there is neither */
    size_t *row[2];         /* the rows where that sensor has values; owned */
    size_t rows_n[2];
};

/* 0, or a negative enum plumb_fail with a message (also for a file without a single row). */
int plumb_feed_recording_load(
    struct plumb_feed_recording *feed, const char *path, struct plumb_message *message);

void plumb_feed_recording_free(struct plumb_feed_recording *feed);

/* 1 with what sensor 0 or 1 feels at world time t_s, 0 where the file has no such sensor. */
int plumb_feed_recording_at(
    const struct plumb_feed_recording *feed, int which, double t_s, struct plumb_imu *imu);

#endif
