#include "simulation.h"

#include <plumb/frame.h>
#include <plumb/wire.h>
#include <stdlib.h>
#include <string.h>

#include "emulator_process.h"
#include "message_fail.h"
#include "truth_csv.h"

#define STEP_MOST_MS 100
#define DOWN_N       3072 /* bytes that may wait for the board: a quarter of a second of its line at 115200 */
#define BATCH_N      (64 * 1024)
#define ROLE_AT_MS   5 /* the board listens by then */
#define FIRST_IMU    0x68
#define EVENTS_N     1024 /* of one step: a frame each 2 ms, pins, plugs */
#define UP_N         (32 * 1024)

struct plumb_simulation {
    struct plumb_feed *feed;
    struct plumb_emulator_process process;
    struct plumb_truth_csv *truth;
    int64_t step, last_step; /* milliseconds done, to do */
    struct plumb_simulation_tally tally;
    uint8_t down[DOWN_N];
    size_t down_n;
    int imus_n, unplugged;
    uint8_t batch[BATCH_N]; /* records for the emulator */
    size_t batch_n;
    struct plumb_simulation_event events[EVENTS_N];
    size_t events_n, events_at;
    uint8_t up[UP_N]; /* what events point to */
    size_t up_n;
};

/* ---- records for the emulator ---- */

static uint8_t *record(struct plumb_simulation *simulation, enum plumb_pipe_type type, size_t n)
{
    uint8_t *at = simulation->batch + simulation->batch_n;
    at = plumb_put_u8(at, (uint8_t)type);
    at = plumb_put_u16(at, (uint16_t)n);
    simulation->batch_n += PLUMB_PIPE_HEAD_N + n;
    return at;
}

static void
put_fault(struct plumb_simulation *simulation, int kind, uint8_t imu, int begin, uint32_t parameter)
{
    uint8_t *at = record(simulation, PLUMB_PIPE_FAULT, PLUMB_FAULT_PAYLOAD_N);
    at = plumb_put_u8(at, (uint8_t)kind);
    at = plumb_put_u8(at, imu);
    at = plumb_put_u8(at, (uint8_t)begin);
    plumb_put_u32(at, parameter);
}

static struct plumb_simulation_event *
event_add(struct plumb_simulation *simulation, enum plumb_simulation_kind kind, int64_t world_us)
{
    struct plumb_simulation_event *event = &simulation->events[simulation->events_n];
    simulation->events_n += simulation->events_n + 1 < EVENTS_N;
    *event = (struct plumb_simulation_event){.kind = kind, .world_us = world_us};
    return event;
}

/* A plug that comes back finds a board without power: it and its sensors start anew. */
static void unplug(struct plumb_simulation *simulation, int begin)
{
    simulation->unplugged = begin;
    event_add(
        simulation, begin ? PLUMB_SIMULATION_UNPLUG : PLUMB_SIMULATION_PLUG,
        simulation->step * PLUMB_MOTION_STEP_US);
    if (begin)
        return;
    put_fault(simulation, PLUMB_FAULT_IMU_RESET, 0, 1, 0);
    put_fault(simulation, PLUMB_FAULT_IMU_RESET, 0, 0, 0);
    put_fault(simulation, PLUMB_FAULT_RESET, 0, 1, 0);
    put_fault(simulation, PLUMB_FAULT_RESET, 0, 0, 0);
}

static void fault(struct plumb_simulation *simulation, const struct plumb_scenario_fault *entry, int begin)
{
    if (entry->imu >= FIRST_IMU + simulation->imus_n)
        return; /* it is not fitted: nothing can happen to it */
    if (entry->kind == PLUMB_FAULT_UNPLUG)
        unplug(simulation, begin);
    else
        put_fault(simulation, entry->kind, entry->imu, begin, entry->parameter);
}

/* What begins or ends at the moment reached. */
static void faults_due(struct plumb_simulation *simulation)
{
    const struct plumb_scenario *scenario = plumb_feed_scenario(simulation->feed);
    for (size_t i = 0; i < scenario->faults_n; i++) {
        const struct plumb_scenario_fault *entry = &scenario->faults[i];
        int64_t from = (int64_t)(entry->at_s * 1e3 + 0.5);
        int64_t to = (int64_t)((entry->at_s + entry->for_s) * 1e3 + 0.5);
        if (simulation->step == from)
            fault(simulation, entry, 1);
        if (simulation->step == to)
            fault(simulation, entry, 0);
    }
}

/* A board whose second sensor is worn on the thigh was told so when it was put together: fresh from the shop
 * it takes 0x69 for the lumbar one. */
static void role_due(struct plumb_simulation *simulation)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_ROLE_N)];
    if (simulation->step != ROLE_AT_MS || plumb_feed_second(simulation->feed) != PLUMB_THIGH)
        return;
    plumb_put_u8(plumb_put_u8(plumb_frame_payload(frame), 1), PLUMB_ROLE_THIGH);
    uint8_t n = plumb_frame_close(frame, PLUMB_ROLE, PLUMB_ROLE_N);
    memcpy(record(simulation, PLUMB_PIPE_DOWN, n), frame, n);
}

static void down_due(struct plumb_simulation *simulation)
{
    if (simulation->down_n && !simulation->unplugged)
        memcpy(record(simulation, PLUMB_PIPE_DOWN, simulation->down_n), simulation->down, simulation->down_n);
    simulation->down_n = 0;
}

static void truth_due(struct plumb_simulation *simulation)
{
    struct plumb_truth truth;
    if (!simulation->truth || simulation->step % PLUMB_TRUTH_EVERY_STEPS)
        return;
    double t_s = (double)simulation->step * 1e-6 * PLUMB_MOTION_STEP_US;
    if (plumb_feed_truth(simulation->feed, t_s, &truth))
        plumb_truth_csv_put(simulation->truth, &truth);
}

static void batch(struct plumb_simulation *simulation, int ms)
{
    simulation->batch_n = 0;
    for (int i = 0; i < ms; i++) {
        faults_due(simulation);
        role_due(simulation);
        if (!i)
            down_due(simulation);
        truth_due(simulation);
        simulation->step++;
        plumb_feed_motion(
            simulation->feed, simulation->step,
            record(simulation, PLUMB_PIPE_MOTION, PLUMB_MOTION_PAYLOAD_N));
    }
    record(simulation, PLUMB_PIPE_RUN, 0);
}

/* ---- records from the emulator ---- */

static void bytes_up(struct plumb_simulation *simulation, const uint8_t *payload, size_t n)
{
    size_t bytes_n = n - PLUMB_UP_FIXED_N;
    if (simulation->unplugged || bytes_n > UP_N - simulation->up_n)
        return;
    struct plumb_simulation_event *event =
        event_add(simulation, PLUMB_SIMULATION_BYTES, (int64_t)plumb_get_u64(payload));
    event->bytes = simulation->up + simulation->up_n;
    event->bytes_n = bytes_n;
    memcpy(simulation->up + simulation->up_n, payload + PLUMB_UP_FIXED_N, bytes_n);
    simulation->up_n += bytes_n;
}

/* The motor is felt by the clip that carries it, from the next step on. */
static void pins(struct plumb_simulation *simulation, int64_t world_us, unsigned bits)
{
    event_add(simulation, PLUMB_SIMULATION_PINS, world_us)->pins = bits;
    plumb_feed_shake(simulation->feed, (bits & PLUMB_PINS_VIBRATION) != 0);
}

static void done(struct plumb_simulation *simulation, const uint8_t *at)
{
    simulation->tally = (struct plumb_simulation_tally){
        plumb_get_u64(at), plumb_get_u64(at + 8), plumb_get_u64(at + 16), plumb_get_u32(at + 24),
        plumb_get_u16(at + 28)};
}

static const size_t least_n[] = {
    ['U'] = PLUMB_UP_FIXED_N, ['P'] = PLUMB_PINS_PAYLOAD_N, ['T'] = PLUMB_DONE_PAYLOAD_N};

/* 1: more to come, 0: that was the last, or negative. */
static int answer(struct plumb_simulation *simulation, struct plumb_message *message)
{
    const uint8_t *payload;
    size_t n;
    int type = plumb_emulator_receive(&simulation->process, &payload, &n, message);
    if (type < 0)
        return type;
    if ((size_t)type >= sizeof least_n / sizeof least_n[0] || n < least_n[type])
        return 1; /* a later emulator may say more */
    if (type == PLUMB_PIPE_UP)
        bytes_up(simulation, payload, n);
    else if (type == PLUMB_PIPE_PINS)
        pins(simulation, (int64_t)plumb_get_u64(payload), payload[PLUMB_UP_FIXED_N]);
    else if (type == PLUMB_PIPE_DONE)
        done(simulation, payload);
    return type != PLUMB_PIPE_DONE;
}

/* Almost in order already: plugs come first, the emulator's records behind them, each in their own order. */
static void sort_by_time(struct plumb_simulation_event *events, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        struct plumb_simulation_event event = events[i];
        size_t at = i;
        for (; at > 0 && events[at - 1].world_us > event.world_us; at--)
            events[at] = events[at - 1];
        events[at] = event;
    }
}

static int truth_end(struct plumb_simulation *simulation, int keep, struct plumb_message *message)
{
    struct plumb_truth_csv *truth = simulation->truth;
    simulation->truth = NULL;
    return plumb_truth_csv_close(truth, keep, message);
}

int plumb_simulation_step(struct plumb_simulation *simulation, int ms, struct plumb_message *message)
{
    int64_t left = simulation->last_step - simulation->step;
    int now = ms < 1 ? 1 : ms > STEP_MOST_MS ? STEP_MOST_MS : ms;
    simulation->events_n = simulation->events_at = simulation->up_n = 0;
    if (left <= 0)
        return 0;
    batch(simulation, now < left ? now : (int)left);
    int going = plumb_emulator_send(&simulation->process, simulation->batch, simulation->batch_n, message);
    if (!going)
        do
            going = answer(simulation, message);
        while (going > 0);
    if (going < 0)
        return going;
    sort_by_time(simulation->events, simulation->events_n);
    return simulation->step < simulation->last_step ? 1 : truth_end(simulation, 1, message);
}

int plumb_simulation_next(struct plumb_simulation *simulation, struct plumb_simulation_event *event)
{
    if (simulation->events_at == simulation->events_n)
        return 0;
    *event = simulation->events[simulation->events_at++];
    return 1;
}

int plumb_simulation_put(struct plumb_simulation *simulation, const uint8_t *bytes, size_t n)
{
    if (n > DOWN_N - simulation->down_n)
        return PLUMB_FAILED;
    memcpy(simulation->down + simulation->down_n, bytes, n);
    simulation->down_n += n;
    return 0;
}

/* ---- around it ---- */

static int start(struct plumb_simulation *simulation, const char *image, struct plumb_message *message)
{
    simulation->imus_n = plumb_feed_second(simulation->feed) == PLUMB_PELVIS ? 1 : 2;
    struct plumb_emulator_options options = {
        .image = image,
        .imus_n = simulation->imus_n,
        .clock_fast = plumb_feed_scenario(simulation->feed)->clock_fast,
    };
    return plumb_emulator_start(&simulation->process, &options, message);
}

static int open_all(
    struct plumb_simulation *simulation, const struct plumb_simulation_options *options,
    struct plumb_message *message)
{
    int fail = 0;
    simulation->process.socket = -1;
    if (options->feed.motion_path && options->truth_path)
        return plumb_message_fail(
            message, PLUMB_USAGE, "only a scenario knows the truth, a recording does not");
    simulation->feed = plumb_feed_open(&options->feed, &fail, message);
    if (!fail && options->truth_path)
        simulation->truth = plumb_truth_csv_open(options->truth_path, &fail, message);
    if (!fail)
        fail = start(simulation, options->image_path, message);
    if (!fail)
        simulation->last_step = (int64_t)(plumb_feed_length_s(simulation->feed) * 1e3 + 0.5);
    return fail;
}

struct plumb_simulation *plumb_simulation_open(
    const struct plumb_simulation_options *options, int *fail, struct plumb_message *message)
{
    struct plumb_simulation *simulation = calloc(1, sizeof *simulation);
    *fail = simulation ? open_all(simulation, options, message)
                       : plumb_message_fail(message, PLUMB_FAILED, "no memory for a simulation");
    if (!*fail)
        return simulation;
    plumb_simulation_close(simulation, message);
    return NULL;
}

int plumb_simulation_close(struct plumb_simulation *simulation, struct plumb_message *message)
{
    if (!simulation)
        return 0;
    int fail = truth_end(simulation, simulation->step > 0, message);
    plumb_emulator_stop(&simulation->process);
    plumb_feed_close(simulation->feed);
    free(simulation);
    return fail;
}

void plumb_simulation_asked(
    struct plumb_simulation *simulation, const struct plumb_step *step, enum plumb_pose pose)
{
    plumb_feed_asked(simulation->feed, step, pose, (double)plumb_simulation_world_us(simulation) * 1e-6);
}

int64_t plumb_simulation_world_us(const struct plumb_simulation *simulation)
{
    return simulation->step * PLUMB_MOTION_STEP_US;
}

struct plumb_simulation_tally plumb_simulation_tally(const struct plumb_simulation *simulation)
{
    return simulation->tally;
}

const struct plumb_scenario *plumb_simulation_scenario(const struct plumb_simulation *simulation)
{
    return plumb_feed_scenario(simulation->feed);
}
