/* Frames damaged on the line: every bit, every byte, bytes lost and bytes added, of every kind of message.
 * None may be accepted as something it was not, and at most two frames may be lost. */
#include <CUnit/CUnit.h>
#include <string.h>

#include "firmware/golden.h"
#include "host/core/link.h"
#include "plumb/frame.h"
#include "suite.h"

static struct golden goldens[GOLDEN_MOST_N];
static int goldens_n;

/* Frames before and behind the damaged one: what a node sends most. */
static struct golden before, behind;

static void load(void)
{
    if (goldens_n > 0)
        return;
    goldens_n = golden_load(goldens, GOLDEN_MOST_N);
    CU_ASSERT_FATAL(goldens_n > 0);
    for (int i = 0; i < goldens_n; i++) {
        if (goldens[i].type == PLUMB_STATUS)
            behind = goldens[i];
        if (goldens[i].type == PLUMB_ACK)
            before = goldens[i];
    }
}

struct stream {
    uint8_t bytes[1024];
    int n;
};

static void append(struct stream *stream, const uint8_t *bytes, int n)
{
    memcpy(stream->bytes + stream->n, bytes, (size_t)n);
    stream->n += n;
}

static int is_frame(const struct golden *golden, const uint8_t *opened, int payload_n)
{
    return payload_n == golden->payload_n && opened[1] == golden->type &&
           memcmp(opened + 2, golden->payload, (size_t)payload_n) == 0;
}

struct verdict {
    int wrong;  /* accepted, but nobody sent it */
    int intact; /* the damaged frame, accepted as it was sent: the damage undid itself */
    int before, behind;
};

static void judge_frame(struct verdict *verdict, const struct golden *sent, const uint8_t *bytes, int n)
{
    uint8_t frame[256];
    if (n == 0 || n > PLUMB_FRAME_MOST_N)
        return;
    memcpy(frame, bytes, (size_t)n);
    int payload_n = plumb_frame_open(frame, (uint8_t)n);
    if (payload_n < 0)
        return;
    if (is_frame(&before, frame, payload_n))
        verdict->before++;
    else if (is_frame(&behind, frame, payload_n))
        verdict->behind++;
    else if (is_frame(sent, frame, payload_n))
        verdict->intact++;
    else
        verdict->wrong++;
}

/* What a receiver makes of the stream, by the decoder that both ends share. */
static struct verdict judge(const struct stream *stream, const struct golden *sent)
{
    struct verdict verdict = {0};
    int begin = 0;
    for (int i = 0; i < stream->n; i++) {
        if (stream->bytes[i] != 0)
            continue;
        judge_frame(&verdict, sent, stream->bytes + begin, i - begin);
        begin = i + 1;
    }
    return verdict;
}

static unsigned long cases, wrong, unrecovered, hit;

/* `damaged` travels between one frame before and two behind. */
static void try_damage(const struct golden *sent, const uint8_t *damaged, int n)
{
    struct stream stream = {.n = 0};
    append(&stream, before.frame, before.frame_n);
    append(&stream, damaged, n);
    append(&stream, behind.frame, behind.frame_n);
    append(&stream, behind.frame, behind.frame_n);
    struct verdict verdict = judge(&stream, sent);
    cases++;
    wrong += verdict.wrong > 0;
    hit += verdict.intact > 0 || verdict.before > 1 || verdict.behind > 2;
    unrecovered += verdict.before < 1 || verdict.behind < 1;
}

static void begin_counting(void)
{
    load();
    cases = wrong = unrecovered = hit = 0;
}

static void end_counting(unsigned long least)
{
    CU_ASSERT(cases > least);
    CU_ASSERT_EQUAL(wrong, 0);
    CU_ASSERT_EQUAL(unrecovered, 0);
    CU_ASSERT_EQUAL(hit, 0);
}

static void flip_each_bit(const struct golden *sent)
{
    for (int i = 0; i < sent->frame_n * 8; i++) {
        uint8_t damaged[256];
        memcpy(damaged, sent->frame, sizeof damaged);
        damaged[i / 8] = (uint8_t)(damaged[i / 8] ^ (1 << i % 8));
        try_damage(sent, damaged, sent->frame_n);
    }
}

static void replace_each_byte(const struct golden *sent)
{
    for (int i = 0; i < sent->frame_n * 256; i++) {
        uint8_t damaged[256];
        memcpy(damaged, sent->frame, sizeof damaged);
        damaged[i / 256] = (uint8_t)(i % 256);
        if (damaged[i / 256] != sent->frame[i / 256])
            try_damage(sent, damaged, sent->frame_n);
    }
}

/* The frame with one byte more, or a delimiter more behind it, may still arrive whole: it is the same frame.
 */
static void insert_each_byte(const struct golden *sent)
{
    for (int i = 0; i < sent->frame_n * 256; i++) {
        uint8_t damaged[256];
        int at = i / 256;
        memcpy(damaged, sent->frame, (size_t)at);
        damaged[at] = (uint8_t)(i % 256);
        memcpy(damaged + at + 1, sent->frame + at, (size_t)(sent->frame_n - at));
        int same = damaged[at] == 0 && (at == 0 || at == sent->frame_n - 1);
        if (!same)
            try_damage(sent, damaged, sent->frame_n + 1);
    }
}

static void delete_each_byte(const struct golden *sent)
{
    for (int at = 0; at < sent->frame_n; at++) {
        uint8_t damaged[256];
        memcpy(damaged, sent->frame, (size_t)at);
        memcpy(damaged + at, sent->frame + at + 1, (size_t)(sent->frame_n - at - 1));
        try_damage(sent, damaged, sent->frame_n - 1);
    }
}

static void for_each_golden(void (*damage)(const struct golden *sent), unsigned long least)
{
    begin_counting();
    for (int i = 0; i < goldens_n; i++)
        damage(&goldens[i]);
    end_counting(least);
}

static void test_every_bit(void)
{
    for_each_golden(flip_each_bit, 3000);
}

static void test_every_byte_to_every_value(void)
{
    for_each_golden(replace_each_byte, 100000);
}

static void test_every_byte_added(void)
{
    for_each_golden(insert_each_byte, 100000);
}

static void test_every_byte_lost(void)
{
    for_each_golden(delete_each_byte, 400);
}

static void test_every_cut(void)
{
    begin_counting();
    for (int i = 0; i < goldens_n; i++)
        for (int n = 0; n < goldens[i].frame_n; n++)
            try_damage(&goldens[i], goldens[i].frame, n);
    end_counting(400);
}

/* Samples of all kinds of content: the seal and the CRC must hold for whatever the sensors say. */
static void make_sample(struct golden *golden, uint32_t *seed)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    *golden = (struct golden){.type = PLUMB_SAMPLE, .payload_n = PLUMB_SAMPLE_FIXED_N + PLUMB_SAMPLE_IMU_N};
    for (int i = 0; i < golden->payload_n; i++) {
        *seed = *seed * 1664525u + 1013904223u; /* Numerical Recipes' generator: only variety is wanted */
        uint8_t byte = (uint8_t)(*seed >> 24);
        payload[i] = i == 0 ? PLUMB_SAMPLE_IMU0 : (uint8_t)(byte % 5 == 0 ? 0 : byte % 7 == 0 ? 1 : byte);
    }
    memcpy(golden->payload, payload, sizeof golden->payload);
    golden->frame_n = plumb_frame_encode(golden->frame, golden->type, payload, (uint8_t)golden->payload_n);
}

static void test_every_byte_of_many_samples(void)
{
    uint32_t seed = 1;
    begin_counting();
    for (int i = 0; i < 300; i++) {
        struct golden sample;
        make_sample(&sample, &seed);
        replace_each_byte(&sample);
    }
    end_counting(2000000);
}

/* The whole decoder of the host on a stream of which every byte in turn is damaged. */
static void test_the_link_counts_and_goes_on(void)
{
    load();
    struct stream clean = {.n = 0};
    append(&clean, before.frame, before.frame_n);
    append(&clean, goldens[0].frame, goldens[0].frame_n);
    append(&clean, behind.frame, behind.frame_n);
    append(&clean, before.frame, before.frame_n);
    for (int at = 0; at < clean.n; at++) {
        struct plumb_link link;
        struct plumb_link_message message;
        struct stream stream = clean;
        stream.bytes[at] = (uint8_t)(stream.bytes[at] ^ 0x55);
        plumb_link_init(&link);
        for (size_t used = 0; used < (size_t)stream.n;)
            used += plumb_link_feed(&link, stream.bytes + used, (size_t)stream.n - used, &message);
        CU_ASSERT(link.counters.frames >= 2);
        CU_ASSERT(link.counters.damaged >= 1 || at == stream.n - 1);
        CU_ASSERT_EQUAL(link.counters.bytes, (uint64_t)stream.n);
        CU_ASSERT_EQUAL(link.counters.unknown + link.counters.too_short, 0);
    }
}

static void test_garbage_without_end(void)
{
    struct plumb_link link;
    struct plumb_link_message message;
    uint8_t noise[5000];
    load();
    memset(noise, 0xA7, sizeof noise);
    plumb_link_init(&link);
    CU_ASSERT_EQUAL(plumb_link_feed(&link, noise, sizeof noise, &message), sizeof noise);
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_NONE);
    CU_ASSERT_EQUAL(link.counters.too_long, 1);
    noise[0] = 0;
    plumb_link_feed(&link, noise, 1, &message);
    plumb_link_feed(&link, before.frame, (size_t)before.frame_n, &message);
    CU_ASSERT_EQUAL(message.kind, PLUMB_LINK_ACK);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every bit", test_every_bit},
        {"every byte to every value", test_every_byte_to_every_value},
        {"every byte added", test_every_byte_added},
        {"every byte lost", test_every_byte_lost},
        {"every cut", test_every_cut},
        {"every byte of many samples", test_every_byte_of_many_samples},
        {"the link counts and goes on", test_the_link_counts_and_goes_on},
        {"garbage without end", test_garbage_without_end},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("line", tests, argc, argv);
}
