#include "pelvis_figure.h"

#include <math.h>
#include <stdio.h>

#include "../core/units.h"
#include "curve.h"
#include "figure.h"

/* Outlines in the drawing's units: y up along the body, the hip joint (or the middle) at the origin; about as
 * high as the pelvis. Drawn by eye after the textbook, for people to recognise; nothing is measured in them.
 */
static const double HIP_BONE[][2] = {{0.43, 0.36},   {0.31, 0.59},  {0.04, 0.72},   {-0.26, 0.65},
                                     {-0.43, 0.42},  {-0.35, 0.18}, {-0.22, -0.06}, {-0.25, -0.30},
                                     {-0.12, -0.43}, {0.10, -0.38}, {0.31, -0.27},  {0.30, -0.08},
                                     {0.25, 0.08},   {0.32, 0.21}};
static const double SACRUM[][2] = {{-0.18, 0.52}, {-0.30, 0.70},  {-0.46, 0.62}, {-0.58, 0.38},
                                   {-0.60, 0.10}, {-0.52, -0.10}, {-0.46, 0.06}, {-0.40, 0.28}};
static const double FRONT[][2] = {
    {0.0, 0.33},    {0.19, 0.35},   {0.38, 0.50},   {0.62, 0.47},   {0.74, 0.25},   {0.64, 0.03},
    {0.56, -0.14},  {0.57, -0.27},  {0.45, -0.36},  {0.40, -0.53},  {0.26, -0.58},  {0.12, -0.45},
    {0.0, -0.40},   {-0.12, -0.45}, {-0.26, -0.58}, {-0.40, -0.53}, {-0.45, -0.36}, {-0.57, -0.27},
    {-0.56, -0.14}, {-0.64, 0.03},  {-0.74, 0.25},  {-0.62, 0.47},  {-0.38, 0.50},  {-0.19, 0.35}};
static const double FRONT_INLET[][2] = {{0.0, -0.24},  {0.22, -0.17}, {0.30, 0.0},
                                        {0.16, 0.12},  {0.05, 0.02},  {-0.05, 0.02},
                                        {-0.16, 0.12}, {-0.30, 0.0},  {-0.22, -0.17}};
static const double FRONT_HOLE[][2] = {{0.18, -0.40}, {0.28, -0.33}, {0.36, -0.42}, {0.28, -0.51}};
static const double ALONG[][2] = {{0.0, 0.34},   {0.20, 0.36},   {0.45, 0.45},   {0.69, 0.43},
                                  {0.80, 0.20},  {0.72, -0.10},  {0.50, -0.35},  {0.26, -0.45},
                                  {0.0, -0.53},  {-0.26, -0.45}, {-0.50, -0.35}, {-0.72, -0.10},
                                  {-0.80, 0.20}, {-0.69, 0.43},  {-0.45, 0.45},  {-0.20, 0.36}};
static const double ALONG_INLET[][2] = {{0.0, 0.18},   {0.30, 0.20}, {0.52, 0.12},   {0.50, -0.08},
                                        {0.26, -0.24}, {0.0, -0.27}, {-0.26, -0.24}, {-0.50, -0.08},
                                        {-0.52, 0.12}, {-0.30, 0.20}};
static const double VERTEBRA[][2] = {{-0.15, -0.06}, {0.0, -0.08}, {0.15, -0.06},
                                     {0.15, 0.06},   {0.0, 0.08},  {-0.15, 0.06}};
static const double WAIST[][2] = {{0.0, 0.62},  {0.70, 0.56},   {1.02, 0.10},  {0.80, -0.46},
                                  {0.0, -0.62}, {-0.80, -0.46}, {-1.02, 0.10}, {-0.70, 0.56}};

#define N(points) (sizeof(points) / sizeof((points)[0]))

#define DRAWN_TIMES                                                                                          \
    2.0                   /* a turn is drawn so many times as large, the scale with it: small ones must show \
                           */
#define DRAWN_DEG    30.0 /* no more than this is drawn, either way */
#define SCALE_R      1.02 /* radius of the scale, in units */
#define SCALE_DEG    14.0 /* shown to either side of neutral */
#define SCALE_THICK  0.07
#define UNITS_ACROSS 2.7 /* the scene's smaller side */
#define ARC_N        24
#define BEADS_N      5 /* vertebrae */

struct bone {
    struct plumb_scene *scene;
    const struct plumb_pelvis_figure *figure;
    struct plumb_placing at;
    double pose_rad;         /* how the drawing is turned as a whole */
    plumb_colour fill, edge; /* edge alone for the outline at neutral */
    double stroke_pt, dash_pt;
    int edge_only;
};

static void outline(const struct bone *bone, const double (*points)[2], size_t n)
{
    if (!bone->edge_only)
        plumb_curve_closed(bone->scene, &bone->at, points, n, 0, 0, bone->fill);
    plumb_curve_closed(bone->scene, &bone->at, points, n, bone->stroke_pt, bone->dash_pt, bone->edge);
}

/* What is seen through a bone. */
static void opening(const struct bone *bone, const double (*points)[2], size_t n)
{
    if (bone->edge_only)
        return;
    plumb_curve_closed(bone->scene, &bone->at, points, n, 0, 0, bone->figure->theme->skin);
    plumb_curve_closed(bone->scene, &bone->at, points, n, bone->stroke_pt, 0, bone->edge);
}

static void joint(const struct bone *bone)
{
    struct plumb_point at = plumb_placing_apply(&bone->at, 0, 0);
    double size_pt = 0.26 * bone->at.unit_pt;
    if (bone->edge_only)
        return;
    plumb_scene_marker(bone->scene, PLUMB_SHAPE_CIRCLE, at.x_pt, at.y_pt, size_pt, bone->edge);
    plumb_scene_marker(
        bone->scene, PLUMB_SHAPE_CIRCLE, at.x_pt, at.y_pt, size_pt - 2 * bone->stroke_pt, bone->fill);
}

/* The small box on the belt, its long side to (dx, dy) of length 1. */
static void clip(const struct bone *bone, double x, double y, double dx, double dy)
{
    const double from[2] = {x - 0.11 * dx, y - 0.11 * dy}, to[2] = {x + 0.11 * dx, y + 0.11 * dy};
    if (!bone->edge_only)
        plumb_curve_limb(bone->scene, &bone->at, from, to, 0.15, 0.15, bone->figure->theme->ink);
}

static void side_view(const struct bone *bone)
{
    outline(bone, SACRUM, N(SACRUM));
    outline(bone, HIP_BONE, N(HIP_BONE));
    joint(bone);
    if (bone->figure->pose == PLUMB_PRONE)
        clip(bone, -0.66, 0.42, 0.25, 0.97);
    else
        clip(bone, 0.50, 0.42, -0.35, 0.94);
}

static void along_view(const struct bone *bone)
{
    outline(bone, ALONG, N(ALONG));
    opening(bone, ALONG_INLET, N(ALONG_INLET));
    clip(bone, 0, 0.53, 1, 0);
}

static void front_view(const struct bone *bone)
{
    struct bone other = *bone;
    other.at.mirrored = 1;
    outline(bone, FRONT, N(FRONT));
    opening(bone, FRONT_INLET, N(FRONT_INLET));
    opening(bone, FRONT_HOLE, N(FRONT_HOLE));
    opening(&other, FRONT_HOLE, N(FRONT_HOLE));
    clip(bone, 0, 0.44, 1, 0);
}

/* ---- the body about it, which stays */

static void limb(const struct bone *bone, double x0, double y0, double x1, double y1, double w0, double w1)
{
    const double from[2] = {x0, y0}, to[2] = {x1, y1};
    plumb_curve_limb(bone->scene, &bone->at, from, to, w0, w1, bone->figure->theme->skin);
}

static void side_body(const struct bone *bone)
{
    limb(bone, -0.06, 0.15, -0.08, 2.5, 1.22, 1.0);
    limb(bone, -0.02, -0.05, 0.08, -2.5, 1.0, 0.62);
}

static void along_body(const struct bone *bone)
{
    plumb_curve_closed(bone->scene, &bone->at, WAIST, N(WAIST), 0, 0, bone->figure->theme->skin);
}

static void front_body(const struct bone *bone)
{
    limb(bone, 0, 0.1, 0, 2.5, 1.7, 1.5);
    limb(bone, 0.42, -0.1, 0.36, -2.5, 0.86, 0.6);
    limb(bone, -0.42, -0.1, -0.36, -2.5, 0.86, 0.6);
}

static const struct {
    void (*bones)(const struct bone *);
    void (*body)(const struct bone *);
    double needle_rad; /* clockwise from the body's length: where the scale has its middle, at the clip */
    double prone_rad;  /* the same of who lies on the front, the clip on the back */
} VIEWS[PLUMB_PELVIS_VIEWS_N] = {
    [PLUMB_PELVIS_SIDE] = {side_view, side_body, 0.87, -1.0},
    [PLUMB_PELVIS_ALONG] = {along_view, along_body, 0, 0},
    [PLUMB_PELVIS_FRONT] = {front_view, front_body, 0, 0},
};

/* The back between pelvis and chest: the chest stays, so a tilt bends it. A cubic curve, beaded. */
static void spine(const struct bone *bone, double turned_rad)
{
    struct plumb_placing turned = bone->at, still = bone->at;
    turned.turn_rad = bone->pose_rad + turned_rad;
    still.turn_rad = bone->pose_rad;
    const struct plumb_point way[4] = {
        plumb_placing_apply(&turned, -0.31, 0.62), plumb_placing_apply(&turned, -0.14, 0.95),
        plumb_placing_apply(&still, -0.20, 1.20), plumb_placing_apply(&still, -0.34, 1.62)};
    for (int i = 1; i <= BEADS_N; i++) {
        double t = (double)i / BEADS_N, u = 1 - t;
        const double k[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
        struct bone bead = *bone;
        bead.at.x_pt = k[0] * way[0].x_pt + k[1] * way[1].x_pt + k[2] * way[2].x_pt + k[3] * way[3].x_pt;
        bead.at.y_pt = k[0] * way[0].y_pt + k[1] * way[1].y_pt + k[2] * way[2].y_pt + k[3] * way[3].y_pt;
        bead.at.turn_rad = bone->pose_rad + turned_rad * u;
        outline(&bead, VERTEBRA, N(VERTEBRA));
    }
}

/* The drawing's upright: as the wearer lies, seen from their right; from the feet or the front as it is. */
static double pose_turn_rad(const struct plumb_pelvis_figure *figure)
{
    if (figure->view != PLUMB_PELVIS_SIDE)
        return figure->view == PLUMB_PELVIS_ALONG && figure->pose == PLUMB_PRONE ? PLUMB_PI : 0;
    return figure->pose == PLUMB_SUPINE ? PLUMB_PI / 2 : figure->pose == PLUMB_PRONE ? -PLUMB_PI / 2 : 0;
}

/* ---- the scale: an arc where the needle's tip goes; clockwise is positive in every view */

static struct plumb_point on_arc(const struct bone *bone, double radius, double deg)
{
    struct plumb_placing upright = bone->at;
    const struct plumb_pelvis_figure *figure = bone->figure;
    double angle_rad = deg * PLUMB_RAD_PER_DEG * DRAWN_TIMES;
    angle_rad += figure->pose == PLUMB_PRONE ? VIEWS[figure->view].prone_rad : VIEWS[figure->view].needle_rad;
    upright.turn_rad = bone->pose_rad;
    return plumb_placing_apply(&upright, radius * sin(angle_rad), radius * cos(angle_rad));
}

static void arc(const struct bone *bone, double from_deg, double to_deg, double thick, plumb_colour colour)
{
    if (!(to_deg > from_deg))
        return;
    plumb_scene_polygon(bone->scene, colour);
    for (int i = 0; i <= 2 * ARC_N + 1; i++) {
        int inner = i > ARC_N, step = inner ? 2 * ARC_N + 1 - i : i;
        struct plumb_point at = on_arc(
            bone, SCALE_R + (inner ? -thick / 2 : thick / 2), from_deg + (to_deg - from_deg) * step / ARC_N);
        plumb_scene_point(bone->scene, at.x_pt, at.y_pt);
    }
}

static void zones(const struct bone *bone)
{
    const struct plumb_pelvis_figure *figure = bone->figure;
    const struct plumb_zone_colours *zone = figure->theme->zone;
    double amber = figure->amber_deg, red = figure->red_deg;
    arc(bone, -SCALE_DEG, SCALE_DEG, SCALE_THICK, figure->theme->rule);
    if (!isfinite(amber + red))
        return;
    arc(bone, -amber, fmin(amber, SCALE_DEG), SCALE_THICK, zone[PLUMB_GREEN].fill);
    arc(bone, amber, fmin(red, SCALE_DEG), SCALE_THICK, zone[PLUMB_AMBER].fill);
    arc(bone, red, SCALE_DEG, 1.5 * SCALE_THICK, zone[PLUMB_RED].fill);
    if (figure->both_ways) {
        arc(bone, -fmin(red, SCALE_DEG), -amber, SCALE_THICK, zone[PLUMB_AMBER].fill);
        arc(bone, -SCALE_DEG, -red, 1.5 * SCALE_THICK, zone[PLUMB_RED].fill);
    }
}

static void needle(const struct bone *bone)
{
    const struct plumb_pelvis_figure *figure = bone->figure;
    double deg = fmax(-SCALE_DEG, fmin(SCALE_DEG, figure->deg));
    struct plumb_point tip = on_arc(bone, SCALE_R, deg), foot = on_arc(bone, 0.72, deg);
    plumb_scene_line(
        bone->scene, foot.x_pt, foot.y_pt, tip.x_pt, tip.y_pt, fmax(2.5, 0.022 * bone->at.unit_pt), 0,
        figure->theme->ink);
    plumb_scene_marker(
        bone->scene, PLUMB_SHAPE_CIRCLE, tip.x_pt, tip.y_pt, 0.17 * bone->at.unit_pt, figure->theme->paper);
    plumb_scene_marker(
        bone->scene, plumb_zone_shape(figure->zone), tip.x_pt, tip.y_pt, 0.13 * bone->at.unit_pt,
        figure->theme->zone[figure->zone].fill);
}

/* ---- the whole */

/* The bed or table under who lies on it. */
static void bed(const struct bone *bone)
{
    const struct plumb_pelvis_figure *figure = bone->figure;
    double below = figure->view == PLUMB_PELVIS_ALONG ? 0.62 : figure->pose == PLUMB_PRONE ? 0.55 : 0.67;
    if (figure->view == PLUMB_PELVIS_FRONT || (figure->pose != PLUMB_SUPINE && figure->pose != PLUMB_PRONE))
        return;
    plumb_scene_rect(
        bone->scene, 0, bone->at.y_pt + below * bone->at.unit_pt, bone->scene->width_pt,
        0.06 * bone->at.unit_pt, 0, figure->theme->axis);
}

static void body(const struct bone *bone)
{
    struct bone whole = *bone;
    whole.at.turn_rad = bone->pose_rad;
    VIEWS[bone->figure->view].body(&whole);
}

static void draw_bones(const struct bone *bone, double deg)
{
    struct bone turned = *bone;
    double turn_rad = -DRAWN_TIMES * fmax(-DRAWN_DEG, fmin(DRAWN_DEG, deg)) * PLUMB_RAD_PER_DEG;
    turned.at.turn_rad = bone->pose_rad + turn_rad;
    if (bone->figure->view == PLUMB_PELVIS_SIDE)
        spine(bone, turn_rad);
    VIEWS[bone->figure->view].bones(&turned);
}

static void ghost(const struct bone *bone)
{
    struct bone outline_only = *bone;
    outline_only.edge_only = 1;
    outline_only.edge = bone->figure->theme->slate;
    outline_only.stroke_pt = 1;
    outline_only.dash_pt = 4;
    draw_bones(&outline_only, 0);
}

static void say_reason(struct plumb_scene *scene, const struct plumb_pelvis_figure *figure)
{
    struct plumb_text_style style = {
        figure->text_px, PLUMB_WEIGHT_REGULAR, figure->theme->slate, PLUMB_ANCHOR_MIDDLE};
    plumb_scene_text(
        scene, &style, scene->width_pt / 2, scene->height_pt - 0.6 * figure->text_px, scene->width_pt - 4,
        figure->reason);
}

void plumb_pelvis_figure_draw(struct plumb_scene *scene, const struct plumb_pelvis_figure *figure)
{
    const struct plumb_theme *theme = figure->theme;
    double room_pt = scene->height_pt - (figure->reason ? 1.6 * figure->text_px : 0);
    struct bone bone = {
        scene,
        figure,
        {scene->width_pt / 2, room_pt / 2, fmin(scene->width_pt, room_pt) / UNITS_ACROSS, 0, 0},
        pose_turn_rad(figure),
        theme->bone,
        theme->bone_edge,
        1.5,
        figure->sure ? 0 : 5,
        0};
    int known = isfinite(figure->deg) && !figure->reason;
    plumb_scene_clear(scene);
    scene->paper = theme->paper;
    if (!(bone.at.unit_pt > 4))
        return;
    plumb_scene_group(scene, "pelvis");
    plumb_scene_clip(scene, 0, 0, scene->width_pt, room_pt);
    body(&bone);
    bed(&bone);
    if (!figure->reason)
        zones(&bone);
    if (known)
        draw_bones(&bone, figure->deg);
    ghost(&bone);
    if (known)
        needle(&bone);
    plumb_scene_unclip(scene);
    if (figure->reason)
        say_reason(scene, figure);
}
