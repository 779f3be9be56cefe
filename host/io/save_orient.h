/* Orientation as CSV: t_s,qw,qx,qy,qz, one row for each row of the track. */
#ifndef PLUMB_SAVE_ORIENT_H
#define PLUMB_SAVE_ORIENT_H

#include "../core/message.h"
#include "../core/quat.h"
#include "../core/track.h"

/* q_ws: track->n of them. Writes the file anew ("-": standard output). 0 or negative; nothing is half
 * written. */
int plumb_orient_save(
    const char *path, const struct plumb_track *track, const struct plumb_quat *q_ws,
    struct plumb_message *message);

#endif
