/* The real image when its sensor, its bus or its supply misbehaves: it says so, and comes back by itself. */
#include <CUnit/CUnit.h>

#include "node.h"
#include "suite.h"

static struct node node; /* too large for the stack */

static void start(const char *imus)
{
    node_start(&node, imus, NULL);
    node_run(&node, 500);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_STREAMING);
}

static void begin(enum plumb_fault fault, uint8_t address)
{
    driver_fault(&node.driver, fault, address, true, 0);
}

static void end(enum plumb_fault fault, uint8_t address)
{
    driver_fault(&node.driver, fault, address, false, 0);
}

/* Half a second after the trouble is over everything is as before, and nothing was counted twice. */
static void check_back(void)
{
    node_run(&node, 500);
    node_run(&node, 1100);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_STREAMING);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_STREAMING);
    CU_ASSERT(node.samples_n >= 219 && node.samples_n <= 221);
    CU_ASSERT_EQUAL(node.flags_any & PLUMB_SAMPLE_IMU_ERROR, 0);
    CU_ASSERT_EQUAL(node.link.counters.lost, 0);
    CU_ASSERT_EQUAL(node.link.counters.duplicates, 0);
    CU_ASSERT_EQUAL(node.link.counters.damaged, 0);
    node_stop(&node);
}

static void test_does_not_acknowledge(void)
{
    start("68");
    begin(PLUMB_FAULT_NACK, 0x68);
    node_run(&node, 1000);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_NO_ANSWER);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_PROBING);
    end(PLUMB_FAULT_NACK, 0x68);
    check_back();
}

static void test_stuck_counts_are_flagged_but_sent(void)
{
    start("68");
    begin(PLUMB_FAULT_STUCK, 0x68);
    node_run(&node, 1000);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_STUCK);
    CU_ASSERT(node.sample.of.sample.flags & PLUMB_SAMPLE_IMU_ERROR);
    CU_ASSERT(node.samples_n >= 199 && node.samples_n <= 201);
    end(PLUMB_FAULT_STUCK, 0x68);
    check_back();
}

static void test_dead_bus(void)
{
    start("68");
    begin(PLUMB_FAULT_BUS_DEAD, 0);
    node_run(&node, 1500);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_FAULT);
    CU_ASSERT(node.status.bus_recoveries > 3);
    CU_ASSERT_EQUAL(node.driver.done.resets_n, 0); /* the watchdog did not have to bite */
    end(PLUMB_FAULT_BUS_DEAD, 0);
    check_back();
}

static void test_sensor_loses_power(void)
{
    start("68");
    begin(PLUMB_FAULT_IMU_RESET, 0x68);
    node_run(&node, 500);
    end(PLUMB_FAULT_IMU_RESET, 0x68);
    CU_ASSERT(node.samples_n >= 60); /* gone for less than 0.2 s */
    CU_ASSERT_EQUAL(node.status.imu_restarts, 1);
    check_back();
}

/* An MPU-6500 comes back awake, with the finest ranges: it answers as if nothing had been, with counts twice
 * as large. The second one's data-ready is not waited for, so that only its settings tell. */
static void test_a_second_chip_that_starts_awake_loses_power(void)
{
    node_start_chips(&node, "68,69", "70,70");
    node_run(&node, 500);
    CU_ASSERT_EQUAL(node.status.imu_state[1], PLUMB_IMU_STREAMING);
    begin(PLUMB_FAULT_IMU_RESET, 0x69);
    node_run(&node, 500);
    end(PLUMB_FAULT_IMU_RESET, 0x69);
    CU_ASSERT_EQUAL(node.status.imu_restarts, 1);
    node_run(&node, 500);
    CU_ASSERT_EQUAL(node.flags_all & 3, PLUMB_SAMPLE_IMU0 | PLUMB_SAMPLE_IMU1);
    CU_ASSERT_DOUBLE_EQUAL(node.sample.of.sample.counts[1].accel_lsb[2], 9.8 / 9.80665 * 8192, 20);
    check_back();
}

static void test_silent_data_ready(void)
{
    start("68");
    begin(PLUMB_FAULT_NO_READY, 0x68);
    node_run(&node, 1000);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_NOT_READY);
    end(PLUMB_FAULT_NO_READY, 0x68);
    check_back();
}

static void test_the_second_imu_takes_over_the_pace(void)
{
    start("68,69");
    begin(PLUMB_FAULT_NO_READY, 0x68);
    node_run(&node, 200);
    node_run(&node, 1000);
    CU_ASSERT(node.samples_n >= 199 && node.samples_n <= 201);
    CU_ASSERT_EQUAL(node.flags_all & 3, PLUMB_SAMPLE_IMU0 | PLUMB_SAMPLE_IMU1);
    end(PLUMB_FAULT_NO_READY, 0x68);
    check_back();
}

static void test_one_of_two_fails(void)
{
    start("68,69");
    begin(PLUMB_FAULT_NACK, 0x68);
    node_run(&node, 300);
    node_run(&node, 1000);
    CU_ASSERT(node.samples_n >= 199 && node.samples_n <= 201);
    CU_ASSERT_EQUAL(node.flags_any, PLUMB_SAMPLE_IMU1 | PLUMB_SAMPLE_IMU_ERROR);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_NO_ANSWER);
    CU_ASSERT_EQUAL(node.status.imu_state[1], PLUMB_IMU_STREAMING);
    end(PLUMB_FAULT_NACK, 0x68);
    check_back();
}

static void check_reset(enum plumb_fault fault, enum plumb_reset_cause cause)
{
    start("68");
    begin(fault, 0);
    node_run(&node, 600);
    end(fault, 0);
    CU_ASSERT_EQUAL(node.hello.reset, (int)cause);
    CU_ASSERT_EQUAL(node.hello.reason, PLUMB_HELLO_BOOT);
    CU_ASSERT_EQUAL(node.link.counters.segments, 1);
    CU_ASSERT_EQUAL(node.driver.done.resets_n, 1);
    CU_ASSERT_EQUAL(node.sample.segment, 1);
}

static void test_resets(void)
{
    check_reset(PLUMB_FAULT_RESET, PLUMB_RESET_BUTTON);
    check_back();
    check_reset(PLUMB_FAULT_BROWN_OUT, PLUMB_RESET_BROWN_OUT);
    check_back();
    check_reset(PLUMB_FAULT_HANG, PLUMB_RESET_WATCHDOG);
    check_back();
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"does not acknowledge", test_does_not_acknowledge},
        {"stuck counts are flagged but sent", test_stuck_counts_are_flagged_but_sent},
        {"dead bus", test_dead_bus},
        {"sensor loses power", test_sensor_loses_power},
        {"a second chip that starts awake loses power", test_a_second_chip_that_starts_awake_loses_power},
        {"silent data-ready", test_silent_data_ready},
        {"the second IMU takes over the pace", test_the_second_imu_takes_over_the_pace},
        {"one of two fails", test_one_of_two_fails},
        {"resets", test_resets},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("node_trouble", tests, argc, argv);
}
