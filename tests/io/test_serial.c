/* The serial source on ptys: found, read, written, pulled out, plugged in again, kept from others, never
 * late.
 */
#include <asm/ioctls.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>

#include "fake_port.h"
#include "host/io/ports.h"
#include "host/io/source.h"
#include "host/io/source_queue.h"
#include "suite.h"

#define PATIENCE    200 /* reads of 100 ms before a test gives up */
#define DIALOUT_GID 20  /* Debian */

static struct plumb_source *open_source(const char *uri)
{
    struct plumb_message message = {""};
    int fail = 0;
    struct plumb_source *source = plumb_source_open(uri, &fail, &message);
    if (!source)
        fprintf(stderr, "%s: %s\n", uri, message.text);
    CU_ASSERT_PTR_NOT_NULL_FATAL(source);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    return source;
}

/* Reads until an event of that kind comes. */
static void expect(struct plumb_source *source, enum plumb_source_event_kind kind)
{
    struct plumb_source_event event = {.kind = PLUMB_SOURCE_IDLE};
    for (int i = 0; i < PATIENCE && event.kind != kind; i++)
        CU_ASSERT_EQUAL_FATAL(plumb_source_read(source, 100000, &event), 0);
    CU_ASSERT_EQUAL_FATAL(event.kind, kind);
}

static void expect_text(struct plumb_source *source, const char *text)
{
    char got[200] = "";
    size_t n = 0;
    struct plumb_source_event event;
    for (int i = 0; i < PATIENCE && n < strlen(text); i++) {
        CU_ASSERT_EQUAL_FATAL(plumb_source_read(source, 100000, &event), 0);
        CU_ASSERT_TRUE_FATAL(n + event.bytes_n < sizeof got);
        if (event.kind == PLUMB_SOURCE_BYTES)
            memcpy(got + n, event.bytes, event.bytes_n);
        n += event.bytes_n;
    }
    CU_ASSERT_STRING_EQUAL(got, text);
}

static void put_text(const struct fake_port *port, const char *text)
{
    CU_ASSERT_EQUAL(write(port->master, text, strlen(text)), (ssize_t)strlen(text));
}

static void refused(const char *uri, int wanted, const char *sentence)
{
    struct plumb_message message = {""};
    int fail = 0;
    CU_ASSERT_PTR_NULL(plumb_source_open(uri, &fail, &message));
    CU_ASSERT_EQUAL(fail, wanted);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, sentence));
    if (!strstr(message.text, sentence))
        fprintf(stderr, "got:    %s\nwanted: %s\n", message.text, sentence);
}

static void ports_are_listed_boards_first(void)
{
    struct folder root;
    struct fake_port board, other;
    struct plumb_ports ports;
    struct plumb_message message = {""};
    fake_ports_begin(&root);
    fake_port_plug(&root, &other, "ttyACM0", "dead", "beef", NULL);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    CU_ASSERT_EQUAL_FATAL(plumb_ports_list(&ports, &message), 0);
    CU_ASSERT_EQUAL_FATAL(ports.n, 2);
    CU_ASSERT_STRING_EQUAL(ports.list[0].name, "/dev/ttyUSB0");
    CU_ASSERT_EQUAL(ports.list[0].vid, 0x1a86);
    CU_ASSERT_EQUAL(ports.list[0].pid, 0x7523);
    CU_ASSERT_STRING_EQUAL(ports.list[0].chip, "CH340");
    CU_ASSERT_STRING_EQUAL(ports.list[0].what, "USB2.0-Serial");
    CU_ASSERT_STRING_EQUAL(ports.list[0].serial, "A1");
    CU_ASSERT_TRUE(ports.list[0].usable);
    CU_ASSERT_PTR_NULL(ports.list[1].chip);
    plumb_ports_free(&ports);
    fake_port_pull(&root, &board);
    fake_port_pull(&root, &other);
    fake_ports_end(&root);
}

static void bytes_go_both_ways(void)
{
    struct folder root;
    struct fake_port board;
    char got[16] = "";
    fake_ports_begin(&root);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    struct plumb_source *source = open_source("serial:/dev/ttyUSB0?baud=115200");
    CU_ASSERT_STRING_EQUAL(plumb_source_describe(source), "CH340, USB2.0-Serial on /dev/ttyUSB0");
    put_text(&board, "hello\n\r\x03");
    expect_text(source, "hello\n\r\x03");
    CU_ASSERT_EQUAL(plumb_source_write(source, (const uint8_t *)"a\nb\r", 4), 0);
    struct pollfd wait = {.fd = board.master, .events = POLLIN};
    CU_ASSERT_EQUAL(poll(&wait, 1, 5000), 1);
    CU_ASSERT_EQUAL(read(board.master, got, sizeof got), 4);
    CU_ASSERT_STRING_EQUAL(got, "a\nb\r");
    plumb_source_close(source);
    fake_port_pull(&root, &board);
    fake_ports_end(&root);
}

static void auto_takes_the_only_board(void)
{
    struct folder root;
    struct fake_port board, other;
    fake_ports_begin(&root);
    refused("auto", PLUMB_NO_DEVICE, "no clip is plugged in");
    fake_port_plug(&root, &other, "ttyUSB0", "dead", "beef", NULL);
    fake_port_plug(&root, &board, "ttyUSB1", "2341", "0043", NULL);
    struct plumb_source *source = open_source("auto");
    put_text(&board, "here");
    expect_text(source, "here");
    plumb_source_close(source);
    fake_port_pull(&root, &board);
    fake_port_pull(&root, &other);
    fake_ports_end(&root);
}

/* A board pulled out comes back under another name, while another device has taken the old one. */
static void a_board_that_comes_back_elsewhere_is_found(void)
{
    struct folder root;
    struct fake_port board, other;
    fake_ports_begin(&root);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    struct plumb_source *source = open_source("serial:/dev/ttyUSB0");
    put_text(&board, "before");
    expect_text(source, "before");
    fake_port_pull(&root, &board);
    expect(source, PLUMB_SOURCE_GONE);
    CU_ASSERT_EQUAL(plumb_source_write(source, (const uint8_t *)"x", 1), PLUMB_LOST);
    fake_port_plug(&root, &other, "ttyUSB0", "1a86", "7523", "B2");
    fake_port_plug(&root, &board, "ttyUSB1", "1a86", "7523", "A1");
    expect(source, PLUMB_SOURCE_BACK);
    put_text(&board, "after");
    expect_text(source, "after");
    plumb_source_close(source);
    fake_port_pull(&root, &board);
    fake_port_pull(&root, &other);
    fake_ports_end(&root);
}

/* Whether opening it is barred to all but root: told to root too. */
static int is_barred(const char *name)
{
    int barred = -1, fd = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return 1;
    CU_ASSERT_EQUAL(ioctl(fd, TIOCGEXCL, &barred), 0);
    close(fd);
    return barred;
}

/* A pty, as socat or the emulated board offer it, outlives its user: the next one must get in. */
static void a_pty_is_free_again_after_its_user(void)
{
    struct fake_port board;
    char uri[80];
    fake_pty_open(&board);
    snprintf(uri, sizeof uri, "serial:%s", board.pts);
    struct plumb_source *source = open_source(uri);
    CU_ASSERT_EQUAL(is_barred(board.pts), 1);
    plumb_source_close(source);
    CU_ASSERT_EQUAL(is_barred(board.pts), 0);
    plumb_source_close(open_source(uri));
    close(board.master);
}

static void a_port_has_one_user(void)
{
    struct folder root;
    struct fake_port board;
    fake_ports_begin(&root);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    struct plumb_source *source = open_source("serial:/dev/ttyUSB0");
    refused("serial:/dev/ttyUSB0", PLUMB_FAILED, "/dev/ttyUSB0: is in use by another program; close");
    plumb_source_close(source);
    plumb_source_close(open_source("serial:/dev/ttyUSB0"));
    fake_port_pull(&root, &board);
    fake_ports_end(&root);
}

static void a_port_without_the_right_says_how_to_get_it(void)
{
    struct folder root;
    struct fake_port board;
    struct plumb_ports ports;
    fake_ports_begin(&root);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    folder_put(&root, "dev/ttyUSB0.denied", "", 0);
    if (geteuid() == 0) /* a pty of root's may be root's group's, a serial port never is */
        CU_ASSERT_EQUAL(chown(board.pts, geteuid(), DIALOUT_GID), 0);
    refused("serial:/dev/ttyUSB0", PLUMB_NO_RIGHT, "/dev/ttyUSB0: no permission; the group ");
    refused("serial:/dev/ttyUSB0", PLUMB_NO_RIGHT, "run `sudo usermod -aG ");
    refused("auto", PLUMB_NO_RIGHT, "run `sudo usermod -aG ");
    CU_ASSERT_EQUAL(plumb_ports_list(&ports, NULL), 0);
    CU_ASSERT_EQUAL(ports.n, 1);
    CU_ASSERT_FALSE(ports.list[0].usable);
    plumb_ports_free(&ports);
    fake_port_pull(&root, &board);
    fake_ports_end(&root);
}

/* As ttyS0 on a machine whose console it is. */
static void nobody_is_told_to_join_the_administrators(void)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_port_no_right("/dev/null", &message), PLUMB_NO_RIGHT);
    CU_ASSERT_STRING_EQUAL(message.text, "/dev/null: no permission; it is the administrator's alone");
}

static void a_wrong_name_is_refused(void)
{
    struct folder root;
    fake_ports_begin(&root);
    refused("serial:/dev/ttyUSB7", PLUMB_NO_DEVICE, "/dev/ttyUSB7: nothing is plugged in there");
    refused("serial:/dev/pts/99999", PLUMB_NO_DEVICE, "/dev/pts/99999: nobody is at the other end");
    refused("serial:", PLUMB_USAGE, "serial: wants a name behind the colon, found nothing");
    refused("serial:/dev/ttyUSB0?baud=fast", PLUMB_USAGE, "serial: baud wants 9600 to 2000000, found `fast`");
    refused(
        "serial:/dev/ttyUSB0?bauds=9600", PLUMB_USAGE,
        "serial: wants the options baud=, decoder=, found `bauds=9600`");
    refused("serial:/dev/ttyUSB0?baud=9600&baud=9600", PLUMB_USAGE, "found `baud=9600`");
    refused("/dev/ttyUSB0", PLUMB_USAGE, "`/dev/ttyUSB0` is no source");
    refused("usb:1", PLUMB_USAGE, "`usb:1` is no source");
    fake_ports_end(&root);
}

/* A pty named by a link, as `plumb sim --link` makes one, needs neither the shim nor libserialport. */
static void a_pty_is_read_through_a_link_that_moves(void)
{
    struct folder folder;
    struct fake_port board;
    char link[FOLDER_PATH_N], uri[FOLDER_PATH_N + 10];
    folder_make(&folder);
    folder_path(&folder, "board", link);
    snprintf(uri, sizeof uri, "serial:%s", link);
    fake_pty_open(&board);
    CU_ASSERT_EQUAL(symlink(board.pts, link), 0);
    struct plumb_source *source = open_source(uri);
    put_text(&board, "one\n");
    expect_text(source, "one\n");
    refused(uri, PLUMB_FAILED, "is in use by another program");
    close(board.master);
    expect(source, PLUMB_SOURCE_GONE);
    unlink(link);
    fake_pty_open(&board);
    CU_ASSERT_EQUAL(symlink(board.pts, link), 0);
    expect(source, PLUMB_SOURCE_BACK);
    put_text(&board, "two\n");
    expect_text(source, "two\n");
    plumb_source_close(source);
    close(board.master);
    folder_remove(&folder);
}

/* ---- a consumer that stalls ---- */

#define FRAME_N 26 /* bytes of a sample of one IMU */
#define TURNS   250
#define TURN_MS 10
#define FRAMES  (TURNS * TURN_MS * 2) /* 2 kHz */

struct writer {
    int fd;
    unsigned long refused; /* bytes that the line did not take at once: lost on a real one */
};

/* What a board sends at 2 kHz: it waits for nobody. */
static void *send_frames(void *self)
{
    struct writer *writer = self;
    uint32_t number = 0;
    for (int turn = 0; turn < TURNS; turn++) {
        uint8_t frames[TURN_MS * 2][FRAME_N] = {{0}};
        for (size_t i = 0; i < TURN_MS * 2; i++, number++)
            memcpy(frames[i], &number, sizeof number);
        ssize_t done = write(writer->fd, frames, sizeof frames);
        writer->refused += sizeof frames - (size_t)(done > 0 ? done : 0);
        nanosleep(&(struct timespec){.tv_nsec = TURN_MS * 1000000L}, NULL);
    }
    return NULL;
}

/* Takes everything and checks that each frame has the number behind the one before. */
static uint32_t count_frames(struct plumb_source *source)
{
    uint8_t frame[FRAME_N];
    size_t have = 0;
    uint32_t next = 0;
    int64_t last_us = 0;
    struct plumb_source_event event;
    for (int idle = 0; next < FRAMES && idle < 50;) {
        CU_ASSERT_EQUAL_FATAL(plumb_source_read(source, 100000, &event), 0);
        CU_ASSERT_TRUE(event.host_us >= last_us);
        last_us = event.host_us;
        idle = event.kind == PLUMB_SOURCE_BYTES ? 0 : idle + 1;
        for (size_t i = 0; i < event.bytes_n; i++) {
            uint32_t number;
            frame[have++] = event.bytes[i];
            if (have < FRAME_N)
                continue;
            memcpy(&number, frame, sizeof number);
            CU_ASSERT_EQUAL_FATAL(number, next);
            next++;
            have = 0;
        }
    }
    return next;
}

static void a_stall_of_two_seconds_loses_nothing(void)
{
    struct folder root;
    struct fake_port board;
    pthread_t thread;
    fake_ports_begin(&root);
    fake_port_plug(&root, &board, "ttyUSB0", "1a86", "7523", "A1");
    struct plumb_source *source = open_source("serial:/dev/ttyUSB0");
    struct writer writer = {.fd = board.master};
    CU_ASSERT_EQUAL_FATAL(pthread_create(&thread, NULL, send_frames, &writer), 0);
    nanosleep(&(struct timespec){.tv_sec = 2}, NULL);
    CU_ASSERT_EQUAL(count_frames(source), FRAMES);
    pthread_join(thread, NULL);
    CU_ASSERT_EQUAL(writer.refused, 0);
    CU_ASSERT_EQUAL(plumb_source_overflow(source), 0);
    plumb_source_close(source);
    fake_port_pull(&root, &board);
    fake_ports_end(&root);
}

/* ---- the queue by itself ---- */

static void a_full_queue_drops_whole_blocks_and_counts(void)
{
    static uint8_t block[5000];
    struct plumb_source_queue *queue = plumb_source_queue_new();
    struct plumb_source_event event;
    unsigned long taken = 0;
    CU_ASSERT_PTR_NOT_NULL_FATAL(queue);
    for (int i = 0; i < 300; i++) {
        memset(block, i, sizeof block);
        plumb_source_queue_put(queue, PLUMB_SOURCE_BYTES, i, block, sizeof block);
    }
    plumb_source_queue_put(queue, PLUMB_SOURCE_GONE, 300, NULL, 0);
    for (plumb_source_queue_take(queue, 0, &event); event.kind == PLUMB_SOURCE_BYTES;
         plumb_source_queue_take(queue, 0, &event)) {
        CU_ASSERT_EQUAL(event.bytes[0], (uint8_t)event.host_us);
        CU_ASSERT_EQUAL(event.bytes[4999], (uint8_t)event.host_us);
        taken += event.bytes_n;
    }
    CU_ASSERT_EQUAL(event.kind, PLUMB_SOURCE_GONE);
    CU_ASSERT_EQUAL(taken + plumb_source_queue_overflow(queue), 300 * sizeof block);
    CU_ASSERT_TRUE(taken > PLUMB_QUEUE_BYTES_N - 2 * sizeof block);
    plumb_source_queue_take(queue, 0, &event);
    CU_ASSERT_EQUAL(event.kind, PLUMB_SOURCE_IDLE);
    plumb_source_queue_free(queue);
}

/* Lengths of every kind, taken a while after they were put: the ring turns many times. */
static void the_queue_keeps_order_and_bytes(void)
{
    static uint8_t block[9000];
    struct plumb_source_queue *queue = plumb_source_queue_new();
    struct plumb_source_event event;
    unsigned put_seed = 1, take_seed = 1, waiting = 0;
    for (int i = 0; i < 20000; i++) {
        put_seed = put_seed * 1664525u + 1013904223u;
        size_t n = 1 + (put_seed >> 8) % sizeof block;
        memset(block, (int)(put_seed >> 24), n);
        plumb_source_queue_put(queue, PLUMB_SOURCE_BYTES, i, block, n);
        for (waiting++; waiting > (unsigned)(i / 200) % 100; waiting--) {
            take_seed = take_seed * 1664525u + 1013904223u;
            plumb_source_queue_take(queue, 0, &event);
            CU_ASSERT_EQUAL_FATAL(event.bytes_n, 1 + (take_seed >> 8) % sizeof block);
            CU_ASSERT_EQUAL(event.bytes[0], (uint8_t)(take_seed >> 24));
            CU_ASSERT_EQUAL(event.bytes[event.bytes_n - 1], (uint8_t)(take_seed >> 24));
        }
    }
    CU_ASSERT_EQUAL(plumb_source_queue_overflow(queue), 0);
    plumb_source_queue_free(queue);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"ports are listed, boards first", ports_are_listed_boards_first},
        {"bytes go both ways", bytes_go_both_ways},
        {"auto takes the only board", auto_takes_the_only_board},
        {"a board that comes back elsewhere is found", a_board_that_comes_back_elsewhere_is_found},
        {"a port has one user", a_port_has_one_user},
        {"a port without the right says how to get it", a_port_without_the_right_says_how_to_get_it},
        {"a pty is free again after its user", a_pty_is_free_again_after_its_user},
        {"nobody is told to join the administrators", nobody_is_told_to_join_the_administrators},
        {"a wrong name is refused", a_wrong_name_is_refused},
        {"a pty is read through a link that moves", a_pty_is_read_through_a_link_that_moves},
        {"a stall of two seconds loses nothing", a_stall_of_two_seconds_loses_nothing},
        {"a full queue drops whole blocks and counts", a_full_queue_drops_whole_blocks_and_counts},
        {"the queue keeps order and bytes", the_queue_keeps_order_and_bytes},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("serial", tests, argc, argv);
}
