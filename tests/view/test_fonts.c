/* Fonts go from picture to picture and are never freed: Pango's threads would outlive their map. */
#include <pthread.h>

#include "host/view/fonts.h"
#include "suite.h"

#define THREADS_N  8
#define PICTURES_N 40

static void the_next_picture_takes_what_the_last_gave_back(void)
{
    struct plumb_fonts *first = plumb_fonts_take();
    plumb_fonts_give_back(first);
    CU_ASSERT_PTR_EQUAL(plumb_fonts_take(), first);
    plumb_fonts_give_back(first);
    plumb_fonts_give_back(NULL);
}

static void two_at_once_have_their_own(void)
{
    struct plumb_fonts *a = plumb_fonts_take(), *b = plumb_fonts_take();
    CU_ASSERT_PTR_NOT_EQUAL(a, b);
    plumb_fonts_give_back(a);
    plumb_fonts_give_back(b);
}

static double width_pt(struct plumb_fonts *fonts, const char *text)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, 100, 100);
    plumb_scene_text(&scene, &(struct plumb_text_style){.size_pt = 10}, 0, 0, 0, text);
    PangoLayout *layout = plumb_fonts_layout(fonts, &scene, &scene.items[scene.items_n - 1]);
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    g_object_unref(layout);
    plumb_scene_free(&scene);
    return (double)width / PANGO_SCALE;
}

static void *draw_many(void *right_pt)
{
    size_t wrong = 0;
    for (int i = 0; i < PICTURES_N; i++) {
        struct plumb_fonts *fonts = plumb_fonts_take();
        wrong += width_pt(fonts, "Hold 12.5") != *(double *)right_pt;
        plumb_fonts_give_back(fonts);
    }
    return wrong ? right_pt : NULL;
}

static void threads_draw_side_by_side(void)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    double right_pt = width_pt(fonts, "Hold 12.5");
    plumb_fonts_give_back(fonts);
    pthread_t threads[THREADS_N];
    for (int i = 0; i < THREADS_N; i++)
        CU_ASSERT_EQUAL_FATAL(pthread_create(&threads[i], NULL, draw_many, &right_pt), 0);
    for (int i = 0; i < THREADS_N; i++) {
        void *wrong = NULL;
        pthread_join(threads[i], &wrong);
        CU_ASSERT_PTR_NULL(wrong);
    }
}

static CU_TestInfo tests[] = {
    {"the_next_picture_takes_what_the_last_gave_back", the_next_picture_takes_what_the_last_gave_back},
    {"two_at_once_have_their_own", two_at_once_have_their_own},
    {"threads_draw_side_by_side", threads_draw_side_by_side},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("fonts", tests, argc, argv);
}
