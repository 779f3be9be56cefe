#include "mpu6050.h"

#include <math.h>
#include <string.h>

#define GRAVITY_MPS2       9.80665
#define DEG_PER_RAD        57.295779513082320877
#define POWER_ON_US        20000        /* PS-MPU-6000A 6.6: register access after power-up, typical */
#define DEVICE_RESET_US    5000         /* seen on parts: writes within a few ms of DEVICE_RESET are lost */
#define GYRO_START_US      30000        /* PS-MPU-6000A 6.1: gyroscope start-up time */
#define INT_PULSE_US       50           /* RM-MPU-6000A register 55 */
#define TRIM_GYRO_LSB      25.0 * 131.0 /* RM-MPU-6000A registers 13 to 15, at 250 deg/s */
#define TRIM_GYRO_STEP     1.046
#define TRIM_ACCEL_LOW_G   0.34 /* registers 13 to 16: 4096 * 0.34 * (0.92 / 0.34) ^ ((n - 1) / 30) at 8 g */
#define TRIM_ACCEL_HIGH_G  0.92
#define TRIM_ACCEL_STEPS_N 30.0

/* Factory trims of this part, 5 bits each; any value from 1 to 31 is plausible. */
static const uint8_t trim_accel[3] = {14, 15, 12};
static const uint8_t trim_gyro[3] = {17, 14, 19};

static bool asleep(const struct plumb_mpu6050 *chip)
{
    return (chip->reg[MPU_PWR_MGMT_1] & MPU_POWER_SLEEP) != 0;
}

static const struct plumb_mpu_dlpf_row *dlpf_row(const struct plumb_mpu6050 *chip)
{
    return &plumb_mpu_dlpf[chip->reg[MPU_CONFIG] & MPU_CONFIG_DLPF];
}

static int range_of(uint8_t config)
{
    return (config >> MPU_RANGE_SHIFT) & MPU_RANGE_MASK;
}

double plumb_mpu6050_tick_hz(const struct plumb_mpu6050 *chip)
{
    return asleep(chip) ? 0.0 : dlpf_row(chip)->gyro_rate_hz;
}

/* ---- power, reset, configuration */

static void burn_trims(struct plumb_mpu6050 *chip)
{
    uint8_t low = 0;
    for (int axis = 0; axis < 3; axis++) {
        uint8_t high = (uint8_t)((trim_accel[axis] >> 2) << 5);
        chip->reg[MPU_SELF_TEST_X + axis] = (uint8_t)(high | trim_gyro[axis]);
        low = (uint8_t)(low | (trim_accel[axis] & 3) << (4 - 2 * axis));
    }
    chip->reg[MPU_SELF_TEST_A] = low;
}

static void fifo_clear(struct plumb_mpu6050 *chip)
{
    chip->fifo_first = 0;
    chip->fifo_n = 0;
}

/* The filters as DLPF_CFG now wants them; both paths start anew from what they feel. */
static void restart_paths(struct plumb_mpu6050 *chip)
{
    const struct plumb_mpu_dlpf_row *row = dlpf_row(chip), *accel = row;
    if (chip->variant->own_accel_filter) /* nearly the same bands, by its own register */
        accel = &plumb_mpu_dlpf[chip->reg[MPU_ACCEL_CONFIG_2] & MPU_CONFIG_DLPF];
    chip->accel_filter = plumb_lowpass_design(MPU_ACCEL_RATE_HZ, accel->accel_hz, accel->accel_delay_s);
    chip->gyro_filter = plumb_lowpass_design(row->gyro_rate_hz, row->gyro_hz, row->gyro_delay_s);
    chip->accel_settled = false;
    chip->gyro_settled = false;
    chip->ticks_n = 0;
}

static void reset_registers(struct plumb_mpu6050 *chip)
{
    memset(chip->reg, 0, sizeof chip->reg);
    for (const struct plumb_mpu_register_row *row = plumb_mpu_registers; row->address != 0; row++)
        chip->reg[row->address] = row->reset;
    chip->reg[MPU_WHO_AM_I] = chip->who_am_i;
    chip->reg[MPU_PWR_MGMT_1] = chip->variant->power_reset;
    burn_trims(chip);
    memset(chip->newest, 0, sizeof chip->newest);
    memset(chip->output, 0, sizeof chip->output);
    memset(chip->filtered, 0, sizeof chip->filtered);
    chip->divider_n = 0;
    chip->pulse_end_us = 0;
    fifo_clear(chip);
    restart_paths(chip);
}

void plumb_mpu6050_power_on(struct plumb_mpu6050 *chip, uint64_t now_us)
{
    reset_registers(chip);
    chip->transfer = false;
    chip->pointer = 0;
    chip->ready_us = now_us + POWER_ON_US;
    chip->reset_done_us = 0;
}

void plumb_mpu6050_init(struct plumb_mpu6050 *chip, uint8_t who_am_i, uint64_t now_us)
{
    memset(chip, 0, sizeof *chip);
    chip->who_am_i = who_am_i;
    chip->variant = plumb_mpu_variant(who_am_i);
    plumb_mpu6050_power_on(chip, now_us);
}

/* ---- the signal path */

/* What the actuators of the self-test add to what is felt, in g. */
static double self_test_g(const struct plumb_mpu6050 *chip, int axis)
{
    if (!(chip->reg[MPU_ACCEL_CONFIG] & (MPU_SELF_TEST_X_ON >> axis)))
        return 0.0;
    double step = (trim_accel[axis] - 1.0) / TRIM_ACCEL_STEPS_N;
    return TRIM_ACCEL_LOW_G * pow(TRIM_ACCEL_HIGH_G / TRIM_ACCEL_LOW_G, step);
}

/* The same in deg/s; the y axis answers backwards. */
static double self_test_dps(const struct plumb_mpu6050 *chip, int axis)
{
    if (!(chip->reg[MPU_GYRO_CONFIG] & (MPU_SELF_TEST_X_ON >> axis)))
        return 0.0;
    double lsb = TRIM_GYRO_LSB * pow(TRIM_GYRO_STEP, trim_gyro[axis] - 1.0);
    return (axis == 1 ? -lsb : lsb) / plumb_mpu_gyro_lsb_per_dps[0];
}

static void filter_axis(
    struct plumb_mpu6050 *chip, int axis, const struct plumb_lowpass_coeff *coeff, bool settled, double x)
{
    if (!settled)
        chip->path[axis] = plumb_lowpass_settled(coeff, x);
    chip->filtered[axis] = plumb_lowpass_push(coeff, &chip->path[axis], x);
}

static void filter_accel(struct plumb_mpu6050 *chip, const struct plumb_mpu_felt *felt)
{
    for (int axis = 0; axis < 3; axis++) {
        double force_g = felt->force_mps2[axis] / GRAVITY_MPS2 + self_test_g(chip, axis);
        filter_axis(chip, axis, &chip->accel_filter, chip->accel_settled, force_g);
    }
    chip->accel_settled = true;
}

/* Until its mass swings steadily the gyroscope says nothing. */
static void filter_gyro(struct plumb_mpu6050 *chip, const struct plumb_mpu_felt *felt, uint64_t now_us)
{
    if (now_us < chip->gyro_ready_us)
        return;
    for (int axis = 0; axis < 3; axis++) {
        double rate_dps = felt->rate_radps[axis] * DEG_PER_RAD + self_test_dps(chip, axis);
        filter_axis(chip, 3 + axis, &chip->gyro_filter, chip->gyro_settled, rate_dps);
    }
    chip->gyro_settled = true;
}

/* Rounds and clips as the converter does, big-endian into the register image. */
static void put_counts(uint8_t *at, double lsb)
{
    double clipped = fmax(-32768.0, fmin(32767.0, nearbyint(lsb)));
    int16_t counts = (int16_t)clipped;
    at[0] = (uint8_t)((uint16_t)counts >> 8);
    at[1] = (uint8_t)((uint16_t)counts & 0xFF);
}

static void measure(struct plumb_mpu6050 *chip, const struct plumb_mpu_felt *felt)
{
    double accel_lsb = plumb_mpu_accel_lsb_per_g[range_of(chip->reg[MPU_ACCEL_CONFIG])];
    double gyro_lsb = plumb_mpu_gyro_lsb_per_dps[range_of(chip->reg[MPU_GYRO_CONFIG])];
    for (int axis = 0; axis < 3; axis++) {
        uint8_t off = chip->reg[MPU_PWR_MGMT_2];
        if (!(off & (MPU_STANDBY_XA >> axis)))
            put_counts(chip->newest + 2 * axis, chip->filtered[axis] * accel_lsb);
        if (!(off & (MPU_STANDBY_XA >> (3 + axis))))
            put_counts(chip->newest + 8 + 2 * axis, chip->filtered[3 + axis] * gyro_lsb);
    }
    if (!(chip->reg[MPU_PWR_MGMT_1] & MPU_POWER_TEMP_OFF))
        put_counts(
            chip->newest + 6, (felt->temp_c - chip->variant->temp_c_at_zero) * chip->variant->temp_lsb_per_c);
}

/* ---- FIFO */

static void raise_status(struct plumb_mpu6050 *chip, uint8_t bit, uint64_t now_us)
{
    if (!(chip->reg[MPU_INT_ENABLE] & bit))
        return;
    chip->reg[MPU_INT_STATUS] |= bit;
    chip->pulse_end_us = now_us + INT_PULSE_US;
}

/* A full FIFO loses its oldest byte. */
static void fifo_put(struct plumb_mpu6050 *chip, const uint8_t *bytes, int n, uint64_t now_us)
{
    for (int i = 0; i < n; i++) {
        if (chip->fifo_n == PLUMB_MPU_FIFO_N) {
            chip->fifo_first = (uint16_t)((chip->fifo_first + 1) % PLUMB_MPU_FIFO_N);
            chip->fifo_n--;
            raise_status(chip, MPU_INT_FIFO_OVERFLOW, now_us);
        }
        chip->fifo[(chip->fifo_first + chip->fifo_n) % PLUMB_MPU_FIFO_N] = bytes[i];
        chip->fifo_n++;
    }
}

static uint8_t fifo_get(struct plumb_mpu6050 *chip)
{
    if (chip->fifo_n > 0) {
        chip->fifo_last = chip->fifo[chip->fifo_first];
        chip->fifo_first = (uint16_t)((chip->fifo_first + 1) % PLUMB_MPU_FIFO_N);
        chip->fifo_n--;
    }
    return chip->fifo_last;
}

/* In the order of the registers, as register 35 says. */
static void fifo_sample(struct plumb_mpu6050 *chip, uint64_t now_us)
{
    uint8_t wanted = chip->reg[MPU_FIFO_EN];
    if (!(chip->reg[MPU_USER_CTRL] & MPU_USER_FIFO_EN))
        return;
    if (wanted & MPU_FIFO_EN_ACCEL)
        fifo_put(chip, chip->newest, 6, now_us);
    if (wanted & MPU_FIFO_EN_TEMP)
        fifo_put(chip, chip->newest + 6, 2, now_us);
    for (int axis = 0; axis < 3; axis++)
        if (wanted & (MPU_FIFO_EN_XG >> axis))
            fifo_put(chip, chip->newest + 8 + 2 * axis, 2, now_us);
}

/* ---- time */

/* The bus sees new data only between transfers. */
static void show_newest(struct plumb_mpu6050 *chip)
{
    if (!chip->transfer && !chip->faults.stuck)
        memcpy(chip->output, chip->newest, sizeof chip->output);
}

bool plumb_mpu6050_tick(struct plumb_mpu6050 *chip, const struct plumb_mpu_felt *felt, uint64_t now_us)
{
    uint32_t accel_every_n = (uint32_t)(dlpf_row(chip)->gyro_rate_hz / MPU_ACCEL_RATE_HZ);
    if (chip->ticks_n++ % accel_every_n == 0)
        filter_accel(chip, felt);
    filter_gyro(chip, felt, now_us);
    if (++chip->divider_n <= chip->reg[MPU_SMPLRT_DIV])
        return false;
    chip->divider_n = 0;
    measure(chip, felt);
    fifo_sample(chip, now_us);
    show_newest(chip);
    raise_status(chip, MPU_INT_DATA_READY, now_us);
    return true;
}

bool plumb_mpu6050_int_pin(const struct plumb_mpu6050 *chip, uint64_t now_us)
{
    uint8_t config = chip->reg[MPU_INT_PIN_CFG];
    bool raised = (config & MPU_INT_LATCH) ? chip->reg[MPU_INT_STATUS] != 0 : now_us < chip->pulse_end_us;
    bool active = raised && !chip->faults.no_ready;
    return (config & MPU_INT_LEVEL_LOW) ? !active : active;
}

/* ---- the bus */

static void write_power(struct plumb_mpu6050 *chip, uint8_t value, uint64_t now_us)
{
    if (value & MPU_POWER_RESET) {
        reset_registers(chip);
        chip->reset_done_us = now_us + DEVICE_RESET_US;
        return;
    }
    bool slept = asleep(chip);
    chip->reg[MPU_PWR_MGMT_1] = value;
    if (slept && !asleep(chip)) {
        restart_paths(chip);
        chip->divider_n = 0;
        chip->gyro_ready_us = now_us + GYRO_START_US;
    }
}

/* The bits that act and clear themselves. */
static void write_user_control(struct plumb_mpu6050 *chip, uint8_t value)
{
    if (value & MPU_USER_FIFO_RESET)
        fifo_clear(chip);
    if (value & MPU_USER_SIGNAL_RESET) {
        memset(chip->newest, 0, sizeof chip->newest);
        restart_paths(chip);
    }
}

static void write_path_reset(struct plumb_mpu6050 *chip, uint8_t value)
{
    chip->accel_settled = chip->accel_settled && !(value & MPU_PATH_RESET_ACCEL);
    chip->gyro_settled = chip->gyro_settled && !(value & MPU_PATH_RESET_GYRO);
}

static uint8_t write_mask(const struct plumb_mpu6050 *chip, uint8_t address)
{
    if (address == MPU_ACCEL_CONFIG_2 && !chip->variant->own_accel_filter)
        return 0;
    for (const struct plumb_mpu_register_row *row = plumb_mpu_registers; row->address != 0; row++)
        if (row->address == address)
            return row->write_mask;
    return 0;
}

static void write_register(struct plumb_mpu6050 *chip, uint8_t address, uint8_t value, uint64_t now_us)
{
    if (now_us < chip->reset_done_us || address >= MPU_REGISTERS_N)
        return;
    uint8_t mask = write_mask(chip, address);
    uint8_t stored = (uint8_t)((chip->reg[address] & ~mask) | (value & mask));
    if (address == MPU_PWR_MGMT_1) {
        write_power(chip, (uint8_t)(stored | (value & MPU_POWER_RESET)), now_us);
        return;
    }
    uint8_t changed = (uint8_t)(chip->reg[address] ^ stored);
    chip->reg[address] = stored;
    if ((address == MPU_CONFIG || address == MPU_ACCEL_CONFIG_2) && (changed & MPU_CONFIG_DLPF))
        restart_paths(chip);
    else if (address == MPU_USER_CTRL)
        write_user_control(chip, value);
    else if (address == MPU_SIGNAL_PATH_RESET)
        write_path_reset(chip, value);
    else if (address == MPU_FIFO_R_W)
        fifo_put(chip, &value, 1, now_us);
}

static uint8_t read_register(struct plumb_mpu6050 *chip, uint8_t address, uint64_t now_us)
{
    uint8_t value = address < MPU_REGISTERS_N ? chip->reg[address] : 0;
    if (address >= MPU_ACCEL_XOUT_H && address <= MPU_GYRO_ZOUT_L)
        value = chip->output[address - MPU_ACCEL_XOUT_H];
    else if (address == MPU_FIFO_COUNTH) {
        value = (uint8_t)(chip->fifo_n >> 8);
        chip->reg[MPU_FIFO_COUNTL] = (uint8_t)(chip->fifo_n & 0xFF); /* the two bytes belong together */
    } else if (address == MPU_FIFO_R_W)
        value = fifo_get(chip);
    else if (address == MPU_PWR_MGMT_1 && now_us < chip->reset_done_us)
        value |= MPU_POWER_RESET;
    if (address == MPU_INT_STATUS || (chip->reg[MPU_INT_PIN_CFG] & MPU_INT_READ_CLEAR))
        chip->reg[MPU_INT_STATUS] = 0;
    return value;
}

bool plumb_mpu6050_start(struct plumb_mpu6050 *chip, bool read, uint64_t now_us)
{
    if (chip->faults.nack || now_us < chip->ready_us)
        return false;
    chip->transfer = true;
    chip->pointer_next = !read;
    return true;
}

bool plumb_mpu6050_write(struct plumb_mpu6050 *chip, uint8_t byte, uint64_t now_us)
{
    if (!chip->transfer)
        return false;
    if (chip->pointer_next) {
        chip->pointer = byte;
        chip->pointer_next = false;
        return true;
    }
    write_register(chip, chip->pointer, byte, now_us);
    if (chip->pointer != MPU_FIFO_R_W)
        chip->pointer++;
    return true;
}

uint8_t plumb_mpu6050_read(struct plumb_mpu6050 *chip, uint64_t now_us)
{
    if (!chip->transfer)
        return 0xFF;
    uint8_t value = read_register(chip, chip->pointer, now_us);
    if (chip->pointer != MPU_FIFO_R_W)
        chip->pointer++;
    return value;
}

void plumb_mpu6050_stop(struct plumb_mpu6050 *chip)
{
    chip->transfer = false;
    show_newest(chip);
}
