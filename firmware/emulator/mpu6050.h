/* An MPU-6050 as its bus sees it: registers, filters, sample divider, FIFO, interrupt pin. Pure: no clock, no
 * simulator; whoever owns the chip tells it the world time and calls it at each tick of its own oscillator.
 */
#ifndef PLUMB_EMULATOR_MPU6050_H
#define PLUMB_EMULATOR_MPU6050_H

#include "mpu6050_filter.h"
#include "mpu6050_registers.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    PLUMB_MPU_FIFO_N = 1024,
    PLUMB_MPU_OUTPUT_N = 14, /* ACCEL_XOUT_H .. GYRO_ZOUT_L */
    PLUMB_MPU_AXES_N = 6,    /* accelerometer x y z, gyroscope x y z */
};

/* What the sensing elements feel, offsets, scale errors and noise already applied; sensor frame. */
struct plumb_mpu_felt {
    double force_mps2[3];
    double rate_radps[3];
    double temp_c;
};

/* Ways to misbehave, switched by faults.c. */
struct plumb_mpu_faults {
    bool nack;     /* does not answer its address */
    bool stuck;    /* data registers freeze, data-ready goes on */
    bool no_ready; /* the interrupt pin stays silent */
};

struct plumb_mpu6050 {
    const struct plumb_mpu_variant *variant;
    uint8_t who_am_i;
    uint8_t reg[MPU_REGISTERS_N];
    uint8_t output[PLUMB_MPU_OUTPUT_N]; /* what the bus reads: held for the length of a transfer */
    uint8_t newest[PLUMB_MPU_OUTPUT_N]; /* what the signal path measured last */
    bool transfer;                      /* between START and STOP addressed to this chip */
    bool pointer_next;                  /* the next byte written is the register address */
    uint8_t pointer;

    struct plumb_lowpass_coeff accel_filter, gyro_filter;
    struct plumb_lowpass_state path[PLUMB_MPU_AXES_N];
    double filtered[PLUMB_MPU_AXES_N];
    bool accel_settled, gyro_settled; /* false: the next tick starts the path from what it feels */
    uint32_t ticks_n;                 /* of the internal sample rate since the path was started */
    uint32_t divider_n;               /* ticks since the last sample */
    uint64_t gyro_ready_us;           /* the gyroscope's mass swings steadily from then on */

    uint64_t ready_us;      /* registers answer from then on (power-on) */
    uint64_t reset_done_us; /* writes are taken from then on (DEVICE_RESET) */
    uint64_t pulse_end_us;  /* of the interrupt pin when it is not latched */

    uint8_t fifo[PLUMB_MPU_FIFO_N];
    uint16_t fifo_first, fifo_n;
    uint8_t fifo_last; /* what reading an empty FIFO gives */

    struct plumb_mpu_faults faults;
};

/* A chip whose supply came up at now_us. who_am_i: 0x68 for a genuine one. */
void plumb_mpu6050_init(struct plumb_mpu6050 *chip, uint8_t who_am_i, uint64_t now_us);

/* The supply was away for an instant: everything back to power-on, faults stay. */
void plumb_mpu6050_power_on(struct plumb_mpu6050 *chip, uint64_t now_us);

/* Ticks per second of the internal sample rate as configured now; 0 while asleep. */
double plumb_mpu6050_tick_hz(const struct plumb_mpu6050 *chip);

/* One tick of the internal sample rate. Returns true when it completed a sample (data ready). */
bool plumb_mpu6050_tick(struct plumb_mpu6050 *chip, const struct plumb_mpu_felt *felt, uint64_t now_us);

/* Level of the INT pin, polarity applied. */
bool plumb_mpu6050_int_pin(const struct plumb_mpu6050 *chip, uint64_t now_us);

/* The bus: START (or repeated START) with this chip's address; returns whether it acknowledges. */
bool plumb_mpu6050_start(struct plumb_mpu6050 *chip, bool read, uint64_t now_us);
/* A byte from the master; returns whether the chip acknowledges. */
bool plumb_mpu6050_write(struct plumb_mpu6050 *chip, uint8_t byte, uint64_t now_us);
/* The next byte for the master. */
uint8_t plumb_mpu6050_read(struct plumb_mpu6050 *chip, uint64_t now_us);
/* STOP, or a START for somebody else. */
void plumb_mpu6050_stop(struct plumb_mpu6050 *chip);

#endif
