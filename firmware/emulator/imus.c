#include "imus.h"

#include <math.h>
#include <stddef.h>

#define US_PER_S 1e6

void plumb_imus_fit(struct plumb_imus *imus, int index, uint8_t address, uint8_t who_am_i, double clock_ppm)
{
    struct plumb_imu *imu = &imus->imu[index];
    imu->fitted = true;
    imu->address = address;
    imu->clock_rate = 1.0 + clock_ppm * 1e-6;
    plumb_mpu6050_init(&imu->chip, who_am_i, 0);
    imu->chip.ready_us =
        0; /* the board's own start-up is the longer one: its first instruction finds them awake */
}

struct plumb_imu *plumb_imus_at(struct plumb_imus *imus, uint8_t address)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        if (imus->imu[i].fitted && imus->imu[i].address == address)
            return &imus->imu[i];
    return NULL;
}

static struct plumb_mpu_felt felt_of_record(const uint8_t *at)
{
    struct plumb_mpu_felt felt;
    for (int axis = 0; axis < 3; axis++) {
        felt.force_mps2[axis] = plumb_get_i32(at + 4 * axis) * 1e-6;
        felt.rate_radps[axis] = plumb_get_i32(at + 12 + 4 * axis) * 1e-7;
    }
    felt.temp_c = plumb_get_i16(at + 24) * 0.01;
    return felt;
}

void plumb_imus_feel(struct plumb_imus *imus, const uint8_t *payload, double now_us)
{
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++) {
        struct plumb_imu *imu = &imus->imu[i];
        struct plumb_mpu_felt felt = felt_of_record(payload + i * PLUMB_MOTION_IMU_N);
        imu->from = imus->any_motion ? imu->to : felt;
        imu->to = felt;
    }
    imus->any_motion = true;
    imus->motion_us = now_us;
}

static double mix(double from, double to, double share)
{
    return from + (to - from) * share;
}

static struct plumb_mpu_felt
felt_at(const struct plumb_imus *imus, const struct plumb_imu *imu, double now_us)
{
    double share = fmin(1.0, fmax(0.0, (now_us - imus->motion_us) / PLUMB_MOTION_STEP_US));
    struct plumb_mpu_felt felt;
    for (int axis = 0; axis < 3; axis++) {
        felt.force_mps2[axis] = mix(imu->from.force_mps2[axis], imu->to.force_mps2[axis], share);
        felt.rate_radps[axis] = mix(imu->from.rate_radps[axis], imu->to.rate_radps[axis], share);
    }
    felt.temp_c = mix(imu->from.temp_c, imu->to.temp_c, share);
    return felt;
}

static double tick_us(const struct plumb_imu *imu, uint64_t n)
{
    return imu->epoch_us + (double)n * US_PER_S / (imu->tick_hz * imu->clock_rate);
}

/* The oscillator restarts whenever the chip changes its internal rate or wakes. */
static void keep_pace(struct plumb_imu *imu, double now_us)
{
    double tick_hz = plumb_mpu6050_tick_hz(&imu->chip);
    if (tick_hz == imu->tick_hz)
        return;
    imu->tick_hz = tick_hz;
    imu->epoch_us = now_us;
    imu->ticks_n = 0;
}

static double next_of(const struct plumb_imu *imu, double now_us)
{
    double pulse_us = (double)imu->chip.pulse_end_us;
    double next_us = imu->tick_hz > 0.0 ? tick_us(imu, imu->ticks_n + 1) : HUGE_VAL;
    return pulse_us > now_us && pulse_us < next_us ? pulse_us : next_us;
}

double plumb_imus_next_us(const struct plumb_imus *imus, double now_us)
{
    double next_us = HUGE_VAL;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        if (imus->imu[i].fitted)
            next_us = fmin(next_us, next_of(&imus->imu[i], now_us));
    return next_us;
}

static bool advance_one(const struct plumb_imus *imus, struct plumb_imu *imu, double now_us)
{
    bool ready = false;
    while (imu->tick_hz > 0.0 && tick_us(imu, imu->ticks_n + 1) <= now_us) {
        imu->ticks_n++;
        double at_us = tick_us(imu, imu->ticks_n);
        struct plumb_mpu_felt felt = felt_at(imus, imu, at_us);
        ready = plumb_mpu6050_tick(&imu->chip, &felt, (uint64_t)at_us) || ready;
    }
    return ready;
}

unsigned plumb_imus_advance(struct plumb_imus *imus, double now_us)
{
    unsigned ready = 0;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        if (imus->imu[i].fitted && advance_one(imus, &imus->imu[i], now_us))
            ready |= 1u << i;
    return ready;
}

bool plumb_imus_start(struct plumb_imus *imus, uint8_t address, bool read, double now_us)
{
    struct plumb_imu *imu = plumb_imus_at(imus, address);
    if (imus->addressed != imu)
        plumb_imus_stop(imus);
    if (imu == NULL || !plumb_mpu6050_start(&imu->chip, read, (uint64_t)now_us))
        return false;
    imus->addressed = imu;
    return true;
}

bool plumb_imus_write(struct plumb_imus *imus, uint8_t byte, double now_us)
{
    if (imus->addressed == NULL || !plumb_mpu6050_write(&imus->addressed->chip, byte, (uint64_t)now_us))
        return false;
    keep_pace(imus->addressed, now_us);
    return true;
}

uint8_t plumb_imus_read(struct plumb_imus *imus, double now_us)
{
    if (imus->addressed == NULL)
        return 0xFF; /* nobody pulls the line low */
    return plumb_mpu6050_read(&imus->addressed->chip, (uint64_t)now_us);
}

void plumb_imus_stop(struct plumb_imus *imus)
{
    if (imus->addressed != NULL)
        plumb_mpu6050_stop(&imus->addressed->chip);
    imus->addressed = NULL;
}

void plumb_imus_power_cycle(struct plumb_imu *imu, double now_us)
{
    plumb_mpu6050_power_on(&imu->chip, (uint64_t)now_us);
    keep_pace(imu, now_us);
}
