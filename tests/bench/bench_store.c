/* What recording into the store costs: CPU of the loop and the writer together while time passes as it does,
 * the longest that the loop was held up, and the size of the file against the bytes received.
 *
 *     bench_store FOLDER [SECONDS]     default 20 s at 200 Hz in real time; then 20 minutes at once, for the
 * size
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host/store/keep.h"
#include "tests/store/clip_line.h"

#define LONG_S 1200

struct bench {
    struct plumb_keep *keep;
    int64_t begun_us;
    double begun_s, longest_s;
    int paced;
    long long received_n;
};

static double clock_s(clockid_t clock)
{
    struct timespec now;
    clock_gettime(clock, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static void wait_until(double s)
{
    double left_s = s - clock_s(CLOCK_MONOTONIC);
    struct timespec wait = {0, (long)(left_s * 1e9)};
    if (left_s > 0 && left_s < 1)
        nanosleep(&wait, NULL);
}

static void take(void *context, int64_t host_us, const uint8_t *bytes, size_t n)
{
    struct bench *bench = context;
    if (bench->paced)
        wait_until(bench->begun_s + 1e-6 * (double)(host_us - bench->begun_us));
    double before_s = clock_s(CLOCK_MONOTONIC);
    plumb_keep_bytes(bench->keep, host_us, bytes, n);
    double took_s = clock_s(CLOCK_MONOTONIC) - before_s;
    bench->longest_s = took_s > bench->longest_s ? took_s : bench->longest_s;
    bench->received_n += (long long)n;
}

/* Records for_s seconds into the file; *cpu_s is what the program used. 0 or negative. */
static int record(struct bench *bench, const char *path, double for_s, int paced, double *cpu_s)
{
    struct clip_line line;
    struct plumb_message message = {""};
    int fail = 0;
    clip_line_begin(&line, 1, 3);
    clip_line_hello(&line, 0);
    struct plumb_keep_begin begin = {.store = path, .host_us = line.host_us, .waits = !paced};
    *bench = (struct bench){.begun_us = line.host_us, .paced = paced};
    bench->keep = plumb_keep_begin(&begin, &fail, &message);
    bench->begun_s = clock_s(CLOCK_MONOTONIC);
    double before_s = clock_s(CLOCK_PROCESS_CPUTIME_ID);
    if (bench->keep)
        clip_line_run(&line, for_s, take, bench);
    fail = bench->keep ? plumb_keep_end(bench->keep, "done", &message) : fail;
    *cpu_s = clock_s(CLOCK_PROCESS_CPUTIME_ID) - before_s;
    if (fail)
        fprintf(stderr, "bench_store: %s\n", message.text);
    return fail;
}

static int measure(const char *folder, double for_s, int paced)
{
    char path[4096];
    struct bench bench;
    struct stat file;
    struct rusage usage;
    double cpu_s;
    snprintf(path, sizeof path, "%s/bench-store.db", folder);
    int fail = record(&bench, path, for_s, paced, &cpu_s);
    if (fail || stat(path, &file))
        return 1;
    getrusage(RUSAGE_SELF, &usage);
    unlink(path);
    if (paced)
        printf(
            "recording %.0f s at %d Hz: %.3f %% of a core (the clip's emulation included), the loop was held "
            "up for "
            "%.2f ms at most, peak %ld KB\n",
            for_s, CLIP_LINE_RATE_HZ, 100 * cpu_s / for_s, 1e3 * bench.longest_s, usage.ru_maxrss);
    else
        printf(
            "%.0f min: %lld bytes received, %lld on disk: %.3f\n", for_s / 60, bench.received_n,
            (long long)file.st_size, (double)file.st_size / (double)bench.received_n);
    return 0;
}

int main(int argc, char **argv)
{
    const char *folder = argc > 1 ? argv[1] : ".";
    double for_s = argc > 2 ? atof(argv[2]) : 20;
    return measure(folder, for_s, 1) || measure(folder, 60, 0) || measure(folder, LONG_S, 0);
}
