/* bench_year [DAYS MINUTES]: a store of daily sessions at 200 Hz, recorded as live records them (bytes of the
 * link with a port's jitter), then listed, opened, looked back on and derived anew. Prints seconds of each,
 * and bytes on disk against bytes received. A week of short sessions; with PLUMB_SOAK a year of 20 minutes.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "host/core/trend.h"
#include "host/io/file_read.h"
#include "host/io/load_exercise.h"
#include "host/store/admin.h"
#include "host/store/derive.h"
#include "store/clip_line.h"
#include "store/recorder.h"

#define DAY_US INT64_C(86400000000)
#define TOLD_N 400 /* sessions looked back on */

static struct plumb_message message;

static void check(int holds)
{
    if (holds)
        return;
    fprintf(stderr, "bench_year: %s\n", message.text);
    exit(1);
}

static double now_s(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static double cpu_s(void)
{
    struct rusage use;
    getrusage(RUSAGE_SELF, &use);
    return (double)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) +
           (double)(use.ru_utime.tv_usec + use.ru_stime.tv_usec) * 1e-6;
}

/* ---- recording */

static void mark(struct recorder *recorder, const char *text)
{
    if (recorder->n)
        check(!plumb_keep_mark(recorder->keep, recorder->samples[recorder->n - 1].t_s, text));
}

static size_t
record(const char *path, const struct plumb_exercise *exercise, const char *text, int day, double minutes)
{
    struct clip_line line;
    int fail = 0;
    struct recorder *recorder = recorder_new(NULL, NULL);
    clip_line_begin(&line, 1, (uint64_t)day + 1);
    struct plumb_keep_begin begin = {
        .store = path,
        .patient = "me",
        .exercise_text = text,
        .exercise = exercise,
        .side = day % 2,
        .source = "a clip by formula",
        .program = "bench",
        .host_us = line.host_us,
        .utc_us = INT64_C(1767349230000000) + day * DAY_US,
        .waits = 1};
    recorder->keep = plumb_keep_begin(&begin, &fail, &message);
    check(recorder->keep != NULL);
    clip_line_hello(&line, 0);
    clip_line_run(&line, 3, recorder_take, recorder);
    mark(recorder, "neutral_begin");
    clip_line_run(&line, 9, recorder_take, recorder);
    mark(recorder, "neutral_end");
    for (double at_s = 12; at_s < 60 * minutes; at_s += 60) {
        mark(recorder, "hold_begin");
        clip_line_run(&line, 40, recorder_take, recorder);
        mark(recorder, "hold_end");
        clip_line_run(&line, 20, recorder_take, recorder);
        recorder->n =
            recorder->n > 1 ? 1 : recorder->n; /* only the last is looked at, and memory is finite */
        recorder->samples[0] = recorder->session.row.sample;
    }
    size_t received_n = (size_t)recorder->session.link.counters.bytes;
    check(!plumb_keep_end(recorder->keep, "done", &message));
    recorder_free(recorder);
    return received_n;
}

/* ---- what is asked of it */

static int count(void *context, const struct plumb_store_session *session)
{
    (void)session;
    ++*(int *)context;
    return 0;
}

static struct plumb_store *open_store(const char *path)
{
    int fail = 0;
    struct plumb_store *store = plumb_store_open(path, &fail, &message);
    check(store != NULL);
    return store;
}

static void list(struct plumb_store *store, int days)
{
    int n = 0;
    struct plumb_store_query query = {0};
    double begun_s = now_s();
    check(!plumb_store_sessions(store, &query, count, &n, &message));
    printf("list of %d sessions: %.4f s\n", n, now_s() - begun_s);
    check(n == days);
}

static void open_one(struct plumb_store *store)
{
    struct plumb_dossier dossier;
    struct plumb_dossier_row row;
    size_t n = 0;
    double begun_s = now_s();
    int64_t id = plumb_store_find(store, "last", &message);
    check(id > 0 && !plumb_store_dossier(store, id, &dossier, &message));
    double head_s = now_s() - begun_s;
    check(!plumb_dossier_rewind(&dossier, &message));
    while (plumb_dossier_next(&dossier, &row, &message) > 0)
        n++;
    printf("one session opened: %.3f s; with all its %zu rows: %.3f s\n", head_s, n, now_s() - begun_s);
    plumb_dossier_free(&dossier);
}

static void look_back(struct plumb_store *store, const char *exercise_id)
{
    static struct plumb_trend_session sessions[2][TOLD_N];
    struct plumb_trend trends[PLUMB_TREND_MEASURES_N];
    struct plumb_past_hold *holds = NULL;
    size_t n = 0, told[2];
    double begun_s = now_s();
    int64_t patient = plumb_store_patient(store, "me", 0, &message);
    check(patient > 0 && !plumb_store_past_holds(store, patient, &holds, &n, &message));
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        told[side] = plumb_trend_sessions(
            sessions[side], TOLD_N, exercise_id, (enum plumb_side)side, -1e9, 1e9, holds, n);
    plumb_trend_compare(trends, sessions[0], told[0], sessions[1], told[1]);
    printf("trends of %zu holds in %zu sessions: %.4f s\n", n, told[0] + told[1], now_s() - begun_s);
    free(holds);
}

static void derive(struct plumb_store *store, const char *what)
{
    struct plumb_derive_done done = {0};
    double begun_s = now_s();
    check(!plumb_derive_all(store, 1, NULL, NULL, &done, &message) && !done.failed_n);
    double took_s = now_s() - begun_s;
    printf(
        "%s: %.1f s for %.1f h, %.0f times real time\n", what, took_s, done.recorded_s / 3600,
        done.recorded_s / took_s);
}

int main(int argc, char **argv)
{
    int soak = getenv("PLUMB_SOAK") != NULL;
    int days = argc > 2 ? atoi(argv[1]) : soak ? 365 : 7;
    double minutes = argc > 2 ? atof(argv[2]) : soak ? 20 : 4;
    char folder[] = "/tmp/plumb-year-XXXXXX", path[64], *text = NULL;
    size_t text_n = 0, received_n = 0;
    struct plumb_exercise exercise;
    struct stat status;
    check(mkdtemp(folder) != NULL);
    snprintf(path, sizeof path, "%s/year.db", folder);
    check(!plumb_file_read(
        &text, &text_n, PLUMB_SOURCE_DIR "/host/exercises/supine-edge.exercise", 1 << 20, &message));
    check(!plumb_exercise_read(&exercise, "supine-edge", text, text_n, &message));
    double cpu = cpu_s();
    for (int day = 0; day < days; day++)
        received_n += record(path, &exercise, text, day, minutes);
    cpu = cpu_s() - cpu;
    printf(
        "%d sessions of %.0f min: %.1f MB received; making and keeping them took %.2f %% of a core\n", days,
        minutes, (double)received_n / 1e6, 100 * cpu / (days * minutes * 60));
    struct plumb_store *store = open_store(path);
    derive(store, "derived");
    list(store, days);
    open_one(store);
    look_back(store, exercise.id);
    plumb_store_close(store);
    check(!stat(path, &status));
    printf(
        "%.1f MB on disk, %.2f of what was received\n", (double)status.st_size / 1e6,
        (double)status.st_size / (double)received_n);
    char command[96];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    free(text);
    return system(command) != 0;
}
