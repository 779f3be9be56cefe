/* The table of sources, and the way from a URI to a row of it. */
#include "source.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message_fail.h"
#include "source_auto.h"
#include "source_emulator.h"
#include "source_kind.h"

struct plumb_source {
    const struct plumb_source_kind *kind;
    void *self;
};

/* ---- the emulated board, in the table's terms ---- */

static void *sim_open(const char *rest, int *fail, struct plumb_message *message)
{
    return plumb_source_emulator_open(rest, fail, message);
}

static int sim_read(void *self, int64_t wait_us, struct plumb_source_event *event)
{
    return plumb_source_emulator_read(self, wait_us, event);
}

static int sim_write(void *self, const uint8_t *bytes, size_t n)
{
    return plumb_source_emulator_write(self, bytes, n);
}

static const char *sim_describe(const void *self)
{
    return plumb_source_emulator_describe(self);
}

static const char *sim_message(const void *self)
{
    return plumb_source_emulator_message(self);
}

static unsigned long sim_overflow(const void *self)
{
    (void)self; /* it runs no faster than it is read */
    return 0;
}

static void sim_close(void *self)
{
    plumb_source_emulator_close(self);
}

static void sim_asked(void *self, const struct plumb_step *step, enum plumb_pose pose)
{
    plumb_source_emulator_asked(self, step, pose);
}

static const struct plumb_source_kind kind_sim = {
    "sim",       "the emulated board: sim:SCENARIO[?speed=N|max]",
    sim_open,    sim_read,
    sim_write,   sim_describe,
    sim_message, sim_overflow,
    sim_close,   sim_asked,
};

/* ---- the table ---- */

const struct plumb_source_kind *const plumb_source_table[] = {
    &plumb_source_serial,
    &kind_sim,
    &plumb_source_replay,
    NULL,
};

static const struct plumb_source_kind *find_kind(const char *scheme, size_t n)
{
    for (size_t i = 0; plumb_source_table[i]; i++)
        if (strlen(plumb_source_table[i]->scheme) == n && !memcmp(plumb_source_table[i]->scheme, scheme, n))
            return plumb_source_table[i];
    return NULL;
}

static int unknown_source(const char *uri, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_USAGE, "`%.80s` is no source: it wants auto, serial:PORT, sim:SCENARIO or replay:FILE",
        uri);
}

struct plumb_source *plumb_source_of(const struct plumb_source_kind *kind, void *self)
{
    struct plumb_source *source = calloc(1, sizeof *source);
    if (source)
        *source = (struct plumb_source){kind, self};
    return source;
}

struct plumb_source *plumb_source_open(const char *uri, int *fail, struct plumb_message *message)
{
    char found[PLUMB_SOURCE_AUTO_N];
    if (!strcmp(uri, "auto")) {
        *fail = plumb_source_auto(found, message);
        if (*fail)
            return NULL;
        uri = found;
    }
    size_t scheme_n = strcspn(uri, ":");
    const struct plumb_source_kind *kind = uri[scheme_n] ? find_kind(uri, scheme_n) : NULL;
    void *self = kind ? kind->open(uri + scheme_n + 1, fail, message) : NULL;
    if (!kind)
        *fail = unknown_source(uri, message);
    struct plumb_source *source = self ? plumb_source_of(kind, self) : NULL;
    if (self && !source) {
        kind->close(self);
        *fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    }
    return source;
}

int plumb_source_read(struct plumb_source *source, int64_t wait_us, struct plumb_source_event *event)
{
    return source->kind->read(source->self, wait_us, event);
}

int plumb_source_write(struct plumb_source *source, const uint8_t *bytes, size_t n)
{
    return source->kind->write(source->self, bytes, n);
}

void plumb_source_asked(struct plumb_source *source, const struct plumb_step *step, enum plumb_pose pose)
{
    if (source->kind->asked)
        source->kind->asked(source->self, step, pose);
}

const char *plumb_source_describe(const struct plumb_source *source)
{
    return source->kind->describe(source->self);
}

const char *plumb_source_message(const struct plumb_source *source)
{
    return source->kind->message(source->self);
}

unsigned long plumb_source_overflow(const struct plumb_source *source)
{
    return source->kind->overflow(source->self);
}

void plumb_source_close(struct plumb_source *source)
{
    if (!source)
        return;
    source->kind->close(source->self);
    free(source);
}
