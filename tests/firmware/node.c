#include "node.h"

#include <CUnit/CUnit.h>
#include <math.h>
#include <string.h>

#include "plumb/frame.h"

/* Lying still but for a slow sway, so that the counts go on changing as those of a real sensor do. */
static void sway(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N])
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        felt[i] = (struct driver_felt){
            .force_mps2 = {0.5 * sin(2 * world_s), 0.1, 9.8},
            .rate_radps = {0.3 * sin(3 * world_s), 0.2 * cos(5 * world_s), 0},
            .temp_c = 25 + i};
}

static void start(struct node *node, const char *const *arguments)
{
    memset(node, 0, sizeof *node);
    plumb_link_init(&node->link);
    CU_ASSERT_FATAL(driver_start(&node->driver, sway, arguments));
}

void node_start(struct node *node, const char *imus, const char *eeprom)
{
    const char *arguments[] = {"--imus", imus, eeprom ? "--eeprom" : NULL, eeprom, NULL};
    start(node, arguments);
}

void node_start_chips(struct node *node, const char *imus, const char *who_am_i)
{
    const char *arguments[] = {"--imus", imus, "--who-am-i", who_am_i, NULL};
    start(node, arguments);
}

void node_stop(struct node *node)
{
    CU_ASSERT_EQUAL(driver_stop(&node->driver), 0);
}

static void take_sample(struct node *node, const struct plumb_link_message *message)
{
    int64_t apart_us = message->device_us - node->sample.device_us;
    if (node->samples_n > 0 && apart_us < node->apart_least_us)
        node->apart_least_us = apart_us;
    if (node->samples_n > 0 && apart_us > node->apart_most_us)
        node->apart_most_us = apart_us;
    node->flags_any |= message->of.sample.flags;
    node->flags_all &= message->of.sample.flags;
    node->sample = *message;
    node->samples_n++;
}

static void take(struct node *node, const struct plumb_link_message *message)
{
    switch (message->kind) {
    case PLUMB_LINK_HELLO:
        node->hello = message->of.hello;
        node->hellos_n++;
        break;
    case PLUMB_LINK_SAMPLE:
        take_sample(node, message);
        break;
    case PLUMB_LINK_STATUS:
        node->status = message->of.status;
        node->statuses_n++;
        break;
    case PLUMB_LINK_ACK:
        node->acks_n[message->of.ack.command]++;
        node->results[message->of.ack.command] = message->of.ack.result;
        break;
    case PLUMB_LINK_CALIB:
        node->calib = message->of.calib;
        node->calibs_n++;
        break;
    case PLUMB_LINK_NONE:
        break;
    }
}

void node_run(struct node *node, unsigned ms)
{
    struct driver *driver = &node->driver;
    struct plumb_link_message message;
    uint64_t asleep_before = driver->done.asleep_cycles, cycles_before = driver->done.cycles;
    node->samples_n = node->hellos_n = node->statuses_n = node->calibs_n = 0;
    node->apart_least_us = INT64_MAX;
    node->apart_most_us = 0;
    node->flags_any = 0;
    node->flags_all = 0xFF;
    CU_ASSERT_FATAL(driver_run(driver, ms));
    for (size_t at = 0; at < driver->up_n;) {
        at += plumb_link_feed(&node->link, driver->up + at, driver->up_n - at, &message);
        take(node, &message);
    }
    node->awake_cycles = (int64_t)(driver->done.cycles - cycles_before) -
                         (int64_t)(driver->done.asleep_cycles - asleep_before);
    driver_forget(driver);
}

void node_send(struct node *node, uint8_t type, const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    driver_down(&node->driver, frame, plumb_frame_encode(frame, type, payload, n));
}
