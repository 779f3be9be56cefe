/* Blocks that somebody has damaged, with checksums made to fit: they are refused or understood, and nothing
 * is read or written beyond them (the sanitizers watch). */
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "host/patient/rng.h"
#include "host/store/pack.h"
#include "suite.h"

#define TRIES_N 20000
#define PLAIN_N (1u << 18)

static uint64_t fnv(uint64_t hash, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

/* As whoever hands in a store would compute it: pack.c's own is not asked. */
static int64_t fitting_checksum(const struct plumb_block *block)
{
    const int64_t numbers[] = {block->seq, block->begun_us, block->ended_us, block->received_n};
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    for (int i = 0; i < 4; i++)
        for (int byte = 0; byte < 8; byte++)
            hash = fnv(hash, &(uint8_t){(uint8_t)((uint64_t)numbers[i] >> (8 * byte))}, 1);
    return (int64_t)(fnv(hash, block->data, block->data_n) >> 1);
}

static void fill(struct plumb_pack *pack, struct plumb_rng *rng)
{
    uint8_t junk[300];
    for (size_t i = 0; i < sizeof junk; i++)
        junk[i] = (uint8_t)plumb_rng_next(rng);
    for (int i = 0; i < 200; i++) {
        struct plumb_item item = {
            (enum plumb_item_kind)(1 + i % (PLUMB_ITEM_KINDS_N - 1)), 1000 + i * 4900, junk,
            plumb_rng_next(rng) % sizeof junk};
        CU_ASSERT(plumb_pack_takes(pack, &item));
        plumb_pack_add(pack, &item);
    }
}

/* Four bytes at most changed, mostly where the lengths are. */
static void damage(uint8_t *bytes, size_t n, struct plumb_rng *rng)
{
    for (uint32_t hits = 1 + plumb_rng_next(rng) % 4; hits; hits--) {
        size_t within = plumb_rng_next(rng) % 3 && n > 700 ? 700 : n;
        bytes[plumb_rng_next(rng) % within] = (uint8_t)plumb_rng_next(rng);
    }
}

/* 1 when it was understood to its end, 0 when it was refused. */
static int try_block(struct plumb_unpack *unpack, const struct plumb_block *block, unsigned *sum)
{
    struct plumb_block exact = *block;
    uint8_t *data = malloc(block->data_n + 1);
    memcpy(data, block->data, block->data_n);
    exact.data = data;
    exact.checksum = fitting_checksum(&exact);
    int understood = plumb_unpack_open(unpack, &exact) == 0;
    free(data);
    struct plumb_item item;
    while (understood && plumb_unpack_next(unpack, &item) > 0)
        for (size_t i = 0; i < item.n; i++)
            *sum += item.bytes[i];
    return understood;
}

static void test_damaged_blocks_harm_nobody(void)
{
    static uint8_t plain[PLAIN_N], bad[PLAIN_N], packed[2 * PLAIN_N];
    struct plumb_rng rng = plumb_rng_of(9);
    struct plumb_pack *pack = plumb_pack_new();
    struct plumb_unpack *unpack = plumb_unpack_new();
    struct plumb_block block;
    unsigned sum = 0;
    int understood_n = 0;
    fill(pack, &rng);
    CU_ASSERT_EQUAL(plumb_pack_close(pack, 0, &block), 0);
    CU_ASSERT_EQUAL(block.checksum, fitting_checksum(&block));
    CU_ASSERT_EQUAL(try_block(unpack, &block, &sum), 1);
    size_t n = ZSTD_decompress(plain, sizeof plain, block.data, block.data_n);
    for (int i = 0; i < TRIES_N; i++) {
        struct plumb_block worse = block;
        worse.data = packed;
        memcpy(bad, plain, n);
        memcpy(packed, block.data, block.data_n);
        if (i % 3 == 0) { /* the frame itself */
            damage(packed, block.data_n, &rng);
            worse.data_n = i % 2 ? plumb_rng_next(&rng) % block.data_n : block.data_n;
        } else { /* what is in it */
            size_t left = i % 4 ? n : plumb_rng_next(&rng) % n;
            damage(bad, n, &rng);
            worse.data_n = ZSTD_compress(packed, sizeof packed, bad, left, 1);
        }
        understood_n += try_block(unpack, &worse, &sum);
    }
    CU_ASSERT(understood_n > TRIES_N / 20 && understood_n < TRIES_N / 2); /* both ways were walked */
    plumb_pack_free(pack);
    plumb_unpack_free(unpack);
}

static void test_a_changed_byte_is_noticed(void)
{
    struct plumb_rng rng = plumb_rng_of(4);
    struct plumb_pack *pack = plumb_pack_new();
    struct plumb_unpack *unpack = plumb_unpack_new();
    struct plumb_block block, other;
    fill(pack, &rng);
    CU_ASSERT_EQUAL(plumb_pack_close(pack, 3, &block), 0);
    uint8_t *data = malloc(block.data_n);
    memcpy(data, block.data, block.data_n);
    other = block;
    other.data = data;
    for (size_t at = 0; at < block.data_n; at += 97) {
        data[at] ^= 1;
        CU_ASSERT_EQUAL(plumb_unpack_open(unpack, &other), PLUMB_DAMAGED);
        data[at] ^= 1;
    }
    CU_ASSERT_EQUAL(plumb_unpack_open(unpack, &other), 0);
    other.begun_us++;
    CU_ASSERT_EQUAL(plumb_unpack_open(unpack, &other), PLUMB_DAMAGED);
    free(data);
    plumb_pack_free(pack);
    plumb_unpack_free(unpack);
}

static CU_TestInfo tests[] = {
    {"damaged blocks harm nobody", test_damaged_blocks_harm_nobody},
    {"a changed byte is noticed", test_a_changed_byte_is_noticed},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("blocks", tests, argc, argv);
}
