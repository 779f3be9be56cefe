/* A cursor in a recording and the window of time about it: what keys, a pointer and playing do to them. Pure.
 */
#ifndef PLUMB_SCRUB_H
#define PLUMB_SCRUB_H

#include <stddef.h>

#define PLUMB_SCRUB_SPAN_S  60.0 /* of the window at first */
#define PLUMB_SCRUB_LEAST_S 5.0  /* no closer */

struct plumb_scrub {
    double begin_s, end_s; /* of the recording */
    double from_s, span_s; /* of the window */
    double cursor_s;
    int playing;
    double speed; /* seconds of the recording a second */
};

/* The cursor at the beginning, standing. */
void plumb_scrub_init(struct plumb_scrub *scrub, double begin_s, double end_s);

/* Puts the cursor there, or to the nearer end; the window follows as little as it has to. */
void plumb_scrub_to(struct plumb_scrub *scrub, double t_s);

/* The same under a pointer: a window that has the moment in it stays. */
void plumb_scrub_point(struct plumb_scrub *scrub, double t_s);

/* Half the window (steps > 0) or twice (steps < 0), so often; the cursor stays where it is in the picture as
 * far as the recording reaches. */
void plumb_scrub_zoom(struct plumb_scrub *scrub, int steps);

/* Plays or stands; from the end it plays from the beginning. */
void plumb_scrub_toggle(struct plumb_scrub *scrub);

/* So much time has passed; at the end it stands. 1 where the cursor moved. */
int plumb_scrub_pass(struct plumb_scrub *scrub, double passed_s);

/* The next of the moments (rising) behind the cursor (way 1) or before it (way -1); NaN where there is none.
 * While it plays, one that has only just passed is passed by on the way back. */
double plumb_scrub_neighbour(const struct plumb_scrub *scrub, const double *moments_s, size_t n, int way);

/* The last of n rising times that is not after t_s; n where there is none. */
size_t plumb_scrub_row(const double *t_s, size_t n, double at_s);

#endif
