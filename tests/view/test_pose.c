/* How every shipped exercise is drawn: whole, inside the picture, with its worked leg and its clip; the left
 * side as the mirror image of the right. */
#include <glob.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/io/load_exercise.h"
#include "host/view/pose_figure.h"
#include "layout.h"
#include "suite.h"

static struct plumb_exercise exercise;

static struct plumb_scene drawn(int mirrored)
{
    struct plumb_scene scene;
    struct plumb_pose_figure figure = {
        plumb_theme_get(PLUMB_THEME_LIGHT), &exercise.posture, mirrored, 18, "clip"};
    plumb_scene_init(&scene, 460, 320);
    plumb_pose_figure_draw(&scene, &figure);
    CU_ASSERT_FALSE(scene.failed);
    return scene;
}

static int limbs_of(const struct plumb_scene *scene, plumb_colour colour)
{
    int n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        n += scene->items[i].kind == PLUMB_ITEM_POLYGON && scene->items[i].colour == colour;
    return n;
}

static void check_right(const struct plumb_scene *scene)
{
    const struct plumb_theme *theme = plumb_theme_get(PLUMB_THEME_LIGHT);
    CU_ASSERT_EQUAL(limbs_of(scene, theme->trace), 3); /* thigh, shin, foot */
    CU_ASSERT_EQUAL(limbs_of(scene, theme->zone[PLUMB_RED].fill), 1);
    CU_ASSERT(says(scene, "clip"));
    layout_check(scene);
    for (size_t i = 0; i < scene->points_n; i++) {
        CU_ASSERT(scene->points[i].x_pt > 0 && scene->points[i].x_pt < scene->width_pt);
        CU_ASSERT(scene->points[i].y_pt > 0 && scene->points[i].y_pt < scene->height_pt);
    }
}

/* Polygons have their points in the same order, so point by point. */
static void check_mirror(const struct plumb_scene *right, const struct plumb_scene *left)
{
    CU_ASSERT_EQUAL_FATAL(right->points_n, left->points_n);
    double lean = 0;
    for (size_t i = 0; i < right->items_n; i++) {
        const struct plumb_item *a = &right->items[i], *b = &left->items[i];
        double sum_a = 0, sum_b = 0;
        for (size_t p = 0; a->kind == PLUMB_ITEM_POLYGON && p < a->n; p++) {
            sum_a += right->points[a->first + p].x_pt;
            sum_b += left->width_pt - left->points[b->first + p].x_pt;
        }
        lean = fmax(lean, fabs(sum_a - sum_b) / (double)(a->n ? a->n : 1));
    }
    CU_ASSERT(
        lean < 12); /* the round ends begin on the other side of a limb, which moves a middle a little */
}

static void every_exercise_is_drawn_for_both_sides(void)
{
    glob_t found;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(glob(PLUMB_SOURCE_DIR "/host/exercises/*.exercise", 0, NULL, &found), 0);
    CU_ASSERT(found.gl_pathc > 20);
    for (size_t i = 0; i < found.gl_pathc; i++) {
        CU_ASSERT_EQUAL_FATAL(plumb_exercise_load(&exercise, found.gl_pathv[i], &message), 0);
        struct plumb_scene right = drawn(0), left = drawn(1);
        check_right(&right);
        check_right(&left);
        check_mirror(&right, &left);
        plumb_scene_free(&right);
        plumb_scene_free(&left);
    }
    globfree(&found);
}

#define HEAD "[exercise]\nid = a\nname = a\npose = prone\nclass = companion\n"
#define TAIL "[step 1]\ndo = say\nsay = a\n"

static int read_text(const char *text, struct plumb_message *message)
{
    return plumb_exercise_read(&exercise, "a.exercise", text, strlen(text), message);
}

static void what_a_file_leaves_out_the_pose_decides(void)
{
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(read_text(HEAD TAIL, &message), 0);
    CU_ASSERT_EQUAL(exercise.posture.on, PLUMB_ON_BED);
    CU_ASSERT_TRUE(exercise.posture.clip_back);
    CU_ASSERT_EQUAL(read_text(HEAD "[figure]\non = floor\nworked_leg_deg = 180 90 150\n" TAIL, &message), 0);
    CU_ASSERT_EQUAL(exercise.posture.on, PLUMB_ON_FLOOR);
    CU_ASSERT_TRUE(exercise.posture.clip_back);
    CU_ASSERT_DOUBLE_EQUAL(exercise.posture.worked.shin_rad, 1.5707963, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(exercise.posture.other.shin_rad, 3.1415926, 1e-6);
}

static void a_figure_that_is_none_is_refused_with_its_line(void)
{
    struct plumb_message message = {""};
    CU_ASSERT(read_text(HEAD "[figure]\nworked_leg_deg = 180 90\n" TAIL, &message) < 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "a.exercise:7: worked_leg_deg wants 3 numbers, found 2"));
    message.text[0] = '\0';
    CU_ASSERT(read_text(HEAD "[figure]\ntrunk_deg = 361\n" TAIL, &message) < 0);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "a.exercise:7: trunk_deg"));
}

static CU_TestInfo tests[] = {
    {"every_exercise_is_drawn_for_both_sides", every_exercise_is_drawn_for_both_sides},
    {"what_a_file_leaves_out_the_pose_decides", what_a_file_leaves_out_the_pose_decides},
    {"a_figure_that_is_none_is_refused_with_its_line", a_figure_that_is_none_is_refused_with_its_line},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("pose pictures", tests, argc, argv);
}
