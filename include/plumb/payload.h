/* Messages as payload bytes and back. A put function writes a payload, `payload` having room for
 * PLUMB_PAYLOAD_N, and returns its length; a get function reads one and answers 0, or -1 (and all zero) when
 * the payload is shorter than this version knows. Longer is welcome: later versions append fields.
 */
#ifndef PLUMB_PAYLOAD_H
#define PLUMB_PAYLOAD_H

#include "bytes.h"
#include "wire.h"

static inline uint8_t *plumb_put_3_i16(uint8_t *at, const int16_t *values)
{
    return plumb_put_i16(plumb_put_i16(plumb_put_i16(at, values[0]), values[1]), values[2]);
}

static inline const uint8_t *plumb_get_3_i16(int16_t *values, const uint8_t *at)
{
    for (uint8_t axis = 0; axis < 3; axis++)
        values[axis] = plumb_get_i16(at + 2 * axis);
    return at + 6;
}

static inline uint8_t *plumb_put_hello_imu(uint8_t *at, const struct plumb_hello_imu *imu)
{
    at = plumb_put_u8(at, imu->address);
    at = plumb_put_u8(at, imu->who_am_i);
    at = plumb_put_u8(at, imu->role);
    at = plumb_put_u8(at, imu->present);
    at = plumb_put_u16(at, imu->accel_lsb_per_g);
    at = plumb_put_u32(at, imu->gyro_lsb_per_kdps);
    at = plumb_put_u32(at, imu->temp_lsb_per_kc);
    return plumb_put_i16(at, imu->temp_offset_centi_c);
}

static inline void plumb_get_hello_imu(struct plumb_hello_imu *imu, const uint8_t *at)
{
    imu->address = at[0];
    imu->who_am_i = at[1];
    imu->role = at[2];
    imu->present = at[3];
    imu->accel_lsb_per_g = plumb_get_u16(at + 4);
    imu->gyro_lsb_per_kdps = plumb_get_u32(at + 6);
    imu->temp_lsb_per_kc = plumb_get_u32(at + 10);
    imu->temp_offset_centi_c = plumb_get_i16(at + 14);
}

/* All but the IMUs, which follow one by one with plumb_put_hello_imu. */
static inline uint8_t *plumb_put_hello_head(uint8_t *at, const struct plumb_hello *hello)
{
    at = plumb_put_u8(at, hello->version);
    at = plumb_put_u8(at, hello->reason);
    at = plumb_put_u8(at, hello->board);
    at = plumb_put_u8(at, hello->reset);
    at = plumb_put_u8(at, hello->boot);
    at = plumb_put_u16(at, hello->firmware);
    at = plumb_put_u32(at, hello->serial);
    at = plumb_put_u32(at, hello->time_us);
    at = plumb_put_u32(at, hello->baud);
    at = plumb_put_u16(at, hello->rate_hz);
    at = plumb_put_u16(at, hello->delay_us);
    return plumb_put_u8(at, hello->imus_n);
}

static inline uint8_t plumb_put_hello(uint8_t *payload, const struct plumb_hello *hello)
{
    uint8_t *at = plumb_put_hello_head(payload, hello);
    for (uint8_t i = 0; i < hello->imus_n; i++)
        at = plumb_put_hello_imu(at, &hello->imus[i]);
    return (uint8_t)(at - payload);
}

static inline int8_t plumb_get_hello(struct plumb_hello *hello, const uint8_t *payload, uint8_t n)
{
    *hello = (struct plumb_hello){0};
    if (n < PLUMB_HELLO_FIXED_N || payload[PLUMB_HELLO_FIXED_N - 1] > PLUMB_WIRE_IMUS_N ||
        n < PLUMB_HELLO_FIXED_N + payload[PLUMB_HELLO_FIXED_N - 1] * PLUMB_HELLO_IMU_N)
        return -1;
    hello->version = payload[0];
    hello->reason = payload[1];
    hello->board = payload[2];
    hello->reset = payload[3];
    hello->boot = payload[4];
    hello->firmware = plumb_get_u16(payload + 5);
    hello->serial = plumb_get_u32(payload + 7);
    hello->time_us = plumb_get_u32(payload + 11);
    hello->baud = plumb_get_u32(payload + 15);
    hello->rate_hz = plumb_get_u16(payload + 19);
    hello->delay_us = plumb_get_u16(payload + 21);
    hello->imus_n = payload[PLUMB_HELLO_FIXED_N - 1];
    for (uint8_t i = 0; i < hello->imus_n; i++)
        plumb_get_hello_imu(&hello->imus[i], payload + PLUMB_HELLO_FIXED_N + i * PLUMB_HELLO_IMU_N);
    return 0;
}

static inline uint8_t *plumb_put_counts(uint8_t *at, const struct plumb_counts *counts)
{
    at = plumb_put_3_i16(at, counts->accel_lsb);
    at = plumb_put_3_i16(at, counts->gyro_lsb);
    return plumb_put_i16(at, counts->temp_lsb);
}

static inline const uint8_t *plumb_get_counts(struct plumb_counts *counts, const uint8_t *at)
{
    at = plumb_get_3_i16(counts->accel_lsb, at);
    at = plumb_get_3_i16(counts->gyro_lsb, at);
    counts->temp_lsb = plumb_get_i16(at);
    return at + 2;
}

static inline uint8_t plumb_put_sample(uint8_t *payload, const struct plumb_wire_sample *sample)
{
    uint8_t *at = plumb_put_u8(payload, sample->flags);
    at = plumb_put_u16(at, sample->sequence);
    at = plumb_put_u32(at, sample->time_us);
    at = plumb_put_u16(at, sample->overruns);
    at = plumb_put_u16(at, sample->frames_lost);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (sample->flags & (1u << i))
            at = plumb_put_counts(at, &sample->counts[i]);
    return (uint8_t)(at - payload);
}

static inline int8_t plumb_get_sample(struct plumb_wire_sample *sample, const uint8_t *payload, uint8_t n)
{
    *sample = (struct plumb_wire_sample){0};
    if (n < PLUMB_SAMPLE_FIXED_N)
        return -1;
    uint8_t imus_n = (uint8_t)((payload[0] & 1u) + ((payload[0] >> 1) & 1u));
    if (n < PLUMB_SAMPLE_FIXED_N + imus_n * PLUMB_SAMPLE_IMU_N)
        return -1;
    sample->flags = payload[0];
    sample->sequence = plumb_get_u16(payload + 1);
    sample->time_us = plumb_get_u32(payload + 3);
    sample->overruns = plumb_get_u16(payload + 7);
    sample->frames_lost = plumb_get_u16(payload + 9);
    const uint8_t *at = payload + PLUMB_SAMPLE_FIXED_N;
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (sample->flags & (1u << i))
            at = plumb_get_counts(&sample->counts[i], at);
    return 0;
}

static inline uint8_t plumb_put_status(uint8_t *payload, const struct plumb_status *status)
{
    uint8_t *at = plumb_put_u32(payload, status->time_us);
    at = plumb_put_u8(at, status->state);
    at = plumb_put_u8(at, status->boot);
    at = plumb_put_u8(at, status->flags);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        at = plumb_put_u8(at, status->imu_state[i]);
    at = plumb_put_u16(at, status->rate_hz);
    at = plumb_put_u32(at, status->samples);
    at = plumb_put_u16(at, status->overruns);
    at = plumb_put_u16(at, status->frames_lost);
    at = plumb_put_u16(at, status->i2c_errors);
    at = plumb_put_u16(at, status->bus_recoveries);
    at = plumb_put_u16(at, status->imu_restarts);
    at = plumb_put_u16(at, status->rx_errors);
    at = plumb_put_u16(at, status->stack_free);
    return (uint8_t)(at - payload);
}

static inline int8_t plumb_get_status(struct plumb_status *status, const uint8_t *payload, uint8_t n)
{
    *status = (struct plumb_status){0};
    if (n < PLUMB_STATUS_N)
        return -1;
    status->time_us = plumb_get_u32(payload);
    status->state = payload[4];
    status->boot = payload[5];
    status->flags = payload[6];
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        status->imu_state[i] = payload[7 + i];
    status->rate_hz = plumb_get_u16(payload + 9);
    status->samples = plumb_get_u32(payload + 11);
    status->overruns = plumb_get_u16(payload + 15);
    status->frames_lost = plumb_get_u16(payload + 17);
    status->i2c_errors = plumb_get_u16(payload + 19);
    status->bus_recoveries = plumb_get_u16(payload + 21);
    status->imu_restarts = plumb_get_u16(payload + 23);
    status->rx_errors = plumb_get_u16(payload + 25);
    status->stack_free = plumb_get_u16(payload + 27);
    return 0;
}

static inline uint8_t plumb_put_ack(uint8_t *payload, const struct plumb_ack *ack)
{
    plumb_put_u8(plumb_put_u8(payload, ack->command), ack->result);
    return PLUMB_ACK_N;
}

static inline int8_t plumb_get_ack(struct plumb_ack *ack, const uint8_t *payload, uint8_t n)
{
    *ack = (struct plumb_ack){0};
    if (n < PLUMB_ACK_N)
        return -1;
    ack->command = payload[0];
    ack->result = payload[1];
    return 0;
}

static inline uint8_t *plumb_put_calib_record(uint8_t *at, const struct plumb_calib_record *record)
{
    at = plumb_put_3_i16(at, record->accel_bias);
    for (uint8_t row = 0; row < 3; row++)
        at = plumb_put_3_i16(at, &record->accel_matrix[3 * row]);
    at = plumb_put_3_i16(at, record->gyro_bias);
    at = plumb_put_3_i16(at, record->gyro_scale);
    return plumb_put_u16(plumb_put_i16(at, record->temp_centi_c), record->day);
}

static inline void plumb_get_calib_record(struct plumb_calib_record *record, const uint8_t *at)
{
    at = plumb_get_3_i16(record->accel_bias, at);
    for (uint8_t row = 0; row < 3; row++)
        at = plumb_get_3_i16(&record->accel_matrix[3 * row], at);
    at = plumb_get_3_i16(record->gyro_bias, at);
    at = plumb_get_3_i16(record->gyro_scale, at);
    record->temp_centi_c = plumb_get_i16(at);
    record->day = plumb_get_u16(at + 2);
}

static inline uint8_t plumb_put_calib_reply(uint8_t *payload, const struct plumb_calib_reply *reply)
{
    plumb_put_calib_record(plumb_put_u8(plumb_put_u8(payload, reply->imu), reply->valid), &reply->record);
    return PLUMB_CALIB_N;
}

static inline int8_t plumb_get_calib_reply(struct plumb_calib_reply *reply, const uint8_t *payload, uint8_t n)
{
    *reply = (struct plumb_calib_reply){0};
    if (n < PLUMB_CALIB_N)
        return -1;
    reply->imu = payload[0];
    reply->valid = payload[1];
    plumb_get_calib_record(&reply->record, payload + 2);
    return 0;
}

#endif
