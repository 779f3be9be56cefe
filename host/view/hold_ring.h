/* The hold as a ring that fills with the seconds in the zone; what is left stands in the middle, and a word
 * says what the timer does. Of what is counted it shows how many of how many. Pure. */
#ifndef PLUMB_HOLD_RING_H
#define PLUMB_HOLD_RING_H

#include "scene.h"
#include "theme.h"

#define PLUMB_RING_SECONDS_MOST 99.0 /* what is left is written in seconds up to here, else in minutes */

struct plumb_hold_ring {
    const struct plumb_theme *theme;
    double in_zone_s, dose_s; /* counted so far, wanted; dose 0: no hold now */
    int counted_n, asked_n;   /* repetitions or breaths; asked 0: seconds */
    enum plumb_zone zone;     /* colours the ring */
    int paused;               /* the timer stands */
    const char *word;         /* below the figure: "left", "paused", "done" */
    double text_px;           /* of the word: 18 at 100 % */
};

/* Fills the scene, whose size decides; what was in it is removed. */
void plumb_hold_ring_draw(struct plumb_scene *scene, const struct plumb_hold_ring *ring);

#endif
