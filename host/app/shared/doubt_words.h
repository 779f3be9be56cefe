/* The doubts of a mount in words. */
#ifndef PLUMB_DOUBT_WORDS_H
#define PLUMB_DOUBT_WORDS_H

/* What is in doubt and what to do; one bit of enum plumb_mount_doubt. */
const char *plumb_doubt_words(unsigned doubt);

#endif
