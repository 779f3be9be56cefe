/* InvenSense MPU-6050 and the chips that share its registers.
 *
 * Registers: RM-MPU-6000A-00 rev. 4.2; scales: PS-MPU-6000A-00 rev. 3.4, section 6. Ranges: 4 g and 500
 * deg/s. Lying or moving with care, a pelvis stays below 2 g and 100 deg/s; the room above is for knocks,
 * sitting up and walking to the table, which must not clip.
 */
#include <stddef.h>

#include "imu.h"
#include "ticks.h"

enum {
    SMPLRT_DIV = 0x19,
    CONFIG = 0x1A,
    GYRO_CONFIG = 0x1B,
    ACCEL_CONFIG = 0x1C,
    ACCEL_CONFIG_2 = 0x1D, /* MPU-6500 and later */
    INT_PIN_CFG = 0x37,
    INT_ENABLE = 0x38,
    ACCEL_XOUT_H = 0x3B, /* accel, temperature, gyro: 14 bytes, big-endian */
    PWR_MGMT_1 = 0x6B,
    WHO_AM_I = 0x75,
};

enum {
    CLOCK_GYRO_X = 0x01, /* PWR_MGMT_1: awake, PLL on the x gyroscope as the datasheet recommends */
    SLEEP = 0x40,        /* PWR_MGMT_1 */
    GYRO_500_DPS = 0x08,
    ACCEL_4_G = 0x08,
    PULSE_HIGH =
        0x00, /* INT_PIN_CFG: 50 us pulse, push-pull, active high: nothing to clear, nothing to miss */
    DATA_READY = 0x01, /* INT_ENABLE */
    READING_N = 14,
};

/* Rates the node offers. The filter's band stays below half the rate; its delay is the mean of the
 * accelerometer's and the gyroscope's (RM, register 26). The chip samples at 1000 Hz / (1 + divider). */
static const struct rate {
    uint16_t rate_hz;
    uint16_t delay_us;
    uint8_t divider;
    uint8_t filter;
} rates[] = {
    {100, 4850, 9, 3}, /* 44 Hz */
    {200, 2900, 4, 2}, /* 94 Hz */
    {500, 1950, 1, 1}, /* 184 Hz */
};

/* Same ranges, same counts; the thermometers differ. */
#define CHIP(id, filter_register, temp_scale, temp_offset)                                                   \
    {                                                                                                        \
        .accel_filter_register = (filter_register), .hello = {                                               \
            .who_am_i = (id),                                                                                \
            .accel_lsb_per_g = 8192,                                                                         \
            .gyro_lsb_per_kdps = 65500,                                                                      \
            .temp_lsb_per_kc = (temp_scale),                                                                 \
            .temp_offset_centi_c = (temp_offset)                                                             \
        }                                                                                                    \
    }

static const struct plumb_imu_chip chips[] = {
    CHIP(0x68, 0, 340000, 3653),              /* MPU-6050, MPU-6000 */
    CHIP(0x70, ACCEL_CONFIG_2, 333870, 2100), /* MPU-6500, sold as MPU-6050 on many boards */
    CHIP(0x71, ACCEL_CONFIG_2, 333870, 2100), /* MPU-9250: its magnetometer is left alone */
    CHIP(0x72, 0, 0, 0),                      /* undocumented clone: its thermometer is not believed */
    CHIP(0x98, ACCEL_CONFIG_2, 326800, 2500), /* ICM-20689, sold as MPU-6050 */
};

static const struct rate *find_rate(uint16_t rate_hz)
{
    for (uint8_t i = 0; i < sizeof rates / sizeof rates[0]; i++)
        if (rates[i].rate_hz == rate_hz)
            return &rates[i];
    return NULL;
}

/* Writes one register and reads it back: a chip that is browning out acknowledges and forgets. */
static int8_t set(struct plumb_bus *bus, uint8_t address, uint8_t at, uint8_t value)
{
    uint8_t is = 0;
    if (plumb_bus_write(bus, address, at, value) != PLUMB_BUS_OK)
        return -1;
    if (plumb_bus_read(bus, address, at, &is, 1) != PLUMB_BUS_OK)
        return -1;
    return is == value ? 0 : -1;
}

static int8_t
setup(struct plumb_bus *bus, uint8_t address, const struct plumb_imu_chip *chip, uint16_t rate_hz)
{
    const struct rate *rate = find_rate(rate_hz);
    if (rate == NULL)
        return -1;
    const uint8_t settings[][2] = {
        {PWR_MGMT_1, CLOCK_GYRO_X},  {SMPLRT_DIV, rate->divider}, {CONFIG, rate->filter},
        {GYRO_CONFIG, GYRO_500_DPS}, {ACCEL_CONFIG, ACCEL_4_G},   {INT_PIN_CFG, PULSE_HIGH},
        {INT_ENABLE, DATA_READY},
    };
    for (uint8_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
        if (set(bus, address, settings[i][0], settings[i][1]) != 0)
            return -1;
    if (chip->accel_filter_register != 0)
        return set(bus, address, chip->accel_filter_register, rate->filter);
    return 0;
}

static void go_to_sleep(struct plumb_bus *bus, uint8_t address)
{
    plumb_bus_write(bus, address, PWR_MGMT_1, SLEEP);
}

/* A chip whose power dipped has its ranges at 0, the finest. PWR_MGMT_1 would not tell: the MPU-6500 and the
 * MPU-9250 start awake, on the clock that is wanted (their register maps, section 3). */
static int8_t intact(struct plumb_bus *bus, uint8_t address)
{
    uint8_t ranges[2]; /* GYRO_CONFIG, ACCEL_CONFIG */
    if (plumb_bus_read(bus, address, GYRO_CONFIG, ranges, sizeof ranges) != PLUMB_BUS_OK)
        return -1;
    return ranges[0] == GYRO_500_DPS && ranges[1] == ACCEL_4_G;
}

static int16_t big_endian(const uint8_t *at)
{
    return (int16_t)(uint16_t)(((uint16_t)at[0] << 8) | at[1]);
}

static int8_t read_counts(struct plumb_bus *bus, uint8_t address, struct plumb_counts *counts)
{
    uint8_t reading[READING_N];
    if (plumb_bus_read(bus, address, ACCEL_XOUT_H, reading, READING_N) != PLUMB_BUS_OK)
        return -1;
    for (uint8_t axis = 0; axis < 3; axis++) {
        counts->accel_lsb[axis] = big_endian(reading + 2 * axis);
        counts->gyro_lsb[axis] = big_endian(reading + 8 + 2 * axis);
    }
    counts->temp_lsb = big_endian(reading + 6);
    return 0;
}

static uint16_t delay_us(uint16_t rate_hz)
{
    const struct rate *rate = find_rate(rate_hz);
    return rate != NULL ? rate->delay_us : 0;
}

const struct plumb_imu_family plumb_imu_mpu6050 = {
    .identity_register = WHO_AM_I,
    .chips_n = sizeof chips / sizeof chips[0],
    .chips = chips,
    .settle_ticks = PLUMB_TICKS(35), /* gyroscope start-up 30 ms (PS 6.1), and a sample period */
    .setup = setup,
    .sleep = go_to_sleep,
    .intact = intact,
    .read = read_counts,
    .delay_us = delay_us,
};
