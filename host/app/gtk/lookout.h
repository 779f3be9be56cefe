/* Looks for the clip while nobody stretches: which ports there are, and, once for each new one, who answers.
 * A thread of its own: opening a port takes seconds.
 */
#ifndef PLUMB_LOOKOUT_H
#define PLUMB_LOOKOUT_H

struct plumb_lookout; /* owned, ended with plumb_lookout_free */

struct plumb_lookout_seen {
    int boards_n, answers, no_right;
    char words[400]; /* for a person: what is there, and what to do where it is not */
};

struct plumb_lookout *plumb_lookout_new(void);

void plumb_lookout_look(struct plumb_lookout *lookout, struct plumb_lookout_seen *seen);

/* Ends it: within a second or two, when it is asking a board. */
void plumb_lookout_free(struct plumb_lookout *lookout);

#endif
