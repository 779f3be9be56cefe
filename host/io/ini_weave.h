/* Putting new values into a text that somebody wrote: what did not change stays as it stands, with its
 * comments and in its order.
 *
 *   a value that changed      takes the old one's place; a remark behind it stays
 *   a key that is new         comes behind the last of its section
 *   a section that is new     comes behind the one that goes before it in the new text
 *   a section that is gone    is left out with what is in it; where it has a comment its head stays
 *   a step that is gone       is left out with what is in it
 *   above a head              comments stay, whatever becomes of the section
 */
#ifndef PLUMB_INI_WEAVE_H
#define PLUMB_INI_WEAVE_H

#include <stdio.h>

#include "ini_lines.h"

struct plumb_ini_weave {
    const struct plumb_ini_lines *old;  /* as somebody wrote it */
    const struct plumb_ini *was;        /* every key of the old, written by us */
    const struct plumb_ini *was_plain;  /* the old, written by us without what is as usual */
    const struct plumb_ini_lines *full; /* every key of the new */
    const struct plumb_ini_lines *now;  /* the new, without what is as usual */
    const char *repeated; /* the kind of section that there is any number of, in order: "step" */
    const int *was_of;    /* which of the old ones each of the new is, -1: none; as many as `now` has */
};

/* Writes it. In `was`, `full` and `now` the repeated sections are numbered from 1; in the old their labels
 * may be anything; numbers among them stay too, and are set right where the order has changed. A failure of
 * the stream is left to ferror. */
void plumb_ini_weave(FILE *to, const struct plumb_ini_weave *weave);

#endif
