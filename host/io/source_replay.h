/* Replaying a recording that is in memory: what is kept elsewhere than in a file of its own. */
#ifndef PLUMB_SOURCE_REPLAY_H
#define PLUMB_SOURCE_REPLAY_H

#include "recording.h"
#include "source.h"
#include "source_uri.h"

/* What stands behind "replay:", taken apart. 0 or PLUMB_USAGE with message. */
int plumb_replay_uri(struct plumb_source_uri *uri, const char *rest, struct plumb_message *message);

/* Its speed against the clock; 0: as fast as it is read. 0 or PLUMB_USAGE with message. */
int plumb_replay_speed(const struct plumb_source_uri *uri, double *speed, struct plumb_message *message);

/* A source of the recording, which it takes over (it is freed also where this fails). name: for a person.
 * NULL with *fail and message. */
struct plumb_source *plumb_replay_recording(
    struct plumb_recording *recording, const char *name, double speed, int *fail,
    struct plumb_message *message);

#endif
