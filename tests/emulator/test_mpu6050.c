/* The register model of the MPU-6050, poked as a bus would poke it. */
#include "firmware/emulator/imus.h"
#include "suite.h"

#include <math.h>
#include <string.h>

#define GRAVITY_MPS2 9.80665
#define PI           3.14159265358979323846

static const struct plumb_mpu_felt flat = {{0.0, 0.0, GRAVITY_MPS2}, {0.0, 0.0, 0.0}, 36.53};

struct bench {
    struct plumb_mpu6050 chip;
    uint64_t now_us;
};

static void write_one(struct bench *bench, uint8_t address, uint8_t value)
{
    plumb_mpu6050_start(&bench->chip, false, bench->now_us);
    plumb_mpu6050_write(&bench->chip, address, bench->now_us);
    plumb_mpu6050_write(&bench->chip, value, bench->now_us);
    plumb_mpu6050_stop(&bench->chip);
}

/* Leaves the transfer open, as a burst does until its STOP. */
static void read_open(struct bench *bench, uint8_t address, uint8_t *bytes, int n)
{
    plumb_mpu6050_start(&bench->chip, false, bench->now_us);
    plumb_mpu6050_write(&bench->chip, address, bench->now_us);
    plumb_mpu6050_start(&bench->chip, true, bench->now_us);
    for (int i = 0; i < n; i++)
        bytes[i] = plumb_mpu6050_read(&bench->chip, bench->now_us);
}

static void read_some(struct bench *bench, uint8_t address, uint8_t *bytes, int n)
{
    read_open(bench, address, bytes, n);
    plumb_mpu6050_stop(&bench->chip);
}

static uint8_t read_one(struct bench *bench, uint8_t address)
{
    uint8_t byte;
    read_some(bench, address, &byte, 1);
    return byte;
}

static int counts(const uint8_t *at)
{
    return (int16_t)(uint16_t)(at[0] << 8 | at[1]);
}

static int read_counts(struct bench *bench, uint8_t address)
{
    uint8_t bytes[2];
    read_some(bench, address, bytes, 2);
    return counts(bytes);
}

static bool tick(struct bench *bench, const struct plumb_mpu_felt *felt)
{
    bench->now_us += (uint64_t)(1e6 / plumb_mpu6050_tick_hz(&bench->chip));
    return plumb_mpu6050_tick(&bench->chip, felt, bench->now_us);
}

static void ticks(struct bench *bench, const struct plumb_mpu_felt *felt, int n)
{
    while (n-- > 0)
        tick(bench, felt);
}

/* Awake, DLPF 3, gyroscope settled. */
static struct bench awake_chip(void)
{
    struct bench bench = {.now_us = 1000000};
    plumb_mpu6050_init(&bench.chip, 0x68, 0);
    write_one(&bench, MPU_PWR_MGMT_1, 0x01);
    write_one(&bench, MPU_CONFIG, 0x03);
    ticks(&bench, &flat, 200);
    return bench;
}

static void test_wakes_as_the_register_map_says(void)
{
    struct bench bench = {.now_us = 1000000};
    plumb_mpu6050_init(&bench.chip, 0x68, 0);
    for (int address = 0; address < MPU_REGISTERS_N; address++) {
        bool trim = address >= MPU_SELF_TEST_X && address <= MPU_SELF_TEST_A;
        uint8_t wanted = address == MPU_PWR_MGMT_1 ? 0x40 : address == MPU_WHO_AM_I ? 0x68 : 0x00;
        if (!trim)
            CU_ASSERT_EQUAL(read_one(&bench, (uint8_t)address), wanted);
    }
    CU_ASSERT_EQUAL(plumb_mpu6050_tick_hz(&bench.chip), 0.0);
}

static void test_is_silent_until_its_supply_is_up(void)
{
    struct bench bench = {.now_us = 5000};
    plumb_mpu6050_init(&bench.chip, 0x68, 0);
    CU_ASSERT_FALSE(plumb_mpu6050_start(&bench.chip, false, bench.now_us));
    CU_ASSERT_TRUE(plumb_mpu6050_start(&bench.chip, false, 20000));
}

static void test_writes_change_only_what_may_change(void)
{
    struct bench bench = awake_chip();
    for (int address = 0; address < MPU_REGISTERS_N; address++)
        if (address != MPU_PWR_MGMT_1 && address != MPU_FIFO_R_W)
            write_one(&bench, (uint8_t)address, 0xFF);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_WHO_AM_I), 0x68);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_CONFIG), 0x3F);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_GYRO_CONFIG), 0xF8);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_SIGNAL_PATH_RESET), 0x00);
    CU_ASSERT_EQUAL(read_one(&bench, 0x00), 0x00);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_ACCEL_CONFIG_2), 0x00);
}

static void test_device_reset_takes_a_while_and_forgets_all(void)
{
    struct bench bench = awake_chip();
    write_one(&bench, MPU_SMPLRT_DIV, 9);
    write_one(&bench, MPU_PWR_MGMT_1, 0x80);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_PWR_MGMT_1), 0xC0);
    write_one(&bench, MPU_PWR_MGMT_1, 0x01); /* lost */
    bench.now_us += 10000;
    CU_ASSERT_EQUAL(read_one(&bench, MPU_PWR_MGMT_1), 0x40);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_SMPLRT_DIV), 0);
}

static void test_scales_of_every_range(void)
{
    struct bench bench = awake_chip();
    const struct plumb_mpu_felt felt = {{1.0, -2.0, 3.0}, {0.5, -1.0, 2.0}, 25.0};
    for (int range = 0; range < 4; range++) {
        write_one(&bench, MPU_GYRO_CONFIG, (uint8_t)(range << 3));
        write_one(&bench, MPU_ACCEL_CONFIG, (uint8_t)(range << 3));
        ticks(&bench, &felt, 200);
        uint8_t out[PLUMB_MPU_OUTPUT_N];
        read_some(&bench, MPU_ACCEL_XOUT_H, out, PLUMB_MPU_OUTPUT_N);
        for (int axis = 0; axis < 3; axis++) {
            double accel = felt.force_mps2[axis] / GRAVITY_MPS2 * plumb_mpu_accel_lsb_per_g[range];
            double gyro = felt.rate_radps[axis] * 180.0 / PI * plumb_mpu_gyro_lsb_per_dps[range];
            CU_ASSERT_DOUBLE_EQUAL(counts(out + 2 * axis), accel, 0.51);
            CU_ASSERT_DOUBLE_EQUAL(counts(out + 8 + 2 * axis), fmax(-32768, fmin(32767, gyro)), 0.51);
        }
        CU_ASSERT_DOUBLE_EQUAL(counts(out + 6), (25.0 - 36.53) * 340.0, 0.51);
    }
}

static void test_clips_at_the_ends_of_its_range(void)
{
    struct bench bench = awake_chip();
    const struct plumb_mpu_felt felt = {{30.0, -30.0, 0.0}, {10.0, -10.0, 0.0}, 200.0};
    ticks(&bench, &felt, 300);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H), 32767);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H + 2), -32768);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_GYRO_XOUT_H), 32767);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_GYRO_XOUT_H + 2), -32768);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_TEMP_OUT_H), 32767);
}

static void test_divider_sets_the_rate(void)
{
    struct bench bench = awake_chip();
    const int divider[] = {0, 1, 4, 9, 255};
    for (int i = 0; i < 5; i++) {
        write_one(&bench, MPU_SMPLRT_DIV, (uint8_t)divider[i]);
        ticks(&bench, &flat, 300);
        int ready_n = 0;
        for (int n = 0; n < 10 * (divider[i] + 1); n++)
            ready_n += tick(&bench, &flat);
        CU_ASSERT_EQUAL(ready_n, 10);
    }
    CU_ASSERT_EQUAL(plumb_mpu6050_tick_hz(&bench.chip), 1000.0);
    write_one(&bench, MPU_CONFIG, 0);
    CU_ASSERT_EQUAL(plumb_mpu6050_tick_hz(&bench.chip), 8000.0);
}

/* Amplitude of the z gyroscope for a sine of 1 rad/s at this frequency. */
static double gain_at(uint8_t dlpf, double hz)
{
    struct bench bench = awake_chip();
    write_one(&bench, MPU_CONFIG, dlpf);
    double rate_hz = plumb_mpu6050_tick_hz(&bench.chip), most = 0.0;
    for (int n = 0; n < (int)(1.5 * rate_hz); n++) {
        struct plumb_mpu_felt felt = flat;
        felt.rate_radps[2] = sin(2.0 * PI * hz * n / rate_hz);
        tick(&bench, &felt);
        if (n > (int)(0.5 * rate_hz))
            most = fmax(most, fabs(bench.chip.filtered[5]));
    }
    return most * PI / 180.0;
}

static void test_filter_bandwidths(void)
{
    for (uint8_t dlpf = 0; dlpf < 7; dlpf++) {
        double gain = gain_at(dlpf, plumb_mpu_dlpf[dlpf].gyro_hz + 0.37); /* off the grid of the samples */
        CU_ASSERT_DOUBLE_EQUAL(gain, sqrt(0.5), 0.03);
        CU_ASSERT_DOUBLE_EQUAL(gain_at(dlpf, 0.5), 1.0, 0.01);
    }
}

/* A ramp comes out late by exactly the delay. */
static double delay_s(double bandwidth_hz, double stated_s)
{
    struct plumb_lowpass_coeff coeff = plumb_lowpass_design(1000.0, bandwidth_hz, stated_s);
    struct plumb_lowpass_state state = plumb_lowpass_settled(&coeff, 0.0);
    double y = 0.0;
    for (int n = 0; n <= 2000; n++)
        y = plumb_lowpass_push(&coeff, &state, n);
    return (2000.0 - y) * 1e-3;
}

static void test_filter_delays(void)
{
    for (int dlpf = 1; dlpf <= 4; dlpf++) {
        const struct plumb_mpu_dlpf_row *row = &plumb_mpu_dlpf[dlpf];
        CU_ASSERT_DOUBLE_EQUAL(delay_s(row->gyro_hz, row->gyro_delay_s), row->gyro_delay_s, 1e-5);
        CU_ASSERT_DOUBLE_EQUAL(delay_s(row->accel_hz, row->accel_delay_s), row->accel_delay_s, 1e-5);
    }
}

static void test_settled_filter_stays(void)
{
    struct plumb_lowpass_coeff coeff = plumb_lowpass_design(1000.0, 44.0, 0.0049);
    struct plumb_lowpass_state state = plumb_lowpass_settled(&coeff, 7.5);
    for (int n = 0; n < 100; n++)
        CU_ASSERT_DOUBLE_EQUAL(plumb_lowpass_push(&coeff, &state, 7.5), 7.5, 1e-9);
}

static void test_gyroscope_needs_time_to_start(void)
{
    struct bench bench = {.now_us = 1000000};
    struct plumb_mpu_felt felt = flat;
    felt.rate_radps[0] = 1.0;
    plumb_mpu6050_init(&bench.chip, 0x68, 0);
    write_one(&bench, MPU_PWR_MGMT_1, 0x01);
    write_one(&bench, MPU_CONFIG, 0x01);
    ticks(&bench, &felt, 25);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_GYRO_XOUT_H), 0);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H + 4), 16384);
    ticks(&bench, &felt, 25);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_GYRO_XOUT_H), 7506);
}

static void test_burst_shows_one_sample(void)
{
    struct bench bench = awake_chip();
    struct plumb_mpu_felt felt = flat;
    uint8_t first[2], second[2];
    felt.force_mps2[2] = 0.0;
    read_open(&bench, MPU_ACCEL_XOUT_H + 4, first, 2);
    ticks(&bench, &felt, 200);
    read_open(&bench, MPU_ACCEL_XOUT_H + 4, second, 2); /* repeated START: still the same transfer */
    CU_ASSERT_EQUAL(counts(first), 16384);
    CU_ASSERT_EQUAL(counts(second), 16384);
    plumb_mpu6050_stop(&bench.chip);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H + 4), 0);
}

static void test_interrupt_pin_pulses(void)
{
    struct bench bench = awake_chip();
    CU_ASSERT_FALSE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us));
    write_one(&bench, MPU_INT_ENABLE, MPU_INT_DATA_READY);
    ticks(&bench, &flat, 1);
    CU_ASSERT_TRUE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us));
    CU_ASSERT_TRUE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us + 49));
    CU_ASSERT_FALSE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us + 50));
    write_one(&bench, MPU_INT_PIN_CFG, MPU_INT_LEVEL_LOW);
    CU_ASSERT_TRUE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us + 50));
}

static void test_interrupt_pin_latches(void)
{
    struct bench bench = awake_chip();
    write_one(&bench, MPU_INT_ENABLE, MPU_INT_DATA_READY);
    write_one(&bench, MPU_INT_PIN_CFG, MPU_INT_LATCH);
    ticks(&bench, &flat, 1);
    CU_ASSERT_TRUE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us + 900));
    read_one(&bench, MPU_ACCEL_XOUT_H);
    CU_ASSERT_TRUE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us));
    CU_ASSERT_EQUAL(read_one(&bench, MPU_INT_STATUS), MPU_INT_DATA_READY);
    CU_ASSERT_FALSE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us));
    write_one(&bench, MPU_INT_PIN_CFG, MPU_INT_LATCH | MPU_INT_READ_CLEAR);
    ticks(&bench, &flat, 1);
    read_one(&bench, MPU_ACCEL_XOUT_H);
    CU_ASSERT_FALSE(plumb_mpu6050_int_pin(&bench.chip, bench.now_us));
}

static void test_self_test_answers_with_the_factory_trim(void)
{
    struct bench bench = awake_chip();
    write_one(&bench, MPU_ACCEL_CONFIG, 2 << 3);
    ticks(&bench, &flat, 200);
    uint8_t before[PLUMB_MPU_OUTPUT_N], after[PLUMB_MPU_OUTPUT_N], trim[4];
    read_some(&bench, MPU_ACCEL_XOUT_H, before, PLUMB_MPU_OUTPUT_N);
    write_one(&bench, MPU_ACCEL_CONFIG, 0xE0 | 2 << 3);
    write_one(&bench, MPU_GYRO_CONFIG, 0xE0);
    ticks(&bench, &flat, 200);
    read_some(&bench, MPU_ACCEL_XOUT_H, after, PLUMB_MPU_OUTPUT_N);
    read_some(&bench, MPU_SELF_TEST_X, trim, 4);
    for (int axis = 0; axis < 3; axis++) {
        int accel_n = (trim[axis] >> 5) << 2 | (trim[3] >> (4 - 2 * axis) & 3), gyro_n = trim[axis] & 0x1F;
        double accel = 4096.0 * 0.34 * pow(0.92 / 0.34, (accel_n - 1) / 30.0);
        double gyro = (axis == 1 ? -25.0 : 25.0) * 131.0 * pow(1.046, gyro_n - 1);
        int at = 2 * axis;
        CU_ASSERT_DOUBLE_EQUAL(counts(after + at) - counts(before + at), accel, 1.5);
        CU_ASSERT_DOUBLE_EQUAL(counts(after + 8 + at) - counts(before + 8 + at), gyro, 1.5);
    }
}

static void test_fifo_counts_reads_and_overflows(void)
{
    struct bench bench = awake_chip();
    uint8_t bytes[12];
    write_one(&bench, MPU_FIFO_EN, MPU_FIFO_EN_ACCEL | MPU_FIFO_EN_TEMP);
    write_one(&bench, MPU_USER_CTRL, MPU_USER_FIFO_EN | MPU_USER_FIFO_RESET);
    write_one(&bench, MPU_INT_ENABLE, MPU_INT_FIFO_OVERFLOW);
    ticks(&bench, &flat, 3);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_FIFO_COUNTH), 24);
    read_some(&bench, MPU_FIFO_R_W, bytes, 8);
    CU_ASSERT_EQUAL(counts(bytes + 4), 16384);
    CU_ASSERT_EQUAL(counts(bytes + 6), 0);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_FIFO_COUNTH), 16);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_INT_STATUS), 0);
    ticks(&bench, &flat, 200);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_FIFO_COUNTH), PLUMB_MPU_FIFO_N);
    CU_ASSERT_EQUAL(read_one(&bench, MPU_INT_STATUS), MPU_INT_FIFO_OVERFLOW);
    write_one(&bench, MPU_USER_CTRL, MPU_USER_FIFO_EN | MPU_USER_FIFO_RESET);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_FIFO_COUNTH), 0);
}

static void test_sleep_and_standby_hold_the_output(void)
{
    struct bench bench = awake_chip();
    struct plumb_mpu_felt felt = {{1.0, 1.0, 1.0}, {0.1, 0.1, 0.1}, 30.0};
    write_one(&bench, MPU_PWR_MGMT_2, 0x08); /* z accelerometer */
    ticks(&bench, &felt, 200);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H), 1671);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H + 4), 16384);
    write_one(&bench, MPU_PWR_MGMT_1, 0x41);
    CU_ASSERT_EQUAL(plumb_mpu6050_tick_hz(&bench.chip), 0.0);
}

static void test_faults_of_the_chip(void)
{
    struct bench bench = awake_chip();
    struct plumb_mpu_felt felt = flat;
    felt.force_mps2[2] = 0.0;
    bench.chip.faults.stuck = true;
    CU_ASSERT_TRUE(tick(&bench, &felt));
    ticks(&bench, &felt, 200);
    CU_ASSERT_EQUAL(read_counts(&bench, MPU_ACCEL_XOUT_H + 4), 16384);
    bench.chip.faults.nack = true;
    CU_ASSERT_FALSE(plumb_mpu6050_start(&bench.chip, true, bench.now_us));
}

/* The oscillator of a chip 1 % fast makes 1 % more samples, evenly spaced. */
static void test_oscillator_drifts(void)
{
    struct plumb_imus imus;
    memset(&imus, 0, sizeof imus);
    uint8_t motion[PLUMB_MOTION_PAYLOAD_N] = {0};
    plumb_imus_fit(&imus, 0, 0x68, 0x68, 10000.0);
    plumb_imus_start(&imus, 0x68, false, 0.0);
    const uint8_t wake[] = {MPU_PWR_MGMT_1, 0x01};
    plumb_imus_write(&imus, wake[0], 0.0);
    plumb_imus_write(&imus, wake[1], 0.0);
    plumb_imus_stop(&imus);
    int ready_n = 0;
    for (int ms = 0; ms < 10000; ms++) {
        plumb_imus_feel(&imus, motion, ms * 1000.0);
        for (int part = 1; part <= 10; part++)
            ready_n += plumb_imus_advance(&imus, ms * 1000.0 + part * 100.0) == 1;
    }
    CU_ASSERT_EQUAL(ready_n, 80800); /* 8 kHz without a filter */
    CU_ASSERT_DOUBLE_EQUAL(plumb_imus_next_us(&imus, 1e7) - 1e7, 125.0 / 1.01, 0.01);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"wakes as the register map says", test_wakes_as_the_register_map_says},
        {"is silent until its supply is up", test_is_silent_until_its_supply_is_up},
        {"writes change only what may change", test_writes_change_only_what_may_change},
        {"device reset takes a while and forgets all", test_device_reset_takes_a_while_and_forgets_all},
        {"scales of every range", test_scales_of_every_range},
        {"clips at the ends of its range", test_clips_at_the_ends_of_its_range},
        {"divider sets the rate", test_divider_sets_the_rate},
        {"filter bandwidths", test_filter_bandwidths},
        {"filter delays", test_filter_delays},
        {"settled filter stays", test_settled_filter_stays},
        {"gyroscope needs time to start", test_gyroscope_needs_time_to_start},
        {"burst shows one sample", test_burst_shows_one_sample},
        {"interrupt pin pulses", test_interrupt_pin_pulses},
        {"interrupt pin latches", test_interrupt_pin_latches},
        {"self test answers with the factory trim", test_self_test_answers_with_the_factory_trim},
        {"fifo counts, reads and overflows", test_fifo_counts_reads_and_overflows},
        {"sleep and standby hold the output", test_sleep_and_standby_hold_the_output},
        {"faults of the chip", test_faults_of_the_chip},
        {"oscillator drifts", test_oscillator_drifts},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("mpu6050", tests, argc, argv);
}
