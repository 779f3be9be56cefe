/* The firmware as it is shipped, run on the emulated board: what it measures against the closed form of what
 * its sensors felt, when it says so, and what it says and does when things go wrong. */
#include "decoded.h"
#include "driver.h"
#include "firmware/emulator/mpu6050_filter.h"
#include "firmware/emulator/mpu6050_registers.h"
#include "suite.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define GRAVITY_MPS2     9.80665
#define PI               3.14159265358979323846
#define DEG_PER_RAD      (180.0 / PI)
#define JITTER_US        20.0  /* most that a device stamp may stray: the budget of the project */
#define CYCLES_MOST      15000 /* awake, for one sample of one IMU: the budget of the project */
#define STACK_MOST_N     512   /* leaves the other half of what the variables leave free */
#define BOOT_MS          300   /* the sensors are found, set up and settled by then */
#define SAID_WITHIN_MS   1000  /* of anything that goes wrong */
#define BACK_WITHIN_MS   1000
#define SOAK_DEFAULT_S   120
#define READY_MOST_N     200000
#define RATE_HZ_DEFAULT  200
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

static void moving(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N])
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

/* Started with these options and past its boot. */
static struct driver start(const char *const *more)
{
    struct driver driver;
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, moving, more));
    CU_ASSERT_TRUE_FATAL(driver_run(&driver, BOOT_MS));
    return driver;
}

static struct driver start_plain(void)
{
    const char *none[] = {NULL};
    return start(none);
}

static void command(struct driver *driver, uint8_t type, const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    driver_down(driver, frame, plumb_frame_encode(frame, type, payload, n));
}

/* Forgets all but a frame that has not ended yet. */
static void forget_frames(struct driver *driver)
{
    size_t begin = driver->up_n;
    while (begin > 0 && driver->up[begin - 1] != 0)
        begin--;
    size_t rest_n = driver->up_n - begin;
    memmove(driver->up, driver->up + begin, rest_n);
    driver_forget(driver);
    driver->up_n = rest_n;
}

/* What the node says in the next milliseconds. Free with decoded_free. */
static struct decoded listen(struct driver *driver, unsigned ms)
{
    forget_frames(driver);
    CU_ASSERT_TRUE_FATAL(driver_run(driver, ms));
    return decoded_from(driver->up, driver->up_n);
}

static struct plumb_status last_status(const struct decoded *said)
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

/* Largest difference between the counts of an IMU and the closed form at its data-ready moment, in LSB. */
static double
error_lsb(const struct plumb_counts *counts, int imu, double ready_s, const struct plumb_hello *hello)
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

/* Data-ready moments of one IMU, told by the emulator. */
struct moments {
    double *us; /* owned */
    size_t n;
};

static struct moments moments_of(struct driver *driver, int imu)
{
    struct driver_ready *all = malloc(READY_MOST_N * sizeof *all);
    struct moments moments = {malloc(READY_MOST_N * sizeof *moments.us), 0};
    size_t n = driver_ready_moments(driver, all, READY_MOST_N);
    for (size_t i = 0; i < n; i++)
        if (all[i].imus & 1u << imu)
            moments.us[moments.n++] = all[i].world_us;
    free(all);
    return moments;
}

/* The last moment at or before a time. */
static double moment_before(const struct moments *moments, double world_us)
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

static double clock_offset_us(const struct decoded *said, const struct moments *moments)
{
    double device_us = said->samples[0].time_us;
    return moment_before(moments, device_us + CLOCK_STARTS_US) - device_us;
}

/* Every sample: in sequence, stamped on a data-ready moment, equal to the closed form. */
static void check_samples(
    struct driver *driver, const struct decoded *said, const struct plumb_hello *hello, double offset_us,
    size_t settled_n)
{
    struct moments first = moments_of(driver, 0), second = moments_of(driver, 1);
    double jitter_us = 0.0, worst_lsb = 0.0;
    size_t gaps_n = 0;
    for (size_t i = settled_n; i < said->samples_n; i++) {
        const struct plumb_wire_sample *sample = &said->samples[i];
        double stamp_us = sample->time_us + offset_us;
        double ready_us = moment_before(&first, stamp_us + JITTER_US);
        jitter_us = fmax(jitter_us, fabs(stamp_us - ready_us));
        gaps_n += i > settled_n && (uint16_t)(sample->sequence - sample[-1].sequence) != 1;
        worst_lsb = fmax(worst_lsb, error_lsb(&sample->counts[0], 0, ready_us * 1e-6, hello));
        if (sample->flags & PLUMB_SAMPLE_IMU1) {
            /* Read some 0.4 ms after the first: whatever was newest then, or one beat later. */
            double early_us = moment_before(&second, ready_us),
                   late_us = moment_before(&second, ready_us + 900.0);
            double early = error_lsb(&sample->counts[1], 1, early_us * 1e-6, hello);
            double late = error_lsb(&sample->counts[1], 1, late_us * 1e-6, hello);
            worst_lsb = fmax(worst_lsb, fmin(early, late));
        }
    }
    printf(
        "  %zu samples at %u Hz: jitter %.1f us, worst %.2f LSB, %zu gaps\n", said->samples_n, hello->rate_hz,
        jitter_us, worst_lsb, gaps_n);
    CU_ASSERT_TRUE(jitter_us <= JITTER_US);
    CU_ASSERT_TRUE(worst_lsb <= 1.0);
    CU_ASSERT_EQUAL(gaps_n, 0);
    CU_ASSERT_EQUAL(said->bad_n, 0);
    free(first.us);
    free(second.us);
}

/* ---- tests */

static void test_says_hello(void)
{
    struct driver driver;
    const char *none[] = {NULL};
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, moving, none));
    struct decoded said = listen(&driver, BOOT_MS);
    CU_ASSERT_EQUAL(driver.up[0], 0); /* whatever a reset cut ends here */
    CU_ASSERT_TRUE_FATAL(said.hellos_n >= 1);
    struct plumb_hello hello = said.hellos[said.hellos_n - 1];
    CU_ASSERT_EQUAL(said.hellos[0].reason, PLUMB_HELLO_BOOT);
    CU_ASSERT_EQUAL(hello.version, PLUMB_WIRE_VERSION);
    CU_ASSERT_EQUAL(hello.board, PLUMB_BOARD_ATMEGA328P);
    CU_ASSERT_EQUAL(hello.reset, PLUMB_RESET_POWER);
    CU_ASSERT_EQUAL(hello.rate_hz, RATE_HZ_DEFAULT);
    CU_ASSERT_EQUAL(hello.imus[0].address, 0x68);
    CU_ASSERT_EQUAL(hello.imus[0].who_am_i, 0x68);
    CU_ASSERT_EQUAL(hello.imus[0].present, 1);
    CU_ASSERT_EQUAL(said.bad_n, 0);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* Boots, asks for a rate, and compares every sample of some seconds with the truth. */
static void run_at(uint16_t rate_hz, const char *imus)
{
    const char *arguments[] = {"--imus", imus, "--imu-clock-ppm", "3000,-2000", "--trace", NULL};
    struct driver driver = start(arguments);
    struct decoded booted = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE_FATAL(booted.samples_n > 0 && booted.hellos_n > 0);
    struct moments moments = moments_of(&driver, 0);
    double offset_us = clock_offset_us(&booted, &moments);
    uint8_t payload[PLUMB_RATE_N];
    plumb_put_u16(payload, rate_hz);
    command(&driver, PLUMB_RATE, payload, sizeof payload);
    command(&driver, PLUMB_HELLO_REQUEST, NULL, 0);
    struct decoded settling = listen(&driver, 200);
    CU_ASSERT_TRUE_FATAL(settling.hellos_n > 0);
    struct plumb_hello hello = settling.hellos[settling.hellos_n - 1];
    CU_ASSERT_EQUAL(hello.rate_hz, rate_hz);
    struct decoded said = listen(&driver, 4000);
    check_samples(&driver, &said, &hello, offset_us, 0);
    CU_ASSERT_TRUE(abs((int)said.samples_n - (int)(4.012 * rate_hz)) <= 2);
    CU_ASSERT_EQUAL(last_status(&said).overruns, 0);
    free(moments.us);
    decoded_free(&booted);
    decoded_free(&settling);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_measures_what_is_felt(void)
{
    run_at(100, "68");
    run_at(200, "68");
    run_at(500, "68");
}

static void test_measures_with_two_imus(void)
{
    run_at(100, "68,69");
    run_at(200, "68,69");
}

static void test_stamps_in_its_own_time(void)
{
    const char *fast[] = {"--board-clock-ppm", "8000", NULL};
    struct driver driver = start(fast);
    struct decoded said = listen(&driver, 2000);
    CU_ASSERT_TRUE_FATAL(said.samples_n > 300);
    const struct plumb_wire_sample *last = &said.samples[said.samples_n - 1];
    double period_us = (double)(last->time_us - said.samples[0].time_us) / (double)(said.samples_n - 1);
    CU_ASSERT_DOUBLE_EQUAL(period_us, 5000.0 * 1.008, 0.1);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_stays_in_its_budget(void)
{
    struct driver driver = start_plain();
    uint64_t awake = driver.done.cycles - driver.done.asleep_cycles;
    struct decoded said = listen(&driver, 5000);
    awake = driver.done.cycles - driver.done.asleep_cycles - awake;
    double cycles = (double)awake / (double)said.samples_n;
    printf("  %.0f cycles awake for each sample, %u bytes of stack\n", cycles, driver.done.stack_n);
    CU_ASSERT_TRUE(cycles <= CYCLES_MOST);
    CU_ASSERT_TRUE(driver.done.stack_n <= STACK_MOST_N);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* A fault of the first IMU: what the node says within a second, and that it comes back by itself. */
static void check_imu_fault(enum plumb_fault fault, enum plumb_imu_state wanted)
{
    struct driver driver = start_plain();
    driver_fault(&driver, fault, 0x68, true, 0);
    struct decoded said = listen(&driver, SAID_WITHIN_MS);
    int seen = 0;
    for (size_t i = 0; i < said.statuses_n; i++)
        seen += said.statuses[i].imu_state[0] == wanted;
    CU_ASSERT_TRUE(seen > 0);
    decoded_free(&said);
    driver_fault(&driver, fault, 0x68, false, 0);
    said = listen(&driver, BACK_WITHIN_MS);
    decoded_free(&said);
    said = listen(&driver, 1500);
    CU_ASSERT_EQUAL(last_status(&said).imu_state[0], PLUMB_IMU_STREAMING);
    CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_STREAMING);
    CU_ASSERT_EQUAL(said.samples_n, 300);
    CU_ASSERT_EQUAL(said.bad_n, 0);
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_missing_imu(void)
{
    check_imu_fault(PLUMB_FAULT_NACK, PLUMB_IMU_NO_ANSWER);
}

static void test_stuck_imu(void)
{
    check_imu_fault(PLUMB_FAULT_STUCK, PLUMB_IMU_STUCK);
}

static void test_silent_imu(void)
{
    check_imu_fault(PLUMB_FAULT_NO_READY, PLUMB_IMU_NOT_READY);
}

static void test_restarted_imu(void)
{
    struct driver driver = start_plain();
    driver_fault(&driver, PLUMB_FAULT_IMU_RESET, 0x68, true, 0);
    struct decoded said = listen(&driver, BACK_WITHIN_MS);
    decoded_free(&said);
    said = listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 300);
    CU_ASSERT_TRUE(last_status(&said).imu_restarts >= 1);
    CU_ASSERT_EQUAL(last_status(&said).imu_state[0], PLUMB_IMU_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_dead_bus(void)
{
    struct driver driver = start_plain();
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 0);
    struct decoded said = listen(&driver, SAID_WITHIN_MS);
    CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_FAULT);
    decoded_free(&said);
    said = listen(&driver, 5000);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_TRUE(said.statuses_n >= 4); /* goes on speaking */
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    decoded_free(&said);
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, false, 0);
    said = listen(&driver, BACK_WITHIN_MS);
    decoded_free(&said);
    said = listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 300);
    CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* A sensor stuck within a byte: the node clocks it free and loses hardly a sample. */
static void test_bus_is_clocked_free(void)
{
    struct driver driver = start_plain();
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 6);
    struct decoded said = listen(&driver, 1500);
    CU_ASSERT_TRUE(said.samples_n >= 297);
    CU_ASSERT_TRUE(last_status(&said).bus_recoveries >= 1);
    CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void check_reset(enum plumb_fault fault, enum plumb_reset_cause wanted)
{
    struct driver driver = start_plain();
    driver_fault(&driver, fault, 0, true, 0);
    struct decoded said = listen(&driver, 1000);
    CU_ASSERT_TRUE_FATAL(said.hellos_n >= 1);
    CU_ASSERT_EQUAL(said.hellos[0].reason, PLUMB_HELLO_BOOT);
    CU_ASSERT_EQUAL(said.hellos[0].reset, wanted);
    CU_ASSERT_EQUAL(driver.done.resets_n, 1);
    CU_ASSERT_TRUE(said.samples_n > 100);
    CU_ASSERT_TRUE(said.bad_n <= 1); /* the frame that the reset cut */
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_resets(void)
{
    check_reset(PLUMB_FAULT_RESET, PLUMB_RESET_BUTTON);
    check_reset(PLUMB_FAULT_BROWN_OUT, PLUMB_RESET_BROWN_OUT);
    check_reset(PLUMB_FAULT_HANG, PLUMB_RESET_WATCHDOG);
}

static void test_cut_line(void)
{
    struct driver driver = start_plain();
    struct decoded before = listen(&driver, 100);
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, true, 0);
    struct decoded cut = listen(&driver, 500);
    CU_ASSERT_EQUAL(cut.samples_n, 0);
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, false, 0);
    struct decoded after = listen(&driver, 100);
    CU_ASSERT_TRUE_FATAL(before.samples_n > 0 && after.samples_n > 0);
    uint16_t missing = (uint16_t)(after.samples[0].sequence - before.samples[before.samples_n - 1].sequence);
    CU_ASSERT_TRUE(missing >= 99 && missing <= 103); /* half a second of numbers */
    decoded_free(&before);
    decoded_free(&cut);
    decoded_free(&after);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* Damage is found: what still opens is true. Returns the share of samples that came through. */
static double share_through(enum plumb_fault fault)
{
    const char *traced[] = {"--trace", NULL};
    struct driver driver = start(traced);
    struct decoded booted = decoded_from(driver.up, driver.up_n);
    struct moments moments = moments_of(&driver, 0);
    double offset_us = clock_offset_us(&booted, &moments);
    free(moments.us);
    driver_fault(&driver, fault, 0, true, 300);
    struct decoded said = listen(&driver, 5000);
    moments = moments_of(&driver, 0);
    CU_ASSERT_TRUE(said.bad_n > 10);
    double worst_lsb = 0.0;
    for (size_t i = 0; i < said.samples_n; i++) {
        double ready_us = moment_before(&moments, said.samples[i].time_us + offset_us + JITTER_US);
        worst_lsb =
            fmax(worst_lsb, error_lsb(&said.samples[i].counts[0], 0, ready_us * 1e-6, &booted.hellos[0]));
    }
    CU_ASSERT_TRUE(worst_lsb <= 1.0);
    double share = (double)said.samples_n / 1000.0;
    free(moments.us);
    decoded_free(&booted);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    return share;
}

static void test_damaged_line(void)
{
    double garbage = share_through(PLUMB_FAULT_LINE_GARBAGE), drop = share_through(PLUMB_FAULT_LINE_DROP);
    CU_ASSERT_TRUE(garbage > 0.8 && garbage < 0.98);
    CU_ASSERT_TRUE(drop > 0.7 && drop < 0.98);
}

static void test_commands_are_answered(void)
{
    struct driver driver = start_plain();
    command(&driver, PLUMB_STOP, NULL, 0);
    struct decoded said = listen(&driver, 50);
    decoded_free(&said);
    said = listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_IDLE);
    decoded_free(&said);
    command(&driver, PLUMB_START, NULL, 0);
    command(&driver, 0x7E, NULL, 0);
    said = listen(&driver, 1500);
    CU_ASSERT_TRUE(said.samples_n > 250);
    CU_ASSERT_EQUAL_FATAL(said.acks_n, 2);
    CU_ASSERT_EQUAL(said.acks[0].result, PLUMB_DONE);
    CU_ASSERT_EQUAL(said.acks[1].result, PLUMB_UNKNOWN_COMMAND);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_cues_are_seen_and_heard(void)
{
    struct driver driver = start_plain();
    uint8_t seen = 0;
    command(&driver, PLUMB_CUE, (const uint8_t[]){PLUMB_CUE_OUT, 0}, PLUMB_CUE_N);
    for (int ms = 0; ms < 3000; ms += 10) {
        CU_ASSERT_TRUE(driver_run(&driver, 10));
        seen |= driver.pins;
    }
    CU_ASSERT_EQUAL(seen, PLUMB_PINS_LED | PLUMB_PINS_BUZZER | PLUMB_PINS_VIBRATION);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* The serial number survives a reset and, in its file, a new start. */
static void test_serial_number_is_kept(void)
{
    char path[] = "/tmp/plumb-serial-XXXXXX";
    int file = mkstemp(path);
    CU_ASSERT_TRUE_FATAL(file >= 0);
    fclose(fdopen(file, "w"));
    remove(path);
    const char *keep[] = {"--eeprom", path, NULL};
    struct driver driver = start(keep);
    uint8_t serial[PLUMB_SERIAL_WRITE_N];
    plumb_put_u32(serial, 1234567);
    command(&driver, PLUMB_SERIAL_WRITE, serial, sizeof serial);
    CU_ASSERT_TRUE(driver_run(&driver, 500));
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    driver = start(keep);
    struct decoded said = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE_FATAL(said.hellos_n > 0);
    CU_ASSERT_EQUAL(said.hellos[0].serial, 1234567);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    remove(path);
}

/* Long, with every kind of short misfortune on the way; PLUMB_SOAK=seconds makes it longer. */
static void test_soak(void)
{
    const char *wanted = getenv("PLUMB_SOAK");
    int seconds = wanted != NULL ? atoi(wanted) : SOAK_DEFAULT_S;
    const enum plumb_fault faults[] = {PLUMB_FAULT_NACK, PLUMB_FAULT_BUS_DEAD, PLUMB_FAULT_IMU_RESET};
    const char *both[] = {"--imus", "68,69", "--imu-clock-ppm", "9000,-7000", "--board-clock-ppm",
                          "-4000",  NULL};
    struct driver driver = start(both);
    for (int s = 0; s + 10 <= seconds; s += 10) {
        enum plumb_fault fault = faults[s / 10 % 3];
        driver_fault(&driver, fault, 0, true, 0);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 300 + (unsigned)s % 77));
        driver_fault(&driver, fault, 0, false, 0);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 1700 - (unsigned)s % 77));
        struct decoded said = listen(&driver, 8000);
        CU_ASSERT_EQUAL(said.bad_n, 0);
        CU_ASSERT_TRUE(said.samples_n >= 1600 && said.samples_n <= 1620);
        CU_ASSERT_EQUAL(last_status(&said).state, PLUMB_NODE_STREAMING);
        decoded_free(&said);
    }
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    CU_ASSERT_TRUE(driver.done.stack_n <= STACK_MOST_N);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"says hello", test_says_hello},
        {"measures what is felt", test_measures_what_is_felt},
        {"measures with two IMUs", test_measures_with_two_imus},
        {"stamps in its own time", test_stamps_in_its_own_time},
        {"stays in its budget", test_stays_in_its_budget},
        {"missing IMU", test_missing_imu},
        {"stuck IMU", test_stuck_imu},
        {"silent IMU", test_silent_imu},
        {"restarted IMU", test_restarted_imu},
        {"dead bus", test_dead_bus},
        {"bus is clocked free", test_bus_is_clocked_free},
        {"resets", test_resets},
        {"cut line", test_cut_line},
        {"damaged line", test_damaged_line},
        {"commands are answered", test_commands_are_answered},
        {"cues are seen and heard", test_cues_are_seen_and_heard},
        {"serial number is kept", test_serial_number_is_kept},
        {"soak", test_soak},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("firmware", tests, argc, argv);
}
