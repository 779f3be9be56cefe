#include "progress.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define PATIENCE_MS 1000
#define EVERY_MS    100
#define BAR_N       40

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void plumb_progress_init(struct plumb_progress *progress, int terminal)
{
    *progress = (struct plumb_progress){.terminal = terminal, .begun_ms = now_ms()};
}

void plumb_progress_show(struct plumb_progress *progress, double share)
{
    char bar[BAR_N + 1];
    int64_t ms = progress->terminal ? now_ms() : 0;
    if (!progress->terminal || ms - progress->begun_ms < PATIENCE_MS || ms - progress->shown_ms < EVERY_MS)
        return;
    int full = (int)(share * BAR_N);
    memset(bar, '.', BAR_N);
    memset(bar, '#', (size_t)(full < 0 ? 0 : full > BAR_N ? BAR_N : full));
    bar[BAR_N] = '\0';
    fprintf(stderr, "\r%s %3.0f %%", bar, 100 * share);
    progress->shown = 1;
    progress->shown_ms = ms;
}

void plumb_progress_clear(struct plumb_progress *progress)
{
    if (progress->shown)
        fputs("\r\033[K", stderr);
    progress->shown = 0;
}
