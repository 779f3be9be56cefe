#include "source_emulator.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "find_data.h"
#include "message_fail.h"
#include "simulation.h"
#include "text_number.h"

#define STEP_MS    5 /* a command waits no longer than this for the board */
#define STEP_US    (STEP_MS * 1000)
#define DESCRIBE_N 160
#define FASTEST    1000.0
#define SLOWEST    0.01

struct plumb_source_emulator {
    struct plumb_simulation *simulation;
    double speed;     /* of the run against the clock; 0: as fast as it goes */
    int64_t begin_us; /* the clock's time at power-on */
    int over;
    char describe[DESCRIBE_N];
    struct plumb_message message;
};

/* ---- the URI ---- */

struct wish {
    char path[PLUMB_PATH_N], truth[PLUMB_PATH_N], faults[PLUMB_PATH_N], speed[PLUMB_TEXT_NUMBER_N], grade[16];
};

static const struct {
    const char *key;
    size_t offset, room;
} wishes[] = {
    {"speed", offsetof(struct wish, speed), sizeof(((struct wish *)0)->speed)},
    {"truth", offsetof(struct wish, truth), PLUMB_PATH_N},
    {"faults", offsetof(struct wish, faults), PLUMB_PATH_N},
    {"grade", offsetof(struct wish, grade), sizeof(((struct wish *)0)->grade)},
};

/* One key=value of n bytes. */
static int wish_read(struct wish *wish, const char *text, size_t n, struct plumb_message *message)
{
    const char *equals = memchr(text, '=', n);
    size_t key_n = equals ? (size_t)(equals - text) : n, value_n = equals ? n - key_n - 1 : 0;
    for (size_t i = 0; equals && i < sizeof wishes / sizeof wishes[0]; i++) {
        if (strlen(wishes[i].key) != key_n || memcmp(wishes[i].key, text, key_n) || value_n >= wishes[i].room)
            continue;
        char *into = (char *)wish + wishes[i].offset;
        memcpy(into, equals + 1, value_n);
        into[value_n] = '\0';
        return 0;
    }
    return plumb_message_fail(
        message, PLUMB_USAGE, "sim: takes speed=, truth=, faults= and grade=, not \"%.*s\"", (int)n, text);
}

/* Only the first '?' that is followed by one of our keys ends the path, so that a file may have one in its
 * name. */
static const char *options_of(const char *rest)
{
    for (const char *mark = strchr(rest, '?'); mark; mark = strchr(mark + 1, '?'))
        if (strchr(mark, '='))
            return mark;
    return rest + strlen(rest);
}

static int wish_parse(struct wish *wish, const char *rest, struct plumb_message *message)
{
    const char *at = options_of(rest);
    *wish = (struct wish){.speed = "1"};
    if (at == rest || (size_t)(at - rest) >= sizeof wish->path)
        return plumb_message_fail(
            message, PLUMB_USAGE, "sim: wants a scenario or a raw CSV: sim:supine-edge-demo");
    memcpy(wish->path, rest, (size_t)(at - rest));
    while (*at) {
        size_t n = strcspn(++at, "&");
        int fail = wish_read(wish, at, n, message);
        if (fail)
            return fail;
        at += n;
    }
    return 0;
}

static int speed_read(double *speed, const char *text, struct plumb_message *message)
{
    *speed = 0;
    if (!strcmp(text, "max"))
        return 0;
    if (plumb_text_is_number(text, speed) && *speed >= SLOWEST && *speed <= FASTEST)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "speed is a number from 0.01 to 1000 or max, not %s", text);
}

/* ---- opening ---- */

static int ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), end_n = strlen(end);
    return n >= end_n && !strcmp(text + n - end_n, end);
}

static const char *said(const char *text)
{
    return *text ? text : NULL;
}

static int
open_wish(struct plumb_source_emulator *source, const struct wish *wish, struct plumb_message *message)
{
    struct plumb_simulation_options options = {
        .truth_path = said(wish->truth),
        .feed = {.faults_path = said(wish->faults), .grade = said(wish->grade)}};
    char found[PLUMB_PATH_N];
    int recording = ends_with(wish->path, ".csv") || ends_with(wish->path, ".csv.gz");
    int fail = speed_read(&source->speed, wish->speed, message);
    if (!fail && !recording)
        fail = plumb_data_find("scenarios", ".scenario", wish->path, found, message);
    if (fail)
        return fail;
    if (!recording && options.feed.grade)
        return plumb_message_fail(message, PLUMB_USAGE, "grade= is for recordings; a scenario has its own");
    options.feed.motion_path = recording ? wish->path : NULL;
    options.feed.scenario_path = recording ? NULL : found;
    source->simulation = plumb_simulation_open(&options, &fail, message);
    if (!fail)
        snprintf(
            source->describe, sizeof source->describe, "emulated board, %s %s",
            recording ? "motion" : "scenario", plumb_simulation_scenario(source->simulation)->name);
    return fail;
}

static int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct plumb_source_emulator *
plumb_source_emulator_open(const char *rest, int *fail, struct plumb_message *message)
{
    struct plumb_source_emulator *source = calloc(1, sizeof *source);
    struct wish wish;
    *fail = source ? wish_parse(&wish, rest, message)
                   : plumb_message_fail(message, PLUMB_FAILED, "no memory for the emulated board");
    if (!*fail)
        *fail = open_wish(source, &wish, message);
    if (!*fail) {
        source->begin_us = clock_us();
        return source;
    }
    plumb_source_emulator_close(source);
    return NULL;
}

/* ---- running ---- */

static int take(struct plumb_source_emulator *source, struct plumb_source_event *event)
{
    static const enum plumb_source_event_kind kinds[] = {
        [PLUMB_SIMULATION_BYTES] = PLUMB_SOURCE_BYTES,
        [PLUMB_SIMULATION_UNPLUG] = PLUMB_SOURCE_GONE,
        [PLUMB_SIMULATION_PLUG] = PLUMB_SOURCE_BACK};
    struct plumb_simulation_event next;
    while (plumb_simulation_next(source->simulation, &next)) {
        if (next.kind == PLUMB_SIMULATION_PINS)
            continue; /* nobody can see the LED through a serial line */
        *event = (struct plumb_source_event){
            .kind = kinds[next.kind], .host_us = next.world_us, .bytes = next.bytes, .bytes_n = next.bytes_n};
        return 1;
    }
    return 0;
}

static void sleep_us(int64_t us)
{
    struct timespec rest = {us / 1000000, (long)(us % 1000000) * 1000};
    while (us > 0 && nanosleep(&rest, &rest) && errno == EINTR)
        ;
}

/* 1 when the next step is due now; else 0 after as much of the wait as the caller allows (until_us, the run's
 * time). */
static int pace(struct plumb_source_emulator *source, int64_t until_us)
{
    if (!(source->speed > 0))
        return 1;
    int64_t due_us = plumb_simulation_world_us(source->simulation) + STEP_US;
    int64_t first_us = due_us < until_us ? due_us : until_us;
    double left_us = (double)first_us / source->speed - (double)(clock_us() - source->begin_us);
    sleep_us((int64_t)left_us);
    return due_us <= until_us;
}

/* The run's time by the clock; a run at full speed has no other than its own. */
static int64_t now_us(const struct plumb_source_emulator *source)
{
    int64_t reached_us = plumb_simulation_world_us(source->simulation);
    if (!(source->speed > 0))
        return reached_us;
    int64_t clock = (int64_t)((double)(clock_us() - source->begin_us) * source->speed);
    return clock > reached_us ? clock : reached_us;
}

static int over(struct plumb_source_emulator *source, struct plumb_source_event *event)
{
    *event = (struct plumb_source_event){
        .kind = PLUMB_SOURCE_END, .host_us = plumb_simulation_world_us(source->simulation)};
    return 0;
}

int plumb_source_emulator_read(
    struct plumb_source_emulator *source, int64_t wait_us, struct plumb_source_event *event)
{
    int64_t until_us = now_us(source) + (wait_us > 0 ? wait_us : 0);
    while (!take(source, event)) {
        if (source->over)
            return over(source, event);
        int64_t reached_us = plumb_simulation_world_us(source->simulation);
        if (reached_us >= until_us || !pace(source, until_us)) {
            *event = (struct plumb_source_event){.kind = PLUMB_SOURCE_IDLE, .host_us = reached_us};
            return 0;
        }
        int going = plumb_simulation_step(source->simulation, STEP_MS, &source->message);
        if (going < 0)
            return going;
        source->over = !going;
    }
    return 0;
}

int plumb_source_emulator_write(struct plumb_source_emulator *source, const uint8_t *bytes, size_t n)
{
    return plumb_simulation_put(source->simulation, bytes, n);
}

void plumb_source_emulator_asked(
    struct plumb_source_emulator *source, const struct plumb_step *step, enum plumb_pose pose)
{
    plumb_simulation_asked(source->simulation, step, pose);
}

const char *plumb_source_emulator_describe(const struct plumb_source_emulator *source)
{
    return source->describe;
}

const char *plumb_source_emulator_message(const struct plumb_source_emulator *source)
{
    return source->message.text;
}

void plumb_source_emulator_close(struct plumb_source_emulator *source)
{
    if (!source)
        return;
    plumb_simulation_close(source->simulation, &source->message);
    free(source);
}
