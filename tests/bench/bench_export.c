/* What an hour of two sensors at 200 Hz costs in each format of the exporters' table: seconds, most memory,
 * size. Each format runs in a process of its own, from rows that are computed as they are pulled, so that
 * what is measured is the exporter. bench_export [HOURS] */
#define _XOPEN_SOURCE 700
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "export/nasty.h"
#include "host/export/exporter.h"

#define RATE_HZ 200

static long long size; /* of the tree walked: nftw has no context */

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + 1e-9 * (double)now.tv_nsec;
}

static int add_size(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)path, (void)at;
    size += kind == FTW_F ? (long long)status->st_size : 0;
    return 0;
}

static int remove_one(const char *path, const struct stat *status, int kind, struct FTW *at)
{
    (void)status, (void)kind, (void)at;
    return remove(path);
}

static int pull_only(struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_dossier_row row;
    int more;
    while ((more = plumb_dossier_next(dossier, &row, message)) > 0)
        continue;
    return more;
}

/* In a child: most memory counts for the whole life of a process. exporter NULL: only the rows. */
static int measure(const struct plumb_exporter *exporter, double hours, const char *path)
{
    struct plumb_dossier dossier;
    struct plumb_message message = {""};
    struct nasty nasty = {.duration_s = 3600 * hours, .rate_hz = RATE_HZ, .events_n = 500};
    struct plumb_export_job job = {.path = path};
    struct rusage usage;
    nasty_dossier(&dossier, &nasty);
    double begun_s = now_s();
    int fail = exporter ? plumb_export(exporter, &job, &dossier, &message) : pull_only(&dossier, &message);
    double took_s = now_s() - begun_s;
    getrusage(RUSAGE_SELF, &usage);
    if (exporter && !fail)
        nftw(path, add_size, 16, FTW_PHYS);
    if (fail)
        printf("%-8s %s\n", exporter ? exporter->id : "rows", message.text);
    else
        printf(
            "%-8s %6.2f s  %6.1f MiB most  %8.1f MB\n", exporter ? exporter->id : "(rows)", took_s,
            (double)usage.ru_maxrss / 1024, (double)size / 1e6);
    plumb_dossier_free(&dossier);
    return fail != 0;
}

static int run(const struct plumb_exporter *exporter, double hours)
{
    char path[64];
    int status = 1;
    snprintf(path, sizeof path, "hour%s", exporter ? exporter->extension : "");
    fflush(stdout);
    pid_t child = fork();
    if (!child) {
        int failed = measure(exporter, hours, path);
        fflush(stdout);
        _exit(failed);
    }
    waitpid(child, &status, 0);
    nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return status != 0;
}

int main(int argc, char **argv)
{
    char folder[] = "bench-export-XXXXXX";
    double hours = argc > 1 ? atof(argv[1]) : 1;
    if (!mkdtemp(folder) || chdir(folder))
        return 1;
    printf("%g h, two sensors at %d Hz, 500 flags, 500 notes\n", hours, RATE_HZ);
    int failed = run(NULL, hours);
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++)
        failed |= run(*at, hours);
    failed |= chdir("..");
    nftw(folder, remove_one, 16, FTW_DEPTH | FTW_PHYS);
    return failed;
}
