#include "node.h"

#include "firmware/emulator/mpu6050_filter.h"
#include "firmware/emulator/mpu6050_registers.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRAVITY_MPS2     9.80665
#define PI               3.14159265358979323846
#define DEG_PER_RAD      (180.0 / PI)
#define READY_MOST_N     200000
#define FELT_TEMP_HALF_C 0.005 /* rounding of the temperature in a motion record */

/* ---- what the sensors feel: slow sines of a person who moves, everywhere smooth, no two channels alike */

static double wave(double world_s, int channel, double amplitude)
{
    double hz = 0.23 + 0.07 * (channel % 6);
    return amplitude * sin(2.0 * PI * hz * world_s + 0.9 * channel);
}

static double force_mps2(double world_s, int imu, int axis)
{
    return wave(world_s, 6 * imu + axis, 3.0) + (axis == 2 ? GRAVITY_MPS2 : 0.0);
}

static double rate_radps(double world_s, int imu, int axis)
{
    return wave(world_s, 6 * imu + 3 + axis, 1.0);
}

void node_motion(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N])
{
    for (int imu = 0; imu < PLUMB_MOTION_IMUS_N; imu++) {
        for (int axis = 0; axis < 3; axis++) {
            felt[imu].force_mps2[axis] = force_mps2(world_s, imu, axis);
            felt[imu].rate_radps[axis] = rate_radps(world_s, imu, axis);
        }
        felt[imu].temp_c = 30.0 + wave(world_s, 12 + imu, 2.0);
    }
}

/* ---- the node on the emulator */

struct driver node_start(const char *const *more)
{
    struct driver driver;
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, node_motion, more));
    CU_ASSERT_TRUE_FATAL(driver_run(&driver, NODE_BOOT_MS));
    return driver;
}

struct driver node_start_plain(void)
{
    const char *none[] = {NULL};
    return node_start(none);
}

void node_command(struct driver *driver, uint8_t type, const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    driver_down(driver, frame, plumb_frame_encode(frame, type, payload, n));
}

void node_forget_frames(struct driver *driver)
{
    size_t begin = driver->up_n;
    while (begin > 0 && driver->up[begin - 1] != 0)
        begin--;
    size_t rest_n = driver->up_n - begin;
    memmove(driver->up, driver->up + begin, rest_n);
    driver_forget(driver);
    driver->up_n = rest_n;
}

struct decoded node_listen(struct driver *driver, unsigned ms)
{
    node_forget_frames(driver);
    CU_ASSERT_TRUE_FATAL(driver_run(driver, ms));
    return decoded_from(driver->up, driver->up_n);
}

struct plumb_status node_last_status(const struct decoded *said)
{
    struct plumb_status none;
    memset(&none, 0xFF, sizeof none);
    return said->statuses_n > 0 ? said->statuses[said->statuses_n - 1] : none;
}

/* ---- truth: the closed form, late by the chip's own filter */

static double path_delay_s(double bandwidth_hz, double stated_s)
{
    struct plumb_lowpass_coeff coeff = plumb_lowpass_design(MPU_ACCEL_RATE_HZ, bandwidth_hz, stated_s);
    struct plumb_lowpass_state state = plumb_lowpass_settled(&coeff, 0.0);
    double y = 0.0;
    for (int n = 0; n <= 2000; n++)
        y = plumb_lowpass_push(&coeff, &state, n);
    return (2000.0 - y) / MPU_ACCEL_RATE_HZ;
}

/* The filter that the firmware chooses for a rate (firmware/core/imu_mpu6050.c). */
static const struct plumb_mpu_dlpf_row *filter_of(uint16_t rate_hz)
{
    return &plumb_mpu_dlpf[rate_hz == 100 ? 3 : rate_hz == 200 ? 2 : 1];
}

double node_filter_delay_us(uint16_t rate_hz)
{
    const struct plumb_mpu_dlpf_row *filter = filter_of(rate_hz);
    double accel_s = path_delay_s(filter->accel_hz, filter->accel_delay_s);
    double gyro_s = path_delay_s(filter->gyro_hz, filter->gyro_delay_s);
    return 0.5e6 * (accel_s + gyro_s);
}

double
node_error_lsb(const struct plumb_counts *counts, int imu, double ready_s, const struct plumb_hello *hello)
{
    const struct plumb_mpu_dlpf_row *filter = filter_of(hello->rate_hz);
    const struct plumb_hello_imu *scale = &hello->imus[imu];
    double accel_s = ready_s - path_delay_s(filter->accel_hz, filter->accel_delay_s);
    double gyro_s = ready_s - path_delay_s(filter->gyro_hz, filter->gyro_delay_s);
    double most = 0.0;
    for (int axis = 0; axis < 3; axis++) {
        double accel = force_mps2(accel_s, imu, axis) / GRAVITY_MPS2 * scale->accel_lsb_per_g;
        double gyro = rate_radps(gyro_s, imu, axis) * DEG_PER_RAD * scale->gyro_lsb_per_kdps * 1e-3;
        most = fmax(most, fabs(counts->accel_lsb[axis] - accel));
        most = fmax(most, fabs(counts->gyro_lsb[axis] - gyro));
    }
    double temp_lsb_per_c = scale->temp_lsb_per_kc * 1e-3;
    double temp_c = 30.0 + wave(ready_s, 12 + imu, 2.0) - scale->temp_offset_centi_c * 0.01;
    double temp_lsb = fabs(counts->temp_lsb - temp_c * temp_lsb_per_c);
    return fmax(most, temp_lsb - FELT_TEMP_HALF_C * temp_lsb_per_c);
}

struct node_moments node_moments_of(struct driver *driver, int imu)
{
    struct driver_ready *all = malloc(READY_MOST_N * sizeof *all);
    struct node_moments moments = {malloc(READY_MOST_N * sizeof *moments.us), 0};
    size_t n = driver_ready_moments(driver, all, READY_MOST_N);
    for (size_t i = 0; i < n; i++)
        if (all[i].imus & 1u << imu)
            moments.us[moments.n++] = all[i].world_us;
    free(all);
    return moments;
}

double node_moment_before(const struct node_moments *moments, double world_us)
{
    size_t low = 0, high = moments->n;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (moments->us[middle] <= world_us)
            low = middle;
        else
            high = middle;
    }
    return moments->us[low];
}

/* World time minus device time: the device's clock starts a moment after power-on, at most this much later.
 */
#define CLOCK_STARTS_US 4000.0

double node_clock_offset_us(const struct decoded *said, const struct node_moments *moments)
{
    double device_us = said->samples[0].time_us;
    return node_moment_before(moments, device_us + CLOCK_STARTS_US) - device_us;
}
