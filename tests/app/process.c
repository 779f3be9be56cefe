#define _GNU_SOURCE /* nftw, asprintf */
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <poll.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define ARGUMENTS_N 40

struct pipe_end {
    int fd;
    char *text;
    size_t n;
};

static void child(
    const char *folder, const char *in, const char *environment, const char *const *arguments,
    const int out[2], const int err[2])
{
    const char *argv[ARGUMENTS_N] = {PLUMB_PROGRAM};
    for (int i = 0; arguments[i] && i + 2 < ARGUMENTS_N; i++)
        argv[i + 1] = arguments[i];
    int from = open(in ? in : "/dev/null", O_RDONLY);
    if (from < 0 || chdir(folder) || dup2(from, 0) < 0 || dup2(out[1], 1) < 0 || dup2(err[1], 2) < 0)
        _exit(127);
    setenv("XDG_DATA_HOME", folder, 1);
    setenv("PLUMB_EMULATOR", PLUMB_EMULATOR_PROGRAM, 1);
    if (environment)
        putenv(strdup(environment));
    for (int fd = 3; fd < 64; fd++)
        close(fd);
    execv(PLUMB_PROGRAM, (char *const *)(uintptr_t)argv);
    _exit(127);
}

static void gather(struct pipe_end *end)
{
    if (end->n + 1 >= PROCESS_OUT_N)
        end->n = PROCESS_OUT_N / 2; /* enough was kept; the child must not block */
    ssize_t got = read(end->fd, end->text + end->n, PROCESS_OUT_N - 1 - end->n);
    if (got <= 0) {
        close(end->fd);
        end->fd = -1;
        return;
    }
    end->n += (size_t)got;
}

static void gather_all(struct pipe_end ends[2], pid_t pid, int timeout_s)
{
    time_t until = time(NULL) + timeout_s;
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        struct pollfd wait[2] = {{.fd = ends[0].fd, .events = POLLIN}, {.fd = ends[1].fd, .events = POLLIN}};
        poll(wait, 2, 200);
        for (int i = 0; i < 2; i++)
            if (ends[i].fd >= 0 && wait[i].revents)
                gather(&ends[i]);
        if (time(NULL) > until)
            kill(pid, SIGKILL);
    }
}

struct process process_plumb(
    const char *folder, const char *in, const char *environment, int timeout_s, const char *const *arguments)
{
    int out[2], err[2], status = 0;
    struct process process = {.exit_code = -1};
    if (pipe(out) || pipe(err))
        return process;
    pid_t pid = fork();
    if (pid == 0)
        child(folder, in, environment, arguments, out, err);
    close(out[1]);
    close(err[1]);
    struct pipe_end ends[2] = {{out[0], calloc(1, PROCESS_OUT_N), 0}, {err[0], calloc(1, PROCESS_OUT_N), 0}};
    gather_all(ends, pid, timeout_s);
    waitpid(pid, &status, 0);
    process.out = ends[0].text;
    process.err = ends[1].text;
    process.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
    process.signal_number = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
    return process;
}

void process_free(struct process *process)
{
    free(process->out);
    free(process->err);
    process->out = process->err = NULL;
}

size_t lines_in(const char *text)
{
    size_t n = 0;
    for (; *text; text++)
        n += *text == '\n';
    return n;
}

/* ---- folders */

const char *folder_make(void)
{
    static char folder[64];
    snprintf(folder, sizeof folder, "/tmp/plumb-test-XXXXXX");
    return mkdtemp(folder);
}

static int remove_one(const char *path, const struct stat *stat, int kind, struct FTW *where)
{
    (void)stat, (void)kind, (void)where;
    return remove(path);
}

void folder_remove(const char *folder)
{
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

int folder_write(const char *folder, const char *name, const char *bytes, size_t n)
{
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "wb");
    if (!file)
        return -1;
    int bad = fwrite(bytes, 1, n, file) != n;
    return fclose(file) || bad ? -1 : 0;
}

char *folder_read(const char *folder, const char *name)
{
    char path[256], *text = NULL;
    size_t room = 0;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    if (!file)
        return NULL;
    if (getdelim(&text, &room, '\0', file) < 0) {
        free(text);
        text = NULL;
    }
    fclose(file);
    return text;
}
