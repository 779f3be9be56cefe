/* A progress bar on a terminal, for what takes longer than a second; nothing where stderr is no terminal. */
#ifndef PLUMB_PROGRESS_H
#define PLUMB_PROGRESS_H

#include <stdint.h>

struct plumb_progress {
    int terminal, shown;
    int64_t begun_ms, shown_ms;
};

void plumb_progress_init(struct plumb_progress *progress, int terminal);

/* share: 0..1 of the work that is done. */
void plumb_progress_show(struct plumb_progress *progress, double share);

/* Takes the bar away: before a line is said, and at the end. */
void plumb_progress_clear(struct plumb_progress *progress);

#endif
