/* Which device and calibration a recording used: once through the queue, once into the tables. */
#ifndef PLUMB_KEEP_DEVICE_H
#define PLUMB_KEEP_DEVICE_H

#include "../io/load_calib.h"
#include "sql.h"

/* Room for the payload of an entry. */
#define PLUMB_KEEP_DEVICE_WORDS_N 512
#define PLUMB_KEEP_DEVICE_N       (8 + 128 + PLUMB_CALIB_FILE_N + PLUMB_KEEP_DEVICE_WORDS_N)

/* The payload: u16 length and bytes of the HELLO, of the calibration's text, and of its words. Empty where
 * there is none. Returns its length. */
size_t plumb_keep_device_put(
    uint8_t out[PLUMB_KEEP_DEVICE_N], const struct plumb_hello *hello, const struct plumb_calib_file *calib,
    const char *words);

/* Writes the payload as row `seq` of session_devices. 0 or negative. */
int plumb_keep_device_write(
    struct plumb_store *store, int64_t session_id, int64_t seq, const uint8_t *payload,
    struct plumb_message *message);

#endif
