/* The shipped firmware when things go wrong: what it says, that it comes back by itself, and what it loses.
 */
#include "node.h"
#include "suite.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

enum {
    SAID_WITHIN_MS = 1000, /* of anything that goes wrong */
    STACK_MOST_N = 512,    /* leaves the other half of what the variables leave free */
    SOAK_DEFAULT_S = 120,
};

/* A fault of the first IMU: what the node says within a second, and that it comes back by itself. */
static void check_imu_fault(enum plumb_fault fault, enum plumb_imu_state wanted)
{
    struct driver driver = node_start_plain();
    driver_fault(&driver, fault, 0x68, true, 0);
    struct decoded said = node_listen(&driver, SAID_WITHIN_MS);
    int seen = 0;
    for (size_t i = 0; i < said.statuses_n; i++)
        seen += said.statuses[i].imu_state[0] == wanted;
    CU_ASSERT_TRUE(seen > 0);
    decoded_free(&said);
    driver_fault(&driver, fault, 0x68, false, 0);
    said = node_listen(&driver, NODE_BACK_WITHIN_MS);
    decoded_free(&said);
    said = node_listen(&driver, 1500);
    CU_ASSERT_EQUAL(node_last_status(&said).imu_state[0], PLUMB_IMU_STREAMING);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_STREAMING);
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
    struct driver driver = node_start_plain();
    driver_fault(&driver, PLUMB_FAULT_IMU_RESET, 0x68, true, 0);
    struct decoded said = node_listen(&driver, NODE_BACK_WITHIN_MS);
    decoded_free(&said);
    said = node_listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 300);
    CU_ASSERT_TRUE(node_last_status(&said).imu_restarts >= 1);
    CU_ASSERT_EQUAL(node_last_status(&said).imu_state[0], PLUMB_IMU_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_dead_bus(void)
{
    struct driver driver = node_start_plain();
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 0);
    struct decoded said = node_listen(&driver, SAID_WITHIN_MS);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_FAULT);
    decoded_free(&said);
    said = node_listen(&driver, 5000);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_TRUE(said.statuses_n >= 4); /* goes on speaking */
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    decoded_free(&said);
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, false, 0);
    said = node_listen(&driver, NODE_BACK_WITHIN_MS);
    decoded_free(&said);
    said = node_listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 300);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* A sensor stuck within a byte: the node clocks it free and loses hardly a sample. */
static void test_bus_is_clocked_free(void)
{
    struct driver driver = node_start_plain();
    driver_fault(&driver, PLUMB_FAULT_BUS_DEAD, 0, true, 6);
    struct decoded said = node_listen(&driver, 1500);
    CU_ASSERT_TRUE(said.samples_n >= 297);
    CU_ASSERT_TRUE(node_last_status(&said).bus_recoveries >= 1);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void check_reset(enum plumb_fault fault, enum plumb_reset_cause wanted)
{
    struct driver driver = node_start_plain();
    driver_fault(&driver, fault, 0, true, 0);
    struct decoded said = node_listen(&driver, 1000);
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
    struct driver driver = node_start_plain();
    struct decoded before = node_listen(&driver, 100);
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, true, 0);
    struct decoded cut = node_listen(&driver, 500);
    CU_ASSERT_EQUAL(cut.samples_n, 0);
    driver_fault(&driver, PLUMB_FAULT_LINE_CUT, 0, false, 0);
    struct decoded after = node_listen(&driver, 100);
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
    struct driver driver = node_start(traced);
    struct decoded booted = decoded_from(driver.up, driver.up_n);
    struct node_moments moments = node_moments_of(&driver, 0);
    double offset_us = node_clock_offset_us(&booted, &moments);
    free(moments.us);
    driver_fault(&driver, fault, 0, true, 300);
    struct decoded said = node_listen(&driver, 5000);
    moments = node_moments_of(&driver, 0);
    CU_ASSERT_TRUE(said.bad_n > 10);
    double worst_lsb = 0.0;
    for (size_t i = 0; i < said.samples_n; i++) {
        double ready_us = node_moment_before(&moments, said.samples[i].time_us + offset_us + NODE_JITTER_US);
        worst_lsb = fmax(
            worst_lsb, node_error_lsb(&said.samples[i].counts[0], 0, ready_us * 1e-6, &booted.hellos[0]));
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

/* Samples among those said that hold counts of an IMU. */
static size_t with_imu(const struct decoded *said, int imu)
{
    size_t n = 0;
    for (size_t i = 0; i < said->samples_n; i++)
        n += (said->samples[i].flags & PLUMB_SAMPLE_IMU0 << imu) != 0;
    return n;
}

/* One of two IMUs in trouble, either one: the other goes on without a pause worth speaking of. */
static void check_other_goes_on(enum plumb_fault fault, int troubled, int other)
{
    const char *both[] = {"--imus", "68,69", "--imu-clock-ppm", "1000,-3000", NULL};
    struct driver driver = node_start(both);
    driver_fault(&driver, fault, (uint8_t)(0x68 + troubled), true, 0);
    struct decoded said = node_listen(&driver, 2000);
    CU_ASSERT_TRUE(with_imu(&said, other) >= 360); /* of 400 */
    CU_ASSERT_TRUE(said.samples_n <= 410);
    decoded_free(&said);
    driver_fault(&driver, fault, (uint8_t)(0x68 + troubled), false, 0);
    said = node_listen(&driver, NODE_BACK_WITHIN_MS);
    decoded_free(&said);
    said = node_listen(&driver, 1500);
    CU_ASSERT_TRUE(with_imu(&said, troubled) >= 297 && with_imu(&said, other) >= 297);
    CU_ASSERT_TRUE(said.samples_n <= 303);
    CU_ASSERT_EQUAL(node_last_status(&said).imu_state[troubled], PLUMB_IMU_STREAMING);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_other_imu_goes_on(void)
{
    const enum plumb_fault faults[] = {
        PLUMB_FAULT_NACK, PLUMB_FAULT_STUCK, PLUMB_FAULT_NO_READY, PLUMB_FAULT_IMU_RESET};
    for (int i = 0; i < 4; i++) {
        check_other_goes_on(faults[i], 0, 1);
        check_other_goes_on(faults[i], 1, 0);
    }
}

static void test_imu_that_comes_later(void)
{
    struct driver driver;
    const char *none[] = {NULL};
    CU_ASSERT_TRUE_FATAL(driver_start(&driver, node_motion, none));
    driver_fault(&driver, PLUMB_FAULT_NACK, 0, true, 0);
    struct decoded said = node_listen(&driver, 2500);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_PROBING);
    decoded_free(&said);
    driver_fault(&driver, PLUMB_FAULT_NACK, 0, false, 0);
    said = node_listen(&driver, NODE_BACK_WITHIN_MS);
    CU_ASSERT_TRUE_FATAL(said.hellos_n >= 1);
    CU_ASSERT_EQUAL(said.hellos[said.hellos_n - 1].reason, PLUMB_HELLO_CHANGED);
    CU_ASSERT_EQUAL(said.hellos[said.hellos_n - 1].imus[0].present, 1);
    CU_ASSERT_TRUE(said.samples_n > 100);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_clone_of_the_chip(void)
{
    const char *clone[] = {"--who-am-i", "70", NULL};
    struct driver driver = node_start(clone);
    struct decoded said = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE_FATAL(said.hellos_n >= 1 && said.samples_n >= 1);
    const struct plumb_hello_imu *imu = &said.hellos[said.hellos_n - 1].imus[0];
    CU_ASSERT_EQUAL(imu->who_am_i, 0x70);
    double temp_c =
        imu->temp_offset_centi_c * 0.01 + said.samples[0].counts[0].temp_lsb * 1e3 / imu->temp_lsb_per_kc;
    CU_ASSERT_DOUBLE_EQUAL(temp_c, 30.0, 2.1);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

static void test_stranger_is_not_believed(void)
{
    const char *stranger[] = {"--who-am-i", "33", NULL};
    struct driver driver = node_start(stranger);
    struct decoded said = node_listen(&driver, 1500);
    CU_ASSERT_EQUAL(said.samples_n, 0);
    CU_ASSERT_EQUAL(node_last_status(&said).imu_state[0], PLUMB_IMU_UNKNOWN);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* The button at any moment of a transfer, a frame, a boot. */
static void test_resets_at_any_moment(void)
{
    struct driver driver = node_start_plain();
    for (unsigned i = 0; i < 40; i++) {
        driver_fault(&driver, PLUMB_FAULT_RESET, 0, true, 0);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 1 + i * 7));
        driver_fault(&driver, i % 2 ? PLUMB_FAULT_HANG : PLUMB_FAULT_BROWN_OUT, 0, true, 0);
        struct decoded said = node_listen(&driver, NODE_BACK_WITHIN_MS);
        CU_ASSERT_TRUE(said.samples_n > 50);
        decoded_free(&said);
    }
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* Noise on the downlink: nothing is done, nothing breaks, and the next command is heard. */
static void test_noise_on_the_downlink(void)
{
    struct driver driver = node_start_plain();
    uint32_t noise = 12345;
    node_forget_frames(&driver);
    for (int ms = 0; ms < 3000; ms++) {
        uint8_t bytes[40];
        for (size_t i = 0; i < sizeof bytes; i++) {
            noise = noise * 1664525u + 1013904223u;
            bytes[i] = (uint8_t)(noise >> 24);
        }
        driver_down(&driver, bytes, sizeof bytes);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 1));
    }
    struct decoded said = decoded_from(driver.up, driver.up_n);
    CU_ASSERT_TRUE(said.samples_n >= 590);
    CU_ASSERT_EQUAL(said.bad_n, 0);
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    decoded_free(&said);
    driver_down(&driver, "", 1); /* ends whatever the noise began */
    node_command(&driver, PLUMB_HELLO_REQUEST, NULL, 0);
    said = node_listen(&driver, 100);
    CU_ASSERT_EQUAL(said.hellos_n, 1);
    decoded_free(&said);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

/* Long, with every kind of short misfortune on the way; PLUMB_SOAK=seconds makes it longer. */
static void test_soak(void)
{
    const char *wanted = getenv("PLUMB_SOAK");
    int seconds = wanted != NULL ? atoi(wanted) : SOAK_DEFAULT_S;
    const enum plumb_fault faults[] = {PLUMB_FAULT_NACK, PLUMB_FAULT_BUS_DEAD, PLUMB_FAULT_IMU_RESET};
    const char *both[] = {"--imus", "68,69", "--imu-clock-ppm", "9000,-7000", "--board-clock-ppm",
                          "-4000",  NULL};
    struct driver driver = node_start(both);
    for (int s = 0; s + 10 <= seconds; s += 10) {
        enum plumb_fault fault = faults[s / 10 % 3];
        driver_fault(&driver, fault, 0, true, 0);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 300 + (unsigned)s % 77));
        driver_fault(&driver, fault, 0, false, 0);
        CU_ASSERT_TRUE_FATAL(driver_run(&driver, 1700 - (unsigned)s % 77));
        struct decoded said = node_listen(&driver, 8000);
        CU_ASSERT_EQUAL(said.bad_n, 0);
        CU_ASSERT_TRUE(said.samples_n >= 1600 && said.samples_n <= 1620);
        CU_ASSERT_EQUAL(node_last_status(&said).state, PLUMB_NODE_STREAMING);
        decoded_free(&said);
    }
    CU_ASSERT_EQUAL(driver.done.resets_n, 0);
    CU_ASSERT_TRUE(driver.done.stack_n <= STACK_MOST_N);
    CU_ASSERT_EQUAL(driver_stop(&driver), 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"missing IMU", test_missing_imu},
        {"stuck IMU", test_stuck_imu},
        {"silent IMU", test_silent_imu},
        {"restarted IMU", test_restarted_imu},
        {"dead bus", test_dead_bus},
        {"bus is clocked free", test_bus_is_clocked_free},
        {"resets", test_resets},
        {"cut line", test_cut_line},
        {"damaged line", test_damaged_line},
        {"other IMU goes on", test_other_imu_goes_on},
        {"IMU that comes later", test_imu_that_comes_later},
        {"clone of the chip", test_clone_of_the_chip},
        {"stranger is not believed", test_stranger_is_not_believed},
        {"resets at any moment", test_resets_at_any_moment},
        {"noise on the downlink", test_noise_on_the_downlink},
        {"soak", test_soak},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("firmware_faults", tests, argc, argv);
}
