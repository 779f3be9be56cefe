/* Every exporter of the table is given up after k questions, for the first, the last and many between:
 * nothing is left where it was to be, what was there stays, and nothing leaks (the sanitizers look). */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "host/core/message.h"
#include "host/export/exporter.h"
#include "nasty.h"
#include "suite.h"
#include "tests/io/folder.h"

#define SECONDS 200 /* several questions at each pass over the rows */
#define TURNS_N 12

struct asked {
    int n, give_up_at; /* the question that is answered with "no"; 0: none */
    double last;
};

static int answer(void *context, double share)
{
    struct asked *asked = context;
    asked->last = share;
    CU_ASSERT(share >= 0 && share <= 1);
    return ++asked->n >= asked->give_up_at && asked->give_up_at;
}

static int export_once(
    const struct plumb_exporter *exporter, const char *path, struct asked *asked, int append,
    struct plumb_message *message)
{
    struct plumb_dossier dossier;
    struct nasty nasty = {.duration_s = SECONDS, .events_n = 20};
    struct plumb_export_job job = {.path = path, .append = append, .progress = answer, .context = asked};
    nasty_dossier(&dossier, &nasty);
    if (append) { /* another session than the one that is there */
        snprintf(dossier.uuid, sizeof dossier.uuid, "00000000-0000-4000-8000-000000000001");
        snprintf(dossier.patient.alias, sizeof dossier.patient.alias, "somebody else");
        dossier.patient.code[0] = '\0';
    }
    int fail = plumb_export(exporter, &job, &dossier, message);
    plumb_dossier_free(&dossier);
    return fail;
}

/* How many files and folders lie below, and how much is in them. */
static size_t size_of(const char *folder, size_t *bytes)
{
    char inside[2 * FOLDER_PATH_N];
    struct stat status;
    size_t n = 0;
    DIR *open = opendir(folder);
    CU_ASSERT_PTR_NOT_NULL_FATAL(open);
    for (struct dirent *entry; (entry = readdir(open));) {
        if (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0)
            continue;
        snprintf(inside, sizeof inside, "%s/%s", folder, entry->d_name);
        CU_ASSERT_EQUAL(lstat(inside, &status), 0);
        *bytes += S_ISREG(status.st_mode) ? (size_t)status.st_size : 0;
        n += 1 + (S_ISDIR(status.st_mode) ? size_of(inside, bytes) : 0);
    }
    closedir(open);
    return n;
}

/* The k of turn i of TURNS_N, from the first to the last question. */
static int question(int turn, int questions_n)
{
    return 1 + turn * (questions_n - 1) / (TURNS_N - 1);
}

static void
given_up(const struct plumb_exporter *exporter, const char *folder, const char *path, int k, int append)
{
    struct asked asked = {.give_up_at = k};
    struct plumb_message message = {""};
    size_t before_bytes = 0, after_bytes = 0, before = size_of(folder, &before_bytes);
    CU_ASSERT_EQUAL(export_once(exporter, path, &asked, append, &message), PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "given up; nothing was written"));
    CU_ASSERT(asked.n >= k && asked.n < k + 4); /* it goes no further */
    size_t after = size_of(folder, &after_bytes);
    if (after != before || after_bytes != before_bytes)
        printf("%s given up at question %d: %zu of %zu files\n", exporter->id, k, after, before);
    CU_ASSERT_EQUAL(after, before);
    CU_ASSERT_EQUAL(after_bytes, before_bytes);
}

static void each_is_given_up(const struct plumb_exporter *exporter, int append)
{
    struct folder folder, whole;
    struct asked asked = {0};
    struct plumb_message message = {""};
    char path[FOLDER_PATH_N], whole_path[FOLDER_PATH_N];
    folder_make(&folder);
    folder_make(&whole);
    folder_path(&folder, "out", path);
    folder_path(&whole, "out", whole_path);
    if (append) {
        struct asked first = {0};
        CU_ASSERT_EQUAL(export_once(exporter, path, &first, 0, &message), 0);
        CU_ASSERT_EQUAL(export_once(exporter, whole_path, &first, 0, &message), 0);
    }
    CU_ASSERT_EQUAL(export_once(exporter, whole_path, &asked, append, &message), 0);
    CU_ASSERT(asked.n > 5);
    CU_ASSERT_EQUAL(asked.last, 1.0); /* the last question is asked before the name is taken */
    for (int turn = 0; turn < TURNS_N; turn++)
        given_up(exporter, folder.path, path, question(turn, asked.n), append);
    folder_remove(&folder);
    folder_remove(&whole);
}

static void every_exporter_is_given_up(void)
{
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++)
        each_is_given_up(*at, 0);
}

static void an_addition_is_given_up(void)
{
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++)
        if ((*at)->appends)
            each_is_given_up(*at, 1);
}

/* What the export was to replace is as it was. */
static void what_was_there_stays(void)
{
    for (const struct plumb_exporter *const *at = plumb_exporters; *at; at++) {
        struct folder folder;
        struct plumb_message message = {""};
        struct asked asked = {0};
        char path[FOLDER_PATH_N];
        folder_make(&folder);
        folder_path(&folder, "out", path);
        CU_ASSERT_EQUAL(export_once(*at, path, &asked, 0, &message), 0);
        struct nasty nasty = {.duration_s = SECONDS};
        struct plumb_dossier dossier;
        size_t before_bytes = 0, after_bytes = 0, before = size_of(folder.path, &before_bytes);
        struct asked again = {.give_up_at = asked.n};
        struct plumb_export_job job = {.path = path, .force = 1, .progress = answer, .context = &again};
        nasty_dossier(&dossier, &nasty);
        CU_ASSERT_EQUAL(plumb_export(*at, &job, &dossier, &message), PLUMB_USAGE);
        plumb_dossier_free(&dossier);
        CU_ASSERT_EQUAL(size_of(folder.path, &after_bytes), before);
        CU_ASSERT_EQUAL(after_bytes, before_bytes);
        folder_remove(&folder);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every exporter is given up", every_exporter_is_given_up},
        {"an addition is given up", an_addition_is_given_up},
        {"what was there stays", what_was_there_stays},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("give up", tests, argc, argv);
}
