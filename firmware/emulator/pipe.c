#include "pipe.h"

/* The records a host may send and how long their payloads are. */
static const struct {
    uint8_t type;
    uint16_t least, most;
} wanted[] = {
    {PLUMB_PIPE_MOTION, PLUMB_MOTION_PAYLOAD_N, PLUMB_MOTION_PAYLOAD_N},
    {PLUMB_PIPE_DOWN, 0, PLUMB_PIPE_PAYLOAD_N},
    {PLUMB_PIPE_FAULT, PLUMB_FAULT_PAYLOAD_N, PLUMB_FAULT_PAYLOAD_N},
    {PLUMB_PIPE_BAUD, PLUMB_BAUD_PAYLOAD_N, PLUMB_BAUD_PAYLOAD_N},
    {PLUMB_PIPE_RUN, 0, 0},
};

static enum plumb_pipe_got check_head(const struct plumb_pipe_record *record, char *why, size_t why_n)
{
    for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++) {
        if (wanted[i].type != record->type)
            continue;
        if (record->length >= wanted[i].least && record->length <= wanted[i].most)
            return PLUMB_PIPE_RECORD;
        snprintf(
            why, why_n, "record '%c' wants %u to %u bytes, found %u", record->type, wanted[i].least,
            wanted[i].most, record->length);
        return PLUMB_PIPE_DAMAGED;
    }
    snprintf(why, why_n, "no record has type 0x%02X", record->type);
    return PLUMB_PIPE_DAMAGED;
}

enum plumb_pipe_got plumb_pipe_get(FILE *in, struct plumb_pipe_record *record, char *why, size_t why_n)
{
    uint8_t head[PLUMB_PIPE_HEAD_N];
    size_t n = fread(head, 1, sizeof head, in);
    if (n == 0)
        return PLUMB_PIPE_END;
    if (n < sizeof head) {
        snprintf(why, why_n, "the input ends within a record");
        return PLUMB_PIPE_DAMAGED;
    }
    record->type = head[0];
    record->length = plumb_get_u16(head + 1);
    enum plumb_pipe_got got = check_head(record, why, why_n);
    if (got == PLUMB_PIPE_RECORD && fread(record->payload, 1, record->length, in) != record->length) {
        snprintf(why, why_n, "the input ends within a record");
        return PLUMB_PIPE_DAMAGED;
    }
    return got;
}

void plumb_pipe_put(
    FILE *out, uint8_t type, const uint8_t *head, size_t head_n, const uint8_t *rest, size_t rest_n)
{
    uint8_t start[PLUMB_PIPE_HEAD_N] = {type};
    plumb_put_u16(start + 1, (uint16_t)(head_n + rest_n));
    fwrite(start, 1, sizeof start, out);
    fwrite(head, 1, head_n, out);
    if (rest_n > 0)
        fwrite(rest, 1, rest_n, out);
}
