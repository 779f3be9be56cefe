/* Long work asks now and then whether it is still wanted, so that a person can give it up. */
#ifndef PLUMB_WANTED_H
#define PLUMB_WANTED_H

#include <stddef.h>

struct plumb_wanted {
    int (*ask)(void *context); /* 1 while it is wanted; once 0, 0 for good. Asked by the thread that works */
    void *context;
};

#define PLUMB_WANTED_ROWS                                                                                    \
    4096 /* of a recording between two questions: some hundredths of a second of work                        \
          */

/* 1 where it is given up. NULL: nobody will. */
static inline int plumb_given_up(const struct plumb_wanted *wanted)
{
    return wanted && !wanted->ask(wanted->context);
}

/* The same in a loop over rows: asks at every few thousandth. */
static inline int plumb_given_up_at(const struct plumb_wanted *wanted, size_t row)
{
    return row % PLUMB_WANTED_ROWS == 0 && plumb_given_up(wanted);
}

#endif
