/* How fast recordings are read and written, and what the serial reader costs while a board sends. */
#define _XOPEN_SOURCE 700
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "host/io/recording.h"
#include "host/io/save_raw.h"
#include "host/io/source.h"

#define ROWS 720000 /* one hour at 200 Hz */

static double seconds(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int say(const struct plumb_message *message)
{
    fprintf(stderr, "bench_io: %s\n", message->text);
    return 1;
}

static int write_hour(const char *path)
{
    struct plumb_message message = {""};
    int fail = 0;
    double begin_s = seconds(CLOCK_MONOTONIC);
    struct plumb_save_raw *save = plumb_save_raw_open(path, 1u << PLUMB_PELVIS, &fail, &message);
    for (int i = 0; i < ROWS && !fail; i++) {
        struct plumb_sample sample = {.t_s = i * 0.005, .present = 1u << PLUMB_PELVIS};
        sample.imu[0] = (struct plumb_imu){
            {0.1, 9.8 * sin(i * 1e-3), 9.8 * cos(i * 1e-3)}, {0.2, -0.00123, 0.01 * sin(i)}, 30};
        fail = plumb_save_raw_row(save, &sample, NULL, (int64_t)i * 5000, &message);
    }
    if (save)
        fail = plumb_save_raw_close(save, &message);
    if (fail)
        return say(&message);
    printf("write %-10s %6.3f s an hour at 200 Hz\n", path, seconds(CLOCK_MONOTONIC) - begin_s);
    return 0;
}

static int read_hour(const char *path)
{
    struct plumb_recording recording;
    struct plumb_message message = {""};
    double begin_s = seconds(CLOCK_MONOTONIC);
    if (plumb_recording_load(&recording, path, &message))
        return say(&message);
    double took_s = seconds(CLOCK_MONOTONIC) - begin_s;
    printf(
        "read  %-10s %6.3f s, %.1f million rows/s\n", path, took_s, (double)recording.track.n / took_s / 1e6);
    plumb_recording_free(&recording);
    return 0;
}

/* A pty's other end sends `bytes` every 5 ms for two seconds; this process' own time besides the sending is
 * the reader's and the consumer's. */
static int read_line(size_t bytes_n, const char *what)
{
    static unsigned char bytes[2048];
    char uri[100];
    int fail, master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    struct plumb_message message = {""};
    struct plumb_source_event event;
    size_t got = 0, sent = 0;
    if (master < 0 || grantpt(master) || unlockpt(master))
        return 1;
    snprintf(uri, sizeof uri, "serial:%s", ptsname(master));
    struct plumb_source *source = plumb_source_open(uri, &fail, &message);
    if (!source)
        return say(&message);
    double begin_s = seconds(CLOCK_MONOTONIC), begin_cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID), sending_s = 0;
    while (seconds(CLOCK_MONOTONIC) - begin_s < 2) {
        double before_s = seconds(CLOCK_THREAD_CPUTIME_ID);
        ssize_t n = write(master, bytes, bytes_n);
        sent += n > 0 ? (size_t)n : 0;
        nanosleep(&(struct timespec){.tv_nsec = 5000000}, NULL);
        sending_s += seconds(CLOCK_THREAD_CPUTIME_ID) - before_s;
        plumb_source_read(source, 0, &event);
        got += event.bytes_n;
    }
    double cpu_s = seconds(CLOCK_PROCESS_CPUTIME_ID) - begin_cpu_s - sending_s;
    printf("line  %-10s %6.2f %% of a core, %zu of %zu bytes\n", what, 100 * cpu_s / 2, got, sent);
    plumb_source_close(source);
    close(master);
    return 0;
}

int main(void)
{
    char folder[] = "bench-io-XXXXXX";
    struct rusage usage;
    if (!mkdtemp(folder) || chdir(folder))
        return 1;
    int fail = write_hour("a.csv") || read_hour("a.csv") || write_hour("a.csv.gz") || read_hour("a.csv.gz") ||
               read_line(26, "200 Hz") || read_line(260, "2 kHz");
    getrusage(RUSAGE_SELF, &usage);
    printf("most memory %.1f MiB\n", (double)usage.ru_maxrss / 1024);
    unlink("a.csv");
    unlink("a.csv.gz");
    return chdir("..") || rmdir(folder) || fail;
}
