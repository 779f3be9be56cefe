/* The limits as bands: in order, as wide as they are, and every text readable whatever somebody sets. */
#include <string.h>

#include "harness.h"
#include "host/core/units.h"
#include "host/view/limit_bands.h"
#include "layout.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static void draw(struct plumb_scene *scene, enum plumb_theme_id theme, const struct plumb_thresholds *limits)
{
    struct plumb_limit_bands bands = {.theme = plumb_theme_get(theme), .limits = limits, .text_px = 14};
    plumb_limit_bands_draw(scene, &bands);
}

/* The first rectangle of that colour. */
static const struct plumb_item *band(const struct plumb_scene *scene, plumb_colour colour)
{
    for (size_t i = 0; i < scene->items_n; i++)
        if (scene->items[i].kind == PLUMB_ITEM_RECT && scene->items[i].colour == colour)
            return &scene->items[i];
    return NULL;
}

static void bands_are_as_wide_as_their_limits(void)
{
    const struct plumb_theme *theme = plumb_theme_get(PLUMB_THEME_LIGHT);
    struct plumb_thresholds limits;
    struct plumb_scene scene;
    plumb_scene_init(&scene, 800, 50);
    plumb_thresholds_default(&limits); /* -10 to 10 degrees are shown: 40 points a degree */
    draw(&scene, PLUMB_THEME_LIGHT, &limits);
    const struct plumb_item *green = band(&scene, theme->zone[PLUMB_GREEN].fill),
                            *amber = band(&scene, theme->zone[PLUMB_AMBER].fill),
                            *red = band(&scene, theme->zone[PLUMB_RED].fill);
    CU_ASSERT_FATAL(green && amber && red);
    CU_ASSERT_DOUBLE_EQUAL(green->x_pt, 280, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(green->w_pt, 240, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(amber->x_pt, 520, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(amber->w_pt, 80, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(red->x_pt, 600, 0.01);
    CU_ASSERT_DOUBLE_EQUAL(red->w_pt, 120, 0.01);
    limits.red_rad = 6 * DEG;
    draw(&scene, PLUMB_THEME_LIGHT, &limits);
    CU_ASSERT_DOUBLE_EQUAL(band(&scene, theme->zone[PLUMB_AMBER].fill)->w_pt, 120, 0.01);
    plumb_scene_free(&scene);
}

static int markers_n(const struct plumb_scene *scene)
{
    int n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        n += scene->items[i].kind == PLUMB_ITEM_MARKER;
    return n;
}

static void a_band_without_room_for_its_word_has_its_shape(void)
{
    struct plumb_thresholds limits;
    struct plumb_scene scene;
    plumb_thresholds_default(&limits);
    plumb_scene_init(&scene, 900, 50);
    draw(&scene, PLUMB_THEME_LIGHT, &limits);
    CU_ASSERT_EQUAL(markers_n(&scene), 0);
    scene.width_pt = 300; /* 30 points for amber, 45 for red, 30 behind it */
    draw(&scene, PLUMB_THEME_LIGHT, &limits);
    CU_ASSERT_EQUAL(markers_n(&scene), 3);
    plumb_scene_free(&scene);
}

static void every_text_is_readable_whatever_is_set(void)
{
    static const double rows[][4] = {/* amber, red, at once, back */
                                     {3, 5, 8, 8},   {2, 2, 2, 2},  {2, 2.1, 2.2, 60},
                                     {2, 30, 60, 2}, {20, 3, 2, 5}, {59.99, 60, 60, 60}};
    struct plumb_thresholds limits;
    struct plumb_scene scene;
    plumb_thresholds_default(&limits);
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++)
        for (int theme = 0; theme < PLUMB_THEMES_N; theme++)
            for (int wide = 0; wide < 2; wide++) {
                limits.amber_rad = rows[i][0] * DEG;
                limits.red_rad = rows[i][1] * DEG;
                limits.immediate_rad = rows[i][2] * DEG;
                limits.posterior_rad = rows[i][3] * DEG;
                plumb_scene_init(&scene, wide ? 900 : 300, 50);
                draw(&scene, (enum plumb_theme_id)theme, &limits);
                layout_check(&scene);
                plumb_scene_free(&scene);
            }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"bands are as wide as their limits", bands_are_as_wide_as_their_limits},
        {"a band without room for its word has its shape", a_band_without_room_for_its_word_has_its_shape},
        {"every text is readable whatever is set", every_text_is_readable_whatever_is_set},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("limit bands", tests, argc, argv);
}
