/* Gone means gone; a copy and the copy back; what the check finds. */
#define _XOPEN_SOURCE 700
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clip_line.h"
#include "host/store/admin.h"
#include "recorder.h"
#include "suite.h"
#include "tests/io/folder.h"

#define ALIAS "Aloysia Zwickelberger"
#define NOTE  "a note that nobody else ever wrote"

static struct plumb_store *open_store(const char *path)
{
    int fail = 0;
    struct plumb_message message = {""};
    struct plumb_store *store = plumb_store_open(path, &fail, &message);
    CU_ASSERT_PTR_NOT_NULL_FATAL(store);
    return store;
}

static int64_t record(const char *path, const char *alias, double seconds)
{
    struct clip_line line;
    struct plumb_message message = {""};
    struct recorder *recorder = recorder_new(path, alias);
    clip_line_begin(&line, 1, 5);
    clip_line_hello(&line, 0);
    clip_line_run(&line, seconds, recorder_take, recorder);
    int64_t id = plumb_keep_session(recorder->keep);
    CU_ASSERT_EQUAL(plumb_keep_end(recorder->keep, "done", &message), 0);
    recorder_free(recorder);
    return id;
}

/* Whether the bytes stand anywhere in a file. */
static int file_has(const char *path, const char *text)
{
    FILE *file = fopen(path, "rb");
    size_t n = strlen(text), at = 0;
    int found = 0, c;
    while (file && !found && (c = fgetc(file)) != EOF) {
        at = c == text[at] ? at + 1 : c == text[0];
        found = at == n;
    }
    if (file)
        fclose(file);
    return found;
}

static int store_has(const char *path, const char *text)
{
    char wal[FOLDER_PATH_N + 8];
    snprintf(wal, sizeof wal, "%s-wal", path);
    return file_has(path, text) || file_has(wal, text);
}

static int count_one(void *context, const struct plumb_store_session *session)
{
    (void)session;
    ++*(int *)context;
    return 0;
}

static int sessions_of(struct plumb_store *store)
{
    int n = 0;
    struct plumb_message message;
    struct plumb_store_query query = {0};
    CU_ASSERT_EQUAL(plumb_store_sessions(store, &query, count_one, &n, &message), 0);
    return n;
}

static void test_gone_means_gone(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    int64_t first = record(path, ALIAS, 2);
    record(path, "Ben", 1);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL(plumb_store_annotate(store, first, NOTE, NULL, &message), 0);
    CU_ASSERT(store_has(path, ALIAS));
    CU_ASSERT(store_has(path, NOTE));
    int64_t patient = plumb_store_patient(store, ALIAS, 0, &message);
    CU_ASSERT(patient > 0);
    CU_ASSERT_EQUAL(plumb_store_delete_patient(store, patient, &message), 0);
    CU_ASSERT(!store_has(path, ALIAS));
    CU_ASSERT(!store_has(path, NOTE));
    CU_ASSERT_EQUAL(sessions_of(store), 1);
    CU_ASSERT_EQUAL(plumb_store_delete_patient(store, patient, &message), PLUMB_USAGE);
    CU_ASSERT_EQUAL(plumb_store_delete_session(store, first, &message), PLUMB_USAGE);
    plumb_store_close(store);
    CU_ASSERT(!store_has(path, "Zwickelberger"));
    folder_remove(&folder);
}

static void test_what_is_being_recorded_stays(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N];
    struct clip_line line;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    struct recorder *recorder = recorder_new(path, "Anna");
    clip_line_begin(&line, 1, 5);
    clip_line_hello(&line, 0);
    clip_line_run(&line, 1, recorder_take, recorder);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL(
        plumb_store_delete_session(store, plumb_keep_session(recorder->keep), &message), PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "recorded just now"));
    CU_ASSERT_EQUAL(plumb_keep_end(recorder->keep, "done", &message), 0);
    recorder_free(recorder);
    CU_ASSERT_EQUAL(sessions_of(store), 1);
    plumb_store_close(store);
    folder_remove(&folder);
}

static int told;

static int tell(void *context, int left, int of)
{
    (void)context, (void)left, (void)of;
    told++;
    return 0;
}

static int refuse(void *context, int left, int of)
{
    (void)context, (void)left, (void)of;
    return 1;
}

static void test_a_copy_and_back(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N], copy[FOLDER_PATH_N], bad[FOLDER_PATH_N], kept[PLUMB_STORE_PATH_N];
    struct stat status;
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    folder_path(&folder, "copy.db", copy);
    folder_path(&folder, "bad.db", bad);
    record(path, "Anna", 2);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL(plumb_store_backup(store, copy, tell, NULL, &message), 0);
    CU_ASSERT(told > 0);
    CU_ASSERT_EQUAL(stat(copy, &status), 0);
    CU_ASSERT_EQUAL(status.st_mode & 0777, 0600);
    record(path, "Ben", 1);
    CU_ASSERT_EQUAL(sessions_of(store), 2);
    CU_ASSERT_EQUAL(plumb_store_restore(store, copy, kept, tell, NULL, &message), 0);
    CU_ASSERT_EQUAL(sessions_of(store), 1);
    plumb_store_close(store);
    store = open_store(kept); /* nothing is lost */
    CU_ASSERT_EQUAL(sessions_of(store), 2);
    plumb_store_close(store);
    store = open_store(path);
    CU_ASSERT_EQUAL(sessions_of(store), 1);
    FILE *file = fopen(bad, "w");
    fputs("no store at all, but long enough to be looked at as if it were one of them", file);
    fclose(file);
    CU_ASSERT_EQUAL(plumb_store_restore(store, bad, kept, NULL, NULL, &message), PLUMB_DAMAGED);
    CU_ASSERT_EQUAL(plumb_store_restore(store, "nowhere.db", kept, NULL, NULL, &message), PLUMB_USAGE);
    CU_ASSERT_EQUAL(plumb_store_backup(store, "/nowhere/at/all.db", NULL, NULL, &message), PLUMB_FAILED);
    CU_ASSERT_EQUAL(sessions_of(store), 1);
    CU_ASSERT_EQUAL(plumb_store_backup(store, bad, refuse, NULL, &message) <= 0, 1);
    plumb_store_close(store);
    folder_remove(&folder);
}

/* Turns one byte of a block that lies in the middle of the file. */
static void damage(const char *path)
{
    FILE *file = fopen(path, "r+b");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fseek(file, 0, SEEK_END);
    long n = ftell(file);
    for (long at = n / 2; at < n; at += 1111) {
        fseek(file, at, SEEK_SET);
        int c = fgetc(file);
        fseek(file, at, SEEK_SET);
        fputc(c ^ 0x55, file);
    }
    fclose(file);
}

static void test_the_check_sees_damage(void)
{
    struct folder folder;
    char path[FOLDER_PATH_N], copy[FOLDER_PATH_N];
    struct plumb_message message = {""};
    struct plumb_store_health health;
    folder_make(&folder);
    folder_path(&folder, "a.db", path);
    folder_path(&folder, "copy.db", copy);
    record(path, "Anna", 30);
    struct plumb_store *store = open_store(path);
    CU_ASSERT_EQUAL(plumb_store_check(store, &health, &message), 0);
    CU_ASSERT_STRING_EQUAL(health.trouble, "");
    CU_ASSERT_EQUAL(health.sessions_n, 1);
    CU_ASSERT_EQUAL(health.patients_n, 1);
    CU_ASSERT(health.blocks_n >= 29);
    CU_ASSERT_EQUAL(health.damaged_blocks_n, 0);
    CU_ASSERT_EQUAL(health.stale_n, 1);
    CU_ASSERT_EQUAL(health.recording_n, 0);
    CU_ASSERT_EQUAL(plumb_store_backup(store, copy, NULL, NULL, &message), 0);
    plumb_store_close(store);
    damage(copy);
    int fail = 0;
    store = plumb_store_open(copy, &fail, &message);
    int seen =
        !store || plumb_store_check(store, &health, &message) || health.trouble[0] || health.damaged_blocks_n;
    CU_ASSERT(seen);
    plumb_store_close(store);
    folder_remove(&folder);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"gone means gone", test_gone_means_gone},
        {"what is being recorded stays", test_what_is_being_recorded_stays},
        {"a copy and back", test_a_copy_and_back},
        {"the check sees damage", test_the_check_sees_damage},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("store_admin", tests, argc, argv);
}
