#include "page.h"

#include <math.h>
#include <stdio.h>

#include "../core/message.h"
#include "page_parts.h"

#define TRACE_SCALE   0.86 /* of the chart on a sheet of its own: its smallest text is 7.3 pt here */
#define TRACE_MOST_PT 400.0
#define SUMMARY_MOST  4 /* lines a sentence */
#define NOTE_MOST     4 /* lines */
#define NAMES_PT      52.0
#define HOLDS_LEAST   3
#define HOLDS_USUAL   8    /* before a page is set smaller for them */
#define TIGHT_STEP    0.04 /* how much smaller a full page is tried... */
#define TIGHT_MOST    1.28 /* ...and at most */

void plumb_page_init(struct plumb_page *page)
{
    *page = (struct plumb_page){.weeks.asked_s = NAN};
    for (int side = 0; side < 2; side++)
        page->sides[side] = (struct plumb_page_side){.asked_s = NAN, .worst_deg = NAN};
}

/* ---- two columns: each block goes where there is more room */

struct flow {
    struct plumb_scene *scene; /* NULL: only measured */
    const struct plumb_page *page;
    double room_pt;      /* of a column */
    double left_pt[2];   /* of the columns */
    double bottom_pt[2]; /* so far */
};

static double block_weeks(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt)
{
    return page_bars(scene, flow->page->tongue, x_pt, top_pt, flow->room_pt, &flow->page->weeks);
}

static double block_sides(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt)
{
    return page_sides(
        scene, flow->page->tongue, x_pt, top_pt, flow->room_pt, flow->page->sides, flow->page->side_verdict);
}

static double
block_list(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt, int which)
{
    const struct plumb_page_list *list = &flow->page->lists[which];
    double high_pt = page_heading(scene, x_pt, top_pt, flow->room_pt, list->heading);
    if (scene)
        plumb_scene_group(scene, "facts");
    return high_pt + page_facts(scene, x_pt, top_pt + high_pt, flow->room_pt, NAMES_PT, list->facts, list->n);
}

static double block_first(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt)
{
    return block_list(scene, flow, x_pt, top_pt, 0);
}

static double block_second(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt)
{
    return block_list(scene, flow, x_pt, top_pt, 1);
}

static double block_note(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt)
{
    double high_pt = page_heading(scene, x_pt, top_pt, flow->room_pt, plumb_said(flow->page->tongue, "Note"));
    return high_pt +
           page_words(
               scene, "P", &page_body, x_pt, top_pt + high_pt, flow->room_pt, NOTE_MOST, flow->page->note);
}

static int has_weeks(const struct plumb_page *page)
{
    return page->weeks.bars_n > 0;
}

static int has_sides(const struct plumb_page *page)
{
    return !page->counted && page->sides[0].holds_n > 0 && page->sides[1].holds_n > 0;
}

static int has_first(const struct plumb_page *page)
{
    return page->lists[0].n > 0;
}

static int has_second(const struct plumb_page *page)
{
    return page->lists[1].n > 0;
}

static int has_note(const struct plumb_page *page)
{
    return page->note && page->note[0];
}

static const struct block {
    int (*has)(const struct plumb_page *page);
    double (*draw)(struct plumb_scene *scene, const struct flow *flow, double x_pt, double top_pt);
} BLOCKS[] = {
    {has_weeks, block_weeks},   {has_sides, block_sides}, {has_first, block_first},
    {has_second, block_second}, {has_note, block_note},
};

static double
columns(struct plumb_scene *scene, const struct plumb_page *page, double inner_pt, double top_pt)
{
    double room_pt = (inner_pt - PAGE_GUTTER_PT) / 2;
    struct flow flow = {
        scene, page, room_pt, {PAGE_MARGIN_PT, PAGE_MARGIN_PT + room_pt + PAGE_GUTTER_PT}, {top_pt, top_pt}};
    for (size_t i = 0; i < sizeof BLOCKS / sizeof *BLOCKS; i++) {
        if (!BLOCKS[i].has(page))
            continue;
        int column = flow.bottom_pt[1] < flow.bottom_pt[0];
        double high_pt = BLOCKS[i].draw(scene, &flow, flow.left_pt[column], flow.bottom_pt[column]);
        flow.bottom_pt[column] += high_pt + PAGE_SECTION_PT;
    }
    return fmax(flow.bottom_pt[0], flow.bottom_pt[1]) - PAGE_SECTION_PT - top_pt;
}

/* ---- the sheet */

static double
summary(struct plumb_scene *scene, const struct plumb_page *page, double inner_pt, double top_pt)
{
    static const struct plumb_text_style style = {
        PAGE_BODY_PT + 1, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    double y_pt = top_pt;
    if (scene)
        plumb_scene_group(scene, "summary");
    for (size_t i = 0; i < page->summary_n; i++)
        y_pt +=
            page_words(scene, "P", &style, PAGE_MARGIN_PT, y_pt, inner_pt, SUMMARY_MOST, page->summary[i]);
    return y_pt - top_pt;
}

static double limits(struct plumb_scene *scene, const struct plumb_page *page, double inner_pt, double top_pt)
{
    double y_pt = top_pt;
    for (int i = 0; i < 2; i++)
        y_pt += page_words(scene, "P", &page_fine, PAGE_MARGIN_PT, y_pt, inner_pt, 2, page->limits[i]);
    return y_pt - top_pt;
}

static void trace(struct plumb_scene *scene, const struct plumb_page *page, double top_pt, double height_pt)
{
    struct plumb_trace_chart chart = *page->trace;
    struct plumb_scene part;
    double inner_pt = scene->width_pt - 2 * PAGE_MARGIN_PT;
    chart.bare = 1;
    chart.tongue = page->tongue;
    plumb_scene_init(&part, inner_pt / TRACE_SCALE + 2 * PLUMB_TRACE_BARE_EDGE_PT, height_pt / TRACE_SCALE);
    plumb_trace_chart_draw(&part, &chart);
    plumb_scene_group(scene, "trace");
    plumb_scene_tag(scene, "Figure");
    plumb_scene_put(
        scene, &part, PAGE_MARGIN_PT - PLUMB_TRACE_BARE_EDGE_PT * TRACE_SCALE, top_pt, TRACE_SCALE);
    plumb_scene_untag(scene, "Figure");
    plumb_scene_free(&part);
}

/* From top to bottom; without a scene only measured. trace_pt: what the trace gets. Returns the lower edge.
 */
static double sheet(
    struct plumb_scene *scene, const struct plumb_page *page, double width_pt, double trace_pt,
    size_t holds_most)
{
    double inner_pt = width_pt - 2 * PAGE_MARGIN_PT, y_pt = PAGE_TOP_PT;
    y_pt +=
        page_header(scene, width_pt, page->title, page->subtitle, page->who, page->who_more, page->when) + 11;
    y_pt += page_figures(scene, width_pt, y_pt, page->figures, page->figures_n) + 7;
    y_pt += summary(scene, page, inner_pt, y_pt) + PAGE_SECTION_PT;
    if (scene && trace_pt > 0)
        trace(scene, page, y_pt, trace_pt);
    y_pt += trace_pt > 0 ? trace_pt + 6 : 0;
    y_pt += limits(scene, page, inner_pt, y_pt) + PAGE_SECTION_PT - 3;
    y_pt += page_holds(scene, y_pt, inner_pt, page, holds_most) + PAGE_SECTION_PT;
    return y_pt + columns(scene, page, inner_pt, y_pt);
}

/* How the page is set: so many times larger than the sheet, then made smaller. */
struct plan {
    double tight, trace_pt;
    size_t holds_most;
};

/* The room that is left where everything is as small as it can be; negative: it does not fit. */
static double
spare_pt(const struct plumb_scene *scene, const struct plumb_page *page, const struct plan *plan)
{
    double foot_pt = page_foot(NULL, 0, page->cautions, page->cautions_n, page->footer);
    double bottom_pt = plan->tight * scene->height_pt - PAGE_BOTTOM_PT - foot_pt - PAGE_SECTION_PT;
    return bottom_pt - sheet(NULL, page, plan->tight * scene->width_pt, plan->trace_pt, plan->holds_most);
}

static int any_tilt(const struct plumb_trace_chart *chart)
{
    for (size_t i = 0; i < chart->n; i++)
        if (isfinite(chart->tilt_deg[i]))
            return 1;
    return 0;
}

static struct plan plan_of(const struct plumb_scene *scene, const struct plumb_page *page)
{
    double least_pt = page->trace ? plumb_trace_chart_bare_pt(page->trace) * TRACE_SCALE : 0;
    struct plan plan = {1, least_pt, page->holds_n};
    while (plan.holds_most > HOLDS_USUAL && spare_pt(scene, page, &plan) < 0)
        plan.holds_most--;
    while (plan.tight < TIGHT_MOST && spare_pt(scene, page, &plan) < 0)
        plan.tight += TIGHT_STEP;
    while (plan.holds_most > HOLDS_LEAST && spare_pt(scene, page, &plan) < 0)
        plan.holds_most--;
    if (page->trace && any_tilt(page->trace))
        plan.trace_pt += fmax(0, fmin(TRACE_MOST_PT - least_pt, spare_pt(scene, page, &plan)));
    return plan;
}

static void draw(struct plumb_scene *scene, const struct plumb_page *page)
{
    double width_pt = scene->width_pt, height_pt = scene->height_pt;
    struct plan plan = plan_of(scene, page);
    plumb_scene_scale(scene, plan.tight);
    sheet(scene, page, scene->width_pt, plan.trace_pt, plan.holds_most);
    page_foot(scene, scene->height_pt, page->cautions, page->cautions_n, page->footer);
    plumb_scene_scale(scene, 1 / plan.tight);
    scene->width_pt = width_pt; /* to the last digit */
    scene->height_pt = height_pt;
}

static void describe(struct plumb_scene *scene, const struct plumb_page *page)
{
    char title[2 * sizeof scene->title];
    snprintf(
        title, sizeof title, "%s%s%s", page->title ? page->title : plumb_said(page->tongue, "Stretch"),
        page->who && page->who[0] ? " \xc2\xb7 " : "", page->who ? page->who : "");
    plumb_scene_title(scene, title);
    snprintf(scene->date, sizeof scene->date, "%s", page->date ? page->date : "");
}

int plumb_page_draw(struct plumb_scene *scene, const struct plumb_page *page)
{
    plumb_scene_clear(scene);
    describe(scene, page);
    plumb_scene_tag(scene, "Document");
    draw(scene, page);
    plumb_scene_untag(scene, "Document");
    return scene->failed ? PLUMB_FAILED : 0;
}
