/* Are the numbers of a recording in the units that their columns promise? */
#ifndef PLUMB_RECORDING_UNITS_H
#define PLUMB_RECORDING_UNITS_H

#include "../core/message.h"
#include "../core/track.h"

/* Looks at the pelvis' sensor over the whole recording. 0, or PLUMB_DAMAGED with a sentence that says what
 * was wanted and what the numbers look like: g or mg in place of m/s2, deg/s in place of rad/s, milliseconds
 * in place of seconds. A recording too short or too empty to tell passes. */
int plumb_recording_check_units(
    const struct plumb_track *track, const char *file, struct plumb_message *message);

#endif
