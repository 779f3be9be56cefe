/* The emulated board's serial line as a pseudo terminal under a name of the person's choice. */
#ifndef PLUMB_SIM_LINK_H
#define PLUMB_SIM_LINK_H

#include <stddef.h>
#include <stdint.h>

#include "../../core/message.h"

struct plumb_sim_link {
    int master;       /* -1 while closed */
    const char *path; /* the symbolic link, borrowed; removed at the end */
};

/* Makes the terminal and the link to it; an existing link is replaced, another kind of file is not. 0 or
 * negative. */
int plumb_sim_link_open(struct plumb_sim_link *link, const char *path, struct plumb_message *message);

/* 1 while somebody has the other end open. */
int plumb_sim_link_heard(const struct plumb_sim_link *link);

/* Writes all n bytes, waiting while the reader is behind; what nobody hears is dropped. */
void plumb_sim_link_put(const struct plumb_sim_link *link, const uint8_t *bytes, size_t n);

/* Up to n bytes from the other end; never waits. Returns how many. */
size_t plumb_sim_link_get(const struct plumb_sim_link *link, uint8_t *bytes, size_t n);

/* Waits until the reader has taken what was written (at most 2 s), then closes. */
void plumb_sim_link_close(struct plumb_sim_link *link);

#endif
