/* The engine at a terminal: dashboard, single keys, Ctrl-C, and a line of JSON an event where a machine
 * listens. */
#ifndef PLUMB_LIVE_SHELL_H
#define PLUMB_LIVE_SHELL_H

#include "../live/live.h"
#include "dashboard.h"
#include "keys.h"

struct plumb_live_shell {
    int jsonl; /* one event a line on standard output */
    double jsonl_hz;
    struct plumb_dashboard dashboard;
    struct plumb_keys keys;
    int64_t told_us;
};

/* Runs the engine until the exercise, the source or the person ends it; its hooks are the shell's. 0, or a
 * negative enum plumb_fail with message. */
int plumb_live_shell_run(
    struct plumb_live_shell *shell, struct plumb_live *live, struct plumb_message *message);

/* The summary on stdout. */
void plumb_live_shell_tell(const struct plumb_live *live);

#endif
