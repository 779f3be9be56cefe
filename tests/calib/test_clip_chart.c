/* How to hold the clip: the picture shows what it says. */
#include <string.h>

#include "calib/turned.h"
#include "host/view/clip_chart.h"
#include "suite.h"

static struct plumb_scene scene;

static void draw(int next, enum plumb_clip_way_state others)
{
    struct plumb_clip_way ways[PLUMB_TURNED_N];
    struct plumb_clip_chart chart = {"Hold it like this", ways, PLUMB_TURNED_N};
    for (int i = 0; i < PLUMB_TURNED_N; i++)
        ways[i] = (struct plumb_clip_way){
            plumb_turned_way(i)->up_s, plumb_turned_way(i)->words, i == next ? PLUMB_CLIP_NEXT : others};
    plumb_scene_init(&scene, PLUMB_CLIP_WIDTH_PT, PLUMB_CLIP_HEIGHT_PT);
    plumb_clip_chart_draw(&scene, &chart);
}

static int texts_n(const char *text)
{
    int n = 0;
    for (size_t i = 0; i < scene.items_n; i++)
        n += scene.items[i].kind == PLUMB_ITEM_TEXT &&
             !strcmp(plumb_scene_chars(&scene, &scene.items[i]), text);
    return n;
}

/* Where the letter of an axis stands, in points from the top. */
static double letter_y_pt(const char *text)
{
    for (size_t i = 0; i < scene.items_n; i++)
        if (scene.items[i].kind == PLUMB_ITEM_TEXT &&
            !strcmp(plumb_scene_chars(&scene, &scene.items[i]), text))
            return scene.items[i].y_pt;
    return -1;
}

static void every_way_is_drawn_with_its_words(void)
{
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        draw(i, PLUMB_CLIP_MISSING);
        CU_ASSERT_FALSE(scene.failed);
        CU_ASSERT_EQUAL(texts_n(plumb_turned_way(i)->words), 1);
        CU_ASSERT_EQUAL(texts_n("X") + texts_n("Y") + texts_n("Z"), 3);
        CU_ASSERT_EQUAL(texts_n("now"), 1);
        plumb_scene_free(&scene);
    }
}

/* The axis that is to point up stands above the others, the one to point down below them. */
static void up_is_up(void)
{
    static const char *const letters[] = {"Z", "X", "Y"};
    for (int way = 0; way < PLUMB_TURNED_FACES_N; way++) {
        draw(way, PLUMB_CLIP_DONE);
        for (int other = 0; other < 3; other++) {
            double here = letter_y_pt(letters[way / 2]), there = letter_y_pt(letters[other]);
            if (other != way / 2)
                CU_ASSERT((way % 2 ? there - here : here - there) < -10);
        }
        plumb_scene_free(&scene);
    }
}

static void all_stays_on_the_page(void)
{
    for (int i = -1; i < PLUMB_TURNED_N; i++) {
        draw(i, PLUMB_CLIP_DONE);
        for (size_t k = 0; k < scene.points_n; k++) {
            CU_ASSERT(scene.points[k].x_pt > 0 && scene.points[k].x_pt < scene.width_pt);
            CU_ASSERT(scene.points[k].y_pt > 0 && scene.points[k].y_pt < scene.height_pt);
        }
        CU_ASSERT_EQUAL(texts_n("done"), PLUMB_TURNED_N - (i >= 0));
        plumb_scene_free(&scene);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every way is drawn with its words", every_way_is_drawn_with_its_words},
        {"up is up", up_is_up},
        {"all stays on the page", all_stays_on_the_page},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("clip chart", tests, argc, argv);
}
