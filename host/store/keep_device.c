#include "keep_device.h"

#include <string.h>

#include <plumb/bytes.h>
#include <plumb/payload.h>

#include "../io/store_calib.h"

static uint8_t *put_part(uint8_t *at, const void *bytes, size_t n)
{
    at = plumb_put_u16(at, (uint16_t)n);
    if (n)
        memcpy(at, bytes, n);
    return at + n;
}

/* The same device is the same row, whenever it was switched on. */
static size_t put_hello(uint8_t payload[PLUMB_PAYLOAD_N], const struct plumb_hello *hello)
{
    struct plumb_hello same = *hello;
    same.reason = same.reset = same.boot = 0;
    same.time_us = 0;
    return plumb_put_hello(payload, &same);
}

size_t plumb_keep_device_put(
    uint8_t out[PLUMB_KEEP_DEVICE_N], const struct plumb_hello *hello, const struct plumb_calib_file *calib,
    const char *words)
{
    uint8_t payload[PLUMB_PAYLOAD_N];
    char text[PLUMB_CALIB_FILE_N];
    size_t words_n = words ? strlen(words) : 0;
    if (words_n >= PLUMB_KEEP_DEVICE_WORDS_N)
        words_n = PLUMB_KEEP_DEVICE_WORDS_N - 1;
    uint8_t *at = put_part(out, payload, hello ? put_hello(payload, hello) : 0);
    at = put_part(at, text, calib && calib->present ? plumb_calib_write(calib, text) : 0);
    return (size_t)(put_part(at, words, words_n) - out);
}

struct part {
    const uint8_t *bytes;
    size_t n;
};

static const uint8_t *get_part(const uint8_t *at, struct part *part)
{
    part->n = plumb_get_u16(at);
    part->bytes = at + 2;
    return part->bytes + part->n;
}

/* The device's row, made where it is new; 0 for none. */
static int
device_id(struct plumb_store *store, const struct part *part, int64_t *id, struct plumb_message *message)
{
    struct plumb_hello hello;
    char serial[PLUMB_CALIB_TEXT_N];
    *id = 0;
    if (!part->n || plumb_get_hello(&hello, part->bytes, (uint8_t)part->n))
        return 0;
    plumb_calib_serial(hello.serial, serial);
    int fail = plumb_sql_run(
        store, message, "INSERT OR IGNORE INTO devices (serial, hello) VALUES (?, ?)", "tb", serial,
        (const void *)part->bytes, part->n);
    if (fail)
        return fail;
    int found = plumb_sql_integer(
        store, id, message, "SELECT id FROM devices WHERE hello = ?", "b", (const void *)part->bytes,
        part->n);
    return found < 0 ? found : 0;
}

static int
calibration_id(struct plumb_store *store, const struct part *part, int64_t *id, struct plumb_message *message)
{
    char text[PLUMB_CALIB_FILE_N];
    *id = 0;
    if (!part->n || part->n >= sizeof text)
        return 0;
    memcpy(text, part->bytes, part->n);
    text[part->n] = '\0';
    int fail =
        plumb_sql_run(store, message, "INSERT OR IGNORE INTO calibrations (text) VALUES (?)", "t", text);
    if (fail)
        return fail;
    int found =
        plumb_sql_integer(store, id, message, "SELECT id FROM calibrations WHERE text = ?", "t", text);
    return found < 0 ? found : 0;
}

int plumb_keep_device_write(
    struct plumb_store *store, int64_t session_id, int64_t seq, const uint8_t *payload,
    struct plumb_message *message)
{
    struct part hello, calib, words;
    int64_t device = 0, calibration = 0;
    char said[PLUMB_KEEP_DEVICE_WORDS_N];
    get_part(get_part(get_part(payload, &hello), &calib), &words);
    memcpy(said, words.bytes, words.n);
    said[words.n] = '\0';
    int fail = device_id(store, &hello, &device, message);
    if (!fail)
        fail = calibration_id(store, &calib, &calibration, message);
    if (fail)
        return fail;
    return plumb_sql_run(
        store, message,
        "INSERT INTO session_devices (session_id, seq, device_id, calibration_id, words) "
        "VALUES (?, ?, nullif(?, 0), nullif(?, 0), ?)",
        "iiiit", session_id, seq, device, calibration, said);
}
