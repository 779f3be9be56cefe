/* plumb sim: the firmware on the emulated board, as a raw CSV or as a serial line to connect to. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../../core/units.h"
#include "../../io/find_data.h"
#include "../../io/message_fail.h"
#include "../../core/mark.h"
#include "../../io/save_raw.h"
#include "../../io/simulation.h"
#include "../../session/session.h"
#include "sim_link.h"
#include "verb.h"

#define STEP_MS     5
#define GET_N       256
#define SPEED_LEAST 0.01
#define SPEED_MOST  1000

struct options {
    struct plumb_simulation_options simulation;
    const char *scenario, *link, *out;
    double speed; /* 0: as fast as it goes */
};

enum {
    OPT_SCENARIO = 's',
    OPT_MOTION = 'm',
    OPT_OUT = 'o',
    OPT_TRUTH = 0x100,
    OPT_FAULTS,
    OPT_SPEED,
    OPT_LINK,
    OPT_IMAGE,
    OPT_GRADE
};

static const struct argp_option option_table[] = {
    {"scenario", OPT_SCENARIO, "ID|FILE", 0, "the emulated person", 0},
    {"motion", OPT_MOTION, "RAW.csv", 0, "or what the sensor shall feel", 0},
    {"truth", OPT_TRUTH, "FILE", 0, "write what really happened (scenario only)", 0},
    {"faults", OPT_FAULTS, "FILE", 0, "a timetable of faults", 0},
    {"grade", OPT_GRADE, "perfect|typical|worst", 0, "sensor errors added to --motion; default perfect", 0},
    {"speed", OPT_SPEED, "N|max", 0, "times real time; default 1 with --link, else max", 0},
    {"link", OPT_LINK, "PATH", 0, "offer the board's serial line under this name", 0},
    {"out", OPT_OUT, "FILE", 0, "without --link: what the board sent, as raw CSV; default standard output",
     0},
    {"image", OPT_IMAGE, "ELF", 0, "another firmware", 0},
    {0}};

static void parse_speed(struct options *options, const char *arg, struct argp_state *state)
{
    options->speed =
        strcmp(arg, "max") == 0 ? 0 : plumb_number_arg(arg, SPEED_LEAST, SPEED_MOST, "speed", state);
}

static void check(const struct options *options, struct argp_state *state)
{
    if (!options->scenario == !options->simulation.feed.motion_path)
        argp_error(state, "either --scenario or --motion, please");
}

static error_t parse(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;
    switch (key) {
    case OPT_SCENARIO:
        options->scenario = arg;
        return 0;
    case OPT_MOTION:
        options->simulation.feed.motion_path = arg;
        return 0;
    case OPT_TRUTH:
        options->simulation.truth_path = arg;
        return 0;
    case OPT_FAULTS:
        options->simulation.feed.faults_path = arg;
        return 0;
    case OPT_GRADE:
        options->simulation.feed.grade = arg;
        return 0;
    case OPT_SPEED:
        parse_speed(options, arg, state);
        return 0;
    case OPT_LINK:
        options->link = arg;
        return 0;
    case OPT_OUT:
        options->out = arg;
        return 0;
    case OPT_IMAGE:
        options->simulation.image_path = arg;
        return 0;
    case ARGP_KEY_END:
        check(options, state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static const struct argp argp = {
    option_table,
    parse,
    NULL,
    "Runs the firmware's image, instruction by instruction, on an emulated board with an emulated sensor.\v"
    "Without --link it writes what arrived as raw CSV:\n"
    "  plumb sim --motion X.csv | plumb analyze -\n"
    "With --link it waits until a program opens the line, then starts:\n"
    "  plumb sim --scenario supine-edge-demo --link line & plumb live --source serial:line",
    NULL,
    NULL,
    NULL};

/* ---- what arrives, as raw CSV */

struct sink {
    struct plumb_session session;
    struct plumb_save_raw *save;
    const char *path;
    /* the scenario's markers, by the board's clock */
    struct plumb_scenario_mark marks[PLUMB_SCENARIO_MARKS_N];
    size_t marks_n, mark;
    double fast;
};

/* The marker that is due at t_s, one a row; NULL when none is. Notes are left to the truth. */
static const char *marker_due(struct sink *sink, double t_s)
{
    while (sink->mark < sink->marks_n && sink->marks[sink->mark].kind == PLUMB_NOTE)
        sink->mark++;
    if (sink->mark == sink->marks_n || sink->marks[sink->mark].t_s * (1 + sink->fast) > t_s)
        return NULL;
    return plumb_marker_name(sink->marks[sink->mark++].kind);
}

static int save_row(struct sink *sink, const struct plumb_event *event, struct plumb_message *message)
{
    int fail = 0;
    if (!sink->save)
        sink->save = plumb_save_raw_open(sink->path, sink->session.roles, &fail, message);
    return fail ? fail
                : plumb_save_raw_row(
                      sink->save, &event->row.sample, marker_due(sink, event->t_s), event->host_us, message);
}

static int
sink_bytes(struct sink *sink, const struct plumb_simulation_event *what, struct plumb_message *message)
{
    const uint8_t *bytes = what->bytes;
    size_t n = what->bytes_n;
    struct plumb_event event;
    int fail = 0;
    while (n && !fail) {
        size_t used = plumb_session_bytes(&sink->session, what->world_us, bytes, n);
        bytes += used;
        n -= used;
        while (!fail && plumb_session_next(&sink->session, &event))
            fail = event.kind == PLUMB_EVENT_SAMPLE ? save_row(sink, &event, message) : 0;
    }
    return fail;
}

static void sink_tell(const struct sink *sink)
{
    const struct plumb_link_counters *counters = &sink->session.link.counters;
    fprintf(
        stderr, "plumb: %llu samples, %llu lost, %llu twice, %llu bad frames\n",
        (unsigned long long)counters->samples, (unsigned long long)counters->lost,
        (unsigned long long)counters->duplicates,
        (unsigned long long)(counters->damaged + counters->too_long + counters->too_short));
}

/* ---- the run */

struct run {
    const struct options *options;
    struct plumb_simulation *simulation;
    struct plumb_sim_link link;
    struct sink *sink;
    int64_t begun_us;
};

static volatile sig_atomic_t interrupted;

static void interrupt(int signal_number)
{
    (void)signal_number;
    interrupted = 1;
}

static int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * PLUMB_US_PER_S + now.tv_nsec / 1000;
}

static void sleep_us(int64_t us)
{
    struct timespec span = {us / PLUMB_US_PER_S, (us % PLUMB_US_PER_S) * 1000};
    if (us > 0)
        nanosleep(&span, NULL);
}

static void keep_pace(const struct run *run)
{
    if (run->options->speed > 0) {
        double due_us = (double)plumb_simulation_world_us(run->simulation) / run->options->speed;
        sleep_us(run->begun_us + (int64_t)due_us - clock_us());
    }
}

static void wait_for_reader(const struct run *run)
{
    fprintf(stderr, "plumb: the board's line is %s; waiting for a program to open it\n", run->options->link);
    while (!interrupted && !plumb_sim_link_heard(&run->link))
        sleep_us(20000);
}

static int take(struct run *run, const struct plumb_simulation_event *event, struct plumb_message *message)
{
    if (event->kind != PLUMB_SIMULATION_BYTES)
        return 0;
    if (!run->options->link)
        return sink_bytes(run->sink, event, message);
    plumb_sim_link_put(&run->link, event->bytes, event->bytes_n);
    return 0;
}

static void carry_down(struct run *run)
{
    uint8_t bytes[GET_N];
    size_t n = run->options->link ? plumb_sim_link_get(&run->link, bytes, sizeof bytes) : 0;
    if (n)
        plumb_simulation_put(run->simulation, bytes, n);
}

static int step(struct run *run, struct plumb_message *message)
{
    struct plumb_simulation_event event;
    carry_down(run);
    int more = plumb_simulation_step(run->simulation, STEP_MS, message);
    int fail = more < 0 ? more : 0;
    while (!fail && plumb_simulation_next(run->simulation, &event))
        fail = take(run, &event, message);
    keep_pace(run);
    return fail ? fail : more;
}

static void tell_tally(const struct run *run)
{
    struct plumb_simulation_tally tally = plumb_simulation_tally(run->simulation);
    double wall_s = (double)(clock_us() - run->begun_us) / PLUMB_US_PER_S,
           world_s = (double)tally.world_us / 1e6;
    fprintf(
        stderr, "plumb: %.1f s of the board in %.1f s (%.1f times real time), awake %.1f %%, %u resets\n",
        world_s, wall_s, world_s / wall_s,
        100 - 100.0 * (double)tally.asleep_cycles / (double)(tally.cycles + !tally.cycles),
        (unsigned)tally.resets);
    if (!run->options->link)
        sink_tell(run->sink);
}

static int fly(struct run *run, struct plumb_message *message)
{
    int fail = 0, more = 1;
    run->simulation = plumb_simulation_open(&run->options->simulation, &fail, message);
    if (!fail && run->options->link)
        fail = plumb_sim_link_open(&run->link, run->options->link, message);
    if (fail)
        return fail;
    if (run->options->link)
        wait_for_reader(run);
    if (run->options->scenario) {
        const struct plumb_scenario *scenario = plumb_simulation_scenario(run->simulation);
        run->sink->marks_n = plumb_scenario_marks(scenario, run->sink->marks);
        run->sink->fast = scenario->clock_fast;
    }
    run->begun_us = clock_us();
    while (more > 0 && !interrupted)
        more = step(run, message);
    tell_tally(run);
    return more < 0 ? more : 0;
}

static int land(struct run *run, int fail, struct plumb_message *message)
{
    plumb_sim_link_close(&run->link);
    int truth = plumb_simulation_close(run->simulation, message);
    int saved = plumb_save_raw_close(run->sink->save, message);
    free(run->sink);
    return fail ? fail : truth ? truth : saved;
}

static int find_scenario(struct options *options, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    if (!options->scenario)
        return 0;
    options->simulation.feed.scenario_path = path;
    return plumb_data_find("scenarios", ".scenario", options->scenario, path, message);
}

int plumb_verb_sim(int argc, char **argv)
{
    struct options options = {.out = "-", .speed = -1};
    struct plumb_message message = {""};
    struct plumb_session_params params;
    char path[PLUMB_PATH_N];
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    if (options.speed < 0)
        options.speed = options.link ? 1 : 0;
    struct run run = {.options = &options, .link = {.master = -1}, .sink = calloc(1, sizeof *run.sink)};
    if (!run.sink)
        return PLUMB_EXIT_FAILED;
    plumb_session_params_default(&params);
    plumb_session_init(&run.sink->session, &params);
    run.sink->path = options.out;
    struct sigaction action = {.sa_handler = interrupt};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    int fail = find_scenario(&options, path, &message);
    if (!fail)
        fail = fly(&run, &message);
    fail = land(&run, fail, &message);
    return fail ? plumb_complain(fail, &message) : PLUMB_EXIT_DONE;
}
