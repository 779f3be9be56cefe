/* A sentence found again: whether a text was made from a format, and what stands in its places. What is kept
 * or told as a whole English sentence can so be said in another language at the very end. */
#ifndef PLUMB_SENTENCE_H
#define PLUMB_SENTENCE_H

#include <stddef.h>

#define PLUMB_HOLES_N 4 /* places in a format, at most */

struct plumb_hole {
    const char *text; /* not ended; borrowed from the sentence or from who fills */
    size_t n;
};

/* How many bytes of `text` are the format's own where it was made from it; -1 where it was not. Every place
 * ("%s", "%.1f", "%lld") may hold anything up to the words behind it. The places that the format has not are
 * empty. */
long plumb_sentence_find(const char *format, const char *text, struct plumb_hole holes[PLUMB_HOLES_N]);

/* The format with what stands in its places, whatever conversions it names; cut where it is too long. Returns
 * `out`. */
char *
plumb_sentence_fill(char *out, size_t room, const char *format, const struct plumb_hole holes[PLUMB_HOLES_N]);

#endif
