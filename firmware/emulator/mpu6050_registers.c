#include "mpu6050_registers.h"

#include <stddef.h>

/* clang-format off */
static const struct plumb_mpu_variant variants[] = {
    {0x68, 0x40, false, 340.00, 36.53}, /* MPU-6050, RM-MPU-6000A section 3, register 65 */
    {0x70, 0x01, true,  333.87, 21.00}, /* MPU-6500, RM-MPU-6500A section 3, PS-MPU-6500A table 3 */
    {0x71, 0x01, true,  333.87, 21.00}, /* MPU-9250, RM-MPU-9250A section 3, PS-MPU-9250A */
    {0x98, 0x40, true,  326.80, 25.00}, /* ICM-20689, DS-000143 */
};

const struct plumb_mpu_register_row plumb_mpu_registers[] = {
    /* self-test trims: burnt in by the factory, mpu6050.c fills them */
    {MPU_SELF_TEST_X,       0x00, 0x00},
    {MPU_SELF_TEST_Y,       0x00, 0x00},
    {MPU_SELF_TEST_Z,       0x00, 0x00},
    {MPU_SELF_TEST_A,       0x00, 0x00},
    {MPU_SMPLRT_DIV,        0x00, 0xFF},
    {MPU_CONFIG,            0x00, 0x3F},
    {MPU_GYRO_CONFIG,       0x00, 0xF8},
    {MPU_ACCEL_CONFIG,      0x00, 0xF8},
    {MPU_ACCEL_CONFIG_2,    0x00, 0x0F},
    {0x1F,                  0x00, 0xFF}, /* MOT_THR, kept but without effect */
    {MPU_FIFO_EN,           0x00, 0xF8}, /* the auxiliary bus has nobody on it */
    {0x24,                  0x00, 0xFF}, /* I2C_MST_CTRL, kept but without effect */
    {MPU_INT_PIN_CFG,       0x00, 0xFE},
    {MPU_INT_ENABLE,        0x00, 0x59},
    {MPU_INT_STATUS,        0x00, 0x00},
    {MPU_SIGNAL_PATH_RESET, 0x00, 0x00}, /* acts, reads as 0 */
    {MPU_USER_CTRL,         0x00, 0x70},
    {MPU_PWR_MGMT_1,        0x40, 0x6F}, /* reset: the variant's */
    {MPU_PWR_MGMT_2,        0x00, 0xFF},
    {MPU_WHO_AM_I,          0x68, 0x00},
    {0, 0, 0},
};

/* RM-MPU-6000A register 26; 7 is reserved and behaves as 0. */
const struct plumb_mpu_dlpf_row plumb_mpu_dlpf[8] = {
    {260, 0.0000, 256, 0.00098, 8000},
    {184, 0.0020, 188, 0.0019,  1000},
    { 94, 0.0030,  98, 0.0028,  1000},
    { 44, 0.0049,  42, 0.0048,  1000},
    { 21, 0.0085,  20, 0.0083,  1000},
    { 10, 0.0138,  10, 0.0134,  1000},
    {  5, 0.0190,   5, 0.0186,  1000},
    {260, 0.0000, 256, 0.00098, 8000},
};
/* clang-format on */

const double plumb_mpu_gyro_lsb_per_dps[4] = {131.0, 65.5, 32.8, 16.4};
const double plumb_mpu_accel_lsb_per_g[4] = {16384.0, 8192.0, 4096.0, 2048.0};

const struct plumb_mpu_variant *plumb_mpu_variant(uint8_t who_am_i)
{
    for (size_t i = 0; i < sizeof variants / sizeof variants[0]; i++)
        if (variants[i].who_am_i == who_am_i)
            return &variants[i];
    return &variants[0];
}
