#include "target.h"

#include <cairo-pdf.h>
#include <cairo-svg.h>
#include <cairo.h>
#include <errno.h>
#include <fcntl.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "painter.h"

#define FIXED_DATE                                                                                           \
    "2000-01-01T00:00:00Z" /* of a document whose scene has none: equal scenes, equal bytes                  \
                            */
#define PIXELS_MOST 20000  /* a side; Cairo itself ends at 32767 */

/* The file while it is made. */
struct bytes {
    unsigned char *data;
    size_t n, room;
};

static cairo_status_t append(void *context, const unsigned char *data, unsigned n)
{
    struct bytes *bytes = context;
    if (bytes->n + n > bytes->room) {
        size_t room = 2 * bytes->room + n + 65536;
        unsigned char *bigger = realloc(bytes->data, room);
        if (!bigger)
            return CAIRO_STATUS_NO_MEMORY;
        bytes->data = bigger;
        bytes->room = room;
    }
    memcpy(bytes->data + bytes->n, data, n);
    bytes->n += n;
    return CAIRO_STATUS_SUCCESS;
}

/* Paints on a surface of ours and gives what went wrong. */
static cairo_status_t paint_on(cairo_surface_t *surface, const struct plumb_scene *scene, double scale)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    if (!fonts)
        return CAIRO_STATUS_NO_MEMORY;
    cairo_t *cr = cairo_create(surface);
    cairo_set_source_rgb(cr, 1, 1, 1); /* where a page ends within a pixel, paper shows, not black */
    if (!scene->bare)
        cairo_paint(cr);
    cairo_scale(cr, scale, scale);
    if (scene->bare)
        plumb_paint_over(scene, fonts, cr);
    else
        plumb_paint(scene, fonts, cr);
    cairo_status_t status = cairo_status(cr);
    cairo_destroy(cr);
    plumb_fonts_give_back(fonts);
    return status;
}

static cairo_status_t make_png(struct bytes *bytes, const struct plumb_scene *scene, double scale)
{
    int width = (int)lround(scene->width_pt * scale), height = (int)lround(scene->height_pt * scale);
    cairo_surface_t *surface =
        cairo_image_surface_create(scene->bare ? CAIRO_FORMAT_ARGB32 : CAIRO_FORMAT_RGB24, width, height);
    cairo_status_t status = paint_on(surface, scene, scale);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_write_to_png_stream(surface, append, bytes);
    cairo_surface_destroy(surface);
    return status;
}

/* A document is complete, and its errors known, only after finish. */
static cairo_status_t finish(cairo_surface_t *surface, cairo_status_t status)
{
    cairo_surface_finish(surface);
    if (status == CAIRO_STATUS_SUCCESS)
        status = cairo_surface_status(surface);
    cairo_surface_destroy(surface);
    return status;
}

static cairo_status_t make_pdf(struct bytes *bytes, const struct plumb_scene *scene, double scale)
{
    (void)scale;
    cairo_surface_t *surface =
        cairo_pdf_surface_create_for_stream(append, bytes, scene->width_pt, scene->height_pt);
    const char *date = scene->date[0] ? scene->date : FIXED_DATE;
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE, scene->title);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATOR, "Plumb");
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_CREATE_DATE, date);
    cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_MOD_DATE, date);
    return finish(surface, paint_on(surface, scene, 1));
}

/* Cairo numbers the outermost group of an SVG by how many surfaces the process has made so far. */
static void name_page_group(struct bytes *bytes)
{
    static const char before[] = "<g id=\"surface", name[] = "page";
    const size_t keep = sizeof before - 1 - strlen("surface");
    for (size_t i = 0; i + sizeof before <= bytes->n; i++) {
        if (memcmp(bytes->data + i, before, sizeof before - 1) != 0)
            continue;
        size_t from = i + sizeof before - 1, to = i + keep + sizeof name - 1;
        while (from < bytes->n && bytes->data[from] >= '0' && bytes->data[from] <= '9')
            from++;
        memcpy(bytes->data + i + keep, name, sizeof name - 1);
        memmove(bytes->data + to, bytes->data + from, bytes->n - from);
        bytes->n -= from - to;
        return;
    }
}

static cairo_status_t make_svg(struct bytes *bytes, const struct plumb_scene *scene, double scale)
{
    (void)scale;
    cairo_surface_t *surface =
        cairo_svg_surface_create_for_stream(append, bytes, scene->width_pt, scene->height_pt);
    if (scene->bare)
        cairo_svg_surface_set_document_unit(surface, CAIRO_SVG_UNIT_PX);
    cairo_status_t status = finish(surface, paint_on(surface, scene, 1));
    if (status == CAIRO_STATUS_SUCCESS)
        name_page_group(bytes);
    return status;
}

static const struct {
    struct plumb_target target;
    cairo_status_t (*make)(struct bytes *bytes, const struct plumb_scene *scene, double scale);
} TARGETS[PLUMB_FORMATS_N] = {
    [PLUMB_FORMAT_PNG] = {{"png", ".png", "picture of pixels, for screens and messages"}, make_png},
    [PLUMB_FORMAT_SVG] = {{"svg", ".svg", "picture of lines, for web pages and figures"}, make_svg},
    [PLUMB_FORMAT_PDF] = {{"pdf", ".pdf", "page, for printing and the file"}, make_pdf},
};

const struct plumb_target *plumb_target_get(enum plumb_format format)
{
    return &TARGETS[format].target;
}

enum plumb_format plumb_target_by_path(const char *path)
{
    size_t n = strlen(path);
    for (int i = 0; i < PLUMB_FORMATS_N; i++) {
        const char *ending = TARGETS[i].target.extension;
        if (n > strlen(ending) && strcasecmp(path + n - strlen(ending), ending) == 0)
            return (enum plumb_format)i;
    }
    return PLUMB_FORMATS_N;
}

static int fail(struct plumb_message *message, int code, const char *path, const char *why)
{
    snprintf(message->text, sizeof message->text, "%s: %s", path, why);
    return code;
}

static int write_whole(int fd, const struct bytes *bytes)
{
    for (size_t done = 0; done < bytes->n;) {
        ssize_t n = write(fd, bytes->data + done, bytes->n - done);
        if (n < 0 && errno == EINTR)
            continue;
        if (n <= 0)
            return -1;
        done += (size_t)n;
    }
    return fsync(fd);
}

static int code_of(int error)
{
    return error == EACCES || error == EPERM || error == EROFS ? PLUMB_NO_RIGHT : PLUMB_FAILED;
}

/* Writes beside the file and renames, so that nobody ever sees half of it. */
static int replace_file(const char *path, const struct bytes *bytes, struct plumb_message *message)
{
    struct stat old;
    if (stat(path, &old) == 0 && !S_ISREG(old.st_mode))
        return fail(message, PLUMB_USAGE, path, "is there already and is no ordinary file");
    size_t room = strlen(path) + 32;
    char *beside = malloc(room);
    if (!beside)
        return fail(message, PLUMB_FAILED, path, "out of memory");
    snprintf(beside, room, "%s.%ld.part", path, (long)getpid());
    int fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666);
    int bad = fd < 0 || write_whole(fd, bytes) != 0;
    int error = errno;
    if (fd >= 0 && close(fd) != 0 && !bad)
        bad = 1, error = errno;
    if (!bad && rename(beside, path) != 0)
        bad = 1, error = errno;
    if (bad && fd >= 0)
        unlink(beside);
    free(beside);
    return bad ? fail(message, code_of(error), path, strerror(error)) : 0;
}

static int
check(const struct plumb_scene *scene, const char *path, double scale, struct plumb_message *message)
{
    if (scene->failed)
        return fail(message, PLUMB_FAILED, path, "out of memory while the picture was laid out");
    double most_pt = PIXELS_MOST / scale;
    if (!(scale > 0) || !(scene->width_pt > 0 && scene->width_pt <= most_pt) ||
        !(scene->height_pt > 0 && scene->height_pt <= most_pt))
        return fail(message, PLUMB_USAGE, path, "a picture is 1 to 20000 pixels wide and high");
    return 0;
}

int plumb_render(
    const struct plumb_scene *scene, const char *path, enum plumb_format format, double scale,
    struct plumb_message *message)
{
    int result = check(scene, path, scale, message);
    if (result != 0)
        return result;
    struct bytes bytes = {0};
    cairo_status_t status = TARGETS[format].make(&bytes, scene, scale);
    if (status == CAIRO_STATUS_SUCCESS)
        result = replace_file(path, &bytes, message);
    else
        result = fail(message, PLUMB_FAILED, path, cairo_status_to_string(status));
    free(bytes.data);
    return result;
}
