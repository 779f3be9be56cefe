#include "report.h"

#include <stddef.h>

#include "plumb/payload.h"

#define HELLO_N (PLUMB_HELLO_FIXED_N + PLUMB_WIRE_IMUS_N * PLUMB_HELLO_IMU_N)

/* `frame` carries its payload already. */
static int8_t send(uint8_t *frame, uint8_t type, uint8_t n)
{
    return plumb_port_transmit(frame, plumb_frame_close(frame, type, n));
}

static int8_t send_or_lose(struct plumb_node *node, uint8_t *frame, uint8_t type, uint8_t n)
{
    if (send(frame, type, n) == 0)
        return 0;
    node->frames_lost++;
    return -1;
}

static uint8_t *put_imu(uint8_t *at, const struct plumb_sensor *sensor, uint8_t role)
{
    struct plumb_hello_imu imu = {.who_am_i = sensor->who_am_i};
    if (sensor->chip != NULL)
        imu = sensor->chip->hello;
    imu.address = sensor->address;
    imu.role = role;
    imu.present = plumb_sensor_works(sensor) || sensor->state == PLUMB_IMU_ASLEEP;
    return plumb_put_hello_imu(at, &imu);
}

int8_t plumb_report_hello(const struct plumb_node *node, uint8_t reason)
{
    const struct plumb_hello hello = {
        .version = PLUMB_WIRE_VERSION,
        .reason = reason,
        .board = node->boot.board,
        .reset = node->boot.reset,
        .boot = node->boot.mark,
        .firmware = PLUMB_FIRMWARE_VERSION,
        .serial = node->settings.serial,
        .time_us = plumb_port_time_us(),
        .baud = node->boot.baud,
        .rate_hz = node->rate_hz,
        .delay_us = plumb_imu_mpu6050.delay_us(node->rate_hz),
        .imus_n = PLUMB_WIRE_IMUS_N,
    };
    uint8_t frame[PLUMB_FRAME_N(HELLO_N)];
    uint8_t *at = plumb_put_hello_head(plumb_frame_payload(frame), &hello);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        at = put_imu(at, &node->sensors[i], node->settings.role[i]);
    return send(frame, PLUMB_HELLO, (uint8_t)(at - plumb_frame_payload(frame)));
}

static uint8_t status_flags(const struct plumb_node *node)
{
    uint8_t flags = node->settings.defaults ? PLUMB_STATUS_DEFAULTS : 0;
    if (plumb_cue_shaking(&node->cue))
        flags |= PLUMB_STATUS_VIBRATION;
    if (node->saving.n != 0)
        flags |= PLUMB_STATUS_SAVING;
    return flags;
}

int8_t plumb_report_status(const struct plumb_node *node)
{
    struct plumb_status status = {
        .time_us = plumb_port_time_us(),
        .state = node->state,
        .boot = node->boot.mark,
        .flags = status_flags(node),
        .rate_hz = node->rate_hz,
        .samples = node->samples,
        .overruns = node->overruns,
        .frames_lost = node->frames_lost,
        .i2c_errors = node->bus.errors,
        .bus_recoveries = node->bus.recoveries,
        .rx_errors = (uint16_t)(node->commands_damaged + plumb_port_receive_errors()),
        .stack_free = plumb_port_stack_free(),
    };
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++) {
        status.imu_state[i] = node->sensors[i].state;
        status.imu_restarts = (uint16_t)(status.imu_restarts + node->sensors[i].restarts);
    }
    uint8_t frame[PLUMB_FRAME_N(PLUMB_STATUS_N)];
    return send(frame, PLUMB_STATUS, plumb_put_status(plumb_frame_payload(frame), &status));
}

int8_t plumb_report_sample(struct plumb_node *node, const struct plumb_wire_sample *sample)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_SAMPLE_FIXED_N + PLUMB_WIRE_IMUS_N * PLUMB_SAMPLE_IMU_N)];
    uint8_t n = plumb_put_sample(plumb_frame_payload(frame), sample);
    return send_or_lose(node, frame, PLUMB_SAMPLE, n);
}

int8_t plumb_report_ack(struct plumb_node *node, uint8_t command, uint8_t result)
{
    const struct plumb_ack ack = {.command = command, .result = result};
    uint8_t frame[PLUMB_FRAME_N(PLUMB_ACK_N)];
    return send_or_lose(node, frame, PLUMB_ACK, plumb_put_ack(plumb_frame_payload(frame), &ack));
}

int8_t plumb_report_calib(struct plumb_node *node, uint8_t imu)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_CALIB_N)]; /* the stored CRC fits where the tail will be */
    uint8_t *payload = plumb_frame_payload(frame);
    payload[0] = imu;
    payload[1] = plumb_calib_load(payload + 2, imu);
    return send_or_lose(node, frame, PLUMB_CALIB, PLUMB_CALIB_N);
}
