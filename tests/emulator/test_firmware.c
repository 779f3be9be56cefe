/* The firmware as it is shipped, run on the emulated board: what it measures against the closed form of what
 * its sensors felt, when it says so, and what it says and does when things go wrong. */
#include "node.h"
#include "suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#define CYCLES_MOST     15000 /* awake, for one sample of one IMU: the budget of the project */
#define STACK_MOST_N    512   /* leaves the other half of what the variables leave free */
#define DELAY_OFF_US    20.0  /* the hello's one number for both paths, rounded */
#define RATE_HZ_DEFAULT 200

/* Every sample: in sequence, stamped on a data-ready moment, equal to the closed form. */
static void check_samples(
    struct driver *driver, const struct decoded *said, const struct plumb_hello *hello, double offset_us)
{
    struct node_moments first = node_moments_of(driver, 0), second = node_moments_of(driver, 1);
    double jitter_us = 0.0, worst_lsb = 0.0;
    size_t gaps_n = 0;
    for (size_t i = 0; i < said->samples_n; i++) {
        const struct plumb_wire_sample *sample = &said->samples[i];
        double stamp_us = sample->time_us + offset_us;
        double ready_us = node_moment_before(&first, stamp_us + NODE_JITTER_US);
        jitter_us = fmax(jitter_us, fabs(stamp_us - ready_us));
        gaps_n += i > 0 && (uint16_t)(sample->sequence - sample[-1].sequence) != 1;
        worst_lsb = fmax(worst_lsb, node_error_lsb(&sample->counts[0], 0, ready_us * 1e-6, hello));
        if (sample->flags & PLUMB_SAMPLE_IMU1) {
            /* Read some 0.4 ms after the first: whatever was newest then, or one beat later. */
            double early_us = node_moment_before(&second, ready_us),
                   late_us = node_moment_before(&second, ready_us + 900.0);
            double early = node_error_lsb(&sample->counts[1], 1, early_us * 1e-6, hello);
            double late = node_error_lsb(&sample->counts[1], 1, late_us * 1e-6, hello);
            worst_lsb = fmax(worst_lsb, fmin(early, late));
        }
    }
    printf(
        "  %zu samples at %u Hz: jitter %.1f us, worst %.2f LSB, %zu gaps\n", said->samples_n, hello->rate_hz,
        jitter_us, worst_lsb, gaps_n);
    CU_ASSERT_TRUE(jitter_us <= NODE_JITTER_US);
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
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, node_motion, none));
    struct decoded said = node_listen(&driver, NODE_BOOT_MS);
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
    struct driver driver = node_start(arguments);
    struct decoded booted = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE_FATAL(booted.samples_n > 0 && booted.hellos_n > 0);
    struct node_moments moments = node_moments_of(&driver, 0);
    double offset_us = node_clock_offset_us(&booted, &moments);
    uint8_t payload[PLUMB_RATE_N];
    plumb_put_u16(payload, rate_hz);
    node_command(&driver, PLUMB_RATE, payload, sizeof payload);
    node_command(&driver, PLUMB_HELLO_REQUEST, NULL, 0);
    struct decoded settling = node_listen(&driver, 200);
    CU_ASSERT_TRUE_FATAL(settling.hellos_n > 0);
    struct plumb_hello hello = settling.hellos[settling.hellos_n - 1];
    CU_ASSERT_EQUAL(hello.rate_hz, rate_hz);
    CU_ASSERT_DOUBLE_EQUAL(hello.delay_us, node_filter_delay_us(rate_hz), DELAY_OFF_US);
    struct decoded said = node_listen(&driver, 4000);
    check_samples(&driver, &said, &hello, offset_us);
    CU_ASSERT_TRUE(abs((int)said.samples_n - (int)(4.012 * rate_hz)) <= 2);
    CU_ASSERT_EQUAL(said.samples[said.samples_n - 1].overruns, said.samples[0].overruns);
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
    run_at(500, "68,69");
}

static void test_stamps_in_its_own_time(void)
{
    const char *fast[] = {"--board-clock-ppm", "8000", NULL};
    struct driver driver = node_start(fast);
    struct decoded said = node_listen(&driver, 2000);
    CU_ASSERT_TRUE_FATAL(said.samples_n > 300);
    const struct plumb_wire_sample *last = &said.samples[said.samples_n - 1];
    double period_us = (double)(last->time_us - said.samples[0].time_us) / (double)(said.samples_n - 1);
    CU_ASSERT_DOUBLE_EQUAL(period_us, 5000.0 * 1.008, 0.1);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_stays_in_its_budget(void)
{
    struct driver driver = node_start_plain();
    uint64_t awake = driver.done.cycles - driver.done.asleep_cycles;
    struct decoded said = node_listen(&driver, 5000);
    awake = driver.done.cycles - driver.done.asleep_cycles - awake;
    double cycles = (double)awake / (double)said.samples_n;
    printf("  %.0f cycles awake for each sample, %u bytes of stack\n", cycles, driver.done.stack_n);
    CU_ASSERT_TRUE(cycles <= CYCLES_MOST);
    CU_ASSERT_TRUE(driver.done.stack_n <= STACK_MOST_N);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_commands_are_answered(void)
{
    struct driver driver = node_start_plain();
    node_command(&driver, PLUMB_STOP, NULL, 0);
    struct decoded said = node_listen(&driver, 50);
    decoded_free(&said);
    said = node_listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_IDLE);
    decoded_free(&said);
    node_command(&driver, PLUMB_START, NULL, 0);
    node_command(&driver, 0x7E, NULL, 0);
    said = node_listen(&driver, 1500);
    CU_ASSERT_TRUE(said.samples_n > 250);
    CU_ASSERT_EQUAL_FATAL(said.acks_n, 2);
    CU_ASSERT_EQUAL(said.acks[0].result, PLUMB_DONE);
    CU_ASSERT_EQUAL(said.acks[1].result, PLUMB_UNKNOWN_COMMAND);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_cues_are_seen_and_heard(void)
{
    struct driver driver = node_start_plain();
    uint8_t seen = 0;
    node_command(&driver, PLUMB_CUE, (const uint8_t[]){PLUMB_CUE_OUT, 0}, PLUMB_CUE_N);
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
    struct driver driver = node_start(keep);
    uint8_t serial[PLUMB_SERIAL_WRITE_N];
    plumb_put_u32(serial, 1234567);
    node_command(&driver, PLUMB_SERIAL_WRITE, serial, sizeof serial);
    CU_ASSERT_TRUE(driver_run(&driver, 500));
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    driver = node_start(keep);
    struct decoded said = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE_FATAL(said.hellos_n > 0);
    CU_ASSERT_EQUAL(said.hellos[0].serial, 1234567);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
    remove(path);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"says hello", test_says_hello},
        {"measures what is felt", test_measures_what_is_felt},
        {"measures with two IMUs", test_measures_with_two_imus},
        {"stamps in its own time", test_stamps_in_its_own_time},
        {"stays in its budget", test_stays_in_its_budget},
        {"commands are answered", test_commands_are_answered},
        {"cues are seen and heard", test_cues_are_seen_and_heard},
        {"serial number is kept", test_serial_number_is_kept},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("firmware", tests, argc, argv);
}
