#include "command.h"

#include "plumb/payload.h"
#include "report.h"
#include "ticks.h"

#define FIRST_COMMAND 0x40 /* below: what a node says; an echo of the line must not be answered */
#define LATER         0xFF /* no acknowledgement yet: it comes when the record is stored */

static uint16_t ticks_now(void)
{
    return plumb_ticks_of(plumb_port_time_us());
}

static uint8_t on_hello_request(struct plumb_node *node, const uint8_t *payload)
{
    (void)payload;
    node->hello_due = 1 + PLUMB_HELLO_ASKED;
    return PLUMB_DONE;
}

static uint8_t on_start(struct plumb_node *node, const uint8_t *payload)
{
    (void)payload;
    if (node->stopped)
        for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
            plumb_sensor_start(&node->sensors[i], ticks_now());
    node->stopped = 0;
    return PLUMB_DONE;
}

static uint8_t on_stop(struct plumb_node *node, const uint8_t *payload)
{
    (void)payload;
    node->stopped = 1;
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        plumb_sensor_stop(&node->sensors[i], &node->bus);
    return PLUMB_DONE;
}

static uint8_t on_rate(struct plumb_node *node, const uint8_t *payload)
{
    uint16_t rate_hz = plumb_get_u16(payload);
    if (plumb_imu_mpu6050.delay_us(rate_hz) == 0)
        return PLUMB_BAD_VALUE;
    node->rate_hz = rate_hz;
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        plumb_sensor_retune(&node->sensors[i], &node->bus, rate_hz, ticks_now());
    node->hello_due = 1 + PLUMB_HELLO_CHANGED;
    return PLUMB_DONE;
}

static uint8_t on_cue(struct plumb_node *node, const uint8_t *payload)
{
    if (payload[0] >= PLUMB_CUES_N)
        return PLUMB_BAD_VALUE;
    plumb_cue_play(&node->cue, payload[0], payload[1], ticks_now());
    return PLUMB_DONE;
}

static uint8_t on_identify(struct plumb_node *node, const uint8_t *payload)
{
    const uint8_t times = 10;
    plumb_cue_play(&node->cue, PLUMB_CUE_IDENTIFY, times, ticks_now());
    return on_hello_request(node, payload);
}

/* Two IMUs never share a role: the one that had it takes the other's. */
static uint8_t on_role(struct plumb_node *node, const uint8_t *payload)
{
    uint8_t imu = payload[0], role = payload[1];
    if (imu >= PLUMB_WIRE_IMUS_N || role >= PLUMB_WIRE_ROLES_N)
        return PLUMB_BAD_VALUE;
    if (node->saving.n != 0)
        return PLUMB_BUSY;
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (node->settings.role[i] == role)
            node->settings.role[i] = node->settings.role[imu];
    node->settings.role[imu] = role;
    node->settings.defaults = 0;
    plumb_settings_save(&node->saving, &node->settings, PLUMB_ROLE);
    node->hello_due = 1 + PLUMB_HELLO_CHANGED;
    return LATER;
}

static uint8_t on_calib_read(struct plumb_node *node, const uint8_t *payload)
{
    if (payload[0] >= PLUMB_WIRE_IMUS_N)
        return PLUMB_BAD_VALUE;
    if (node->saving.n != 0)
        return PLUMB_BUSY;
    plumb_report_calib(node, payload[0]);
    return PLUMB_DONE;
}

static uint8_t on_calib_write(struct plumb_node *node, const uint8_t *payload)
{
    if (payload[0] >= PLUMB_WIRE_IMUS_N)
        return PLUMB_BAD_VALUE;
    if (node->saving.n != 0)
        return PLUMB_BUSY;
    plumb_calib_save(&node->saving, payload[0], payload + 1, PLUMB_CALIB_WRITE);
    return LATER;
}

static uint8_t on_serial_write(struct plumb_node *node, const uint8_t *payload)
{
    if (node->saving.n != 0)
        return PLUMB_BUSY;
    node->settings.serial = plumb_get_u32(payload);
    node->settings.defaults = 0;
    plumb_settings_save(&node->saving, &node->settings, PLUMB_SERIAL_WRITE);
    node->hello_due = 1 + PLUMB_HELLO_CHANGED;
    return LATER;
}

static const struct command {
    uint8_t type;
    uint8_t payload_n; /* at least; what a later host adds is ignored */
    uint8_t (*on)(struct plumb_node *node, const uint8_t *payload); /* enum plumb_result or LATER */
} commands[] = {
    {PLUMB_HELLO_REQUEST, 0, on_hello_request},
    {PLUMB_START, 0, on_start},
    {PLUMB_STOP, 0, on_stop},
    {PLUMB_RATE, PLUMB_RATE_N, on_rate},
    {PLUMB_CUE, PLUMB_CUE_N, on_cue},
    {PLUMB_IDENTIFY, PLUMB_IDENTIFY_N, on_identify},
    {PLUMB_ROLE, PLUMB_ROLE_N, on_role},
    {PLUMB_CALIB_READ, PLUMB_CALIB_READ_N, on_calib_read},
    {PLUMB_CALIB_WRITE, PLUMB_CALIB_WRITE_N, on_calib_write},
    {PLUMB_SERIAL_WRITE, PLUMB_SERIAL_WRITE_N, on_serial_write},
};

static uint8_t carry_out(struct plumb_node *node, uint8_t type, const uint8_t *payload, uint8_t n)
{
    for (uint8_t i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        if (commands[i].type != type)
            continue;
        return n < commands[i].payload_n ? PLUMB_BAD_LENGTH : commands[i].on(node, payload);
    }
    return PLUMB_UNKNOWN_COMMAND;
}

static void take_frame(struct plumb_node *node, uint8_t *frame, uint8_t n)
{
    int16_t payload_n = plumb_frame_open(frame, n);
    uint8_t type = frame[1];
    if (payload_n < 0 || type < FIRST_COMMAND) {
        node->commands_damaged++;
        return;
    }
    uint8_t result = carry_out(node, type, frame + 2, (uint8_t)payload_n);
    if (result != LATER)
        plumb_report_ack(node, type, result);
}

void plumb_command_feed(struct plumb_node *node, uint8_t byte)
{
    struct plumb_receiver *receiver = &node->receiver;
    if (byte != 0 && receiver->n < sizeof receiver->frame) {
        receiver->frame[receiver->n++] = byte;
        return;
    }
    if (byte != 0) {
        receiver->too_long = 1;
        return;
    }
    uint8_t n = receiver->n;
    receiver->n = 0;
    if (receiver->too_long)
        node->commands_damaged++;
    else if (n > 0)
        take_frame(node, receiver->frame, n);
    receiver->too_long = 0;
}
