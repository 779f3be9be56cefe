#include "avrdude.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "message_fail.h"

extern char **environ;

#define NAME      "avrdude"
#define IMAGE_FD  3                 /* where the child finds the image */
#define IMAGE     "/proc/self/fd/3" /* opened anew each time, so that it can be read twice */
#define LOOK_MS   250
#define SILENT_MS 30000 /* of avrdude itself, which waits 5 s for a board at most */
#define MISSING   "avrdude is not installed: run `sudo apt-get install avrdude`"

struct child {
    pid_t pid;
    int out; /* what it says */
};

/* ---- is it there ---- */

int plumb_avrdude_find(struct plumb_message *message)
{
    const char *path = getenv("PATH");
    char file[4096];
    for (const char *at = path ? path : "", *end; *at; at = *end ? end + 1 : end) {
        end = at + strcspn(at, ":");
        int n = snprintf(file, sizeof file, "%.*s/" NAME, (int)(end - at), at);
        if (end > at && n < (int)sizeof file && access(file, X_OK) == 0)
            return 0;
    }
    return plumb_message_fail(message, PLUMB_FAILED, MISSING);
}

/* ---- starting ---- */

/* posix_spawn wants writable strings and does not write to them. */
static char *argument(const char *text)
{
    return (char *)(uintptr_t)text;
}

static int spawn(struct child *child, char *const argv[], int out, int image)
{
    posix_spawn_file_actions_t actions;
    if (posix_spawn_file_actions_init(&actions))
        return ENOMEM;
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
    posix_spawn_file_actions_adddup2(&actions, image, IMAGE_FD);
    int error = posix_spawnp(&child->pid, NAME, &actions, NULL, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

static int
start(struct child *child, const struct plumb_avrdude_job *job, int image, struct plumb_message *message)
{
    char baud[16];
    int ends[2];
    snprintf(baud, sizeof baud, "%d", job->board->baud);
    char *const argv[] = {
        argument(NAME),
        argument("-p"),
        argument(job->board->part),
        argument("-c"),
        argument(job->board->programmer),
        argument("-P"),
        argument(job->port),
        argument("-b"),
        baud,
        argument("-D"),
        argument("-U"),
        argument("flash:w:" IMAGE ":i"),
        NULL};
    if (pipe(ends))
        return plumb_message_fail(message, PLUMB_FAILED, NAME ": %s", strerror(errno));
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    int error = spawn(child, argv, ends[1], image);
    close(ends[1]);
    child->out = ends[0];
    if (!error)
        return 0;
    close(ends[0]);
    return plumb_message_fail(
        message, PLUMB_FAILED, error == ENOENT ? MISSING : NAME ": cannot be started: %s", strerror(error));
}

/* The program in a file without a name. NULL with message. */
static FILE *lay_out(const struct plumb_program *program, struct plumb_message *message)
{
    size_t n = 0;
    char *text = plumb_intel_hex_write(program, &n);
    FILE *file = text ? tmpfile() : NULL;
    if (file && (fwrite(text, 1, n, file) != n || fflush(file))) {
        fclose(file);
        file = NULL;
    }
    free(text);
    if (!file)
        plumb_message_fail(message, PLUMB_FAILED, "no room for a temporary file: %s", strerror(errno));
    return file;
}

/* ---- listening ---- */

/* Its next words. 1, 0 where it said nothing for a moment, -1 at its end. */
static int hear(const struct child *child, struct plumb_avrdude_talk *talk)
{
    char text[512];
    struct pollfd wait = {.fd = child->out, .events = POLLIN};
    if (poll(&wait, 1, LOOK_MS) <= 0)
        return 0;
    ssize_t n = read(child->out, text, sizeof text);
    if (n <= 0)
        return n < 0 && errno == EINTR ? 0 : -1;
    plumb_avrdude_talk_feed(talk, text, (size_t)n);
    return 1;
}

/* Until it ends, falls silent, or has called the bootloader often enough. A port that was pulled out it would
 * read for ever. */
static void
listen_to(const struct child *child, const struct plumb_avrdude_job *job, struct plumb_avrdude_talk *talk)
{
    int silent_ms = 0, heard;
    while ((heard = hear(child, talk)) >= 0) {
        silent_ms = heard ? 0 : silent_ms + LOOK_MS;
        if (silent_ms > SILENT_MS || talk->unanswered_n >= job->tries_n || access(job->port, F_OK))
            break;
        job->tell(job->context, talk->phase, plumb_avrdude_talk_share(talk));
    }
    if (heard >= 0)
        kill(child->pid, SIGTERM);
}

static int wait_for(const struct child *child)
{
    int status = 0;
    close(child->out);
    while (waitpid(child->pid, &status, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* ---- what came of it ---- */

static int explain(
    const struct plumb_avrdude_job *job, const struct plumb_avrdude_talk *talk, struct plumb_message *message)
{
    if (access(job->port, F_OK))
        return plumb_message_fail(
            message, PLUMB_LOST, "%s: was pulled out; plug it in and flash again, nothing is broken",
            job->port);
    if (talk->wrong_chip)
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: another chip than the %s's answers; which board is it?", job->port,
            job->board->words);
    if (talk->differs)
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "%s: what was read back differs from what was written; flash again, with another cable",
            job->port);
    if (talk->phase == PLUMB_AVRDUDE_CONNECT && talk->unanswered_n)
        return plumb_message_fail(
            message, PLUMB_NO_DEVICE,
            "%s: no bootloader answers at %d baud; try --board %s, and the board's reset button", job->port,
            job->board->baud, job->board->other);
    return plumb_message_fail(
        message, PLUMB_FAILED, "%s: avrdude broke off%s%s; flash again", job->port, talk->said[0] ? ": " : "",
        talk->said);
}

int plumb_avrdude_run(const struct plumb_avrdude_job *job, struct plumb_message *message)
{
    struct child child;
    struct plumb_avrdude_talk talk;
    plumb_avrdude_talk_init(&talk);
    FILE *image = lay_out(job->program, message);
    if (!image)
        return PLUMB_FAILED;
    int fail = start(&child, job, fileno(image), message);
    fclose(image);
    if (fail)
        return fail;
    listen_to(&child, job, &talk);
    return wait_for(&child) == 0 && talk.verified ? 0 : explain(job, &talk, message);
}

void plumb_avrdude_words(
    const struct plumb_flash_board *board, const char *port, const char *file, char *out, size_t room)
{
    snprintf(
        out, room, NAME " -p %s -c %s -P %s -b %d -D -U flash:w:%s:i", board->part, board->programmer, port,
        board->baud, file);
}
