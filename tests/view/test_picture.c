/* The files: what comes out of the painter, read back by others' eyes and by our own from the pixels. */
#include <cairo.h>
#include <locale.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "harness.h"
#include "host/core/units.h"
#include "host/view/fonts.h"
#include "host/view/palette.h"
#include "host/view/target.h"
#include "session.h"
#include "suite.h"

#define SCALE 2.0

static void render(const struct plumb_trace_chart *chart, const char *path, enum plumb_format format)
{
    struct plumb_scene scene;
    struct plumb_message message = {""};
    plumb_scene_init(&scene, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT_EQUAL(plumb_trace_chart_draw(&scene, chart), 0);
    CU_ASSERT_EQUAL(plumb_render(&scene, path, format, SCALE, &message), 0);
    CU_ASSERT_STRING_EQUAL(message.text, "");
    plumb_scene_free(&scene);
}

/* A straight scale, found as a reader finds it: from two labels. */
struct scale {
    double at, value, slope;
};

static const struct plumb_item *
label(const struct plumb_scene *scene, const char *text, enum plumb_anchor anchor)
{
    for (size_t i = 0; i < scene->items_n; i++)
        if (scene->items[i].kind == PLUMB_ITEM_TEXT && scene->items[i].anchor == anchor &&
            strcmp(plumb_scene_chars(scene, &scene->items[i]), text) == 0)
            return &scene->items[i];
    return NULL;
}

static struct scale scale_of_degrees(const struct plumb_scene *scene)
{
    const struct plumb_item *zero = label(scene, "0", PLUMB_ANCHOR_END);
    const struct plumb_item *four = label(scene, "+4", PLUMB_ANCHOR_END);
    CU_ASSERT_FATAL(zero && four);
    double text_below_line_pt = 3;
    return (struct scale){zero->y_pt - text_below_line_pt, 0, 4 / (four->y_pt - zero->y_pt)};
}

static struct scale scale_of_time(const struct plumb_scene *scene)
{
    const struct plumb_item *early = label(scene, "20", PLUMB_ANCHOR_MIDDLE);
    const struct plumb_item *late = label(scene, "80", PLUMB_ANCHOR_MIDDLE);
    CU_ASSERT_FATAL(early && late);
    return (struct scale){early->x_pt, 20, 60 / (late->x_pt - early->x_pt)};
}

static double read_scale(const struct scale *scale, double at)
{
    return scale->value + (at - scale->at) * scale->slope;
}

/* How much of a pixel is the trace's blue: the channels of a mix with the paper move together. */
static double blueness(const unsigned char *pixel)
{
    double red = pixel[2], paper = 255, ink = (PLUMB_COLOUR_TRACE_BLUE >> 16) & 0xff;
    double blue = pixel[0], ink_blue = PLUMB_COLOUR_TRACE_BLUE & 0xff;
    double share = (paper - red) / (paper - ink);
    double expected_blue = paper + share * (ink_blue - paper);
    return fabs(blue - expected_blue) < 12 ? share : 0;
}

/* The rows of pixels that the tilt is drawn in: what it is clipped to. */
struct rows {
    int first, end;
};

static struct rows rows_of_tilt(const struct plumb_scene *scene)
{
    size_t i = 0;
    while (i < scene->items_n && scene->items[i].kind != PLUMB_ITEM_CLIP)
        i++;
    CU_ASSERT_FATAL(i < scene->items_n);
    double top_pt = scene->items[i].y_pt, bottom_pt = top_pt + scene->items[i].h_pt;
    return (struct rows){(int)ceil(top_pt * SCALE), (int)floor(bottom_pt * SCALE)};
}

/* Middle of the ink in a pixel column, in pixels; NaN where there is none. */
static double ink_middle(cairo_surface_t *image, const struct rows *rows, int x)
{
    const unsigned char *data = cairo_image_surface_get_data(image);
    int stride = cairo_image_surface_get_stride(image);
    double sum = 0, moment = 0;
    for (int y = rows->first; y < rows->end; y++) {
        double share = blueness(data + y * stride + 4 * x);
        if (share < 0.25)
            continue;
        sum += share;
        moment += share * (y + 0.5);
    }
    return sum > 0.5 ? moment / sum : NAN;
}

static double tilt_of(double t)
{
    return 2.2 * sin(2 * PLUMB_PI * 0.05 * t) + 0.02 * t + 0.75 * sin(2 * PLUMB_PI * 0.25 * t);
}

#define READ_N 20001

static void plain_chart(struct plumb_trace_chart *chart, double *t_s, double *tilt_deg, unsigned char *zone)
{
    plumb_trace_chart_init(chart);
    for (size_t i = 0; i < READ_N; i++) {
        t_s[i] = (double)i / 200;
        tilt_deg[i] = tilt_of(t_s[i]);
        zone[i] = PLUMB_TRACE_GREEN;
    }
    chart->n = READ_N;
    chart->t_s = t_s;
    chart->tilt_deg = tilt_deg;
    chart->zone = zone;
}

static void compare_pixels(cairo_surface_t *image, const struct plumb_scene *scene)
{
    struct scale degrees = scale_of_degrees(scene), time = scale_of_time(scene);
    struct rows rows = rows_of_tilt(scene);
    double sum = 0, most = 0;
    int n = 0;
    for (int x = 0; x < cairo_image_surface_get_width(image); x++) {
        double t_s = read_scale(&time, (x + 0.5) / SCALE), middle = ink_middle(image, &rows, x);
        if (t_s < 1 || t_s > 99)
            continue;
        CU_ASSERT_FALSE(isnan(middle));
        double error = fabs(read_scale(&degrees, middle / SCALE) - tilt_of(t_s));
        sum += error;
        most = fmax(most, error);
        n++;
    }
    CU_ASSERT(n > 1000);
    CU_ASSERT(sum / n <= 0.1);
    CU_ASSERT(most <= 0.3);
    printf("  read back from %d columns: mean error %.3f deg, largest %.3f deg\n", n, sum / n, most);
}

static void the_trace_can_be_read_back_from_the_pixels(void)
{
    static double t_s[READ_N], tilt_deg[READ_N];
    static unsigned char zone[READ_N];
    struct plumb_trace_chart chart;
    struct plumb_scene scene;
    struct plumb_message message = {""};
    struct folder folder;
    char path[128];
    folder_make(&folder);
    plain_chart(&chart, t_s, tilt_deg, zone);
    plumb_scene_init(&scene, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT_EQUAL(plumb_trace_chart_draw(&scene, &chart), 0);
    folder_file(&folder, "trace.png", path);
    CU_ASSERT_EQUAL(plumb_render(&scene, path, PLUMB_FORMAT_PNG, SCALE, &message), 0);
    cairo_surface_t *image = cairo_image_surface_create_from_png(path);
    CU_ASSERT_EQUAL_FATAL(cairo_surface_status(image), CAIRO_STATUS_SUCCESS);
    CU_ASSERT_EQUAL(cairo_image_surface_get_width(image), (int)(PLUMB_TRACE_WIDTH_PT * SCALE));
    compare_pixels(image, &scene);
    cairo_surface_destroy(image);
    plumb_scene_free(&scene);
    folder_remove(&folder);
}

static int same_files(const char *a, const char *b)
{
    size_t a_n = 0, b_n = 0;
    char *a_bytes = file_bytes(a, &a_n), *b_bytes = file_bytes(b, &b_n);
    int same = a_bytes && b_bytes && a_n == b_n && a_n > 0 && memcmp(a_bytes, b_bytes, a_n) == 0;
    free(a_bytes);
    free(b_bytes);
    return same;
}

/* Renders every format twice, the second time after `change`, and wants the same bytes. */
static void check_same_after(void (*change)(void))
{
    struct session session;
    struct folder folder;
    char first[PLUMB_FORMATS_N][128], second[128];
    session_make(&session, 128, 200);
    folder_make(&folder);
    for (int i = 0; i < PLUMB_FORMATS_N; i++)
        render(&session.chart, folder_file(&folder, plumb_target_get(i)->id, first[i]), (enum plumb_format)i);
    change();
    for (int i = 0; i < PLUMB_FORMATS_N; i++) {
        render(&session.chart, folder_file(&folder, "second", second), (enum plumb_format)i);
        CU_ASSERT(same_files(first[i], second));
    }
    folder_remove(&folder);
    session_free(&session);
}

static void nothing_changes(void)
{
}

static void the_same_picture_is_the_same_bytes(void)
{
    check_same_after(nothing_changes);
}

static void go_to_germany(void)
{
    setenv("LANG", "de_DE.UTF-8", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    if (!setlocale(LC_ALL, "de_DE.UTF-8"))
        printf("  skipped in part: de_DE.UTF-8 is not installed\n");
}

static void a_decimal_comma_changes_nothing(void)
{
    check_same_after(go_to_germany);
    setlocale(LC_ALL, "C");
    unsetenv("LC_ALL");
    unsetenv("LANG");
}

static struct plumb_fonts *used; /* by the pictures before; while held, the next reads the fonts again */

static void use_odd_fonts(void)
{
    used = plumb_fonts_take();
    setenv("FONTCONFIG_FILE", "/nonexistent/fonts.conf", 1);
    setenv("HOME", "/nonexistent", 1);
}

static void the_users_fonts_change_nothing(void)
{
    check_same_after(use_odd_fonts);
    plumb_fonts_give_back(used);
    unsetenv("FONTCONFIG_FILE");
}

/* Runs a tool on a file and gives what it printed, or NULL with a word when it is not installed. */
static char *tool(const char *name, const char *options, const char *path, const char *after, int *status)
{
    char command[400], *out = NULL;
    size_t n = 0;
    snprintf(command, sizeof command, "command -v %s >/dev/null 2>&1", name);
    if (system(command) != 0) {
        printf("  skipped: %s is not installed\n", name);
        return NULL;
    }
    snprintf(command, sizeof command, "%s %s '%s' %s >'%s.out' 2>&1", name, options, path, after, path);
    *status = system(command);
    snprintf(command, sizeof command, "%s.out", path);
    out = file_bytes(command, &n);
    CU_ASSERT_PTR_NOT_NULL(out);
    return out;
}

static void check_fonts(const char *path)
{
    int status = 0;
    char *out = tool("pdffonts", "", path, "", &status);
    if (!out)
        return;
    CU_ASSERT_EQUAL(status, 0);
    CU_ASSERT(count_of(out, "Inter") >= 2);                                /* regular and semibold... */
    CU_ASSERT_EQUAL(count_of(out, "yes yes yes"), count_of(out, "Inter")); /* ...embedded, subset, readable */
    free(out);
}

static void check_words(const char *path)
{
    static const char *const words[] = {
        "41.8 s in zone of 45.0 s", "+9.1\xc2\xb0",
        "\xe2\x88\x92"
        "8.0\xc2\xb0",
        "Supine edge, right side", "not a medical device"};
    int status = 0;
    char *out = tool("pdftotext", "-layout", path, "-", &status);
    for (size_t i = 0; out && i < sizeof words / sizeof words[0]; i++)
        CU_ASSERT_PTR_NOT_NULL(strstr(out, words[i]));
    free(out);
}

static void other_programs_accept_the_pdf(void)
{
    struct session session;
    struct folder folder;
    char path[128];
    int status = 0;
    session_make(&session, 128, 200);
    session.chart.date = "2026-11-21T10:04:00Z";
    folder_make(&folder);
    render(&session.chart, folder_file(&folder, "page.pdf", path), PLUMB_FORMAT_PDF);
    char *out = tool("qpdf", "--check", path, "", &status);
    CU_ASSERT(!out || status == 0);
    free(out);
    check_fonts(path);
    check_words(path);
    out = tool("pdfinfo", "-isodates", path, "", &status);
    CU_ASSERT(!out || (strstr(out, "2026-11-21T") && strstr(out, "Pages:           1")));
    free(out);
    folder_remove(&folder);
    session_free(&session);
}

static void an_svg_says_what_it_is(void)
{
    struct session session;
    struct folder folder;
    char path[128];
    size_t n = 0;
    session_make(&session, 128, 200);
    folder_make(&folder);
    render(&session.chart, folder_file(&folder, "page.svg", path), PLUMB_FORMAT_SVG);
    char *text = file_bytes(path, &n);
    CU_ASSERT_PTR_NOT_NULL_FATAL(text);
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "width=\"842pt\" height=\"595pt\""));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "<g id=\"page\">"));
    CU_ASSERT_PTR_NOT_NULL(strstr(text, "</svg>"));
    free(text);
    folder_remove(&folder);
    session_free(&session);
}

static void check_refused(const char *path, double width_pt, double scale, int wanted)
{
    struct plumb_scene scene;
    struct plumb_message message = {""};
    plumb_scene_init(&scene, width_pt, 100);
    CU_ASSERT_EQUAL(plumb_render(&scene, path, PLUMB_FORMAT_PNG, scale, &message), wanted);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, path));
    plumb_scene_free(&scene);
}

static void what_cannot_be_written_is_said(void)
{
    struct folder folder;
    char path[128];
    folder_make(&folder);
    check_refused("/nonexistent/folder/a.png", 100, 1, PLUMB_FAILED);
    check_refused("/dev/null", 100, 1, PLUMB_USAGE); /* never replaced by a file */
    check_refused(folder.path, 100, 1, PLUMB_USAGE);
    check_refused(folder_file(&folder, "a.png", path), 100, NAN, PLUMB_USAGE);
    check_refused(path, NAN, 1, PLUMB_USAGE);
    check_refused(path, 1e6, 1, PLUMB_USAGE);
    check_refused(path, 0, 1, PLUMB_USAGE);
    struct stat about;
    CU_ASSERT_NOT_EQUAL(stat(path, &about), 0);
    CU_ASSERT(stat("/dev/null", &about) == 0 && S_ISCHR(about.st_mode));
    folder_remove(&folder);
}

static void an_old_picture_is_replaced_whole(void)
{
    struct session session;
    struct folder folder;
    char path[128], other[128];
    session_make(&session, 20, 200);
    folder_make(&folder);
    render(&session.chart, folder_file(&folder, "a.svg", path), PLUMB_FORMAT_SVG);
    render(&session.chart, folder_file(&folder, "b.pdf", other), PLUMB_FORMAT_PDF);
    render(&session.chart, path, PLUMB_FORMAT_PDF);
    CU_ASSERT(same_files(path, other));
    unlink(path);
    unlink(other);
    CU_ASSERT_EQUAL(rmdir(folder.path), 0); /* nothing else was left beside them */
    session_free(&session);
}

static void every_target_is_found_by_its_ending(void)
{
    for (int i = 0; i < PLUMB_FORMATS_N; i++) {
        char path[64];
        const struct plumb_target *target = plumb_target_get((enum plumb_format)i);
        CU_ASSERT(target->summary[0] != '\0');
        snprintf(path, sizeof path, "some.folder/name%s", target->extension);
        CU_ASSERT_EQUAL(plumb_target_by_path(path), (enum plumb_format)i);
    }
    CU_ASSERT_EQUAL(plumb_target_by_path("A.PDF"), PLUMB_FORMAT_PDF);
    CU_ASSERT_EQUAL(plumb_target_by_path("pdf"), PLUMB_FORMATS_N);
    CU_ASSERT_EQUAL(plumb_target_by_path(".png"), PLUMB_FORMATS_N);
    CU_ASSERT_EQUAL(plumb_target_by_path("a.gif"), PLUMB_FORMATS_N);
}

static CU_TestInfo tests[] = {
    {"the_trace_can_be_read_back_from_the_pixels", the_trace_can_be_read_back_from_the_pixels},
    {"the_same_picture_is_the_same_bytes", the_same_picture_is_the_same_bytes},
    {"a_decimal_comma_changes_nothing", a_decimal_comma_changes_nothing},
    {"the_users_fonts_change_nothing", the_users_fonts_change_nothing},
    {"other_programs_accept_the_pdf", other_programs_accept_the_pdf},
    {"an_svg_says_what_it_is", an_svg_says_what_it_is},
    {"what_cannot_be_written_is_said", what_cannot_be_written_is_said},
    {"an_old_picture_is_replaced_whole", an_old_picture_is_replaced_whole},
    {"every_target_is_found_by_its_ending", every_target_is_found_by_its_ending},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("picture", tests, argc, argv);
}
