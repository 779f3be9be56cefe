#include "fonts.h"

#include "typeface.h"

#include <fontconfig/fontconfig.h>
#include <math.h>
#include <pango/pangofc-fontmap.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define SMALLEST 0.8 /* text is set down to this much smaller before it is cut */

#ifdef __SANITIZE_ADDRESS__
/* Pango reads the desktop's configuration in a thread of its own. It stays as long as the process lives,
 * behind offsets that LeakSanitizer does not follow. */
const char *__lsan_default_suppressions(void) __attribute__((weak)); /* a program may have its own */
const char *__lsan_default_options(void) __attribute__((weak));

const char *__lsan_default_suppressions(void)
{
    return "leak:libfontconfig\n";
}

const char *__lsan_default_options(void)
{
    return "print_suppressions=0";
}
#endif

struct plumb_fonts {
    PangoContext *context; /* Inter only, or the desktop's fonts where it is missing */
    PangoContext *desktop; /* for characters Inter lacks; NULL until one is met */
    FcConfig *config;      /* NULL without Inter */
    struct plumb_fonts *below;
};

/* Fonts that nobody holds. A font map must outlive the threads Pango starts for it: 1.50 lets such a thread
 * touch the map after whoever made it has let go, and no caller can wait for the thread's end. So a map is
 * never freed: the next picture takes it, and saves reading the font files again. */
static struct plumb_fonts *shelf;
static pthread_mutex_t shelf_lock = PTHREAD_MUTEX_INITIALIZER;

static const char *const FOLDERS[] = {
    "/usr/share/fonts/opentype/inter/", /* Debian's fonts-inter */
    "/usr/share/fonts/inter/",
    "/usr/local/share/fonts/inter/",
};
static const char *const FACES[] = {"Inter-Regular.otf", "Inter-SemiBold.otf"};
#define FACES_N (sizeof FACES / sizeof FACES[0])

static int add_folder(FcConfig *config, const char *folder)
{
    for (size_t i = 0; i < FACES_N; i++) {
        char path[128] = "";
        strcat(strcat(path, folder), FACES[i]);
        if (access(path, R_OK) != 0 || !FcConfigAppFontAddFile(config, (const FcChar8 *)path))
            return 0;
    }
    return 1;
}

/* A font configuration with nothing in it but our faces; NULL when they are not installed. */
static FcConfig *private_config(void)
{
    for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++) {
        FcConfig *config = FcConfigCreate();
        if (config && add_folder(config, FOLDERS[i]))
            return config;
        if (config)
            FcConfigDestroy(config);
    }
    return NULL;
}

/* A context that draws the same on every device: no hinting, no snapping of advances, no locale. */
static PangoContext *steady_context(PangoFontMap *map)
{
    PangoContext *context = pango_font_map_create_context(map);
    cairo_font_options_t *options = cairo_font_options_create();
    cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
    cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
    cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
    pango_cairo_context_set_font_options(context, options);
    cairo_font_options_destroy(options);
    pango_cairo_context_set_resolution(context, 72); /* one unit is one point */
    pango_context_set_language(context, pango_language_from_string("en"));
    pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
    pango_context_set_round_glyph_positions(context, FALSE);
    return context;
}

static PangoContext *context_of_config(FcConfig *config)
{
    PangoFontMap *map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
    if (config)
        pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(map), config);
    PangoContext *context = steady_context(map);
    g_object_unref(map);
    return context;
}

static struct plumb_fonts *from_shelf(void)
{
    pthread_mutex_lock(&shelf_lock);
    struct plumb_fonts *fonts = shelf;
    if (fonts)
        shelf = fonts->below;
    pthread_mutex_unlock(&shelf_lock);
    return fonts;
}

struct plumb_fonts *plumb_fonts_take(void)
{
    struct plumb_fonts *fonts = from_shelf();
    if (fonts || !(fonts = calloc(1, sizeof *fonts)))
        return fonts;
    fonts->config = private_config();
    fonts->context = context_of_config(fonts->config);
    return fonts;
}

void plumb_fonts_give_back(struct plumb_fonts *fonts)
{
    if (!fonts)
        return;
    pthread_mutex_lock(&shelf_lock);
    fonts->below = shelf;
    shelf = fonts;
    pthread_mutex_unlock(&shelf_lock);
}

int plumb_fonts_private(const struct plumb_fonts *fonts)
{
    return fonts->config != NULL;
}

static void set_size(PangoLayout *layout, const struct plumb_item *item, double size_pt)
{
    PangoFontDescription *face = pango_font_description_new();
    pango_font_description_set_family(face, "Inter, sans-serif");
    pango_font_description_set_weight(
        face, item->weight == PLUMB_WEIGHT_SEMIBOLD ? PANGO_WEIGHT_SEMIBOLD : PANGO_WEIGHT_NORMAL);
    pango_font_description_set_absolute_size(face, size_pt * PANGO_SCALE);
    pango_layout_set_font_description(layout, face);
    pango_font_description_free(face);
}

static double width_of(PangoLayout *layout)
{
    int width, height;
    pango_layout_get_size(layout, &width, &height);
    return (double)width / PANGO_SCALE;
}

/* Too long for its room: smaller first, then cut. */
static void fit(PangoLayout *layout, const struct plumb_item *item)
{
    double width_pt = width_of(layout);
    if (item->w_pt <= 0 || width_pt <= item->w_pt)
        return;
    set_size(layout, item, item->size_pt * fmax(SMALLEST, item->w_pt / width_pt));
    if (width_of(layout) <= item->w_pt)
        return;
    pango_layout_set_width(layout, (int)(item->w_pt * PANGO_SCALE));
    pango_layout_set_ellipsize(layout, PANGO_ELLIPSIZE_END);
}

static PangoLayout *
layout_in(PangoContext *context, const struct plumb_scene *scene, const struct plumb_item *item)
{
    PangoLayout *layout = pango_layout_new(context);
    PangoAttrList *attributes = pango_attr_list_new();
    pango_attr_list_insert(attributes, pango_attr_font_features_new("tnum=1, calt=0"));
    pango_layout_set_attributes(layout, attributes);
    pango_attr_list_unref(attributes);
    pango_layout_set_single_paragraph_mode(layout, TRUE);
    pango_layout_set_auto_dir(layout, FALSE);
    pango_layout_set_text(layout, plumb_scene_chars(scene, item), (int)item->n);
    set_size(layout, item, item->size_pt);
    fit(layout, item);
    return layout;
}

PangoLayout *
plumb_fonts_layout(struct plumb_fonts *fonts, const struct plumb_scene *scene, const struct plumb_item *item)
{
    PangoLayout *layout = layout_in(fonts->context, scene, item);
    if (!fonts->config || pango_layout_get_unknown_glyphs_count(layout) == 0)
        return layout;
    g_object_unref(layout); /* a name in another script: the desktop may know it */
    if (!fonts->desktop)
        fonts->desktop = context_of_config(NULL);
    return layout_in(fonts->desktop, scene, item);
}

int plumb_typeface_found(void)
{
    struct plumb_fonts *fonts = plumb_fonts_take();
    int found = fonts && plumb_fonts_private(fonts);
    plumb_fonts_give_back(fonts);
    return found;
}
