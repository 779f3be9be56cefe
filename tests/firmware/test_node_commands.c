/* What the host asks of the real image on the emulated board, and what survives power loss. */
#define _POSIX_C_SOURCE 200809L
#include <CUnit/CUnit.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "node.h"
#include "plumb/payload.h"
#include "suite.h"

static struct node node; /* too large for the stack */

static void ask(uint8_t type, const uint8_t *payload, uint8_t n, unsigned ms)
{
    node_send(&node, type, payload, n);
    node_run(&node, ms);
}

static void check_answered(uint8_t type, enum plumb_result result)
{
    CU_ASSERT_EQUAL(node.acks_n[type], 1);
    CU_ASSERT_EQUAL(node.results[type], (int)result);
    node.acks_n[type] = 0;
}

static void test_hello_on_request(void)
{
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    ask(PLUMB_HELLO_REQUEST, NULL, 0, 50);
    check_answered(PLUMB_HELLO_REQUEST, PLUMB_DONE);
    CU_ASSERT_EQUAL(node.hellos_n, 1);
    CU_ASSERT_EQUAL(node.hello.reason, PLUMB_HELLO_ASKED);
    node_stop(&node);
}

static void test_what_is_not_understood_is_refused(void)
{
    const uint8_t far_off[2] = {9, 9}, short_rate[1] = {200}, imu_2[1] = {2};
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    ask(0x7E, far_off, 2, 50);
    check_answered(0x7E, PLUMB_UNKNOWN_COMMAND);
    ask(PLUMB_RATE, short_rate, 1, 50);
    check_answered(PLUMB_RATE, PLUMB_BAD_LENGTH);
    ask(PLUMB_CUE, far_off, 2, 50);
    check_answered(PLUMB_CUE, PLUMB_BAD_VALUE);
    ask(PLUMB_ROLE, far_off, 2, 50);
    check_answered(PLUMB_ROLE, PLUMB_BAD_VALUE);
    ask(PLUMB_CALIB_READ, imu_2, 1, 50);
    check_answered(PLUMB_CALIB_READ, PLUMB_BAD_VALUE);
    node_stop(&node);
}

static void test_fields_of_a_later_host_are_ignored(void)
{
    const uint8_t rate[5] = {100, 0, 1, 2, 3};
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    ask(PLUMB_RATE, rate, sizeof rate, 50);
    check_answered(PLUMB_RATE, PLUMB_DONE);
    node_stop(&node);
}

/* Noise, an echo of the node's own frames, and a frame far too long: counted, not answered, nothing harmed.
 */
static void test_noise_harms_nothing(void)
{
    uint8_t noise[200], own[PLUMB_FRAME_N(PLUMB_ACK_N)];
    const uint8_t ack[PLUMB_ACK_N] = {PLUMB_STOP, 0};
    for (size_t i = 0; i < sizeof noise; i++)
        noise[i] = (uint8_t)(i * 73 + 11);
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    driver_down(&node.driver, noise, sizeof noise);
    driver_down(&node.driver, own, plumb_frame_encode(own, PLUMB_ACK, ack, sizeof ack));
    node_run(&node, 1500);
    CU_ASSERT(node.status.rx_errors > 0);
    CU_ASSERT_EQUAL(node.status.state, PLUMB_NODE_STREAMING);
    ask(PLUMB_HELLO_REQUEST, NULL, 0, 50);
    check_answered(PLUMB_HELLO_REQUEST, PLUMB_DONE);
    CU_ASSERT_EQUAL(node.link.counters.lost, 0);
    node_stop(&node);
}

#define PIN_LED       1
#define PIN_VIBRATION 4

static void test_a_cue_shakes_and_says_so(void)
{
    const uint8_t out_twice[PLUMB_CUE_N] = {PLUMB_CUE_OUT, 2};
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    ask(PLUMB_CUE, out_twice, sizeof out_twice, 100);
    check_answered(PLUMB_CUE, PLUMB_DONE);
    CU_ASSERT(node.driver.pins & PIN_LED);
    CU_ASSERT(node.driver.pins & PIN_VIBRATION);
    CU_ASSERT(node.sample.of.sample.flags & PLUMB_SAMPLE_VIBRATION);
    node_run(&node, 2500);
    CU_ASSERT_EQUAL(node.driver.pins & PIN_VIBRATION, 0);
    CU_ASSERT_EQUAL(node.sample.of.sample.flags & PLUMB_SAMPLE_VIBRATION, 0);
    node_stop(&node);
}

/* The host is gone: a cue without end ends all the same. */
static void test_an_endless_cue_ends(void)
{
    const uint8_t endless[PLUMB_CUE_N] = {PLUMB_CUE_OUT, 0};
    node_start(&node, "68", NULL);
    node_run(&node, 200);
    ask(PLUMB_CUE, endless, sizeof endless, 28000);
    CU_ASSERT(node.flags_any & PLUMB_SAMPLE_VIBRATION);
    node_run(&node, 4000);
    node_run(&node, 2000);
    CU_ASSERT_EQUAL(node.flags_any & PLUMB_SAMPLE_VIBRATION, 0);
    node_stop(&node);
}

static void fill_record(struct plumb_calib_record *record)
{
    *record = (struct plumb_calib_record){
        .accel_bias = {-1520, 33, 4100},
        .accel_matrix = {120, -15, 0, 7, -230, 0, 0, 0, 410},
        .gyro_bias = {-1210, 530, 77},
        .gyro_scale = {-90, 0, 1500},
        .temp_centi_c = 2785,
        .day = 20413};
}

static void write_all(const struct plumb_calib_record *record)
{
    uint8_t payload[PLUMB_CALIB_WRITE_N] = {1}, serial[PLUMB_SERIAL_WRITE_N];
    const uint8_t thigh[PLUMB_ROLE_N] = {1, PLUMB_ROLE_THIGH};
    plumb_put_calib_record(payload + 1, record);
    plumb_put_u32(serial, 1234567890);
    ask(PLUMB_CALIB_WRITE, payload, sizeof payload, 5);
    ask(PLUMB_SERIAL_WRITE, serial, sizeof serial, 20);
    check_answered(PLUMB_SERIAL_WRITE, PLUMB_BUSY);
    node_run(&node, 500);
    check_answered(PLUMB_CALIB_WRITE, PLUMB_DONE);
    ask(PLUMB_SERIAL_WRITE, serial, sizeof serial, 200);
    check_answered(PLUMB_SERIAL_WRITE, PLUMB_DONE);
    ask(PLUMB_ROLE, thigh, sizeof thigh, 200);
    check_answered(PLUMB_ROLE, PLUMB_DONE);
    CU_ASSERT_EQUAL(node.link.counters.lost, 0);
}

static void check_all(const struct plumb_calib_record *record)
{
    const uint8_t imu_1[1] = {1}, imu_0[1] = {0};
    CU_ASSERT_EQUAL(node.hello.serial, 1234567890);
    CU_ASSERT_EQUAL(node.hello.imus[1].role, PLUMB_ROLE_THIGH);
    ask(PLUMB_CALIB_READ, imu_1, 1, 50);
    check_answered(PLUMB_CALIB_READ, PLUMB_DONE);
    CU_ASSERT_EQUAL(node.calib.imu, 1);
    CU_ASSERT_EQUAL(node.calib.valid, 1);
    CU_ASSERT_EQUAL(memcmp(&node.calib.record, record, sizeof *record), 0);
    ask(PLUMB_CALIB_READ, imu_0, 1, 50);
    CU_ASSERT_EQUAL(node.calib.imu, 0);
    CU_ASSERT_EQUAL(node.calib.valid, 0);
}

static void test_what_is_stored_survives_power_loss(void)
{
    char eeprom[] = "/tmp/plumb-eeprom-XXXXXX";
    struct plumb_calib_record record;
    int file = mkstemp(eeprom);
    CU_ASSERT_FATAL(file >= 0);
    close(file);
    unlink(eeprom);
    fill_record(&record);
    node_start(&node, "68,69", eeprom);
    node_run(&node, 300);
    write_all(&record);
    node_stop(&node);
    node_start(&node, "68,69", eeprom);
    node_run(&node, 300);
    CU_ASSERT_EQUAL(node.status.flags & PLUMB_STATUS_DEFAULTS, 0);
    check_all(&record);
    node_stop(&node);
    unlink(eeprom);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"hello on request", test_hello_on_request},
        {"what is not understood is refused", test_what_is_not_understood_is_refused},
        {"fields of a later host are ignored", test_fields_of_a_later_host_are_ignored},
        {"noise harms nothing", test_noise_harms_nothing},
        {"a cue shakes and says so", test_a_cue_shakes_and_says_so},
        {"an endless cue ends", test_an_endless_cue_ends},
        {"what is stored survives power loss", test_what_is_stored_survives_power_loss},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("node_commands", tests, argc, argv);
}
