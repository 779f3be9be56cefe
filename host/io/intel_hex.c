#include "intel_hex.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message_fail.h"

enum record_type { DATA = 0, END_OF_FILE = 1, START_SEGMENT = 3, START_LINEAR = 5 };

enum {
    HEAD_N = 4,        /* length, address, type */
    RECORD_LEAST = 5,  /* and the sum */
    RECORD_MOST = 260, /* 255 bytes of data */
    WRITTEN_N = 16,    /* bytes of data in a record that we write */
    WRITTEN_CHARS = 2 * (WRITTEN_N + RECORD_LEAST) + 2,
};

struct reader {
    struct plumb_program *program;
    const char *name;
    struct plumb_message *message;
    size_t room_n;
    unsigned line;
    int ended;
    size_t filled_n;
    uint8_t filled[PLUMB_FLASH_MOST_N / 8]; /* a bit a byte */
};

/* ---- one record ---- */

static int digit(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* The bytes behind the colon; how many, or -1 for what is no record. */
static int decode(const char *at, size_t n, uint8_t record[RECORD_MOST])
{
    int bytes_n = 0;
    if (n < 1 + 2 * RECORD_LEAST || n > 1 + 2 * RECORD_MOST || n % 2 == 0 || *at != ':')
        return -1;
    for (size_t i = 1; i < n; i += 2) {
        int high = digit(at[i]), low = digit(at[i + 1]);
        if (high < 0 || low < 0)
            return -1;
        record[bytes_n++] = (uint8_t)(high << 4 | low);
    }
    return bytes_n == record[0] + RECORD_LEAST ? bytes_n : -1;
}

static int is_sum_right(const uint8_t *record, int n)
{
    uint8_t sum = 0;
    for (int i = 0; i < n; i++)
        sum = (uint8_t)(sum + record[i]);
    return sum == 0;
}

static int damaged(const struct reader *reader, const char *what)
{
    return plumb_message_fail(reader->message, PLUMB_DAMAGED, "%s:%u: %s", reader->name, reader->line, what);
}

static int put_byte(struct reader *reader, size_t at, uint8_t byte)
{
    uint8_t bit = (uint8_t)(1u << at % 8);
    if (reader->filled[at / 8] & bit)
        return damaged(reader, "gives a byte that an earlier line gave already");
    reader->filled[at / 8] |= bit;
    reader->program->bytes[at] = byte;
    reader->filled_n++;
    if (at >= reader->program->n)
        reader->program->n = at + 1;
    return 0;
}

static int take_data(struct reader *reader, const uint8_t *record)
{
    size_t at = (size_t)record[1] << 8 | record[2];
    int fail = 0;
    if (at + record[0] > reader->room_n)
        return plumb_message_fail(
            reader->message, PLUMB_DAMAGED, "%s:%u: goes beyond the %zu bytes that a program may have here",
            reader->name, reader->line, reader->room_n);
    for (size_t i = 0; i < record[0] && !fail; i++)
        fail = put_byte(reader, at + i, record[HEAD_N + i]);
    return fail;
}

static int take_record(struct reader *reader, const uint8_t *record)
{
    switch ((enum record_type)record[3]) {
    case DATA:
        return take_data(reader, record);
    case END_OF_FILE:
        reader->ended = 1;
        return record[0] ? damaged(reader, "the end of the file holds data") : 0;
    case START_SEGMENT:
    case START_LINEAR: /* an AVR starts at 0 whatever it says */
        return record[0] == 4 ? 0 : damaged(reader, "the start address wants 4 bytes");
    default:
        return plumb_message_fail(
            reader->message, PLUMB_DAMAGED, "%s:%u: a record of type %u has no place on this chip",
            reader->name, reader->line, record[3]);
    }
}

/* ---- all of them ---- */

static int take_line(struct reader *reader, const char *at, size_t n)
{
    uint8_t record[RECORD_MOST];
    if (n && at[n - 1] == '\r')
        n--;
    if (n == 0)
        return 0;
    if (reader->ended)
        return damaged(reader, "nothing may follow the end of the file");
    int record_n = decode(at, n, record);
    if (record_n < 0)
        return damaged(
            reader, "wants a record of Intel HEX: a colon, then pairs of digits as many as it says");
    if (!is_sum_right(record, record_n))
        return damaged(reader, "the sum does not match: the line was changed");
    return take_record(reader, record);
}

static int take_lines(struct reader *reader, const char *text, size_t n)
{
    int fail = 0;
    for (const char *end = text + n; text < end && !fail;) {
        const char *stop = memchr(text, '\n', (size_t)(end - text));
        stop = stop ? stop : end;
        reader->line++;
        fail = take_line(reader, text, (size_t)(stop - text));
        text = stop < end ? stop + 1 : end;
    }
    return fail;
}

static int check_whole(const struct reader *reader)
{
    if (!reader->ended)
        return plumb_message_fail(
            reader->message, PLUMB_DAMAGED, "%s: breaks off before its end: fetch or build it again",
            reader->name);
    if (!reader->program->n)
        return plumb_message_fail(reader->message, PLUMB_DAMAGED, "%s: holds no program", reader->name);
    if (reader->filled_n != reader->program->n)
        return plumb_message_fail(
            reader->message, PLUMB_DAMAGED, "%s: has a hole: %zu of %zu bytes from address 0 are missing",
            reader->name, reader->program->n - reader->filled_n, reader->program->n);
    return 0;
}

int plumb_intel_hex_read(
    struct plumb_program *program, const char *text, size_t n, size_t room_n, const char *name,
    struct plumb_message *message)
{
    struct reader reader = {.program = program, .name = name, .message = message, .room_n = room_n};
    memset(program, 0, sizeof *program);
    if (room_n > PLUMB_FLASH_MOST_N)
        reader.room_n = PLUMB_FLASH_MOST_N;
    int fail = take_lines(&reader, text, n);
    return fail ? fail : check_whole(&reader);
}

/* ---- an AVR's start ---- */

#define NO_JUMP SIZE_MAX

static unsigned word_at(const struct plumb_program *program, size_t at)
{
    return program->bytes[at] | (unsigned)program->bytes[at + 1] << 8;
}

/* Where the instruction leads: JMP k is 1001 010k kkkk 110k and a second word, RJMP k is 1100 kkkk kkkk kkkk
 * (AVR instruction set manual). */
static size_t jump_target(const struct plumb_program *program, size_t at)
{
    unsigned word = word_at(program, at);
    if ((word & 0xFE0Eu) == 0x940Cu)
        return 2 * ((size_t)(word & 1u) << 16 | word_at(program, at + 2));
    if ((word & 0xF000u) != 0xC000u)
        return NO_JUMP;
    int distance = (int)(word & 0x0FFFu);
    if (distance >= 0x800)
        distance -= 0x1000;
    long target = (long)at + 2 + 2L * distance;
    return target < 0 ? NO_JUMP : (size_t)target;
}

int plumb_program_check_avr(
    const struct plumb_program *program, size_t vectors_n, const char *name, struct plumb_message *message)
{
    size_t table_n = 4 * vectors_n;
    int good = program->n > table_n;
    for (size_t i = 0; i < vectors_n && good; i++) {
        size_t target = jump_target(program, 4 * i);
        good = target < program->n && (i > 0 || target >= table_n);
    }
    return good ? 0
                : plumb_message_fail(
                      message, PLUMB_DAMAGED,
                      "%s: is no program for this chip: it does not begin with a table of jumps", name);
}

/* ---- writing ---- */

static size_t write_record(char *out, uint8_t type, size_t at, const uint8_t *bytes, size_t n)
{
    unsigned sum = (unsigned)n + (unsigned)(at >> 8) + (unsigned)at + type;
    int used = sprintf(out, ":%02X%04X%02X", (unsigned)n, (unsigned)at, type);
    for (size_t i = 0; i < n; i++) {
        used += sprintf(out + used, "%02X", bytes[i]);
        sum += bytes[i];
    }
    return (size_t)(used + sprintf(out + used, "%02X\n", (0u - sum) & 0xFFu));
}

char *plumb_intel_hex_write(const struct plumb_program *program, size_t *n)
{
    size_t records_n = program->n / WRITTEN_N + 2;
    char *out = malloc(records_n * WRITTEN_CHARS + 1);
    *n = 0;
    for (size_t at = 0; out && at < program->n; at += WRITTEN_N) {
        size_t left_n = program->n - at;
        *n += write_record(out + *n, DATA, at, program->bytes + at, left_n < WRITTEN_N ? left_n : WRITTEN_N);
    }
    if (out)
        *n += write_record(out + *n, END_OF_FILE, 0, NULL, 0);
    return out;
}
