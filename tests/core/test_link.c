/* The host's end of the wire: order, time and loss, from frames made by the shared encoder. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "host/core/link.h"
#include "plumb/payload.h"
#include "suite.h"

#define PERIOD_US 5000

static struct plumb_link link_state;
static struct plumb_link_message message;

static void send(uint8_t type, const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)];
    size_t frame_n = plumb_frame_encode(frame, type, payload, n);
    CU_ASSERT_EQUAL(plumb_link_feed(&link_state, frame, frame_n, &message), frame_n);
}

static void send_sample(uint32_t sequence, uint64_t time_us)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_wire_sample sample = {
        .flags = PLUMB_SAMPLE_IMU0,
        .sequence = (uint16_t)(sequence & 0xFFFF),
        .time_us = (uint32_t)(time_us & UINT32_MAX)};
    send(PLUMB_SAMPLE, payload, plumb_put_sample(payload, &sample));
}

static void send_status(uint8_t boot, uint32_t samples, uint64_t time_us, uint16_t dropped)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_status status = {
        .boot = boot,
        .samples = samples,
        .time_us = (uint32_t)(time_us & UINT32_MAX),
        .frames_lost = dropped,
        .overruns = (uint16_t)(dropped * 2)};
    send(PLUMB_STATUS, payload, plumb_put_status(payload, &status));
}

static void send_hello(uint8_t boot, enum plumb_hello_reason reason, uint64_t time_us)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    struct plumb_hello hello = {
        .version = PLUMB_WIRE_VERSION,
        .boot = boot,
        .reason = (uint8_t)reason,
        .rate_hz = 200,
        .time_us = (uint32_t)(time_us & UINT32_MAX)};
    send(PLUMB_HELLO, payload, plumb_put_hello(payload, &hello));
}

static void check_sample(uint64_t sequence, uint64_t time_us, uint64_t lost_before)
{
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_SAMPLE);
    CU_ASSERT_EQUAL(message.sequence, sequence);
    CU_ASSERT_EQUAL(message.device_us, (int64_t)time_us);
    CU_ASSERT_EQUAL(message.lost_before, lost_before);
}

static void test_samples_in_order(void)
{
    plumb_link_init(&link_state);
    for (uint32_t i = 0; i < 1000; i++) {
        send_sample(i + 7, 1000 + i * PERIOD_US);
        check_sample(i + 7, 1000 + i * PERIOD_US, 0);
    }
    CU_ASSERT_EQUAL(link_state.counters.samples, 1000);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
    CU_ASSERT_EQUAL(plumb_link_loss(&link_state), 0);
}

static void test_a_gap_is_counted(void)
{
    plumb_link_init(&link_state);
    send_sample(10, 0);
    send_sample(14, 4 * PERIOD_US);
    check_sample(14, 4 * PERIOD_US, 3);
    CU_ASSERT_EQUAL(link_state.counters.lost, 3);
    CU_ASSERT_DOUBLE_EQUAL(plumb_link_loss(&link_state), 3.0 / 5, 1e-12);
}

/* The sequence wraps 32 times, device time twice. */
static void test_three_hours_do_not_wrap(void)
{
    const uint32_t samples_n = 3 * 3600 * 200;
    plumb_link_init(&link_state);
    for (uint32_t i = 0; i < samples_n; i++)
        send_sample(i, (uint64_t)i * PERIOD_US);
    check_sample(samples_n - 1, (uint64_t)(samples_n - 1) * PERIOD_US, 0);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
    CU_ASSERT_EQUAL(link_state.counters.segments, 0);
}

/* The cable is out for 20 minutes: 240000 samples, which is 3 wraps of the sequence and a rest. */
static void test_a_long_outage_is_counted_by_device_time(void)
{
    plumb_link_init(&link_state);
    send_sample(0, 0);
    send_sample(1, PERIOD_US);
    send_sample(240001, 240001ull * PERIOD_US * 1003 / 1000); /* and the device's clock is off */
    check_sample(240001, 240001ull * PERIOD_US * 1003 / 1000, 239999);
}

/* The sensor pauses for ten minutes while the line is up: nothing is lost. */
static void test_a_pause_of_the_sensor_is_no_loss(void)
{
    plumb_link_init(&link_state);
    send_sample(0, 0);
    send_sample(1, PERIOD_US);
    for (uint64_t s = 1; s <= 600; s++)
        send_status(1, 2, s * 1000000, 0);
    send_sample(2, 600500000);
    check_sample(2, 600500000, 0);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
}

/* ... and while the line is cut: device time guesses wrong, STATUS puts it right. */
static void test_status_corrects_the_guess(void)
{
    plumb_link_init(&link_state);
    send_hello(1, PLUMB_HELLO_BOOT, 0);
    send_sample(0, 10000);
    send_sample(1, 15000);
    send_sample(2, 600500000);
    CU_ASSERT(link_state.counters.lost > 60000);
    send_status(1, 3, 600600000, 0);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
    send_sample(3, 600605000);
    check_sample(3, 600605000, 0);
}

static void test_status_tells_of_samples_that_never_came(void)
{
    plumb_link_init(&link_state);
    send_hello(1, PLUMB_HELLO_BOOT, 0);
    send_sample(0, 5000);
    send_status(1, 11, 60000, 10);
    CU_ASSERT_EQUAL(link_state.counters.lost, 10);
    send_sample(11, 65000);
    check_sample(11, 65000, 10);
    CU_ASSERT_EQUAL(link_state.counters.lost, 10);
}

/* Attached while the device has run for hours: its 32-bit count says nothing about loss. */
static void test_attaching_late_is_no_loss(void)
{
    plumb_link_init(&link_state);
    send_sample(1000000, 5000000000);
    send_status(9, 1000001, 5000100000, 0);
    send_sample(1000001, 5000105000);
    CU_ASSERT_EQUAL(message.lost_before, 0);
    CU_ASSERT_EQUAL(link_state.counters.lost, 0);
}

static void test_totals_unwrap(void)
{
    plumb_link_init(&link_state);
    send_hello(1, PLUMB_HELLO_BOOT, 0);
    send_status(1, 0, 1000000, 40000);
    send_status(1, 0, 2000000, 60000);
    send_status(1, 0, 3000000, (uint16_t)(80000 & 0xFFFF));
    CU_ASSERT_EQUAL(link_state.counters.dropped, 80000);
    CU_ASSERT_EQUAL(link_state.counters.overruns, (40000 * 2 & 0xFFFF) + 40000 + 40000);
}

static void test_totals_from_before_do_not_count(void)
{
    plumb_link_init(&link_state);
    send_status(1, 0, 1000000, 500);
    send_status(1, 0, 2000000, 501);
    CU_ASSERT_EQUAL(link_state.counters.dropped, 1);
}

static void test_repeated_samples_are_refused(void)
{
    plumb_link_init(&link_state);
    for (uint32_t i = 0; i < 100; i++)
        send_sample(i, i * PERIOD_US);
    for (uint32_t i = 60; i < 100; i++) {
        send_sample(i, i * PERIOD_US);
        CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_NONE);
    }
    send_sample(100, 100 * PERIOD_US);
    check_sample(100, 100 * PERIOD_US, 0);
    CU_ASSERT_EQUAL(link_state.counters.duplicates, 40);
    CU_ASSERT_EQUAL(link_state.counters.segments, 0);
}

static void run_before_reset(void)
{
    plumb_link_init(&link_state);
    send_hello(1, PLUMB_HELLO_BOOT, 100);
    for (uint32_t i = 0; i < 2000; i++)
        send_sample(i, 5000 + i * PERIOD_US);
}

static void test_a_reset_begins_a_segment(void)
{
    run_before_reset();
    send_hello(2, PLUMB_HELLO_BOOT, 100);
    CU_ASSERT_EQUAL(message.segment, 1);
    send_sample(2, 15000);
    check_sample(2, 15000, 2);
    CU_ASSERT_EQUAL(message.segment, 1);
    send_status(2, 3, 16000, 0);
    CU_ASSERT_EQUAL(message.segment, 1);
    CU_ASSERT_EQUAL(link_state.counters.segments, 1);
}

static void test_a_reset_is_noticed_without_its_hello(void)
{
    run_before_reset();
    send_sample(3, 20000);
    check_sample(3, 20000, 0);
    CU_ASSERT_EQUAL(message.segment, 1);
    send_status(2, 4, 21000, 0);
    CU_ASSERT_EQUAL(message.segment, 1);
}

/* The device had just started, so its time does not go backward: the boot mark tells. */
static void test_a_reset_is_noticed_by_the_boot_mark(void)
{
    plumb_link_init(&link_state);
    send_hello(1, PLUMB_HELLO_BOOT, 100);
    send_status(1, 0, 5000, 0);
    send_status(2, 0, 50000, 0);
    CU_ASSERT_EQUAL(message.segment, 1);
}

static void test_asking_for_hello_changes_nothing(void)
{
    run_before_reset();
    send_hello(1, PLUMB_HELLO_ASKED, 2000 * PERIOD_US);
    send_sample(2000, 5000 + 2000 * PERIOD_US);
    check_sample(2000, 5000 + 2000 * PERIOD_US, 0);
    CU_ASSERT_EQUAL(message.segment, 0);
}

/* A sample whose data were ready just before STATUS was written arrives behind it. */
static void test_a_sample_behind_a_younger_status(void)
{
    run_before_reset();
    send_status(1, 2000, 5000 + 2000 * PERIOD_US + 300, 0);
    send_sample(2000, 5000 + 2000 * PERIOD_US);
    check_sample(2000, 5000 + 2000 * PERIOD_US, 0);
    CU_ASSERT_EQUAL(message.segment, 0);
}

static void test_restart_begins_a_segment(void)
{
    run_before_reset();
    plumb_link_restart(&link_state);
    send_sample(55, 123456);
    check_sample(55, 123456, 0);
    CU_ASSERT_EQUAL(message.segment, 1);
}

static void test_unknown_and_short_are_counted(void)
{
    uint8_t payload[PLUMB_PAYLOAD_N] = {0};
    plumb_link_init(&link_state);
    send(0x3F, payload, 9);
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_NONE);
    send(PLUMB_STATUS, payload, PLUMB_STATUS_N - 1);
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_NONE);
    send(PLUMB_STATUS, payload, PLUMB_STATUS_N + 20);
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_STATUS);
    CU_ASSERT_EQUAL(link_state.counters.unknown, 1);
    CU_ASSERT_EQUAL(link_state.counters.too_short, 1);
    CU_ASSERT_EQUAL(link_state.counters.frames, 1);
}

/* The same stream in pieces of every size gives the same messages. */
static void test_pieces_of_any_size(void)
{
    static uint8_t stream[40 * 40];
    size_t stream_n = 0;
    for (uint16_t i = 0; i < 40; i++) {
        uint8_t payload[PLUMB_PAYLOAD_N];
        struct plumb_wire_sample sample = {
            .flags = PLUMB_SAMPLE_IMU0, .sequence = i, .time_us = (uint32_t)i * PERIOD_US};
        uint8_t n = plumb_put_sample(payload, &sample);
        stream_n += plumb_frame_encode(stream + stream_n, PLUMB_SAMPLE, payload, n);
    }
    for (size_t piece_n = 1; piece_n <= stream_n; piece_n++) {
        uint64_t next = 0;
        plumb_link_init(&link_state);
        for (size_t at = 0; at < stream_n;) {
            size_t left_n = stream_n - at;
            at += plumb_link_feed(&link_state, stream + at, left_n < piece_n ? left_n : piece_n, &message);
            if (message.kind != PLUMB_LINK_NONE)
                CU_ASSERT_EQUAL(message.sequence, next++);
        }
        CU_ASSERT_EQUAL(next, 40);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"samples in order", test_samples_in_order},
        {"a gap is counted", test_a_gap_is_counted},
        {"three hours do not wrap", test_three_hours_do_not_wrap},
        {"a long outage is counted by device time", test_a_long_outage_is_counted_by_device_time},
        {"a pause of the sensor is no loss", test_a_pause_of_the_sensor_is_no_loss},
        {"status corrects the guess", test_status_corrects_the_guess},
        {"status tells of samples that never came", test_status_tells_of_samples_that_never_came},
        {"attaching late is no loss", test_attaching_late_is_no_loss},
        {"totals unwrap", test_totals_unwrap},
        {"totals from before do not count", test_totals_from_before_do_not_count},
        {"repeated samples are refused", test_repeated_samples_are_refused},
        {"a reset begins a segment", test_a_reset_begins_a_segment},
        {"a reset is noticed without its hello", test_a_reset_is_noticed_without_its_hello},
        {"a reset is noticed by the boot mark", test_a_reset_is_noticed_by_the_boot_mark},
        {"asking for hello changes nothing", test_asking_for_hello_changes_nothing},
        {"a sample behind a younger status", test_a_sample_behind_a_younger_status},
        {"restart begins a segment", test_restart_begins_a_segment},
        {"unknown and short are counted", test_unknown_and_short_are_counted},
        {"pieces of any size", test_pieces_of_any_size},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("link", tests, argc, argv);
}
