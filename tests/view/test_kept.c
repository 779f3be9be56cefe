/* What stands behind a moving picture: painted once, the same pixels as painted directly. */
#include <string.h>

#include "host/view/live_trace.h"
#include "host/view/painter_kept.h"
#include "live.h"
#include "suite.h"

#define WIDTH  640
#define HEIGHT 360
#define SCALE  2

struct desk {
    struct live_example live;
    struct plumb_fonts *fonts;
    struct plumb_painter_kept *kept;
    cairo_surface_t *surface;
};

static void desk_open(struct desk *desk)
{
    live_make(&desk->live, plumb_theme_get(PLUMB_THEME_LIGHT), 130, 200);
    plumb_live_trace_scale(&desk->live.trace);
    desk->fonts = plumb_fonts_take();
    desk->kept = plumb_painter_kept_new();
    desk->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * SCALE, HEIGHT * SCALE);
    cairo_surface_set_device_scale(desk->surface, SCALE, SCALE);
}

static void desk_close(struct desk *desk)
{
    cairo_surface_destroy(desk->surface);
    plumb_painter_kept_free(desk->kept);
    plumb_fonts_give_back(desk->fonts);
}

/* As the window does, in every frame. */
static void show(struct desk *desk)
{
    cairo_t *cr = cairo_create(desk->surface);
    plumb_live_trace_stay(plumb_painter_kept_scene(desk->kept, WIDTH, HEIGHT), &desk->live.trace);
    plumb_paint_kept(desk->kept, desk->fonts, SCALE, cr);
    CU_ASSERT_EQUAL(cairo_status(cr), CAIRO_STATUS_SUCCESS);
    cairo_destroy(cr);
    cairo_surface_flush(desk->surface);
}

static void a_minute_of_frames_paints_it_once(void)
{
    static struct desk desk;
    desk_open(&desk);
    for (int i = 0; i < 60 * 30; i++) {
        desk.live.trace.now_s = 70 + i / 30.0; /* the trace moves, what stands behind does not */
        plumb_live_trace_scale(&desk.live.trace);
        show(&desk);
    }
    CU_ASSERT_EQUAL(plumb_painter_kept_n(desk.kept), 1);
    desk_close(&desk);
}

static void what_changes_is_painted_anew(void)
{
    static struct desk desk;
    desk_open(&desk);
    show(&desk);
    desk.live.trace.limits.red_deg += 1;
    show(&desk);
    desk.live.trace.theme = plumb_theme_get(PLUMB_THEME_DARK);
    show(&desk);
    desk.live.trace.text_px += 1;
    show(&desk);
    CU_ASSERT_EQUAL(plumb_painter_kept_n(desk.kept), 4);
    show(&desk);
    CU_ASSERT_EQUAL(plumb_painter_kept_n(desk.kept), 4);
    desk_close(&desk);
}

static void its_pixels_are_those_of_the_painter(void)
{
    static struct desk desk;
    struct plumb_scene scene;
    desk_open(&desk);
    show(&desk);
    cairo_surface_t *direct = cairo_image_surface_create(CAIRO_FORMAT_RGB24, WIDTH * SCALE, HEIGHT * SCALE);
    cairo_surface_set_device_scale(direct, SCALE, SCALE);
    cairo_t *cr = cairo_create(direct);
    plumb_scene_init(&scene, WIDTH, HEIGHT);
    plumb_live_trace_stay(&scene, &desk.live.trace);
    plumb_paint(&scene, desk.fonts, cr);
    cairo_surface_flush(direct);
    size_t n = (size_t)cairo_image_surface_get_stride(direct) * HEIGHT * SCALE;
    CU_ASSERT_EQUAL(
        memcmp(cairo_image_surface_get_data(direct), cairo_image_surface_get_data(desk.surface), n), 0);
    cairo_destroy(cr);
    cairo_surface_destroy(direct);
    plumb_scene_free(&scene);
    desk_close(&desk);
}

static CU_TestInfo tests[] = {
    {"a_minute_of_frames_paints_it_once", a_minute_of_frames_paints_it_once},
    {"what_changes_is_painted_anew", what_changes_is_painted_anew},
    {"its_pixels_are_those_of_the_painter", its_pixels_are_those_of_the_painter},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("kept", tests, argc, argv);
}
