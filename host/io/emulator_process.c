#include "emulator_process.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "message_fail.h"
#include "own_place.h"
#include "text_number.h"

extern char **environ;

#define ANSWER_WITHIN_MS                                                                                     \
    20000 /* a batch takes less than a millisecond; a laden machine may take its time                        \
           */
#define EMULATOR_NAME "plumb-emulator"
#define IMAGE_NAME    "firmware/plumb-firmware-atmega328p.elf"

/* ---- where things are ---- */

/* The environment, or as installed; the emulator knows by itself what was built with it. */
static int find_image(char path[PLUMB_PATH_N])
{
    const char *said = getenv("PLUMB_FIRMWARE");
    if (said && *said)
        return snprintf(path, PLUMB_PATH_N, "%s", said) < PLUMB_PATH_N ? access(path, R_OK) : -1;
    if (plumb_own_share(IMAGE_NAME, path))
        path[0] = '\0';
    return 0;
}

/* ---- starting and ending ---- */

#define ARGUMENTS_N 8

/* posix_spawn wants writable strings and does not write to them. */
static char *argument(const char *text)
{
    return (char *)(uintptr_t)text;
}

static int spawn(
    struct plumb_emulator_process *process, const char *program, char *const argv[], int child_socket,
    struct plumb_message *message)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t own_group; /* Ctrl-C is for us: we end it when we have written what there is */
    if (posix_spawn_file_actions_init(&actions) || posix_spawnattr_init(&own_group))
        return plumb_message_fail(message, PLUMB_FAILED, "no memory to start the emulator");
    posix_spawnattr_setflags(&own_group, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&own_group, 0);
    posix_spawn_file_actions_adddup2(&actions, child_socket, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, child_socket, STDOUT_FILENO);
    int error = posix_spawn(&process->pid, program, &actions, &own_group, argv, environ);
    posix_spawnattr_destroy(&own_group);
    posix_spawn_file_actions_destroy(&actions);
    if (error)
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: cannot be started: %s", program, strerror(error));
    return 0;
}

static int start(
    struct plumb_emulator_process *process, const char *program, char *const argv[],
    struct plumb_message *message)
{
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return plumb_message_fail(message, PLUMB_FAILED, "no socket for the emulator: %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    process->socket = ends[0];
    int fail = spawn(process, program, argv, ends[1], message);
    close(ends[1]);
    if (fail)
        plumb_emulator_stop(process);
    return fail;
}

int plumb_emulator_start(
    struct plumb_emulator_process *process, const struct plumb_emulator_options *options,
    struct plumb_message *message)
{
    char program[PLUMB_PATH_N], image[PLUMB_PATH_N] = "", ppm[PLUMB_TEXT_NUMBER_N];
    process->pid = 0;
    process->socket = -1;
    process->ahead_at = process->ahead_n = 0;
    if (plumb_own_program("PLUMB_EMULATOR", EMULATOR_NAME, PLUMB_EMULATOR_BUILT, program))
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE, "%s: the emulator is not there; PLUMB_EMULATOR may name it", program);
    if (options->image)
        snprintf(image, sizeof image, "%s", options->image);
    else if (find_image(image))
        return plumb_message_fail(message, PLUMB_NO_DEVICE, "%s: the firmware is not there", image);
    plumb_text_fixed(ppm, options->clock_fast * 1e6, 0);
    char *argv[ARGUMENTS_N] = {
        argument(EMULATOR_NAME),
        argument("--imus"),
        argument(options->imus_n > 1 ? "68,69" : "68"),
        argument("--board-clock-ppm"),
        ppm,
        image[0] ? argument("--image") : NULL,
        image[0] ? image : NULL,
        NULL};
    return start(process, program, argv, message);
}

void plumb_emulator_stop(struct plumb_emulator_process *process)
{
    if (process->socket >= 0)
        close(process->socket);
    process->socket = -1;
    if (process->pid <= 0)
        return;
    kill(process->pid, SIGKILL); /* it keeps nothing that could be lost */
    while (waitpid(process->pid, NULL, 0) < 0 && errno == EINTR)
        ;
    process->pid = 0;
}

/* ---- records ---- */

/* It may have closed its line a moment before it is gone. */
static int gone(struct plumb_emulator_process *process, int *status)
{
    const struct timespec moment = {0, 10 * 1000 * 1000};
    for (int i = 0; process->pid > 0 && i < 20; i++) {
        if (waitpid(process->pid, status, WNOHANG) == process->pid)
            return 1;
        nanosleep(&moment, NULL);
    }
    return 0;
}

static int lost(struct plumb_emulator_process *process, const char *how, struct plumb_message *message)
{
    int status = 0;
    if (gone(process, &status)) {
        process->pid = 0;
        if (WIFSIGNALED(status))
            return plumb_message_fail(
                message, PLUMB_LOST, "the emulated board: the emulator died of signal %d", WTERMSIG(status));
        return plumb_message_fail(
            message, PLUMB_FAILED, "the emulated board ended (code %d); its own line says why",
            WEXITSTATUS(status));
    }
    return plumb_message_fail(message, PLUMB_LOST, "the emulated board: %s", how);
}

static int await(struct plumb_emulator_process *process, short what, struct plumb_message *message)
{
    struct pollfd waiting = {process->socket, what, 0};
    int ready;
    do
        ready = poll(&waiting, 1, ANSWER_WITHIN_MS);
    while (ready < 0 && errno == EINTR);
    return ready > 0 ? 0 : lost(process, "the emulator does not answer", message);
}

int plumb_emulator_send(
    struct plumb_emulator_process *process, const uint8_t *bytes, size_t n, struct plumb_message *message)
{
    while (n > 0) {
        int fail = await(process, POLLOUT, message);
        if (fail)
            return fail;
        ssize_t sent = send(process->socket, bytes, n, MSG_NOSIGNAL);
        if (sent < 0 && errno != EINTR)
            return lost(process, "the emulator has closed its line", message);
        bytes += sent > 0 ? sent : 0;
        n -= sent > 0 ? (size_t)sent : 0;
    }
    return 0;
}

static int more(struct plumb_emulator_process *process, struct plumb_message *message)
{
    int fail = await(process, POLLIN, message);
    if (fail)
        return fail;
    ssize_t n = recv(process->socket, process->ahead, sizeof process->ahead, 0);
    if (n < 0 && errno == EINTR)
        return 0;
    if (n <= 0)
        return lost(process, "the emulator has closed its line", message);
    process->ahead_at = 0;
    process->ahead_n = (size_t)n;
    return 0;
}

static int
take(struct plumb_emulator_process *process, uint8_t *into, size_t n, struct plumb_message *message)
{
    while (n > 0) {
        size_t there = process->ahead_n - process->ahead_at;
        if (!there) {
            int fail = more(process, message);
            if (fail)
                return fail;
            continue;
        }
        size_t now = n < there ? n : there;
        memcpy(into, process->ahead + process->ahead_at, now);
        process->ahead_at += now;
        into += now;
        n -= now;
    }
    return 0;
}

int plumb_emulator_receive(
    struct plumb_emulator_process *process, const uint8_t **payload, size_t *n, struct plumb_message *message)
{
    int fail = take(process, process->in, PLUMB_PIPE_HEAD_N, message);
    if (fail)
        return fail;
    *n = plumb_get_u16(process->in + 1);
    *payload = process->in + PLUMB_PIPE_HEAD_N;
    if (*n > PLUMB_PIPE_PAYLOAD_N)
        return plumb_message_fail(message, PLUMB_LOST, "the emulated board: a record of %zu bytes", *n);
    fail = take(process, process->in + PLUMB_PIPE_HEAD_N, *n, message);
    return fail ? fail : process->in[0];
}
