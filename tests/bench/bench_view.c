/* How long one hour at 200 Hz takes to be drawn: the chart alone, and with each kind of file. */
#include <math.h>
#include <stdio.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "host/app/shared/replay.h"
#include "host/view/painter.h"
#include "host/view/session_strip.h"
#include "host/view/target.h"
#include "view/pages.h"

#define SECONDS  3600.0
#define RATE_HZ  200.0
#define STRIPS_N 100

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return 1e3 * (double)now.tv_sec + 1e-6 * (double)now.tv_nsec;
}

/* Chart and file together; negative when it failed. */
static double draw_ms(const struct plumb_trace_chart *chart, const char *path, enum plumb_format format)
{
    struct plumb_scene scene;
    struct plumb_message message = {""};
    double begin_ms = now_ms();
    plumb_scene_init(&scene, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    int fail = plumb_trace_chart_draw(&scene, chart) || plumb_render(&scene, path, format, 2, &message);
    plumb_scene_free(&scene);
    if (fail)
        fprintf(stderr, "bench_view: %s\n", message.text);
    return fail ? -1 : now_ms() - begin_ms;
}

static double chart_ms(const struct plumb_trace_chart *chart)
{
    struct plumb_scene scene;
    double begin_ms = now_ms();
    plumb_scene_init(&scene, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    plumb_trace_chart_draw(&scene, chart);
    plumb_scene_free(&scene);
    return now_ms() - begin_ms;
}

/* The page for the file over the same hour: both sides, eight holds, eight weeks. */
static double page_ms(const char *path, enum plumb_format format)
{
    struct page_example example;
    struct plumb_scene scene;
    struct plumb_message message = {""};
    page_example_make(&example, PAGE_SIDES, SECONDS, RATE_HZ);
    double begin_ms = now_ms();
    plumb_scene_init(&scene, plumb_paper_width_pt(PLUMB_PAPER_A4), plumb_paper_height_pt(PLUMB_PAPER_A4));
    int fail = plumb_page_draw(&scene, &example.page) || plumb_render(&scene, path, format, 2, &message);
    double took_ms = now_ms() - begin_ms;
    plumb_scene_free(&scene);
    page_example_free(&example);
    if (fail)
        fprintf(stderr, "bench_view: %s\n", message.text);
    return fail ? -1 : took_ms;
}

static void tell_page(void)
{
    printf("view: the page of the same hour");
    for (int i = 0; i < PLUMB_FORMATS_N; i++) {
        char path[64];
        const struct plumb_target *target = plumb_target_get((enum plumb_format)i);
        snprintf(path, sizeof path, "/tmp/plumb-bench-%ld%s", (long)getpid(), target->extension);
        printf("%s %s %.1f ms", i ? "," : ":", target->id, page_ms(path, (enum plumb_format)i));
        unlink(path);
    }
    printf("\n");
}

/* Looking back on the hour: the window of so many seconds taken from the rows, and its trace as a scene. */
static double look_back_ms(const struct plumb_replay *replay, double span_s)
{
    static struct plumb_trail trail;
    struct plumb_look_back back = {.span_s = span_s, .cursor_s = SECONDS / 2, .cursor_deg = 1};
    struct plumb_live_trace trace = {
        .theme = plumb_theme_get(PLUMB_THEME_LIGHT),
        .tilt = &trail,
        .now_s = SECONDS / 2 + span_s / 2,
        .low_deg = -12,
        .high_deg = 12,
        .text_px = 17,
        .judged = 1,
        .back = &back};
    struct plumb_scene scene;
    double begin_ms = now_ms();
    plumb_scene_init(&scene, 1000, 380);
    plumb_replay_window(replay, SECONDS / 2 - span_s / 2, SECONDS / 2 + span_s / 2, &trail);
    plumb_live_trace_move(&scene, &trace);
    plumb_scene_free(&scene);
    return now_ms() - begin_ms;
}

static void tell_look_back(const struct session *session)
{
    struct plumb_replay replay = {.end_s = SECONDS};
    replay.rows.chart = session->chart;
    printf("view: replay of the same hour, window and trace:");
    const double spans_s[] = {60, 600, SECONDS};
    for (int i = 0; i < 3; i++)
        printf("%s %.0f s %.2f ms", i ? "," : "", spans_s[i], look_back_ms(&replay, spans_s[i]));
    printf("\n");
}

/* The window's strip of the whole hour, as it is drawn once a second: scene and pixels. */
static void tell_strip(void)
{
    static struct plumb_trail trail;
    struct plumb_strip_hold holds[] = {{{600, 1500}, "left"}, {{1800, 3500}, "right"}};
    struct plumb_session_strip strip = {
        .theme = plumb_theme_get(PLUMB_THEME_LIGHT),
        .tilt = &trail,
        .now_s = SECONDS,
        .text_px = 15,
        .least_s = 180,
        .cursor_s = NAN,
        .holds = holds,
        .holds_n = 2};
    struct plumb_scene scene;
    struct plumb_fonts *fonts = plumb_fonts_take();
    cairo_surface_t *surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24, 1240, 62);
    cairo_t *cr = cairo_create(surface);
    plumb_trail_init(&trail, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    for (long i = 0; i < (long)(SECONDS * RATE_HZ); i++) {
        double t_s = (double)i / RATE_HZ, deg = 6 * sin(t_s / 7) + sin(t_s);
        plumb_trail_push(&trail, t_s, deg, deg > 5 ? PLUMB_RED : deg > 3 ? PLUMB_AMBER : PLUMB_GREEN);
    }
    plumb_scene_init(&scene, 1240, 62);
    plumb_session_strip_draw(&scene, &strip);
    plumb_paint(&scene, fonts, cr); /* the first one loads the typeface */
    double begin_ms = now_ms();
    for (int i = 0; i < STRIPS_N; i++) {
        plumb_session_strip_draw(&scene, &strip);
        plumb_paint(&scene, fonts, cr);
    }
    printf("view: the strip of the same hour in the window: %.2f ms\n", (now_ms() - begin_ms) / STRIPS_N);
    cairo_destroy(cr);
    cairo_surface_destroy(surface);
    plumb_scene_free(&scene);
    plumb_fonts_give_back(fonts);
}

int main(void)
{
    struct session session;
    struct rusage usage;
    session_make(&session, SECONDS, RATE_HZ);
    printf("view: one hour, %zu rows: chart %.1f ms", session.n, chart_ms(&session.chart));
    for (int i = 0; i < PLUMB_FORMATS_N; i++) {
        char path[64];
        const struct plumb_target *target = plumb_target_get((enum plumb_format)i);
        snprintf(path, sizeof path, "/tmp/plumb-bench-%ld%s", (long)getpid(), target->extension);
        printf(", chart and %s %.1f ms", target->id, draw_ms(&session.chart, path, (enum plumb_format)i));
        unlink(path);
    }
    getrusage(RUSAGE_SELF, &usage);
    printf(", at most %ld MiB\n", usage.ru_maxrss / 1024);
    tell_look_back(&session);
    session_free(&session);
    tell_page();
    tell_strip();
    return 0;
}
