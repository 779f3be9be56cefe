/* The chips the node knows. One file per family of chips that share their registers; a chip is a row. */
#ifndef PLUMB_IMU_H
#define PLUMB_IMU_H

#include <stdint.h>

#include "bus.h"
#include "plumb/wire.h"

#define PLUMB_RATE_DEFAULT_HZ 200

struct plumb_imu_chip {
    uint8_t accel_filter_register; /* where the accelerometer has a filter setting of its own; else 0 */
    struct plumb_hello_imu hello;  /* its identity and scales, as the host wants them */
};

struct plumb_imu_family {
    uint8_t identity_register;
    uint8_t chips_n;
    const struct plumb_imu_chip *chips;
    uint16_t settle_ticks; /* from a cold set-up to readings worth sending */

    /* Wakes the chip, sets ranges, filter and rate, reads them back. 0, or -1. */
    int8_t (*setup)(
        struct plumb_bus *bus, uint8_t address, const struct plumb_imu_chip *chip, uint16_t rate_hz);
    void (*sleep)(struct plumb_bus *bus, uint8_t address);
    /* Whether it is still as it was set up: 1, 0 when it lost its settings, -1 when it does not answer. */
    int8_t (*intact)(struct plumb_bus *bus, uint8_t address);
    /* One reading, all of one instant. 0, or -1. */
    int8_t (*read)(struct plumb_bus *bus, uint8_t address, struct plumb_counts *counts);
    /* Age of a reading when its data-ready rises; 0 for a rate that is not offered. */
    uint16_t (*delay_us)(uint16_t rate_hz);
};

extern const struct plumb_imu_family plumb_imu_mpu6050;

/* The chip of `family` that names itself so, or NULL. */
const struct plumb_imu_chip *plumb_imu_chip_find(const struct plumb_imu_family *family, uint8_t who_am_i);

#endif
