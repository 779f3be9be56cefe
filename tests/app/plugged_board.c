#define _GNU_SOURCE /* TCGETS2 */
#include "plugged_board.h"

#include <CUnit/CUnit.h>
#include <asm/termbits.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "../emulator/driver.h"

#define GRAVITY_MPS2 9.80665
#define STEP_MS      2 /* while somebody listens */
#define IDLE_STEP_MS 10
#define SLOWNESS     2
#define GET_N        512

static void lying_flat(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N])
{
    (void)world_s;
    for (int i = 0; i < PLUMB_MOTION_IMUS_N; i++)
        felt[i] = (struct driver_felt){{0, 0, GRAVITY_MPS2}, {0, 0, 0}, 25};
}

static bool is_open(int master)
{
    struct pollfd look = {.fd = master, .events = POLLIN};
    return poll(&look, 1, 0) >= 0 && !(look.revents & POLLHUP);
}

/* The speed that whoever has the port open has set. */
static unsigned baud_of(int master)
{
    struct termios2 settings;
    return ioctl(master, TCGETS2, &settings) ? 0 : settings.c_ospeed;
}

static void follow_port(struct driver *driver, int master, bool *was_open, unsigned *was_baud)
{
    bool open = is_open(master);
    unsigned baud = baud_of(master);
    if (open && !*was_open)
        driver_fault(driver, PLUMB_FAULT_RESET, 0, true, 0);
    if (baud != *was_baud && baud >= PLUMB_BAUD_LEAST && baud <= PLUMB_BAUD_MOST)
        driver_baud(driver, baud);
    *was_open = open;
    *was_baud = baud;
}

static void carry_down(struct driver *driver, int master)
{
    uint8_t bytes[GET_N];
    ssize_t n = read(master, bytes, sizeof bytes);
    if (n > 0)
        driver_down(driver, bytes, (size_t)n);
}

/* What nobody hears is lost, and so is what finds the port's buffer full. */
static void carry_up(struct driver *driver, int master, bool open)
{
    ssize_t put = open && driver->up_n ? write(master, driver->up, driver->up_n) : 0;
    (void)put;
    driver_forget(driver);
}

/* A board of half the speed, that gives whoever speaks to it on a busy machine twice the time. What was
 * missed is not run after: a bootloader's patience would be over before anybody could speak. */
static void pass(struct timespec *until, unsigned board_ms)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    if (now.tv_sec > until->tv_sec || (now.tv_sec == until->tv_sec && now.tv_nsec > until->tv_nsec))
        *until = now;
    until->tv_nsec += (long)board_ms * SLOWNESS * 1000000;
    until->tv_sec += until->tv_nsec / 1000000000;
    until->tv_nsec %= 1000000000;
    clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, until, NULL);
}

/* Until it is ended. */
static void live(int master, const char *const *arguments)
{
    struct driver driver;
    struct timespec until;
    bool open = false;
    unsigned baud = 0;
    if (!driver_start(&driver, lying_flat, arguments))
        return;
    clock_gettime(CLOCK_MONOTONIC, &until);
    do {
        follow_port(&driver, master, &open, &baud);
        carry_down(&driver, master);
        unsigned step_ms = open ? STEP_MS : IDLE_STEP_MS;
        if (!driver_run(&driver, step_ms))
            return;
        carry_up(&driver, master, open);
        pass(&until, step_ms);
    } while (getppid() != 1);
}

void plugged_board_begin(
    const struct folder *root, struct plugged_board *board, const char *name, const char *const *arguments)
{
    fake_port_plug(root, &board->port, name, "1a86", "7523", NULL);
    close(
        open(board->port.pts, O_RDWR | O_NOCTTY)); /* from now on the master tells whether somebody listens */
    board->pid = fork();
    CU_ASSERT_TRUE_FATAL(board->pid >= 0);
    if (board->pid == 0) {
        live(board->port.master, arguments);
        _exit(1);
    }
}

void plugged_board_end(const struct folder *root, struct plugged_board *board)
{
    kill(board->pid, SIGKILL); /* its emulator ends with its input */
    waitpid(board->pid, NULL, 0);
    fake_port_pull(root, &board->port);
}
