/* Blocks: what came within a second at most, packed and compressed. zstd's one home.
 *
 *   data = zstd frame of:  u8 version (1) | varint items | index | payloads, one behind the other
 *   index, for each item:  u8 kind | varint zigzag(host_us - the item's before, of the first: begun_us) |
 * varint n
 *
 * Times apart from payloads, so that each part is alike in itself. A block is understood without any other.
 */
#ifndef PLUMB_PACK_H
#define PLUMB_PACK_H

#include <stddef.h>
#include <stdint.h>

#include "../core/message.h"

#define PLUMB_BLOCK_LONGEST_US 1000000
#define PLUMB_BLOCK_ITEMS_N    4096
#define PLUMB_BLOCK_ITEM_N     32768 /* bytes of the longest item; longer ones are taken in pieces */
#define PLUMB_BLOCK_PAYLOAD_N  (3 * PLUMB_BLOCK_ITEM_N)
#define PLUMB_BLOCK_DATA_N     (256 * 1024) /* compressed, the longest taken */

enum plumb_item_kind {
    PLUMB_ITEM_BYTES = 1, /* of the link, as they arrived at host_us */
    PLUMB_ITEM_HEADER,    /* a raw CSV's header line: the rows behind it have these columns */
    PLUMB_ITEM_ROW,       /* a raw CSV's row, without its line end */
    PLUMB_ITEM_FLAGS,     /* one byte: enum plumb_sample_flag of the next row, which CSV cannot say */
    PLUMB_ITEM_RESTART,   /* the device went away or was reset: the session forgot who it was */
    PLUMB_ITEM_DEVICE,    /* u16: the row of session_devices that holds from here on */
    PLUMB_ITEM_KINDS_N
};

struct plumb_item {
    enum plumb_item_kind kind;
    int64_t host_us;
    const uint8_t *bytes; /* borrowed */
    size_t n;
};

/* As a row of the table. data: borrowed from the pack until its next block begins. */
struct plumb_block {
    int64_t seq, begun_us, ended_us;
    int64_t received_n; /* bytes of BYTES, HEADER and ROW items (a row with its line end) */
    int64_t checksum;
    const uint8_t *data;
    size_t data_n;
};

/* ---- in */

struct plumb_pack; /* owned by who made it */

/* NULL when memory is short. */
struct plumb_pack *plumb_pack_new(void);
void plumb_pack_free(struct plumb_pack *pack);

/* 1 when nothing is in the block. */
int plumb_pack_is_empty(const struct plumb_pack *pack);

/* 1 when the item (PLUMB_BLOCK_ITEM_N at most) still belongs into the block: close it first where it does
 * not.
 */
int plumb_pack_takes(const struct plumb_pack *pack, const struct plumb_item *item);

void plumb_pack_add(struct plumb_pack *pack, const struct plumb_item *item);

/* Forgets what is there. */
void plumb_pack_drop(struct plumb_pack *pack);

/* Compresses what is there and begins the next block. 0, or PLUMB_FAILED. */
int plumb_pack_close(struct plumb_pack *pack, int64_t seq, struct plumb_block *block);

/* ---- out */

struct plumb_unpack; /* owned by who made it */

struct plumb_unpack *plumb_unpack_new(void);
void plumb_unpack_free(struct plumb_unpack *unpack);

/* Understands a block. 0, or PLUMB_DAMAGED: the checksum, the frame or a length does not fit. Whatever bytes
 * are handed in, nothing is read or written beyond them. */
int plumb_unpack_open(struct plumb_unpack *unpack, const struct plumb_block *block);

/* 1 and the next item (its bytes borrowed until the next open), 0 behind the last, PLUMB_DAMAGED. */
int plumb_unpack_next(struct plumb_unpack *unpack, struct plumb_item *item);

/* 0 where the block's checksum is right, else PLUMB_DAMAGED. */
int plumb_block_check(const struct plumb_block *block);

#endif
