/* The register map of the MPU-6050 (RM-MPU-6000A-00 revision 4.2): addresses, bits, what reset leaves and
 * what a write may change. Only names and tables; mpu6050.c gives them life. */
#ifndef PLUMB_EMULATOR_MPU6050_REGISTERS_H
#define PLUMB_EMULATOR_MPU6050_REGISTERS_H

#include <stdbool.h>
#include <stdint.h>

enum plumb_mpu_register {
    MPU_SELF_TEST_X = 0x0D,
    MPU_SELF_TEST_Y = 0x0E,
    MPU_SELF_TEST_Z = 0x0F,
    MPU_SELF_TEST_A = 0x10,
    MPU_SMPLRT_DIV = 0x19,
    MPU_CONFIG = 0x1A,
    MPU_GYRO_CONFIG = 0x1B,
    MPU_ACCEL_CONFIG = 0x1C,
    MPU_ACCEL_CONFIG_2 = 0x1D, /* of the later chips only */
    MPU_FIFO_EN = 0x23,
    MPU_INT_PIN_CFG = 0x37,
    MPU_INT_ENABLE = 0x38,
    MPU_INT_STATUS = 0x3A,
    MPU_ACCEL_XOUT_H = 0x3B,
    MPU_TEMP_OUT_H = 0x41,
    MPU_GYRO_XOUT_H = 0x43,
    MPU_GYRO_ZOUT_L = 0x48,
    MPU_SIGNAL_PATH_RESET = 0x68,
    MPU_USER_CTRL = 0x6A,
    MPU_PWR_MGMT_1 = 0x6B,
    MPU_PWR_MGMT_2 = 0x6C,
    MPU_FIFO_COUNTH = 0x72,
    MPU_FIFO_COUNTL = 0x73,
    MPU_FIFO_R_W = 0x74,
    MPU_WHO_AM_I = 0x75,
    MPU_REGISTERS_N = 0x80,
};

enum plumb_mpu_bit {
    MPU_CONFIG_DLPF = 0x07,
    MPU_RANGE_SHIFT = 3, /* FS_SEL and AFS_SEL */
    MPU_RANGE_MASK = 0x03,
    MPU_SELF_TEST_X_ON = 0x80, /* in GYRO_CONFIG and ACCEL_CONFIG; y and z are the next bits down */
    MPU_FIFO_EN_TEMP = 0x80,
    MPU_FIFO_EN_XG = 0x40, /* y and z are the next bits down */
    MPU_FIFO_EN_ACCEL = 0x08,
    MPU_INT_LEVEL_LOW = 0x80,
    MPU_INT_LATCH = 0x20,
    MPU_INT_READ_CLEAR = 0x10,
    MPU_INT_FIFO_OVERFLOW = 0x10,
    MPU_INT_DATA_READY = 0x01,
    MPU_USER_FIFO_EN = 0x40,
    MPU_USER_FIFO_RESET = 0x04,
    MPU_USER_MASTER_RESET = 0x02,
    MPU_USER_SIGNAL_RESET = 0x01,
    MPU_PATH_RESET_GYRO = 0x04,
    MPU_PATH_RESET_ACCEL = 0x02,
    MPU_POWER_RESET = 0x80,
    MPU_POWER_SLEEP = 0x40,
    MPU_POWER_TEMP_OFF = 0x08,
    MPU_STANDBY_XA = 0x20, /* in PWR_MGMT_2: xa ya za xg yg zg downwards */
};

struct plumb_mpu_register_row {
    uint8_t address;
    uint8_t reset;      /* what power-on and DEVICE_RESET leave */
    uint8_t write_mask; /* bits that a write changes; the others read as reset says */
};

/* The registers that are not reserved, ended by a row with address 0. */
extern const struct plumb_mpu_register_row plumb_mpu_registers[];

/* One row of the DLPF_CFG table: what the two paths let through. */
struct plumb_mpu_dlpf_row {
    double accel_hz, accel_delay_s;
    double gyro_hz, gyro_delay_s;
    double gyro_rate_hz; /* internal sample rate that SMPLRT_DIV divides */
};

extern const struct plumb_mpu_dlpf_row plumb_mpu_dlpf[8];

extern const double plumb_mpu_gyro_lsb_per_dps[4]; /* by FS_SEL */
extern const double plumb_mpu_accel_lsb_per_g[4];  /* by AFS_SEL */

/* Chips sold under the same name: the same map where Plumb looks, but for what stands here. */
struct plumb_mpu_variant {
    uint8_t who_am_i;
    uint8_t power_reset;   /* of PWR_MGMT_1: asleep, or awake on the gyroscope's clock */
    bool own_accel_filter; /* ACCEL_CONFIG_2 sets the accelerometer's filter */
    double temp_lsb_per_c;
    double temp_c_at_zero;
};

/* The variant of an identity; unknown ones are taken for an MPU-6050. */
const struct plumb_mpu_variant *plumb_mpu_variant(uint8_t who_am_i);

#define MPU_ACCEL_RATE_HZ 1000.0 /* of the accelerometer whatever the filter */

#endif
