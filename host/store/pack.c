#include "pack.h"

#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "varint.h"

#define VERSION      1
#define LEVEL        3
#define INDEX_ITEM_N (1 + 2 * PLUMB_VARINT_N)
#define HEAD_N       (1 + PLUMB_VARINT_N)
#define PLAIN_N      (HEAD_N + PLUMB_BLOCK_ITEMS_N * INDEX_ITEM_N + PLUMB_BLOCK_PAYLOAD_N)

/* ---- checksum: FNV-1a, 64 bits, over the numbers beside the data and the data */

static uint64_t fnv(uint64_t hash, const uint8_t *bytes, size_t n)
{
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ bytes[i]) * UINT64_C(0x100000001b3);
    return hash;
}

static uint64_t fnv_number(uint64_t hash, int64_t number)
{
    uint8_t bytes[8];
    for (int i = 0; i < 8; i++)
        bytes[i] = (uint8_t)((uint64_t)number >> (8 * i));
    return fnv(hash, bytes, sizeof bytes);
}

static int64_t checksum(const struct plumb_block *block)
{
    uint64_t hash = UINT64_C(0xcbf29ce484222325);
    hash = fnv_number(hash, block->seq);
    hash = fnv_number(hash, block->begun_us);
    hash = fnv_number(hash, block->ended_us);
    hash = fnv_number(hash, block->received_n);
    hash = fnv(hash, block->data, block->data_n);
    return (int64_t)(hash >> 1); /* SQLite's integers have a sign */
}

int plumb_block_check(const struct plumb_block *block)
{
    return checksum(block) == block->checksum ? 0 : PLUMB_DAMAGED;
}

/* ---- in */

struct plumb_pack {
    ZSTD_CCtx *zstd;
    size_t items_n, index_n, payload_n;
    int64_t begun_us, last_us, ended_us, received_n;
    uint8_t index[PLUMB_BLOCK_ITEMS_N * INDEX_ITEM_N];
    uint8_t payload[PLUMB_BLOCK_PAYLOAD_N];
    uint8_t plain[PLAIN_N];
    uint8_t data[PLUMB_BLOCK_DATA_N];
};

struct plumb_pack *plumb_pack_new(void)
{
    struct plumb_pack *pack = calloc(1, sizeof *pack);
    if (!pack)
        return NULL;
    pack->zstd = ZSTD_createCCtx();
    if (pack->zstd && !ZSTD_isError(ZSTD_CCtx_setParameter(pack->zstd, ZSTD_c_compressionLevel, LEVEL)))
        return pack;
    plumb_pack_free(pack);
    return NULL;
}

void plumb_pack_free(struct plumb_pack *pack)
{
    if (pack)
        ZSTD_freeCCtx(pack->zstd);
    free(pack);
}

void plumb_pack_drop(struct plumb_pack *pack)
{
    pack->items_n = 0;
}

int plumb_pack_is_empty(const struct plumb_pack *pack)
{
    return !pack->items_n;
}

int plumb_pack_takes(const struct plumb_pack *pack, const struct plumb_item *item)
{
    if (!pack->items_n)
        return 1;
    int64_t since_us = item->host_us - pack->begun_us;
    return since_us >= 0 && since_us < PLUMB_BLOCK_LONGEST_US && pack->items_n < PLUMB_BLOCK_ITEMS_N &&
           pack->payload_n + item->n <= PLUMB_BLOCK_PAYLOAD_N - PLUMB_BLOCK_ITEM_N;
}

static void begin(struct plumb_pack *pack, int64_t host_us)
{
    pack->begun_us = pack->last_us = pack->ended_us = host_us;
    pack->items_n = pack->index_n = pack->payload_n = 0;
    pack->received_n = 0;
}

static int64_t received(const struct plumb_item *item)
{
    int is_line = item->kind == PLUMB_ITEM_ROW || item->kind == PLUMB_ITEM_HEADER;
    return is_line ? (int64_t)item->n + 1 : item->kind == PLUMB_ITEM_BYTES ? (int64_t)item->n : 0;
}

void plumb_pack_add(struct plumb_pack *pack, const struct plumb_item *item)
{
    if (!pack->items_n)
        begin(pack, item->host_us);
    uint8_t *at = pack->index + pack->index_n;
    *at++ = (uint8_t)item->kind;
    at += plumb_varint_put(at, plumb_zigzag(item->host_us - pack->last_us));
    at += plumb_varint_put(at, item->n);
    pack->index_n = (size_t)(at - pack->index);
    if (item->n)
        memcpy(pack->payload + pack->payload_n, item->bytes, item->n);
    pack->payload_n += item->n;
    pack->received_n += received(item);
    pack->last_us = item->host_us;
    pack->ended_us = item->host_us > pack->ended_us ? item->host_us : pack->ended_us;
    pack->items_n++;
}

static size_t lay_out(struct plumb_pack *pack)
{
    uint8_t *at = pack->plain;
    *at++ = VERSION;
    at += plumb_varint_put(at, pack->items_n);
    memcpy(at, pack->index, pack->index_n);
    memcpy(at + pack->index_n, pack->payload, pack->payload_n);
    return (size_t)(at - pack->plain) + pack->index_n + pack->payload_n;
}

int plumb_pack_close(struct plumb_pack *pack, int64_t seq, struct plumb_block *block)
{
    size_t plain_n = lay_out(pack);
    size_t n = ZSTD_compress2(pack->zstd, pack->data, sizeof pack->data, pack->plain, plain_n);
    if (ZSTD_isError(n))
        return PLUMB_FAILED;
    *block = (struct plumb_block){
        .seq = seq,
        .begun_us = pack->begun_us,
        .ended_us = pack->ended_us,
        .received_n = pack->received_n,
        .data = pack->data,
        .data_n = n};
    block->checksum = checksum(block);
    pack->items_n = 0;
    return 0;
}

/* ---- out */

struct plumb_unpack {
    ZSTD_DCtx *zstd;
    uint64_t items_left;
    int64_t host_us;
    const uint8_t *index, *payload, *end; /* in plain; index ends where payload begins */
    uint8_t plain[PLAIN_N];
};

struct plumb_unpack *plumb_unpack_new(void)
{
    struct plumb_unpack *unpack = calloc(1, sizeof *unpack);
    if (!unpack)
        return NULL;
    unpack->zstd = ZSTD_createDCtx();
    if (unpack->zstd)
        return unpack;
    free(unpack);
    return NULL;
}

void plumb_unpack_free(struct plumb_unpack *unpack)
{
    if (unpack)
        ZSTD_freeDCtx(unpack->zstd);
    free(unpack);
}

/* Reads one item of the index. NULL where it is damaged. */
static const uint8_t *
get_index(const uint8_t *at, const uint8_t *end, struct plumb_item *item, int64_t *host_us)
{
    uint64_t later = 0, n = 0;
    if (at >= end || *at < 1 || *at >= PLUMB_ITEM_KINDS_N)
        return NULL;
    item->kind = (enum plumb_item_kind) * at;
    at = plumb_varint_get(at + 1, end, &later);
    at = plumb_varint_get(at, end, &n);
    if (!at || n > PLUMB_BLOCK_ITEM_N)
        return NULL;
    *host_us = (int64_t)((uint64_t)*host_us + (uint64_t)plumb_unzigzag(later));
    item->host_us = *host_us;
    item->n = (size_t)n;
    return at;
}

/* Finds where the payloads begin, and that all of it fits to the byte. */
static int measure(struct plumb_unpack *unpack, const uint8_t *at)
{
    uint64_t payload_n = 0;
    int64_t host_us = 0;
    struct plumb_item item;
    unpack->index = at;
    for (uint64_t i = 0; i < unpack->items_left && at; i++) {
        at = get_index(at, unpack->end, &item, &host_us);
        payload_n += at ? item.n : 0;
    }
    unpack->payload = at;
    return at && payload_n == (uint64_t)(unpack->end - at) ? 0 : PLUMB_DAMAGED;
}

int plumb_unpack_open(struct plumb_unpack *unpack, const struct plumb_block *block)
{
    unpack->items_left = 0;
    if (plumb_block_check(block))
        return PLUMB_DAMAGED;
    size_t n = ZSTD_decompressDCtx(unpack->zstd, unpack->plain, PLAIN_N, block->data, block->data_n);
    if (ZSTD_isError(n) || n < 2 || unpack->plain[0] != VERSION)
        return PLUMB_DAMAGED;
    unpack->end = unpack->plain + n;
    unpack->host_us = block->begun_us;
    const uint8_t *at = plumb_varint_get(unpack->plain + 1, unpack->end, &unpack->items_left);
    int fail = at && unpack->items_left <= PLUMB_BLOCK_ITEMS_N ? measure(unpack, at) : PLUMB_DAMAGED;
    if (fail)
        unpack->items_left = 0;
    return fail;
}

int plumb_unpack_next(struct plumb_unpack *unpack, struct plumb_item *item)
{
    if (!unpack->items_left)
        return 0;
    unpack->index = get_index(unpack->index, unpack->end, item, &unpack->host_us);
    if (!unpack->index)
        return PLUMB_DAMAGED;
    item->bytes = unpack->payload;
    unpack->payload += item->n;
    unpack->items_left--;
    return 1;
}
