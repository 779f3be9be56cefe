/* One row of the table of sources: what every kind of source can do. */
#ifndef PLUMB_SOURCE_KIND_H
#define PLUMB_SOURCE_KIND_H

#include "source.h"

struct plumb_source_kind {
    const char *scheme;  /* "serial" of "serial:/dev/ttyUSB0" */
    const char *summary; /* for --help */
    /* `rest` is the URI behind "scheme:". NULL with *fail and message. */
    void *(*open)(const char *rest, int *fail, struct plumb_message *message);
    int (*read)(void *self, int64_t wait_us, struct plumb_source_event *event);
    int (*write)(void *self, const uint8_t *bytes, size_t n);
    const char *(*describe)(const void *self);
    const char *(*message)(const void *self);
    unsigned long (*overflow)(const void *self);
    void (*close)(void *self);
    /* tells the wearer what is asked for now; NULL where the source has no ear for that */
    void (*asked)(void *self, const struct plumb_step *step, enum plumb_pose pose);
};

extern const struct plumb_source_kind plumb_source_serial;
extern const struct plumb_source_kind plumb_source_replay;

/* A source of that kind, already open as `self`, which it takes over. NULL when memory is short. */
struct plumb_source *plumb_source_of(const struct plumb_source_kind *kind, void *self);

/* The table, ended by NULL. */
extern const struct plumb_source_kind *const plumb_source_table[];

#endif
