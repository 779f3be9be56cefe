/* A recording: the loop puts entries into one queue, the thread takes the whole queue about every second and
 * commits it.
 *
 *   loop     put, put, put ...      (holds the lock for a copy of some bytes)
 *                    | swap
 *   thread   sleeps -+-> batch -> commit -> sleeps        fails: SQLITE_BUSY is tried again with the same
 *                                                         batch, anything else ends the writing for good
 */
#include "keep.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../io/message_fail.h"
#include "keep_begin.h"
#include "keep_device.h"
#include "keep_write.h"
#include "lock.h"
#include "recover.h"
#include "uuid.h"

#define COMMIT_MS 750                        /* with the commit itself at most the last second is lost */
#define CACHE     "PRAGMA cache_size = -256" /* KiB: what is written once is not read again */
#define EARLY_N   (1u << 20)                 /* so many bytes are written before their time */
#define TRIES_N   12                         /* for the last batch, while another program holds the store */

struct plumb_keep {
    int64_t session_id, begun_us;
    int waits;
    int lock; /* descriptor */
    char *path, uuid[PLUMB_UUID_N];
    pthread_t thread;
    struct plumb_keep_writer writer; /* the thread's */
    /* between loop and thread, under the mutex */
    pthread_mutex_t mutex;
    pthread_cond_t wake, emptied;
    struct plumb_keep_queue filling;
    int ending;
    char how[64];
    int fail; /* of the first failure */
    struct plumb_message message;
};

/* ---- the thread */

static void fail_for_good(struct plumb_keep *keep, int fail, const struct plumb_message *message)
{
    pthread_mutex_lock(&keep->mutex);
    if (!keep->fail) {
        keep->fail = fail;
        keep->message = *message;
    }
    pthread_cond_broadcast(&keep->emptied);
    pthread_mutex_unlock(&keep->mutex);
}

static struct timespec in_ms(int ms)
{
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    int64_t ns = (int64_t)at.tv_nsec + (int64_t)ms * 1000000;
    at.tv_sec += (time_t)(ns / 1000000000);
    at.tv_nsec = (long)(ns % 1000000000);
    return at;
}

/* Empties `batch`, sleeps until there is a reason to write, and takes what is there. Returns whether it is
 * the last one. */
static int take_batch(struct plumb_keep *keep, struct plumb_keep_queue *batch)
{
    struct timespec until = in_ms(COMMIT_MS);
    plumb_keep_queue_clear(batch);
    pthread_mutex_lock(&keep->mutex);
    while (!keep->ending && keep->filling.n < EARLY_N &&
           pthread_cond_timedwait(&keep->wake, &keep->mutex, &until) == 0)
        continue;
    struct plumb_keep_queue taken = keep->filling;
    keep->filling = *batch;
    *batch = taken;
    int last = keep->ending;
    pthread_cond_broadcast(&keep->emptied);
    pthread_mutex_unlock(&keep->mutex);
    return last;
}

/* Writes a batch; one that another program keeps from the store is tried again. */
static int write_batch(struct plumb_keep *keep, const struct plumb_keep_queue *batch, const char *how)
{
    int fail = 0;
    for (int i = 0; i < TRIES_N; i++) {
        struct plumb_message message = {""};
        fail = plumb_keep_writer_batch(&keep->writer, batch, how, &message);
        int busy = fail && (sqlite3_errcode(keep->writer.store->db) & 0xff) == SQLITE_BUSY;
        if (fail && (!busy || i + 1 == TRIES_N))
            fail_for_good(keep, fail, &message);
        if (!busy)
            break;
    }
    return fail;
}

/* The end is written down even where the recording broke off, as far as that still goes; where it does not,
 * the next opening of the store does it. */
static void say_broken(struct plumb_keep *keep)
{
    struct plumb_keep_queue nothing = {0};
    plumb_keep_writer_batch(&keep->writer, &nothing, "incomplete: it could not be written", NULL);
}

static void *write_all(void *context)
{
    struct plumb_keep *keep = context;
    struct plumb_keep_queue batch = {0};
    int last = 0, fail = 0;
    while (!last) {
        last = take_batch(keep, &batch);
        if (!fail && (batch.n || last))
            fail = write_batch(keep, &batch, last ? keep->how : NULL);
        if (fail && last)
            say_broken(keep);
    }
    plumb_keep_queue_free(&batch);
    return NULL;
}

/* ---- begin */

static int start_thread(struct plumb_keep *keep, struct plumb_message *message)
{
    pthread_condattr_t monotonic;
    pthread_mutex_init(&keep->mutex, NULL);
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&keep->wake, &monotonic);
    pthread_cond_init(&keep->emptied, &monotonic);
    pthread_condattr_destroy(&monotonic);
    if (pthread_create(&keep->thread, NULL, write_all, keep) == 0)
        return 0;
    return plumb_message_fail(message, PLUMB_FAILED, "no thread for recording");
}

static int open_store(struct plumb_keep *keep, const char *path, struct plumb_message *message)
{
    struct plumb_store *store;
    keep->lock = -1;
    int fail = plumb_store_connect(&store, path, message);
    if (fail)
        return fail;
    keep->writer.store = store;
    if (plumb_sql_script(store, message, CACHE))
        return PLUMB_FAILED;
    keep->path = strdup(store->path);
    if (!keep->path || plumb_uuid_make(keep->uuid))
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    keep->lock = plumb_lock_take(keep->path, keep->uuid, message);
    return keep->lock < 0 ? keep->lock : 0;
}

static int begin(struct plumb_keep *keep, const struct plumb_keep_begin *how, struct plumb_message *message)
{
    int fail = open_store(keep, how->store, message);
    if (fail)
        return fail;
    keep->waits = how->waits;
    keep->session_id = plumb_keep_begin_session(keep->writer.store, how, keep->uuid, message);
    if (keep->session_id < 0)
        return (int)keep->session_id;
    fail = plumb_keep_writer_init(&keep->writer, keep->writer.store, keep->session_id, message);
    return fail ? fail : start_thread(keep, message);
}

static void free_all(struct plumb_keep *keep)
{
    plumb_keep_writer_free(&keep->writer);
    plumb_keep_queue_free(&keep->filling);
    if (keep->path && keep->lock >= 0)
        plumb_lock_release(keep->lock, keep->path, keep->uuid);
    free(keep->path);
    free(keep);
}

struct plumb_keep *
plumb_keep_begin(const struct plumb_keep_begin *how, int *fail, struct plumb_message *message)
{
    struct plumb_keep *keep = calloc(1, sizeof *keep);
    *fail = keep ? begin(keep, how, message) : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    if (!*fail)
        return keep;
    if (keep)
        free_all(keep);
    return NULL;
}

int64_t plumb_keep_session(const struct plumb_keep *keep)
{
    return keep->session_id;
}

/* ---- the loop's side */

static int too_slow(struct plumb_keep *keep)
{
    return plumb_message_fail(
        &keep->message, PLUMB_FAILED, "%s: the disk does not keep up with the recording", keep->path);
}

static int put(struct plumb_keep *keep, const struct plumb_keep_entry *entry)
{
    pthread_mutex_lock(&keep->mutex);
    while (keep->waits && !keep->fail && keep->filling.n > 2 * EARLY_N)
        pthread_cond_wait(&keep->emptied, &keep->mutex);
    if (!keep->fail && plumb_keep_queue_put(&keep->filling, entry))
        keep->fail = too_slow(keep);
    int fail = keep->fail;
    if (keep->filling.n >= EARLY_N)
        pthread_cond_signal(&keep->wake);
    pthread_mutex_unlock(&keep->mutex);
    return fail;
}

int plumb_keep_bytes(struct plumb_keep *keep, int64_t host_us, const uint8_t *bytes, size_t n)
{
    struct plumb_keep_entry entry = {PLUMB_KEEP_BYTES, host_us, 0, bytes, n};
    return put(keep, &entry);
}

int plumb_keep_sample(struct plumb_keep *keep, int64_t host_us, const struct plumb_sample *sample)
{
    struct plumb_keep_entry entry = {
        PLUMB_KEEP_SAMPLE, host_us, sample->t_s, (const uint8_t *)sample, sizeof *sample};
    return put(keep, &entry);
}

int plumb_keep_mark(struct plumb_keep *keep, double t_s, const char *text)
{
    struct plumb_keep_entry entry = {PLUMB_KEEP_MARK, 0, t_s, (const uint8_t *)text, strlen(text)};
    return put(keep, &entry);
}

int plumb_keep_device(
    struct plumb_keep *keep, int64_t host_us, const struct plumb_hello *hello,
    const struct plumb_calib_file *calib, const char *words)
{
    uint8_t payload[PLUMB_KEEP_DEVICE_N];
    size_t n = plumb_keep_device_put(payload, hello, calib, words);
    struct plumb_keep_entry entry = {PLUMB_KEEP_DEVICE, host_us, 0, payload, n};
    return put(keep, &entry);
}

int plumb_keep_restart(struct plumb_keep *keep, int64_t host_us)
{
    struct plumb_keep_entry entry = {PLUMB_KEEP_RESTART, host_us, 0, NULL, 0};
    return put(keep, &entry);
}

int plumb_keep_line(struct plumb_keep *keep, int64_t host_us, int is_header, const char *text, size_t n)
{
    struct plumb_keep_entry entry = {
        is_header ? PLUMB_KEEP_HEADER : PLUMB_KEEP_ROW, host_us, 0, (const uint8_t *)text, n};
    return put(keep, &entry);
}

const char *plumb_keep_message(const struct plumb_keep *keep)
{
    return keep->message.text; /* written once; whoever saw a negative answer sees it whole */
}

int plumb_keep_end(struct plumb_keep *keep, const char *ended, struct plumb_message *message)
{
    if (!keep)
        return 0;
    pthread_mutex_lock(&keep->mutex);
    keep->ending = 1;
    strncat(keep->how, ended, sizeof keep->how - 1);
    pthread_cond_signal(&keep->wake);
    pthread_mutex_unlock(&keep->mutex);
    pthread_join(keep->thread, NULL);
    int fail = keep->fail;
    if (fail)
        plumb_message_fail(message, fail, "%s", keep->message.text);
    pthread_mutex_destroy(&keep->mutex);
    pthread_cond_destroy(&keep->wake);
    pthread_cond_destroy(&keep->emptied);
    free_all(keep);
    return fail;
}
