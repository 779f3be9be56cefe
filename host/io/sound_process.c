#include "sound_process.h"

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

#define LINE_N    1024
#define NAME      "plumb-sound"
#define FINISH_MS 12000 /* the last words, and a large file */
#define LOOK_MS   20

/* posix_spawn wants writable strings and does not write to them. */
static char *argument(const char *text)
{
    return (char *)(uintptr_t)text;
}

static int spawn(struct plumb_sound_process *process, const char *program, char *const argv[], int input)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t own_group; /* Ctrl-C is for us: the last words are still said */
    if (posix_spawn_file_actions_init(&actions) || posix_spawnattr_init(&own_group))
        return ENOMEM;
    posix_spawnattr_setflags(&own_group, POSIX_SPAWN_SETPGROUP);
    posix_spawnattr_setpgroup(&own_group, 0);
    posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, STDERR_FILENO, STDOUT_FILENO);
    int error = posix_spawn(&process->pid, program, &actions, &own_group, argv, environ);
    posix_spawnattr_destroy(&own_group);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

int plumb_sound_start(
    struct plumb_sound_process *process, const struct plumb_sound_options *options,
    struct plumb_message *message)
{
    char program[PLUMB_PATH_N], volume[PLUMB_TEXT_NUMBER_N];
    int ends[2];
    *process = (struct plumb_sound_process){.socket = -1, .waits = options->file != NULL};
    if (plumb_own_program("PLUMB_SOUND", NAME, PLUMB_SOUND_BUILT, program) ||
        socketpair(AF_UNIX, SOCK_STREAM, 0, ends))
        return plumb_message_fail(message, PLUMB_FAILED, "Sound off: the program %s was not found", NAME);
    plumb_text_fixed(volume, options->volume, 3);
    char *const argv[] = {
        argument(NAME),
        argument("--volume"),
        volume,
        argument("--voice"),
        argument(options->voice),
        options->file ? argument("--file") : NULL,
        argument(options->file),
        NULL};
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int error = spawn(process, program, argv, ends[1]);
    close(ends[1]);
    process->socket = ends[0];
    if (!error)
        return 0;
    close(ends[0]);
    process->pid = 0;
    return plumb_message_fail(message, PLUMB_FAILED, "Sound off: %s: %s", program, strerror(error));
}

/* ---- telling */

static void forget(struct plumb_sound_process *process)
{
    close(process->socket);
    waitpid(process->pid, NULL, WNOHANG);
    process->pid = 0;
}

static int send_line(struct plumb_sound_process *process, const char *line)
{
    int flags = MSG_NOSIGNAL | (process->waits ? 0 : MSG_DONTWAIT);
    size_t n = strlen(line);
    while (n) {
        ssize_t sent = send(process->socket, line, n, flags);
        if (sent < 0 && errno == EINTR)
            continue;
        if (sent <= 0) {
            forget(process);
            return -1;
        }
        line += sent;
        n -= (size_t)sent;
    }
    return 0;
}

int plumb_sound_tell(struct plumb_sound_process *process, int64_t host_us, const struct plumb_heard *heard)
{
    char line[LINE_N], hz[PLUMB_TEXT_NUMBER_N], gain[PLUMB_TEXT_NUMBER_N], pan[PLUMB_TEXT_NUMBER_N];
    long long at_us = (long long)host_us;
    if (!process->pid)
        return -1;
    plumb_text_fixed(hz, heard->tone.hz, 3);
    plumb_text_fixed(gain, heard->tone.gain, 3);
    plumb_text_fixed(pan, heard->tone.pan, 3);
    if (heard->kind == PLUMB_HEARD_TONE)
        snprintf(line, sizeof line, "%lld tone %s %s %s\n", at_us, hz, gain, pan);
    else if (heard->kind == PLUMB_HEARD_SIGN)
        snprintf(line, sizeof line, "%lld sign %d\n", at_us, (int)heard->sign);
    else
        snprintf(line, sizeof line, "%lld say %d %s\n", at_us, heard->urgent, heard->text);
    return send_line(process, line);
}

/* ---- the end */

static int wait_for(pid_t pid, int *status)
{
    struct timespec look = {0, LOOK_MS * 1000000L};
    for (int passed_ms = 0; passed_ms < FINISH_MS; passed_ms += LOOK_MS) {
        if (waitpid(pid, status, WNOHANG) == pid)
            return 0;
        nanosleep(&look, NULL);
    }
    kill(pid, SIGTERM);
    return waitpid(pid, status, 0) == pid ? 0 : -1;
}

int plumb_sound_stop(struct plumb_sound_process *process, int64_t host_us)
{
    char line[64];
    int status = 0;
    if (!process->pid)
        return 0;
    snprintf(line, sizeof line, "%lld end\n", (long long)host_us);
    pid_t pid = process->pid;
    if (send_line(process, line))
        return -1;
    close(process->socket);
    process->pid = 0;
    return wait_for(pid, &status) || !WIFEXITED(status) || WEXITSTATUS(status) ? -1 : 0;
}
