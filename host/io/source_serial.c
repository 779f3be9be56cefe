/* A serial line as a source. A thread reads it into the queue and never waits for whoever takes from there;
 * when the device is pulled out it goes on looking for it ten times a second.
 *
 * Bytes are gathered for a few milliseconds, so that a core has its peace; each block carries the moment it
 * was read, and the clock map looks at the least late ones only.
 */
#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "message_fail.h"
#include "source_kind.h"
#include "source_line.h"
#include "source_queue.h"
#include "source_uri.h"
#include "text_number.h"

#define BAUD_DEFAULT 500000 /* exact on a 16 MHz AVR (EMULATION, "Link") */
#define BAUD_LEAST   9600
#define BAUD_MOST    2000000
#define GATHER_MS    5    /* 200 wake-ups a second at most: well under a percent of a core */
#define LOOK_MS      100  /* for a device that is away */
#define QUIET_MS     1000 /* a silent line is looked after as often as that */
#define WRITE_MS     200 /* a command is a few dozen bytes: a line that does not take them by then is stuck */
#define BLOCK_N      8192 /* above what a tty's buffer of 4096 bytes can hold */

struct serial {
    struct plumb_source_queue *queue;
    pthread_t thread;
    int stop_pipe[2]; /* closing its writing end ends every wait of the thread */
    atomic_bool stopping;
    pthread_mutex_t lock; /* of line, while it is opened or closed and while it is written to */
    struct plumb_line line;
    char describe[PLUMB_LINE_NAME_N + 300];
};

/* ---- the reader thread ---- */

/* Waits for bytes, for the end of the thread, or for wait_ms. Returns the line's poll events. */
static short wait_line(struct serial *serial, int fd, int wait_ms)
{
    struct pollfd waits[2] = {{.fd = serial->stop_pipe[0], .events = POLLIN}, {.fd = fd, .events = POLLIN}};
    if (poll(waits, 2, wait_ms) < 0)
        return 0;
    return waits[1].revents;
}

static void pause_ms(struct serial *serial, int ms)
{
    struct pollfd stop = {.fd = serial->stop_pipe[0], .events = POLLIN};
    poll(&stop, 1, ms);
}

/* Ready but nothing to read: a line that is there still tells how much waits, one that was pulled out fails
 * (EMULATION, "Unplugging"). */
static bool is_gone(int fd)
{
    int waiting;
    return ioctl(fd, FIONREAD, &waiting) != 0;
}

static void lose_line(struct serial *serial)
{
    pthread_mutex_lock(&serial->lock);
    plumb_line_close(&serial->line);
    pthread_mutex_unlock(&serial->lock);
    plumb_source_queue_put(serial->queue, PLUMB_SOURCE_GONE, plumb_source_now_us(), NULL, 0);
}

/* One wake-up of an open line. */
static void read_line(struct serial *serial)
{
    uint8_t bytes[BLOCK_N];
    int fd = serial->line.fd;
    short events = wait_line(serial, fd, QUIET_MS);
    if (!events || serial->stopping)
        return;
    ssize_t n = read(fd, bytes, sizeof bytes);
    if (n > 0)
        plumb_source_queue_put(serial->queue, PLUMB_SOURCE_BYTES, plumb_source_now_us(), bytes, (size_t)n);
    else if (
        (events & (POLLHUP | POLLERR | POLLNVAL)) || (n < 0 && errno != EAGAIN && errno != EINTR) ||
        is_gone(fd)) {
        lose_line(serial);
        return;
    }
    pause_ms(serial, GATHER_MS);
}

static void look_for_line(struct serial *serial)
{
    pause_ms(serial, LOOK_MS);
    if (serial->stopping)
        return;
    pthread_mutex_lock(&serial->lock);
    int fail = plumb_line_open(&serial->line, NULL);
    pthread_mutex_unlock(&serial->lock);
    if (!fail)
        plumb_source_queue_put(serial->queue, PLUMB_SOURCE_BACK, plumb_source_now_us(), NULL, 0);
}

static void *run(void *self)
{
    struct serial *serial = self;
    while (!serial->stopping)
        if (serial->line.fd >= 0)
            read_line(serial);
        else
            look_for_line(serial);
    return NULL;
}

/* ---- opening and closing ---- */

static int read_options(const struct plumb_source_uri *uri, int *baud, struct plumb_message *message)
{
    const char *text = plumb_source_uri_option(uri, "baud");
    const char *decoder = plumb_source_uri_option(uri, "decoder");
    double value = BAUD_DEFAULT;
    if (decoder && strcmp(decoder, "plumb"))
        return plumb_message_fail(
            message, PLUMB_USAGE, "serial: decoder wants plumb, the only one so far, found `%s`", decoder);
    if (text && (!plumb_text_is_number(text, &value) || value < BAUD_LEAST || value > BAUD_MOST ||
                 value != (double)(int)value))
        return plumb_message_fail(
            message, PLUMB_USAGE, "serial: baud wants %d to %d, found `%s`", BAUD_LEAST, BAUD_MOST, text);
    *baud = (int)value;
    return 0;
}

static void serial_close(void *self)
{
    struct serial *serial = self;
    serial->stopping = true;
    close(serial->stop_pipe[1]);
    pthread_join(serial->thread, NULL);
    close(serial->stop_pipe[0]);
    plumb_line_close(&serial->line);
    plumb_source_queue_free(serial->queue);
    pthread_mutex_destroy(&serial->lock);
    free(serial);
}

/* The thread and what it needs. */
static int start(struct serial *serial, struct plumb_message *message)
{
    serial->queue = plumb_source_queue_new();
    if (!serial->queue || pipe(serial->stop_pipe))
        return plumb_message_fail(message, PLUMB_FAILED, "serial: out of memory");
    pthread_mutex_init(&serial->lock, NULL);
    if (!pthread_create(&serial->thread, NULL, run, serial))
        return 0;
    close(serial->stop_pipe[0]);
    close(serial->stop_pipe[1]);
    return plumb_message_fail(message, PLUMB_FAILED, "serial: no thread can be started");
}

static int open_line(struct serial *serial, const struct plumb_source_uri *uri, struct plumb_message *message)
{
    int baud = BAUD_DEFAULT, fail = read_options(uri, &baud, message);
    if (!fail)
        fail = plumb_line_init(&serial->line, uri->path, baud, message);
    if (!fail)
        fail = plumb_line_open(&serial->line, message);
    snprintf(
        serial->describe, sizeof serial->describe, "%s%s",
        serial->line.what[0] ? serial->line.what : "board on ", serial->line.name);
    return fail;
}

static void *serial_open(const char *rest, int *fail, struct plumb_message *message)
{
    static const char *const keys[] = {"baud", "decoder", NULL};
    struct plumb_source_uri uri;
    *fail = plumb_source_uri_parse(&uri, "serial", rest, keys, message);
    if (*fail)
        return NULL;
    struct serial *serial = calloc(1, sizeof *serial);
    if (!serial) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "serial: out of memory");
        return NULL;
    }
    *fail = open_line(serial, &uri, message);
    if (!*fail && (*fail = start(serial, message)))
        plumb_line_close(&serial->line);
    if (!*fail)
        return serial;
    plumb_source_queue_free(serial->queue);
    free(serial);
    return NULL;
}

/* ---- for who uses it ---- */

static int serial_read(void *self, int64_t wait_us, struct plumb_source_event *event)
{
    plumb_source_queue_take(((struct serial *)self)->queue, wait_us, event);
    return 0;
}

static int write_all(int fd, const uint8_t *bytes, size_t n)
{
    int64_t until_us = plumb_source_now_us() + WRITE_MS * 1000;
    while (n) {
        ssize_t done = write(fd, bytes, n);
        if (done < 0 && errno != EAGAIN && errno != EINTR)
            return PLUMB_LOST;
        bytes += done > 0 ? done : 0;
        n -= done > 0 ? (size_t)done : 0;
        int64_t left_ms = (until_us - plumb_source_now_us()) / 1000;
        struct pollfd room = {.fd = fd, .events = POLLOUT};
        if (n && (left_ms <= 0 || poll(&room, 1, (int)left_ms) == 0))
            return PLUMB_LOST;
    }
    return 0;
}

static int serial_write(void *self, const uint8_t *bytes, size_t n)
{
    struct serial *serial = self;
    pthread_mutex_lock(&serial->lock);
    int fail = serial->line.fd >= 0 ? write_all(serial->line.fd, bytes, n) : PLUMB_LOST;
    pthread_mutex_unlock(&serial->lock);
    return fail;
}

static const char *serial_describe(const void *self)
{
    return ((const struct serial *)self)->describe;
}

static const char *serial_message(const void *self)
{
    (void)self; /* a line that is away is looked for without end */
    return "";
}

static unsigned long serial_overflow(const void *self)
{
    return plumb_source_queue_overflow(((const struct serial *)self)->queue);
}

const struct plumb_source_kind plumb_source_serial = {
    "serial",       "a board on a serial port: serial:PORT[?baud=N]",
    serial_open,    serial_read,
    serial_write,   serial_describe,
    serial_message, serial_overflow,
    serial_close,   NULL,
};
