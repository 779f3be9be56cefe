/* Exercises saved into the file that somebody wrote: what did not change stays as it stands. */
#define _GNU_SOURCE
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "any_exercise.h"
#include "folder.h"
#include "host/core/exercise_edit.h"
#include "host/core/units.h"
#include "host/io/exercise_weave.h"
#include "host/io/load_exercise.h"
#include "host/io/save_exercise.h"
#include "same_exercise.h"
#include "suite.h"

#define EXERCISES PLUMB_SOURCE_DIR "/host/exercises/"
#define RANDOM_N  600
#define REMARK    " ; as the physio said"

static const char commented[] =
    "; written by hand\n"
    "\n"
    "[step first]\n"
    "do = neutral\n"
    "for_s = 10\n"
    "\n"
    "# Two rounds.\n"
    "[step 7]\n"
    "# slowly\n"
    "say = Lower the LEG leg off the edge, all the way down, and let it hang there as long as it takes\n"
    "# in one breath\n"
    "    until it is quiet. ; and no longer\n"
    "do = move\n"
    "for_s = 8" REMARK "\n"
    "\n"
    "[step 8]\n"
    "do = hold\n"
    "in_zone_s = 30\n"
    "  # at most\n"
    "at_most_s = 90\n"
    "\n"
    "\n"
    "# ---- what it is ----\n"
    "[exercise]\n"
    "pose = supine ; on the bed\n"
    "name = By hand\n"
    "id = by-hand\n"
    "[judge]\n"
    "anterior_rotation = on\n"
    "lumbar_arch = no\n"
    "\n"
    "[weight] # later\n"
    "# not before June\n"
    "where = ankle\n"
    "from_kg = 0.50\n"
    "to_kg = 2\n"
    "# the end";

static struct plumb_exercise was, is, back;

static void read_text(struct plumb_exercise *exercise, const char *text)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_read(exercise, "text", text, strlen(text), &message), 0);
}

/* What saving `exercise` over the text makes of it; owned. It has to read back as the exercise. */
static char *saved(const char *over, const struct plumb_exercise *exercise)
{
    struct plumb_message message = {""};
    struct folder folder;
    char path[FOLDER_PATH_N];
    size_t n;
    folder_make(&folder);
    folder_put(&folder, "mine.exercise", over, strlen(over));
    folder_path(&folder, "mine.exercise", path);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_save(exercise, path, path, &message), 0);
    char *text = folder_get(&folder, "mine.exercise", &n);
    read_text(&back, text);
    check_no_difference(exercise, &back);
    folder_remove(&folder);
    return text;
}

/* The text with `from` in the place of `to`, once. Static. */
static const char *with(const char *text, const char *from, const char *to)
{
    static char out[2][4000];
    static int turn;
    const char *at = strstr(text, from);
    CU_ASSERT_PTR_NOT_NULL_FATAL(at);
    turn = !turn;
    snprintf(out[turn], sizeof out[turn], "%.*s%s%s", (int)(at - text), text, to, at + strlen(from));
    return out[turn];
}

static void check_saved(const char *wanted)
{
    char *text = saved(commented, &is);
    CU_ASSERT_STRING_EQUAL(text, wanted);
    if (strcmp(text, wanted) != 0)
        printf("\n---- is\n%s\n---- wanted\n%s", text, wanted);
    free(text);
}

/* The same text but for what is changed here; a last line gets its end. */
static const char *begin(void)
{
    read_text(&was, commented);
    is = was;
    return with(commented, "# the end", "# the end\n");
}

static void without_a_change_every_file_stays_byte_for_byte(void)
{
    glob_t found;
    CU_ASSERT_EQUAL_FATAL(glob(EXERCISES "*.exercise", 0, NULL, &found), 0);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        struct plumb_message message = {""};
        char *text;
        size_t n;
        exercise_load(&was, found.gl_pathv[i]);
        CU_ASSERT_EQUAL_FATAL(plumb_exercise_weave(&was, found.gl_pathv[i], &text, &n, &message), 0);
        char *same = saved(text, &was);
        FILE *file = fopen(found.gl_pathv[i], "r");
        char whole[20000];
        whole[fread(whole, 1, sizeof whole - 1, file)] = '\0';
        CU_ASSERT_STRING_EQUAL(text, whole);
        CU_ASSERT_STRING_EQUAL(same, whole);
        fclose(file);
        free(same);
        free(text);
    }
    globfree(&found);
    const char *wanted = begin();
    check_saved(wanted);
}

static void a_changed_value_takes_the_old_ones_place(void)
{
    const char *wanted = begin();
    is.steps[1].for_s = 6.5;
    is.steps[2].in_zone_s = 45;
    is.weight.from_kg = 1;
    strcpy(is.name, "By my hand");
    wanted = with(wanted, "for_s = 8" REMARK, "for_s = 6.5" REMARK);
    wanted = with(wanted, "in_zone_s = 30", "in_zone_s = 45");
    wanted = with(wanted, "from_kg = 0.50", "from_kg = 1");
    wanted = with(wanted, "name = By hand", "name = By my hand");
    check_saved(wanted);
}

static void remarks_and_comments_within_a_changed_text_stay(void)
{
    const char *wanted = begin();
    strcpy(is.steps[1].say, "Down.");
    is.pose = PLUMB_PRONE;
    plumb_posture_default(&is.posture, is.pose);
    wanted = with(
        wanted,
        "say = Lower the LEG leg off the edge, all the way down, and let it hang there as long as it takes\n"
        "# in one breath\n    until it is quiet. ; and no longer\n",
        "say = Down.\n# in one breath\n; and no longer\n");
    check_saved(with(wanted, "pose = supine ; on the bed", "pose = prone ; on the bed"));
}

static void new_keys_and_sections_come_where_they_belong(void)
{
    const char *wanted = begin();
    is.judges |= 1u << PLUMB_PELVIC_ROTATION;
    is.thresholds.red_rad = 6 * PLUMB_RAD_PER_DEG;
    is.week_n = 7;
    is.steps[2].in_zone_most_s = 60;
    wanted = with(wanted, "id = by-hand\n", "id = by-hand\ntimes_a_week = 7\n");
    wanted = with(
        wanted, "lumbar_arch = no\n",
        "lumbar_arch = no\npelvic_rotation = yes\n\n[thresholds]\nred_deg = 6\n");
    check_saved(with(wanted, "at_most_s = 90\n", "at_most_s = 90\nin_zone_most_s = 60\n"));
}

static void what_is_usual_again_is_said_where_it_was_said_and_what_is_gone_is_left_out(void)
{
    const char *wanted = begin();
    is.judges = 1u << PLUMB_LUMBAR_ARCH;
    is.steps[1].for_s = 0;
    is.weight = (struct plumb_added_weight){{0}, 0, 0};
    wanted =
        with(wanted, "anterior_rotation = on\nlumbar_arch = no", "anterior_rotation = no\nlumbar_arch = yes");
    wanted = with(wanted, "for_s = 8" REMARK, "for_s = 0" REMARK);
    check_saved(with(wanted, "where = ankle\nfrom_kg = 0.50\nto_kg = 2\n", ""));
}

static void steps_take_their_comments_along(void)
{
    const char *wanted = begin();
    const char *move = strstr(commented, "\n# Two rounds."), *hold = strstr(commented, "\n[step 8]"),
               *end = strstr(commented, "\n\n# ---- what");
    char turned[2000];
    plumb_exercise_step_move(&is, 1, 2);
    snprintf(
        turned, sizeof turned, "%.*s%.*s%.*s%s\n", (int)(move - commented), commented, (int)(end - hold),
        hold, (int)(hold - move), move, end);
    check_saved(with(with(turned, "[step 8]", "[step 2]"), "[step 7]", "[step 3]"));
    begin();
    plumb_exercise_step_remove(&is, 2);
    snprintf(turned, sizeof turned, "%.*s%s\n", (int)(hold - commented), commented, end);
    check_saved(with(turned, "[step 7]", "[step 2]"));
    begin();
    plumb_exercise_step_remove(&is, 1); /* what stood above its head may be about the others too */
    snprintf(turned, sizeof turned, "%.*s\n# Two rounds.\n%s\n", (int)(move - commented), commented, hold);
    check_saved(with(turned, "[step 8]", "[step 2]"));
    wanted = begin();
    struct plumb_step rest = {
        .kind = PLUMB_STEP_SAY, .say = "Rest.", .for_s = 5, .rep_rad = is.steps[0].rep_rad};
    plumb_exercise_step_insert(&is, 3, &rest);
    wanted = with(wanted, "[step 7]", "[step 2]");
    wanted = with(wanted, "[step 8]", "[step 3]");
    check_saved(
        with(wanted, "at_most_s = 90\n", "at_most_s = 90\n\n[step 4]\ndo = say\nsay = Rest.\nfor_s = 5\n"));
}

static void lines_end_as_the_others_do(void)
{
    char text[600], *at;
    const char *dos = "\xef\xbb\xbf# by hand\r\n[exercise]\r\nid = mine\r\nname = Mine\r\npose = upright\r\n"
                      "class = companion\r\n[step]\r\ndo = move\r\nfor_s = 5\r\n";
    read_text(&is, dos);
    is.steps[0].for_s = 6;
    is.steps[0].at_most_s = 9;
    char *woven = saved(dos, &is);
    snprintf(text, sizeof text, "%s", with(dos, "for_s = 5\r\n", "for_s = 6\r\nat_most_s = 9\r\n"));
    CU_ASSERT_STRING_EQUAL(woven, text);
    while ((at = strchr(text, '\r')))
        memmove(at, at + 1, strlen(at));
    free(woven);
}

static void a_file_that_cannot_be_read_takes_no_part(void)
{
    struct plumb_message message = {""};
    struct folder folder;
    char path[FOLDER_PATH_N], *text, *plain;
    size_t n;
    begin();
    folder_make(&folder);
    folder_put(&folder, "mine.exercise", "[exercise]\nid", 13);
    folder_path(&folder, "mine.exercise", path);
    CU_ASSERT_EQUAL(plumb_exercise_save(&is, path, path, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_write(&is, &plain, &n, &message), 0);
    text = folder_get(&folder, "mine.exercise", &n);
    CU_ASSERT_STRING_EQUAL(text, plain);
    free(text);
    free(plain);
    folder_remove(&folder);
}

/* ---- by chance */

/* The exercise's text with numbered comments and blank lines here and there, and remarks; how many comments
 * there are. Owned. */
static char *sprinkled(struct plumb_rng *rng, const struct plumb_exercise *exercise, int *comments_n)
{
    struct plumb_message message = {""};
    char *plain, *text = NULL;
    size_t n;
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_write(exercise, &plain, &n, &message), 0);
    FILE *to = open_memstream(&text, &n);
    *comments_n = 0;
    for (char *at = plain, *stop; (stop = strchr(at, '\n')); at = stop + 1) {
        if (!up_to(rng, 6))
            fprintf(to, "%s# c%d.\n", up_to(rng, 4) ? "" : "  ", (*comments_n)++);
        fprintf(to, "%.*s", (int)(stop - at), at);
        if (!up_to(rng, 9) && stop > at && stop - at < 100)
            fprintf(to, "\t; c%d.", (*comments_n)++);
        fputs(up_to(rng, 9) ? "\n" : "\n\n", to);
    }
    fclose(to);
    free(plain);
    return text;
}

static void change(struct plumb_rng *rng, struct plumb_exercise *exercise)
{
    struct plumb_step step;
    int at = 1 + up_to(rng, exercise->steps_n), last = at == exercise->steps_n;
    switch (up_to(rng, 5)) {
    case 0:
        any_step(rng, &step, at, 1);
        step.back_to = step.kind == PLUMB_STEP_AGAIN ? 1 : 0;
        plumb_exercise_step_insert(exercise, at, &step);
        break;
    case 1:
        if (!last)
            plumb_exercise_step_remove(exercise, at);
        break;
    case 2:
        if (!last)
            plumb_exercise_step_move(exercise, at, 1 + up_to(rng, exercise->steps_n - 1));
        break;
    case 3:
        if (!last)
            any_step(rng, &exercise->steps[at], at, 1);
        break;
    default:
        any_exercise(rng, exercise, 1);
        break;
    }
}

static int found_n(const char *text, int comments_n)
{
    int n = 0;
    for (int i = 0; i < comments_n; i++) {
        char wanted[16];
        snprintf(wanted, sizeof wanted, " c%d.", i);
        n += strstr(text, wanted) != NULL;
    }
    return n;
}

/* `exercise` woven into the text: it reads back as the exercise. Owned. */
static char *woven(const struct folder *folder, const char *over, const struct plumb_exercise *exercise)
{
    struct plumb_message message = {""};
    char path[FOLDER_PATH_N], *text;
    size_t n;
    folder_put(folder, "any.exercise", over, strlen(over));
    folder_path(folder, "any.exercise", path);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_weave(exercise, path, &text, &n, &message), 0);
    CU_ASSERT_EQUAL_FATAL(plumb_exercise_read(&back, "woven", text, n, &message), 0);
    check_no_difference(exercise, &back);
    return text;
}

/* `was` and `is` by chance, a change between them; 0 where no file holds the one or the other. */
static int any_change(struct plumb_rng *rng)
{
    struct plumb_message message;
    char *text;
    size_t n;
    any_exercise(rng, &was, 1);
    is = was;
    change(rng, &is);
    if (plumb_exercise_write(&was, &text, &n, &message))
        return 0; /* a word too long for a line */
    free(text);
    if (plumb_exercise_write(&is, &text, &n, &message))
        return 0;
    int good = plumb_exercise_read(&is, "is", text, n, &message) == 0;
    free(text);
    return good;
}

static void any_change_of_any_file_reads_back_with_its_comments(void)
{
    struct plumb_rng rng = plumb_rng_of(11);
    struct folder folder;
    int tried_n = 0, kept_n = 0, all_n = 0;
    folder_make(&folder);
    for (int i = 0; i < RANDOM_N; i++) {
        int comments_n;
        if (!any_change(&rng))
            continue;
        char *text = sprinkled(&rng, &was, &comments_n);
        char *same = woven(&folder, text, &was), *changed = woven(&folder, text, &is);
        CU_ASSERT_STRING_EQUAL(same, text);
        tried_n++;
        kept_n += found_n(changed, comments_n);
        all_n += comments_n;
        free(changed);
        free(same);
        free(text);
    }
    folder_remove(&folder);
    printf("\n%d changes, %d of %d comments kept\n", tried_n, kept_n, all_n);
    CU_ASSERT(tried_n > RANDOM_N / 2);
    CU_ASSERT(kept_n > all_n * 3 / 4); /* the others went with their steps */
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"without a change", without_a_change_every_file_stays_byte_for_byte},
        {"changed values", a_changed_value_takes_the_old_ones_place},
        {"remarks", remarks_and_comments_within_a_changed_text_stay},
        {"new keys", new_keys_and_sections_come_where_they_belong},
        {"usual again", what_is_usual_again_is_said_where_it_was_said_and_what_is_gone_is_left_out},
        {"steps", steps_take_their_comments_along},
        {"line ends", lines_end_as_the_others_do},
        {"unreadable", a_file_that_cannot_be_read_takes_no_part},
        {"any change", any_change_of_any_file_reads_back_with_its_comments},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("exercise weave", tests, argc, argv);
}
