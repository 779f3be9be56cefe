#include "node.h"

#include "command.h"
#include "plumb/payload.h"
#include "report.h"
#include "ticks.h"

#define STATUS PLUMB_TICKS(1000)
#define SILENT PLUMB_TICKS(100) /* ten periods of the slowest rate without data-ready */

static uint8_t any_works(const struct plumb_node *node)
{
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (plumb_sensor_works(&node->sensors[i]))
            return 1;
    return 0;
}

static uint8_t any_troubled(const struct plumb_node *node)
{
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (plumb_sensor_troubled(&node->sensors[i]))
            return 1;
    return 0;
}

/* The table in node.h, by what holds now. */
static enum plumb_node_state state_of(const struct plumb_node *node)
{
    if (node->stopped)
        return PLUMB_NODE_IDLE;
    if (plumb_bus_dead(&node->bus))
        return PLUMB_NODE_FAULT;
    return any_works(node) ? PLUMB_NODE_STREAMING : PLUMB_NODE_PROBING;
}

static void follow_state(struct plumb_node *node, uint16_t now)
{
    uint8_t state = (uint8_t)state_of(node);
    if (state == node->state)
        return;
    node->state = state;
    node->status_due = 1;
    node->ready = now;
    plumb_cue_show_state(&node->cue, state, now);
}

/* A sensor that changes its state is worth a STATUS; one that comes, another HELLO. */
static void note_change(struct plumb_node *node, const struct plumb_sensor *sensor, uint8_t state_before)
{
    if (sensor->state == state_before)
        return;
    node->status_due = 1;
    if (sensor->state == PLUMB_IMU_STREAMING && node->hello_due == 0)
        node->hello_due = 1 + PLUMB_HELLO_CHANGED;
}

static void care(struct plumb_node *node, uint16_t now)
{
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N && !node->stopped; i++) {
        struct plumb_sensor *sensor = &node->sensors[i];
        uint8_t before = sensor->state;
        plumb_sensor_care(sensor, &node->bus, node->rate_hz, now);
        note_change(node, sensor, before);
    }
}

/* Whether the data-ready line of IMU i sets the pace: that of the first working IMU does, and another one
 * only where the first is silent; the others' counts are taken along. */
static uint8_t sets_pace(struct plumb_node *node, uint8_t i, uint16_t now)
{
    if (!plumb_sensor_works(&node->sensors[i]))
        return 0;
    uint8_t vacant =
        !plumb_sensor_works(&node->sensors[node->pace]) || plumb_ticks_past(now, node->ready, SILENT / 2);
    if (i < node->pace || vacant)
        node->pace = i;
    return i == node->pace;
}

/* Data-ready moments since the last round. */
static uint8_t take_ready(struct plumb_node *node, uint32_t *time_us, uint16_t now)
{
    uint8_t moments = 0;
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++) {
        uint32_t at_us = 0;
        uint8_t taken = plumb_port_ready_take(i, &at_us);
        if (taken == 0 || !sets_pace(node, i, now))
            continue;
        moments = taken;
        *time_us = at_us;
        node->ready = now;
    }
    return moments;
}

static void read_all(struct plumb_node *node, struct plumb_wire_sample *sample, uint16_t now)
{
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++) {
        struct plumb_sensor *sensor = &node->sensors[i];
        uint8_t before = sensor->state;
        if (!plumb_sensor_works(sensor) || sensor->settling)
            continue;
        if (plumb_sensor_read(sensor, &node->bus, now) == 0) {
            sample->flags = (uint8_t)(sample->flags | PLUMB_SAMPLE_IMU0 << i);
            sample->counts[i] = sensor->counts;
        } else {
            sample->flags |= PLUMB_SAMPLE_IMU_ERROR;
        }
        note_change(node, sensor, before);
    }
}

#define ANY_IMU (PLUMB_SAMPLE_IMU0 | PLUMB_SAMPLE_IMU1)

static void take_sample(struct plumb_node *node, uint32_t ready_us, uint16_t now)
{
    struct plumb_wire_sample sample; /* counts stay unset where the flags say absent */
    sample.flags = 0;
    sample.time_us = ready_us;
    read_all(node, &sample, now);
    if ((sample.flags & ANY_IMU) == 0) {
        if (sample.flags & PLUMB_SAMPLE_IMU_ERROR)
            node->overruns++;
        return;
    }
    if (any_troubled(node))
        sample.flags |= PLUMB_SAMPLE_IMU_ERROR;
    if (plumb_cue_shaking(&node->cue))
        sample.flags |= PLUMB_SAMPLE_VIBRATION;
    sample.sequence = (uint16_t)(node->samples & 0xFFFFu);
    sample.overruns = node->overruns;
    sample.frames_lost = node->frames_lost;
    node->samples++;
    plumb_report_sample(node, &sample);
}

static void fall_silent(struct plumb_node *node, uint16_t now)
{
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++) {
        uint8_t before = node->sensors[i].state;
        plumb_sensor_silent(&node->sensors[i], now);
        note_change(node, &node->sensors[i], before);
    }
    node->ready = now;
}

static void stream(struct plumb_node *node, uint16_t now)
{
    uint32_t ready_us = 0;
    uint8_t moments = take_ready(node, &ready_us, now);
    if (moments != 0) {
        node->overruns = (uint16_t)(node->overruns + moments - 1);
        take_sample(node, ready_us, now);
    } else if (any_works(node) && plumb_ticks_past(now, node->ready, SILENT)) {
        fall_silent(node, now);
    }
}

static void receive(struct plumb_node *node)
{
    uint8_t byte = 0;
    while (plumb_port_receive(&byte))
        plumb_command_feed(node, byte);
}

static void report(struct plumb_node *node, uint16_t now)
{
    if (node->hello_due != 0 && plumb_report_hello(node, (uint8_t)(node->hello_due - 1)) == 0)
        node->hello_due = 0;
    if (!node->status_due && !plumb_ticks_past(now, node->status, STATUS))
        return;
    if (plumb_report_status(node) != 0)
        return;
    node->status_due = 0;
    node->status = now;
}

static void save(struct plumb_node *node)
{
    uint8_t command = plumb_saving_step(&node->saving);
    if (command != 0)
        plumb_report_ack(node, command, PLUMB_DONE);
}

void plumb_node_init(struct plumb_node *node)
{
    *node = (struct plumb_node){.rate_hz = PLUMB_RATE_DEFAULT_HZ, .hello_due = 1 + PLUMB_HELLO_BOOT};
    plumb_port_init(&node->boot);
    uint16_t now = plumb_ticks_of(plumb_port_time_us());
    plumb_bus_free();
    plumb_settings_load(&node->settings);
    plumb_cue_init(&node->cue, now);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        plumb_sensor_init(&node->sensors[i], i, now);
    node->status_due = 1;
}

void plumb_node_step(struct plumb_node *node)
{
    uint16_t now = plumb_ticks_of(plumb_port_time_us());
    stream(node, now);
    receive(node);
    care(node, now);
    follow_state(node, now);
    plumb_cue_step(&node->cue, now);
    save(node);
    report(node, now);
    plumb_port_watchdog_kick();
}
