/* What was kept of a session as it came, for who carries it elsewhere: one row of the store's recorded tables
 * after the other, named by what they say and not by the numbers that a store gives, in an order in which
 * another store can take them. */
#ifndef PLUMB_KEPT_H
#define PLUMB_KEPT_H

#include <stddef.h>
#include <stdint.h>

#define PLUMB_KEPT_FIELDS_N 24

enum plumb_kept_kind {
    PLUMB_KEPT_NOTHING,
    PLUMB_KEPT_INTEGER,
    PLUMB_KEPT_REAL,
    PLUMB_KEPT_TEXT, /* UTF-8, n bytes, a NUL behind them */
    PLUMB_KEPT_BYTES
};

struct plumb_kept_field {
    const char *name;
    enum plumb_kept_kind kind;
    int64_t integer;
    double real;
    const void *bytes; /* of TEXT and BYTES */
    size_t n;
};

/* Names and bytes are borrowed until the next row. */
struct plumb_kept {
    const char *table;
    int fields_n;
    struct plumb_kept_field fields[PLUMB_KEPT_FIELDS_N];
};

#endif
