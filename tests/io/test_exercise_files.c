/* Exercises written: what is read back is the same to the last bit, or it is refused with one clear line. */
#define _GNU_SOURCE
#include <glob.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "host/core/units.h"
#include "host/io/load_exercise.h"
#include "host/io/own_exercise.h"
#include "host/io/save_exercise.h"
#include "same_exercise.h"
#include "suite.h"

#define EXERCISES PLUMB_SOURCE_DIR "/host/exercises/"

/* ---- those that Plumb brings along */

static void every_shipped_exercise_reads_back_as_it_was(void)
{
    struct folder folder;
    struct plumb_exercise was, is;
    char path[FOLDER_PATH_N];
    glob_t found;
    folder_make(&folder);
    CU_ASSERT_EQUAL_FATAL(glob(EXERCISES "*.exercise", 0, NULL, &found), 0);
    CU_ASSERT(found.gl_pathc > 20);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct plumb_message message = {""};
        exercise_load(&was, found.gl_pathv[i]);
        folder_path(&folder, "back.exercise", path);
        CU_ASSERT_EQUAL(plumb_exercise_save(&was, path, NULL, &message), 0);
        CU_ASSERT_STRING_EQUAL(message.text, "");
        exercise_load(&is, path);
        check_no_difference(&was, &is);
    }
    globfree(&found);
    folder_remove(&folder);
}

static void a_written_file_says_only_what_is_not_usual(void)
{
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    char *text;
    size_t n;
    exercise_load(&exercise, EXERCISES "supine-edge.exercise");
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_write(&exercise, &text, &n, &message), 0);
    CU_ASSERT_PTR_NULL(strstr(text, "[thresholds]"));
    CU_ASSERT_PTR_NULL(strstr(text, "trunk_deg"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nworked_leg_deg = -16 -104 -14\n"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\nclass = judged\n"));
    free(text);
    exercise.thresholds.red_rad = 4.5 * PLUMB_RAD_PER_DEG;
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_write(&exercise, &text, &n, &message), 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "\n[thresholds]\nred_deg = 4.5\n"));
    free(text);
}

/* ---- files */

static void a_failure_leaves_the_old_file(void)
{
    struct folder folder;
    struct plumb_exercise exercise, is;
    char path[FOLDER_PATH_N];
    struct stat status;
    struct rlimit was, none = {0};
    struct plumb_message message = {""};
    folder_make(&folder);
    folder_path(&folder, "mine.exercise", path);
    folder_put(&folder, "mine.exercise.part", "left", 4); /* by a program that died */
    exercise_load(&exercise, EXERCISES "supine-edge.exercise");
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, NULL, &message), 0);
    CU_ASSERT_EQUAL(stat(path, &status), 0);
    CU_ASSERT_EQUAL(status.st_mode & 0777, 0600);
    exercise.steps[0].for_s = 4000;
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, NULL, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "for_s wants 0 to 3600, found 4000"));
    exercise.steps[0].for_s = 4;
    message.text[0] = '\0';
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &was);
    none.rlim_max = was.rlim_max;
    setrlimit(RLIMIT_FSIZE, &none);
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, NULL, &message), PLUMB_FAILED);
    setrlimit(RLIMIT_FSIZE, &was);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "nothing was changed"));
    exercise_load(&is, path);
    CU_ASSERT_EQUAL(is.steps[0].for_s, 3);
    CU_ASSERT_FALSE(folder_has(&folder, "mine.exercise.part"));
    folder_remove(&folder);
}

static void check_there(const char *id, int own, int shipped, int aside)
{
    struct plumb_own_exercise there;
    plumb_own_exercise_look(id, &there);
    CU_ASSERT_EQUAL(there.own, own);
    CU_ASSERT_EQUAL(there.shipped, shipped);
    CU_ASSERT_EQUAL(there.aside, aside);
}

static double hold_s(const char *id)
{
    char path[PLUMB_PATH_N];
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_data_find("exercises", PLUMB_EXERCISE_ENDING, id, path, &message), 0);
    exercise_load(&exercise, path);
    return exercise.steps[6].in_zone_s;
}

/* What there may be under that id, and the folders. */
static void remove_data(const struct folder *folder)
{
    static const char *const names[] = {
        "plumb/exercises/supine-edge.exercise", "plumb/exercises/supine-edge.exercise.draft"};
    char path[FOLDER_PATH_N];
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        folder_path(folder, names[i], path);
        unlink(path);
    }
    folder_path(folder, "plumb/exercises", path);
    rmdir(path);
    folder_path(folder, "plumb", path);
    rmdir(path);
    folder_remove(folder);
}

static void an_own_exercise_hides_the_shipped_one_until_it_is_set_aside(void)
{
    struct folder folder;
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    folder_make(&folder);
    setenv("XDG_DATA_HOME", folder.path, 1);
    check_there("supine-edge", 0, 1, 0);
    exercise_load(&exercise, EXERCISES "supine-edge.exercise");
    exercise.steps[6].in_zone_s = 45;
    CU_ASSERT_EQUAL(plumb_own_exercise_save(&exercise, NULL, &message), 0);
    check_there("supine-edge", 1, 1, 0);
    CU_ASSERT_EQUAL(hold_s("supine-edge"), 45);
    CU_ASSERT_EQUAL(plumb_own_exercise_take_back("supine-edge", &message), PLUMB_USAGE);
    CU_ASSERT_EQUAL(plumb_own_exercise_set_aside("supine-edge", NULL), 0);
    check_there("supine-edge", 0, 1, 1);
    CU_ASSERT_EQUAL(hold_s("supine-edge"), 30);
    CU_ASSERT_EQUAL(plumb_own_exercise_take_back("supine-edge", NULL), 0);
    CU_ASSERT_EQUAL(hold_s("supine-edge"), 45);
    strcpy(exercise.id, "../climbs");
    message.text[0] = '\0';
    CU_ASSERT_EQUAL(plumb_own_exercise_save(&exercise, NULL, &message), PLUMB_USAGE);
    CU_ASSERT_STRING_EQUAL(message.text, "\"../climbs\" is no id: it wants letters, digits and dashes");
    remove_data(&folder);
}

/* Nothing of it could be saved as an exercise: no name, limits that contradict each other, a hold of nothing.
 */
static void what_is_unfinished_is_kept_as_it_is(void)
{
    struct folder folder;
    struct plumb_exercise exercise, back;
    struct plumb_message message = {""};
    struct stat status;
    char path[PLUMB_PATH_N];
    folder_make(&folder);
    setenv("XDG_DATA_HOME", folder.path, 1);
    exercise_load(&exercise, EXERCISES "supine-edge.exercise");
    CU_ASSERT_EQUAL(plumb_own_exercise_recall("supine-edge", &back, &message), 0);
    exercise.name[0] = '\0';
    exercise.thresholds.red_rad = 2.5 * PLUMB_RAD_PER_DEG;
    exercise.steps[6].in_zone_s = 0;
    exercise.judges = 0;
    CU_ASSERT_EQUAL(plumb_own_exercise_keep(&exercise, &message), 0);
    CU_ASSERT_EQUAL(plumb_own_exercise_recall("supine-edge", &back, &message), 1);
    check_no_difference(&exercise, &back);
    plumb_own_exercise_path("supine-edge", PLUMB_EXERCISE_DRAFT, path);
    CU_ASSERT_EQUAL(stat(path, &status), 0);
    CU_ASSERT_EQUAL(status.st_mode & 0777, 0600);
    check_there("supine-edge", 0, 1, 0);
    exercise.steps_n = 0;
    exercise.other_side_from = 0;
    CU_ASSERT_EQUAL(plumb_own_exercise_keep(&exercise, &message), 0);
    CU_ASSERT_EQUAL(plumb_own_exercise_recall("supine-edge", &back, &message), 1);
    CU_ASSERT_EQUAL(back.steps_n, 0);
    plumb_own_exercise_forget("supine-edge");
    CU_ASSERT_EQUAL(plumb_own_exercise_recall("supine-edge", &back, &message), 0);
    remove_data(&folder);
}

static void a_new_id_is_free(void)
{
    static const struct {
        const char *name, *id;
    } rows[] = {
        {"Edge of table, mine", "edge-of-table-mine"},
        {"Supine edge", "supine-edge-2"},
        {"  (Level Two)  ", "level-two"},
        {"\xd0\x9c\xd0\xbe\xd1\x8f", "exercise"},
        {"Example of mine", "exercise"},
        {"", "exercise"},
    };
    char id[48];
    setenv("XDG_DATA_HOME", "/nowhere", 1);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        CU_ASSERT_EQUAL(plumb_own_exercise_new_id(rows[i].name, id), 0);
        CU_ASSERT_STRING_EQUAL(id, rows[i].id);
    }
    plumb_own_exercise_new_id("A very long name that does not fit into the forty-seven bytes", id);
    CU_ASSERT(strlen(id) < 45 && plumb_data_is_id(id));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every shipped exercise reads back as it was", every_shipped_exercise_reads_back_as_it_was},
        {"a written file says only what is not usual", a_written_file_says_only_what_is_not_usual},
        {"a failure leaves the old file", a_failure_leaves_the_old_file},
        {"an own exercise hides the shipped one until it is set aside",
         an_own_exercise_hides_the_shipped_one_until_it_is_set_aside},
        {"what is unfinished is kept as it is", what_is_unfinished_is_kept_as_it_is},
        {"a new id is free", a_new_id_is_free},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("exercise files", tests, argc, argv);
}
