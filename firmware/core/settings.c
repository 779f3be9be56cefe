#include "settings.h"

#include <string.h>

#include "../boards/port.h"
#include "plumb/frame.h"

/* Storage: each record at its own place, with room to grow. */
#define SETTINGS_AT  0
#define SETTINGS_N   (4 + PLUMB_WIRE_IMUS_N)
#define CALIB_AT     32
#define CALIB_STEP_N 64
#define CRC_N        2

static uint16_t crc_of(const uint8_t *bytes, uint8_t n)
{
    uint16_t crc = PLUMB_CRC_INIT;
    for (uint8_t i = 0; i < n; i++)
        crc = plumb_crc_push(crc, bytes[i]);
    return crc;
}

/* 1 when the record of n bytes at `at` is sound. */
static uint8_t load(uint16_t at, uint8_t *bytes, uint8_t n)
{
    plumb_port_storage_read(at, bytes, (uint8_t)(n + CRC_N));
    return crc_of(bytes, n) == plumb_get_u16(bytes + n);
}

static void begin(struct plumb_saving *saving, uint16_t at, uint8_t n, uint8_t command)
{
    plumb_put_u16(saving->bytes + n, crc_of(saving->bytes, n));
    saving->n = (uint8_t)(n + CRC_N);
    saving->done_n = 0;
    saving->at = at;
    saving->command = command;
}

void plumb_settings_load(struct plumb_settings *settings)
{
    uint8_t bytes[SETTINGS_N + CRC_N];
    *settings = (struct plumb_settings){.role = {PLUMB_ROLE_PELVIS, PLUMB_ROLE_LUMBAR}, .defaults = 1};
    if (!load(SETTINGS_AT, bytes, SETTINGS_N))
        return;
    settings->defaults = 0;
    settings->serial = plumb_get_u32(bytes);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        if (bytes[4 + i] < PLUMB_WIRE_ROLES_N)
            settings->role[i] = bytes[4 + i];
}

void plumb_settings_save(struct plumb_saving *saving, const struct plumb_settings *settings, uint8_t command)
{
    plumb_put_u32(saving->bytes, settings->serial);
    for (uint8_t i = 0; i < PLUMB_WIRE_IMUS_N; i++)
        saving->bytes[4 + i] = settings->role[i];
    begin(saving, SETTINGS_AT, SETTINGS_N, command);
}

static uint16_t calib_at(uint8_t imu)
{
    return (uint16_t)(CALIB_AT + imu * CALIB_STEP_N);
}

void plumb_calib_save(struct plumb_saving *saving, uint8_t imu, const uint8_t *record, uint8_t command)
{
    memcpy(saving->bytes, record, PLUMB_CALIB_RECORD_N);
    begin(saving, calib_at(imu), PLUMB_CALIB_RECORD_N, command);
}

uint8_t plumb_calib_load(uint8_t *record, uint8_t imu)
{
    if (load(calib_at(imu), record, PLUMB_CALIB_RECORD_N))
        return 1;
    memset(record, 0, PLUMB_CALIB_RECORD_N);
    return 0;
}

uint8_t plumb_saving_step(struct plumb_saving *saving)
{
    if (saving->n == 0)
        return 0;
    uint16_t at = (uint16_t)(saving->at + saving->done_n);
    if (plumb_port_storage_write(at, saving->bytes[saving->done_n]) != 0)
        return 0;
    if (++saving->done_n < saving->n)
        return 0;
    saving->n = 0;
    return saving->command;
}
