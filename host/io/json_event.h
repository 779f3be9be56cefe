/* Events as JSON, one object a line: for machines that listen to `plumb live --jsonl`. */
#ifndef PLUMB_JSON_EVENT_H
#define PLUMB_JSON_EVENT_H

#include "../session/session.h"

/* The event as one line without its end: owned, free with free(). NULL for events that have nothing to tell a
 * machine, and when memory is short. Every line has "event", "t_s" (device) and "host_s" (monotonic). */
char *plumb_json_event(const struct plumb_event *event, const struct plumb_session *session);

#endif
