/* What the node keeps without power: its serial number, the role of each IMU, a calibration of each. Every
 * record carries a CRC; a damaged one counts as never written. Writing happens byte by byte while samples go
 * on. */
#ifndef PLUMB_SETTINGS_H
#define PLUMB_SETTINGS_H

#include <stdint.h>

#include "plumb/wire.h"

struct plumb_settings {
    uint32_t serial;                 /* 0 = never given */
    uint8_t role[PLUMB_WIRE_IMUS_N]; /* enum plumb_imu_role */
    uint8_t defaults;                /* 1: nothing sound was stored, these are the factory's */
};

#define PLUMB_RECORD_MOST_N (PLUMB_CALIB_RECORD_N + 2) /* with CRC */

/* One record on its way into storage. */
struct plumb_saving {
    uint8_t n; /* 0: nothing to save */
    uint8_t done_n;
    uint16_t at;
    uint8_t command; /* to be acknowledged when it is stored */
    uint8_t bytes[PLUMB_RECORD_MOST_N];
};

void plumb_settings_load(struct plumb_settings *settings);

/* Begin saving; the caller has seen that nothing else is being saved (saving->n == 0). */
void plumb_settings_save(struct plumb_saving *saving, const struct plumb_settings *settings, uint8_t command);
void plumb_calib_save(struct plumb_saving *saving, uint8_t imu, const uint8_t *record, uint8_t command);

/* The stored calibration of IMU `imu` as it goes on the wire, with room for PLUMB_RECORD_MOST_N bytes. 1, or
 * 0 and all zero where there is none. */
uint8_t plumb_calib_load(uint8_t *record, uint8_t imu);

/* Writes the next byte if storage is ready. Returns the command to be acknowledged when the last one is on
 * its way, else 0. */
uint8_t plumb_saving_step(struct plumb_saving *saving);

#endif
