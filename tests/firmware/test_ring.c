/* The rings between the node and its interrupts. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "firmware/core/ring.h"
#include "firmware/core/ticks.h"
#include "suite.h"

#define BYTES_N 8
#define MASK    (BYTES_N - 1)

static uint8_t bytes[BYTES_N];

static void test_bytes_come_out_in_order_across_the_wrap(void)
{
    struct plumb_ring ring = {0};
    uint8_t byte = 0;
    for (unsigned i = 0; i < 1000; i++) {
        CU_ASSERT_EQUAL(plumb_ring_push(&ring, bytes, MASK, (uint8_t)i), 0);
        CU_ASSERT_EQUAL(plumb_ring_push(&ring, bytes, MASK, (uint8_t)(i + 1)), 0);
        CU_ASSERT_EQUAL(plumb_ring_used(&ring, MASK), 2);
        CU_ASSERT(plumb_ring_pop(&ring, bytes, MASK, &byte) && byte == (uint8_t)i);
        CU_ASSERT(plumb_ring_pop(&ring, bytes, MASK, &byte) && byte == (uint8_t)(i + 1));
        CU_ASSERT_EQUAL(plumb_ring_pop(&ring, bytes, MASK, &byte), 0);
    }
}

static void test_a_frame_goes_in_whole_or_not_at_all(void)
{
    struct plumb_ring ring = {.head = 6, .tail = 6};
    const uint8_t frame[5] = {1, 2, 3, 4, 5};
    uint8_t byte = 0;
    CU_ASSERT_EQUAL(plumb_ring_push_all(&ring, bytes, MASK, frame, 5), 0);
    CU_ASSERT_EQUAL(plumb_ring_push_all(&ring, bytes, MASK, frame, 3), -1);
    CU_ASSERT_EQUAL(plumb_ring_used(&ring, MASK), 5);
    CU_ASSERT_EQUAL(plumb_ring_push_all(&ring, bytes, MASK, frame, 2), 0);
    CU_ASSERT_EQUAL(plumb_ring_push(&ring, bytes, MASK, 9), -1);
    for (uint8_t i = 0; i < 7; i++)
        CU_ASSERT(plumb_ring_pop(&ring, bytes, MASK, &byte) && byte == (i < 5 ? i + 1 : i - 4));
}

static void test_a_ring_of_256_holds_255(void)
{
    static uint8_t many[256], frame[255];
    struct plumb_ring ring = {.head = 200, .tail = 200};
    CU_ASSERT_EQUAL(plumb_ring_push_all(&ring, many, 255, frame, 255), 0);
    CU_ASSERT_EQUAL(plumb_ring_used(&ring, 255), 255);
    CU_ASSERT_EQUAL(plumb_ring_push(&ring, many, 255, 1), -1);
}

static void test_ticks_compare_across_the_wrap(void)
{
    CU_ASSERT_EQUAL(PLUMB_TICKS(1024), 1000);
    CU_ASSERT_EQUAL(plumb_ticks_of(UINT32_MAX), 0xFFFF);
    CU_ASSERT(plumb_ticks_past(5, 0xFFFB, 10));
    CU_ASSERT(!plumb_ticks_past(4, 0xFFFB, 10));
    CU_ASSERT(plumb_ticks_reached(5, 0xFFFB));
    CU_ASSERT(!plumb_ticks_reached(0xFFFB, 5));
    CU_ASSERT(plumb_ticks_reached(7, 7));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"bytes come out in order across the wrap", test_bytes_come_out_in_order_across_the_wrap},
        {"a frame goes in whole or not at all", test_a_frame_goes_in_whole_or_not_at_all},
        {"a ring of 256 holds 255", test_a_ring_of_256_holds_255},
        {"ticks compare across the wrap", test_ticks_compare_across_the_wrap},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("ring", tests, argc, argv);
}
