/* What a person wants of the program, and a person's own limits: written, read back, never lost. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "folder.h"
#include "host/core/units.h"
#include "host/io/load_exercise.h"
#include "host/io/load_limits.h"
#include "host/io/patient_limits.h"
#include "host/io/settings.h"
#include "host/session/voice.h"
#include "suite.h"

static const char exercise_text[] =
    "[exercise]\nid = rest\nname = Rest\nsummary = Lie.\nclass = judged\npose = supine\n"
    "[judge]\nanterior_rotation = yes\n[thresholds]\namber_deg = 4\n"
    "[step 1]\ndo = neutral\nsay = Breathe.\nfor_s = 5\n"
    "[step 2]\ndo = hold\nsay = Hold.\nin_zone_s = 10\nat_most_s = 20\n";

static void at_home(struct folder *home)
{
    folder_make(home);
    setenv("XDG_CONFIG_HOME", home->path, 1);
    setenv("XDG_DATA_HOME", home->path, 1);
}

static void rest_exercise(struct plumb_exercise *exercise)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(
        plumb_exercise_read(exercise, "rest", exercise_text, strlen(exercise_text), &message), 0);
}

static int mode_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? (int)(facts.st_mode & 0777) : -1;
}

/* ---- settings */

static void settings_come_back_as_they_were(void)
{
    struct folder home;
    struct plumb_message message = {""};
    struct plumb_settings wanted = plumb_settings_usual(), back;
    char path[256];
    at_home(&home);
    CU_ASSERT_EQUAL(plumb_settings_load(&back, &message), 0); /* no file yet */
    CU_ASSERT_EQUAL(back.sound, PLUMB_VOICE_FULL);
    CU_ASSERT_EQUAL(back.side, PLUMB_RIGHT);
    wanted.sound = PLUMB_VOICE_BEYOND_RED;
    wanted.volume = 0.25;
    wanted.text_scale = 1.5;
    wanted.look = PLUMB_LOOK_DARK;
    wanted.contrast = true;
    strcpy(wanted.language, "de");
    wanted.paper = 1;
    wanted.weight_unit = PLUMB_LB;
    strcpy(wanted.exercise, "low-lunge");
    wanted.side = 2;
    CU_ASSERT_EQUAL(plumb_settings_save(&wanted, &message), 0);
    CU_ASSERT_EQUAL(plumb_settings_load(&back, &message), 0);
    CU_ASSERT(
        back.sound == wanted.sound && back.volume == wanted.volume && back.text_scale == wanted.text_scale);
    CU_ASSERT(back.look == wanted.look && back.contrast && back.paper == 1 && back.side == 2);
    CU_ASSERT(back.weight_unit == PLUMB_LB);
    CU_ASSERT_STRING_EQUAL(back.language, "de");
    CU_ASSERT_STRING_EQUAL(back.exercise, "low-lunge");
    snprintf(path, sizeof path, "%s/plumb/settings.ini", home.path);
    CU_ASSERT_EQUAL(mode_of(path), 0600);
    snprintf(path, sizeof path, "%s/plumb", home.path);
    CU_ASSERT_EQUAL(mode_of(path), 0700);
    folder_remove(&home);
}

static void a_damaged_file_is_said_and_all_is_as_usual(void)
{
    struct folder home;
    struct plumb_message message = {""};
    struct plumb_settings settings = plumb_settings_usual();
    char path[256];
    at_home(&home);
    CU_ASSERT_EQUAL(plumb_settings_save(&settings, &message), 0);
    snprintf(path, sizeof path, "%s/plumb/settings.ini", home.path);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs("[window]\ntext_scale = 40\n", file);
    fclose(file);
    settings.volume = 0;
    CU_ASSERT(plumb_settings_load(&settings, &message) < 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "settings.ini:2"));
    CU_ASSERT_EQUAL(settings.text_scale, 1);
    CU_ASSERT_EQUAL(settings.volume, 0.7);
    folder_remove(&home);
}

static void weights_are_said_in_the_unit_asked_for(void)
{
    char text[24];
    plumb_settings_weight(text, 2.3, PLUMB_KG);
    CU_ASSERT_STRING_EQUAL(text, "2.3 kg");
    plumb_settings_weight(text, 2.3, PLUMB_LB);
    CU_ASSERT_STRING_EQUAL(text, "5 lb");
}

/* ---- a person's own limits */

static void no_two_people_share_a_file_and_none_leaves_the_folder(void)
{
    static const char *const aliases[] = {"me",  "anna", "Anna", "anna m", "anna%20m", "../../etc/passwd",
                                          "a/b", "a.b",  ".",    "..",     "\xc3\xa4", "a\nb"};
    char paths[12][PLUMB_PATH_N], folder[PLUMB_PATH_N];
    struct folder home;
    struct plumb_message message = {""};
    at_home(&home);
    snprintf(folder, sizeof folder, "%s/plumb/limits/", home.path);
    for (int i = 0; i < 12; i++) {
        CU_ASSERT_EQUAL(plumb_patient_limits_path(aliases[i], paths[i], &message), 0);
        CU_ASSERT_EQUAL(strncmp(paths[i], folder, strlen(folder)), 0);
        CU_ASSERT_PTR_NULL(strchr(paths[i] + strlen(folder), '/'));
        for (int k = 0; k < i; k++)
            CU_ASSERT_STRING_NOT_EQUAL(paths[i], paths[k]);
    }
    CU_ASSERT_EQUAL(plumb_patient_limits_path("", folder, &message), 0);
    CU_ASSERT_STRING_EQUAL(folder, paths[0]);
    folder_remove(&home);
}

static double in_force_deg(const char *path, const struct plumb_exercise *exercise, enum plumb_side side)
{
    struct plumb_message message = {""};
    struct plumb_thresholds limits = exercise->thresholds;
    CU_ASSERT_EQUAL(plumb_limits_load(&limits, path, exercise->id, side, &message), 0);
    return limits.red_rad * PLUMB_DEG_PER_RAD;
}

static void set_red(const char *path, const struct plumb_exercise *exercise, int side, double red_deg)
{
    struct plumb_message message = {""};
    struct plumb_patient_limits limits;
    CU_ASSERT_EQUAL(plumb_patient_limits_get(&limits, path, exercise, side, &message), 0);
    limits.own.red_rad = red_deg * PLUMB_RAD_PER_DEG;
    CU_ASSERT_EQUAL(plumb_patient_limits_set(path, exercise, side, &limits.own, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
}

static void limits_are_kept_by_exercise_and_side(void)
{
    struct folder home;
    struct plumb_exercise exercise, other;
    struct plumb_message message = {""};
    struct plumb_patient_limits limits;
    char path[PLUMB_PATH_N];
    at_home(&home);
    rest_exercise(&exercise);
    other = exercise;
    strcpy(other.id, "other");
    CU_ASSERT_EQUAL(plumb_patient_limits_path("anna", path, &message), 0);
    set_red(path, &exercise, PLUMB_LEFT, 7);
    set_red(path, &exercise, PLUMB_BOTH_SIDES, 6); /* comes later and still does not hide the side's */
    set_red(path, &other, PLUMB_BOTH_SIDES, 8);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &exercise, PLUMB_LEFT), 7, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &exercise, PLUMB_RIGHT), 6, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &other, PLUMB_LEFT), 8, 1e-9);
    CU_ASSERT_EQUAL(mode_of(path), 0600);
    CU_ASSERT_EQUAL(plumb_patient_limits_get(&limits, path, &exercise, PLUMB_LEFT, &message), 0);
    CU_ASSERT(limits.has_own);
    CU_ASSERT_DOUBLE_EQUAL(limits.base.red_rad * PLUMB_DEG_PER_RAD, 6, 1e-9);
    CU_ASSERT_EQUAL(plumb_patient_limits_set(path, &exercise, PLUMB_LEFT, &limits.base, &message), 0);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &exercise, PLUMB_LEFT), 6, 1e-9); /* taken back */
    CU_ASSERT_EQUAL(plumb_patient_limits_get(&limits, path, &exercise, PLUMB_LEFT, &message), 0);
    CU_ASSERT(!limits.has_own);
    folder_remove(&home);
}

static void what_is_out_of_order_changes_nothing(void)
{
    struct folder home;
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    struct plumb_patient_limits limits;
    char path[PLUMB_PATH_N];
    at_home(&home);
    rest_exercise(&exercise);
    CU_ASSERT_EQUAL(plumb_patient_limits_path("anna", path, &message), 0);
    set_red(path, &exercise, PLUMB_LEFT, 7);
    CU_ASSERT_EQUAL(plumb_patient_limits_get(&limits, path, &exercise, PLUMB_LEFT, &message), 0);
    limits.own.red_rad = 3 * PLUMB_RAD_PER_DEG; /* below amber */
    CU_ASSERT(plumb_patient_limits_set(path, &exercise, PLUMB_LEFT, &limits.own, &message) < 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "must not be above red_deg"));
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &exercise, PLUMB_LEFT), 7, 1e-9);
    folder_remove(&home);
}

/* Another exercise's limits may be narrower than this one's own: that is no reason to refuse the file. */
static void limits_of_another_exercise_are_not_held_against_this_one(void)
{
    struct folder home;
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    at_home(&home);
    rest_exercise(&exercise); /* amber 4 */
    CU_ASSERT_EQUAL(plumb_patient_limits_path("anna", path, &message), 0);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fputs("[thresholds other]\nred_deg = 3.5\nrelease_deg = 3\n", file);
    fclose(file);
    CU_ASSERT_DOUBLE_EQUAL(
        in_force_deg(path, &exercise, PLUMB_LEFT), exercise.thresholds.red_rad * PLUMB_DEG_PER_RAD, 1e-9);
    set_red(path, &exercise, PLUMB_RIGHT, 7);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(path, &exercise, PLUMB_RIGHT), 7, 1e-9);
    folder_remove(&home);
}

static void limits_go_with_their_person(void)
{
    struct folder home;
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    char anna[PLUMB_PATH_N], bert[PLUMB_PATH_N];
    at_home(&home);
    rest_exercise(&exercise);
    CU_ASSERT_EQUAL(plumb_patient_limits_path("anna", anna, &message), 0);
    CU_ASSERT_EQUAL(plumb_patient_limits_path("bert", bert, &message), 0);
    CU_ASSERT_EQUAL(plumb_patient_limits_delete("anna", &message), 0); /* there are none yet */
    set_red(anna, &exercise, PLUMB_LEFT, 7);
    CU_ASSERT_EQUAL(plumb_patient_limits_rename("anna", "bert", &message), 0);
    CU_ASSERT(access(anna, F_OK) != 0);
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(bert, &exercise, PLUMB_LEFT), 7, 1e-9);
    set_red(anna, &exercise, PLUMB_LEFT, 6);
    CU_ASSERT_EQUAL(plumb_patient_limits_rename("anna", "bert", &message), 0); /* bert has his own */
    CU_ASSERT_DOUBLE_EQUAL(in_force_deg(bert, &exercise, PLUMB_LEFT), 7, 1e-9);
    CU_ASSERT_EQUAL(plumb_patient_limits_delete("bert", &message), 0);
    CU_ASSERT(access(bert, F_OK) != 0);
    folder_remove(&home);
}

static CU_TestInfo tests[] = {
    {"limits_go_with_their_person", limits_go_with_their_person},
    {"settings_come_back_as_they_were", settings_come_back_as_they_were},
    {"a_damaged_file_is_said_and_all_is_as_usual", a_damaged_file_is_said_and_all_is_as_usual},
    {"weights_are_said_in_the_unit_asked_for", weights_are_said_in_the_unit_asked_for},
    {"no_two_people_share_a_file_and_none_leaves_the_folder",
     no_two_people_share_a_file_and_none_leaves_the_folder},
    {"limits_are_kept_by_exercise_and_side", limits_are_kept_by_exercise_and_side},
    {"what_is_out_of_order_changes_nothing", what_is_out_of_order_changes_nothing},
    {"limits_of_another_exercise_are_not_held_against_this_one",
     limits_of_another_exercise_are_not_held_against_this_one},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("settings", tests, argc, argv);
}
