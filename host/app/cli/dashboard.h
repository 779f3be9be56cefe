/* What a person sees on the terminal while they stretch: big enough to be read from the bed.
 *
 * On a terminal it redraws in place; elsewhere (a log, a pipe) it says one line a second and one for each
 * event.
 */
#ifndef PLUMB_DASHBOARD_H
#define PLUMB_DASHBOARD_H

#include <stdio.h>

#include "../../session/session.h"

struct plumb_dashboard {
    FILE *to;
    int terminal;
    int64_t drawn_us;
    char note[PLUMB_EXERCISE_TEXT_N]; /* the last thing worth saying */
    int rows_n;                       /* drawn last time */
    int sound_off;                    /* the sound was lost */
};

void plumb_dashboard_init(struct plumb_dashboard *dashboard, FILE *to);

/* Remembers or prints what the event has to say. */
void plumb_dashboard_event(
    struct plumb_dashboard *dashboard, const struct plumb_session *session, const struct plumb_event *event);

/* Draws when it is time. */
void plumb_dashboard_tick(
    struct plumb_dashboard *dashboard, const struct plumb_session *session, int64_t now_us);

void plumb_dashboard_close(struct plumb_dashboard *dashboard);

#endif
