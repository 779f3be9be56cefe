/* The real image on the emulated board: what it sends by itself, and that it bears the limits. */
#include <CUnit/CUnit.h>
#include <stdio.h>

#include "node.h"
#include "plumb/payload.h"
#include "suite.h"

#define CYCLES_MOST 15000 /* awake, for each one-IMU sample at 200 Hz */
#define JITTER_US   20

static struct node node; /* too large for the stack */

static void check_nothing_lost(void)
{
    CU_ASSERT_EQUAL(node.link.counters.damaged, 0);
    CU_ASSERT_EQUAL(node.link.counters.lost, 0);
    CU_ASSERT_EQUAL(node.link.counters.duplicates, 0);
    CU_ASSERT_EQUAL(node.link.counters.too_short + node.link.counters.unknown, 0);
}

static void test_says_hello_and_streams_by_itself(void)
{
    node_start(&node, "68", NULL);
    node_run(&node, 1000);
    CU_ASSERT_EQUAL(node.hello.version, PLUMB_WIRE_VERSION);
    CU_ASSERT_EQUAL(node.hello.reason, PLUMB_HELLO_BOOT);
    CU_ASSERT_EQUAL(node.hello.board, PLUMB_BOARD_ATMEGA328P);
    CU_ASSERT_EQUAL(node.hello.reset, PLUMB_RESET_POWER);
    CU_ASSERT_EQUAL(node.hello.rate_hz, 200);
    CU_ASSERT_EQUAL(node.hello.imus[0].present, 1);
    CU_ASSERT_EQUAL(node.hello.imus[0].who_am_i, 0x68);
    CU_ASSERT_EQUAL(node.hello.imus[1].present, 0);
    CU_ASSERT(node.samples_n >= 185);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_STREAMING);
    CU_ASSERT(node.status.flags & PLUMB_STATUS_DEFAULTS);
    check_nothing_lost();
    node_stop(&node);
}

static void test_pace_and_cost(void)
{
    node_start(&node, "68", NULL);
    node_run(&node, 500);
    node_run(&node, 10000);
    printf(
        "%d samples in 10 s, %lld..%lld us apart, %lld cycles each, %u bytes of stack\n", node.samples_n,
        (long long)node.apart_least_us, (long long)node.apart_most_us,
        (long long)(node.awake_cycles / node.samples_n), node.driver.done.stack_n);
    CU_ASSERT(node.samples_n >= 1999 && node.samples_n <= 2001);
    CU_ASSERT(node.apart_least_us >= 5000 - JITTER_US && node.apart_most_us <= 5000 + JITTER_US);
    CU_ASSERT(node.awake_cycles / node.samples_n <= CYCLES_MOST);
    CU_ASSERT(node.statuses_n >= 9 && node.statuses_n <= 11);
    CU_ASSERT(node.status.stack_free > 500);
    check_nothing_lost();
    node_stop(&node);
}

static void test_two_imus_on_one_bus(void)
{
    node_start(&node, "68,69", NULL);
    node_run(&node, 2000);
    CU_ASSERT(node.samples_n >= 385 && node.samples_n <= 400);
    CU_ASSERT(node.apart_least_us >= 5000 - JITTER_US && node.apart_most_us <= 5000 + JITTER_US);
    CU_ASSERT_EQUAL(node.flags_all, PLUMB_SAMPLE_IMU0 | PLUMB_SAMPLE_IMU1);
    CU_ASSERT_EQUAL(node.hello.imus[1].role, PLUMB_ROLE_LUMBAR);
    CU_ASSERT_EQUAL(node.status.overruns, 0);
    int temp = node.sample.of.sample.counts[1].temp_lsb - node.sample.of.sample.counts[0].temp_lsb;
    CU_ASSERT(temp >= 338 && temp <= 342); /* the second is one degree warmer */
    check_nothing_lost();
    node_stop(&node);
}

static void check_rate(uint16_t rate_hz)
{
    uint8_t payload[PLUMB_RATE_N];
    plumb_put_u16(payload, rate_hz);
    node_send(&node, PLUMB_RATE, payload, sizeof payload);
    node_run(&node, 200);
    CU_ASSERT_EQUAL(node.results[PLUMB_RATE], PLUMB_DONE);
    CU_ASSERT_EQUAL(node.hello.rate_hz, rate_hz);
    node_run(&node, 2000);
    CU_ASSERT(node.samples_n >= 2 * rate_hz - 1 && node.samples_n <= 2 * rate_hz + 1);
    CU_ASSERT(node.apart_least_us >= 1000000 / rate_hz - JITTER_US);
    CU_ASSERT(node.apart_most_us <= 1000000 / rate_hz + JITTER_US);
}

static void check_rates(const char *imus)
{
    node_start(&node, imus, NULL);
    node_run(&node, 300);
    check_rate(500);
    check_rate(100);
    check_rate(200);
    uint8_t odd[PLUMB_RATE_N] = {123, 0};
    node_send(&node, PLUMB_RATE, odd, sizeof odd);
    node_run(&node, 100);
    CU_ASSERT_EQUAL(node.results[PLUMB_RATE], PLUMB_BAD_VALUE);
    CU_ASSERT_EQUAL(node.hello.rate_hz, 200);
    check_nothing_lost();
    node_stop(&node);
}

static void test_rates(void)
{
    check_rates("68");
    check_rates("68,69");
}

static void test_stop_and_start(void)
{
    node_start(&node, "68", NULL);
    node_run(&node, 500);
    node_send(&node, PLUMB_STOP, NULL, 0);
    node_run(&node, 100);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_IDLE);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_ASLEEP);
    node_run(&node, 2000);
    CU_ASSERT_EQUAL(node.samples_n, 0);
    CU_ASSERT_EQUAL(node.statuses_n, 2);
    node_send(&node, PLUMB_START, NULL, 0);
    node_run(&node, 500);
    CU_ASSERT(node.samples_n > 80);
    CU_ASSERT_EQUAL(node.status.imu_restarts, 0);
    check_nothing_lost();
    node_stop(&node);
}

/* Nobody there: says so each second and goes on looking. */
static void test_without_any_imu(void)
{
    node_start(&node, "none", NULL);
    node_run(&node, 5000);
    CU_ASSERT_EQUAL(node.samples_n, 0);
    CU_ASSERT(node.statuses_n >= 5);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_PROBING);
    CU_ASSERT_EQUAL(node.status.imu_state[0], PLUMB_IMU_ABSENT);
    CU_ASSERT_EQUAL(node.status.i2c_errors, 0);
    CU_ASSERT_EQUAL(node.driver.done.resets_n, 0);
    node_stop(&node);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"says hello and streams by itself", test_says_hello_and_streams_by_itself},
        {"pace and cost", test_pace_and_cost},
        {"two IMUs on one bus", test_two_imus_on_one_bus},
        {"rates", test_rates},
        {"stop and start", test_stop_and_start},
        {"without any IMU", test_without_any_imu},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("node", tests, argc, argv);
}
