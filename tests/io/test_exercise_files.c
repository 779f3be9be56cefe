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
#include "host/core/exercise_edit.h"
#include "host/core/units.h"
#include "host/io/ini_write.h"
#include "host/io/load_exercise.h"
#include "host/io/own_exercise.h"
#include "host/io/save_exercise.h"
#include "host/patient/rng.h"
#include "same_exercise.h"
#include "suite.h"

#define EXERCISES PLUMB_SOURCE_DIR "/host/exercises/"
#define RANDOM_N  3000

static void load(struct plumb_exercise *exercise, const char *path)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(exercise, path, &message), 0);
}

static void check_no_difference(const struct plumb_exercise *a, const struct plumb_exercise *b)
{
    const char *difference = first_difference(a, b);
    if (difference)
        printf("\n%s: %s differs\n", a->id, difference);
    CU_ASSERT_PTR_NULL(difference);
}

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
        load(&was, found.gl_pathv[i]);
        folder_path(&folder, "back.exercise", path);
        CU_ASSERT_EQUAL(plumb_exercise_save(&was, path, &message), 0);
        CU_ASSERT_STRING_EQUAL(message.text, "");
        load(&is, path);
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
    load(&exercise, EXERCISES "supine-edge.exercise");
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

/* ---- texts */

static void put(char *text, size_t room, const char *words)
{
    CU_ASSERT_FATAL(strlen(words) < room);
    strcpy(text, words);
}

/* What the writing says to that summary; NULL where it reads back the same. */
static const char *written(const char *summary)
{
    static struct plumb_message message;
    static struct plumb_exercise was, is;
    char *text;
    size_t n;
    message.text[0] = '\0';
    load(&was, EXERCISES "supine-edge.exercise");
    put(was.summary, sizeof was.summary, summary);
    if (plumb_exercise_write(&was, &text, &n, &message))
        return message.text;
    int fail = plumb_exercise_read(&is, "memory", text, n, &message);
    CU_ASSERT_EQUAL(fail, 0);
    if (!fail)
        check_no_difference(&was, &is);
    free(text);
    return fail ? message.text : NULL;
}

static const char *repeated(const char *piece, size_t bytes)
{
    static char text[PLUMB_EXERCISE_TEXT_N];
    text[0] = '\0';
    while (strlen(text) + strlen(piece) <= bytes)
        strcat(text, piece);
    if (text[0] && text[strlen(text) - 1] == ' ')
        text[strlen(text) - 1] = '\0';
    return text;
}

static void odd_texts_read_back(void)
{
    static const char *const texts[] = {
        "# no comment",
        "a # b",
        "a;b; c",
        "= x",
        "a = b",
        "[step 1]",
        "two  spaces",
        "100 % \"quoted\" \\n",
        "\xc2\xa0no-break space",
        "caf\xc3\xa9 \xe2\x80\x94 \xf0\x9f\xa6\xb5"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        CU_ASSERT_PTR_NULL(written(texts[i]));
    CU_ASSERT_PTR_NULL(written(repeated("\xe2\x82\xac\xe2\x82\xac\xe2\x82\xac ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("steady = ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("word # ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("a [b] ", 255)));
    CU_ASSERT_PTR_NULL(written(repeated("\xf0\x9f\xa6\xb5", 184)));
}

static void a_text_that_no_file_holds_is_refused_in_one_line(void)
{
    static const struct {
        const char *text, *says;
    } rows[] = {
        {"two\nlines", "[exercise]: summary has a line break"},
        {"a\ttab", "[exercise]: summary has a control character"},
        {" first", "[exercise]: summary begins or ends with a space"},
        {"last ", "[exercise]: summary begins or ends with a space"},
        {"; first", "[exercise]: summary has a ';' first or behind a space, where a comment begins"},
        {"a ; b", "[exercise]: summary has a ';' first or behind a space, where a comment begins"},
        {"half \xe2\x82", "[exercise]: summary is not UTF-8"},
    };
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        const char *says = written(rows[i].text);
        CU_ASSERT_PTR_NOT_NULL_FATAL(says);
        CU_ASSERT_STRING_EQUAL(says, rows[i].says);
    }
    const char *says = written(repeated("\xe2\x82\xac", 255));
    CU_ASSERT_PTR_NOT_NULL_FATAL(says);
    CU_ASSERT_STRING_EQUAL(says, "[exercise]: summary has more than a line's bytes without a space");
}

static void cleaning_makes_a_text_that_a_file_holds(void)
{
    static const struct {
        const char *typed, *clean;
    } rows[] = {
        {"two\nlines\r\n", "two lines"}, {"  a \t b  ", "a b"},      {"a ; b", "a; b"}, {" ;; x", "x"},
        {"half \xe2\x82", "half"},       {"\xe2\x82 ok \xff", "ok"}, {"", ""},          {" \n ", ""},
        {"as it is", "as it is"},
    };
    char text[64];
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        put(text, sizeof text, rows[i].typed);
        plumb_ini_text_clean(text, sizeof text);
        CU_ASSERT_STRING_EQUAL(text, rows[i].clean);
        CU_ASSERT_PTR_NULL(plumb_ini_text_lacks(text));
    }
    put(text, sizeof text, "12345 \xe2\x82\xac");
    plumb_ini_text_clean(text, 8); /* room for one of the last character's three bytes */
    CU_ASSERT_STRING_EQUAL(text, "12345");
}

/* ---- any exercise */

static int up_to(struct plumb_rng *rng, int n)
{
    return (int)(plumb_rng_next(rng) % (unsigned)n);
}

/* Words, and all that could be taken for something else. */
static void any_text(struct plumb_rng *rng, char *text, size_t room, int clean)
{
    static const char *const pieces[] = {"LEG", "hold", "a = b", ";",           "#", "[x]",
                                         "=",   "\n",   "\t",    "\xc3\xa9",    " ", "  ",
                                         "x;",  "\"",   "quiet", "\xe2\x82\xac"};
    size_t wanted = (size_t)up_to(rng, (int)room), n = 0;
    text[0] = '\0';
    while (n < wanted) {
        const char *piece = pieces[up_to(rng, up_to(rng, clean ? 4 : 60) ? 2 : 16)];
        int spaced = n && up_to(rng, 5);
        if (n + strlen(piece) + 1 >= room)
            break;
        n += (size_t)sprintf(text + n, "%s%s", spaced ? " " : "", piece);
    }
    if (clean)
        plumb_ini_text_clean(text, room);
}

/* An angle as somebody writes it, or with all its bits. */
static double any_rad(struct plumb_rng *rng, double low_deg, double high_deg)
{
    double deg = plumb_rng_uniform(rng, low_deg, high_deg);
    return (up_to(rng, 2) ? deg : round(deg * 10) / 10) * PLUMB_RAD_PER_DEG;
}

static double any_s(struct plumb_rng *rng, double most)
{
    return up_to(rng, 3) ? up_to(rng, (int)most) + 1 : plumb_rng_uniform(rng, 0.1, most);
}

static void any_step(struct plumb_rng *rng, struct plumb_step *step, int at, int clean)
{
    plumb_step_usual(
        step, at == 0 ? PLUMB_STEP_NEUTRAL : (enum plumb_step_kind)up_to(rng, PLUMB_STEPS_KINDS_N));
    any_text(rng, step->say, sizeof step->say, clean);
    step->back_to = step->kind == PLUMB_STEP_AGAIN ? 1 + up_to(rng, at) : 0;
    step->for_s = any_s(rng, 60);
    step->in_zone_s = any_s(rng, 300);
    step->in_zone_most_s = up_to(rng, 2) ? step->in_zone_s + any_s(rng, 60) : 0;
    step->at_most_s = any_s(rng, 900);
    step->lowering_s = up_to(rng, 2) ? any_s(rng, 4) : 0;
    step->count = 3 + up_to(rng, 20);
    step->count_most = up_to(rng, 2) ? step->count + up_to(rng, 9) : 0;
    step->rep_rad = any_rad(rng, 1.1, 59);
}

static void any_limits(struct plumb_rng *rng, struct plumb_thresholds *limits)
{
    limits->amber_rad = any_rad(rng, 2.1, 4);
    limits->red_rad = any_rad(rng, 5, 9);
    limits->release_rad = any_rad(rng, 2.1, 4);
    limits->immediate_rad = any_rad(rng, 10, 20);
    limits->turn_red_rad = any_rad(rng, 6, 59);
    limits->delay_s = any_s(rng, 9);
    limits->release_s = up_to(rng, 2) ? 0 : any_s(rng, 9);
}

static void any_posture(struct plumb_rng *rng, struct plumb_posture *posture)
{
    posture->view = (enum plumb_posture_view)up_to(rng, 2);
    posture->on = (enum plumb_posture_on)up_to(rng, 5);
    posture->strap = up_to(rng, 2);
    posture->clip_back = up_to(rng, 2);
    if (up_to(rng, 2))
        posture->trunk_rad = any_rad(rng, -359, 359);
    if (up_to(rng, 2))
        posture->worked.shin_rad = any_rad(rng, -359, 359);
    if (up_to(rng, 2))
        posture->other_arm.fore_rad = any_rad(rng, -359, 359);
}

static void any_head(struct plumb_rng *rng, struct plumb_exercise *exercise, int clean)
{
    strcpy(exercise->id, "any");
    any_text(rng, exercise->name + 1, sizeof exercise->name - 1, clean);
    exercise->name[0] = 'N';
    any_text(rng, exercise->summary, sizeof exercise->summary, clean);
    any_text(rng, exercise->stance, sizeof exercise->stance, clean);
    any_text(rng, exercise->allowed, sizeof exercise->allowed, clean);
    any_text(rng, exercise->pain[up_to(rng, 3)], PLUMB_EXERCISE_TEXT_N, clean);
    exercise->judged = up_to(rng, 2);
    exercise->order = (enum plumb_side_order)up_to(rng, 3);
    exercise->week_n = up_to(rng, 50);
    exercise->pose = (enum plumb_pose)up_to(rng, PLUMB_POSES_N);
    exercise->mirrored = exercise->pose >= PLUMB_LYING_LEFT && up_to(rng, 2);
    for (int kind = 0; kind <= PLUMB_POSTERIOR_TILT; kind++)
        if (plumb_pose_shows(exercise->pose, (enum plumb_flag_kind)kind) &&
            (exercise->judged || up_to(rng, 2)))
            exercise->judges |= 1u << kind;
    if (up_to(rng, 2))
        exercise->weight = (struct plumb_added_weight){"ankle", 0.1 + any_s(rng, 3), 5 + any_s(rng, 9)};
}

static void any_exercise(struct plumb_rng *rng, struct plumb_exercise *exercise, int clean)
{
    memset(exercise, 0, sizeof *exercise);
    any_head(rng, exercise, clean);
    plumb_thresholds_default(&exercise->thresholds);
    plumb_posture_default(&exercise->posture, exercise->pose);
    if (up_to(rng, 2))
        any_limits(rng, &exercise->thresholds);
    if (up_to(rng, 2))
        any_posture(rng, &exercise->posture);
    exercise->steps_n = 1 + up_to(rng, PLUMB_EXERCISE_STEPS_N);
    for (int at = 0; at < exercise->steps_n; at++) {
        any_step(rng, &exercise->steps[at], at, clean);
        if (exercise->steps[at].kind == PLUMB_STEP_TILTS || exercise->steps[at].kind == PLUMB_STEP_ARCH)
            exercise->other_side_from = at + 1;
    }
}

/* 1 where it was written and has come back the same; 0 where a text of it is refused. */
static int round_trip(const struct plumb_exercise *exercise, struct plumb_message *message)
{
    struct plumb_exercise back;
    char *text;
    size_t n;
    message->text[0] = '\0';
    if (plumb_exercise_write(exercise, &text, &n, message)) {
        CU_ASSERT(strstr(message->text, " has ") || strstr(message->text, "with a space"));
        return 0;
    }
    int fail = plumb_exercise_read(&back, "any", text, n, message);
    if (fail)
        printf("\n%s\n%s", message->text, text);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    check_no_difference(exercise, &back);
    free(text);
    return 1;
}

static void any_exercise_comes_back_or_is_refused(void)
{
    struct plumb_rng rng = plumb_rng_of(7);
    struct plumb_exercise exercise;
    struct plumb_message message;
    int written_n[2] = {0}; /* as it was typed, cleaned */
    for (int i = 0; i < RANDOM_N; i++) {
        int clean = i % 3 > 0;
        any_exercise(&rng, &exercise, clean);
        int good = round_trip(&exercise, &message);
        written_n[clean] += good;
        if (clean && !good)
            CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "without a space"));
    }
    printf(
        "\n%d of %d written as typed, %d of %d when cleaned\n", written_n[0], RANDOM_N / 3, written_n[1],
        RANDOM_N - RANDOM_N / 3);
    CU_ASSERT(written_n[0] > 0 && written_n[0] < RANDOM_N / 3);
    CU_ASSERT(written_n[1] > RANDOM_N / 2);
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
    load(&exercise, EXERCISES "supine-edge.exercise");
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, &message), 0);
    CU_ASSERT_EQUAL(stat(path, &status), 0);
    CU_ASSERT_EQUAL(status.st_mode & 0777, 0600);
    exercise.steps[0].for_s = 4000;
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, &message), PLUMB_DAMAGED);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "for_s wants 0 to 3600, found 4000"));
    exercise.steps[0].for_s = 4;
    message.text[0] = '\0';
    signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &was);
    none.rlim_max = was.rlim_max;
    setrlimit(RLIMIT_FSIZE, &none);
    CU_ASSERT_EQUAL(plumb_exercise_save(&exercise, path, &message), PLUMB_FAILED);
    setrlimit(RLIMIT_FSIZE, &was);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "nothing was changed"));
    load(&is, path);
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
    load(&exercise, path);
    return exercise.steps[6].in_zone_s;
}

static void remove_data(const struct folder *folder)
{
    char path[FOLDER_PATH_N];
    folder_path(folder, "plumb/exercises/supine-edge.exercise", path);
    unlink(path);
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
    load(&exercise, EXERCISES "supine-edge.exercise");
    exercise.steps[6].in_zone_s = 45;
    CU_ASSERT_EQUAL(plumb_own_exercise_save(&exercise, &message), 0);
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
    CU_ASSERT_EQUAL(plumb_own_exercise_save(&exercise, &message), PLUMB_USAGE);
    CU_ASSERT_STRING_EQUAL(message.text, "\"../climbs\" is no id: it wants letters, digits and dashes");
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
        {"odd texts read back", odd_texts_read_back},
        {"a text that no file holds is refused in one line",
         a_text_that_no_file_holds_is_refused_in_one_line},
        {"cleaning makes a text that a file holds", cleaning_makes_a_text_that_a_file_holds},
        {"any exercise comes back or is refused", any_exercise_comes_back_or_is_refused},
        {"a failure leaves the old file", a_failure_leaves_the_old_file},
        {"an own exercise hides the shipped one until it is set aside",
         an_own_exercise_hides_the_shipped_one_until_it_is_set_aside},
        {"a new id is free", a_new_id_is_free},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("exercise files", tests, argc, argv);
}
