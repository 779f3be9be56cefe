/* The IMUs on the board's I2C bus: which are fitted, what each feels, when each ticks, and the bus as a
 * whole. Pure: world time in microseconds comes in with every call. */
#ifndef PLUMB_EMULATOR_IMUS_H
#define PLUMB_EMULATOR_IMUS_H

#include "mpu6050.h"

#include <plumb/motion.h>

struct plumb_imu {
    bool fitted;
    uint8_t address;
    double clock_rate;              /* seconds of its own oscillator per second of the world */
    double tick_hz;                 /* of its own seconds; 0: asleep */
    double epoch_us;                /* world time of tick 0 */
    uint64_t ticks_n;               /* since the epoch */
    struct plumb_mpu_felt from, to; /* felt at the beginning and at the end of the running millisecond */
    struct plumb_mpu6050 chip;
};

struct plumb_imus {
    struct plumb_imu imu[PLUMB_MOTION_IMUS_N];
    struct plumb_imu *addressed; /* by the transfer in progress, or NULL */
    bool any_motion;
    double motion_us; /* world time at which the running millisecond began */
};

/* Adds an IMU whose supply has just come up; index 0 or 1. */
void plumb_imus_fit(struct plumb_imus *imus, int index, uint8_t address, uint8_t who_am_i, double clock_ppm);

/* The fitted IMU at this address, or NULL. */
struct plumb_imu *plumb_imus_at(struct plumb_imus *imus, uint8_t address);

/* A motion record (PLUMB_MOTION_PAYLOAD_N bytes) for the millisecond that begins now. */
void plumb_imus_feel(struct plumb_imus *imus, const uint8_t *payload, double now_us);

/* World time of the next tick or interrupt edge of any IMU; HUGE_VAL when all sleep. */
double plumb_imus_next_us(const struct plumb_imus *imus, double now_us);

/* Lets every tick that is due happen. Returns the IMUs with a sample that became ready: bit 0, bit 1. */
unsigned plumb_imus_advance(struct plumb_imus *imus, double now_us);

/* The bus, seen by the master. A START ends the transfer of whoever was addressed before. */
bool plumb_imus_start(struct plumb_imus *imus, uint8_t address, bool read, double now_us);
bool plumb_imus_write(struct plumb_imus *imus, uint8_t byte, double now_us);
uint8_t plumb_imus_read(struct plumb_imus *imus, double now_us);
void plumb_imus_stop(struct plumb_imus *imus);

/* The supply of one IMU was away for an instant. */
void plumb_imus_power_cycle(struct plumb_imu *imu, double now_us);

#endif
