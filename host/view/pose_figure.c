#include "pose_figure.h"

#include <math.h>

#include "../core/units.h"
#include "curve.h"

/* Lengths and widths in trunks (hip to shoulder); proportions of an adult, rounded. */
#define TRUNK      1.0
#define NECK       0.30 /* from the shoulders to the middle of the head */
#define HEAD       0.35 /* across */
#define THIGH      0.84
#define SHIN       0.80
#define FOOT       0.26
#define UPPER_ARM  0.56
#define FOREARM    0.52
#define HIP_OUT    0.16 /* from the front: the hips from the middle */
#define SHOULDER   0.25 /* the same of the shoulders */
#define WIDE_CHEST 0.36
#define WIDE_HIP   0.34
#define WIDE_THIGH 0.27
#define WIDE_KNEE  0.20
#define WIDE_ANKLE 0.13
#define WIDE_ARM   0.15
#define WIDE_WRIST 0.11
#define BED        0.09 /* thickness */
#define BED_LEG    0.55
#define MARGIN     0.12 /* about everything */

struct joint {
    double at[2];
};

struct leg {
    struct joint hip, knee, ankle, toe;
};

struct arm {
    struct joint shoulder, elbow, hand;
};

struct body {
    struct joint hip, chest, head;
    struct leg worked, other;
    struct arm worked_arm, other_arm;
};

struct box {
    double left, right, low, high;
};

static struct joint from(struct joint joint, double length, double way_rad)
{
    return (struct joint){{joint.at[0] + length * cos(way_rad), joint.at[1] + length * sin(way_rad)}};
}

static struct joint aside(struct joint joint, double by)
{
    return (struct joint){{joint.at[0] + by, joint.at[1]}};
}

static struct leg leg_of(struct joint hip, const struct plumb_posture_leg *leg)
{
    struct leg made = {.hip = hip};
    made.knee = from(hip, THIGH, leg->thigh_rad);
    made.ankle = from(made.knee, SHIN, leg->shin_rad);
    made.toe = from(made.ankle, FOOT, leg->foot_rad);
    return made;
}

static struct arm arm_of(struct joint shoulder, const struct plumb_posture_arm *arm)
{
    struct arm made = {.shoulder = shoulder};
    made.elbow = from(shoulder, UPPER_ARM, arm->upper_rad);
    made.hand = from(made.elbow, FOREARM, arm->fore_rad);
    return made;
}

static struct body body_of(const struct plumb_posture *posture)
{
    int front = posture->view == PLUMB_POSTURE_FRONT;
    struct body body = {.hip = {{0, 0}}};
    body.chest = from(body.hip, TRUNK, posture->trunk_rad);
    body.head = from(body.chest, NECK, posture->head_rad);
    body.worked = leg_of(aside(body.hip, front ? -HIP_OUT : 0), &posture->worked);
    body.other = leg_of(aside(body.hip, front ? HIP_OUT : 0), &posture->other);
    body.worked_arm = arm_of(aside(body.chest, front ? -SHOULDER : 0), &posture->worked_arm);
    body.other_arm = arm_of(aside(body.chest, front ? SHOULDER : 0), &posture->other_arm);
    return body;
}

/* ---- where everything lies */

static void reach(struct box *box, const struct joint *joint, double wide)
{
    box->left = fmin(box->left, joint->at[0] - wide / 2);
    box->right = fmax(box->right, joint->at[0] + wide / 2);
    box->low = fmin(box->low, joint->at[1] - wide / 2);
    box->high = fmax(box->high, joint->at[1] + wide / 2);
}

static void reach_leg(struct box *box, const struct leg *leg)
{
    reach(box, &leg->knee, WIDE_KNEE);
    reach(box, &leg->ankle, WIDE_ANKLE);
    reach(box, &leg->toe, WIDE_ANKLE);
}

static void reach_arm(struct box *box, const struct arm *arm)
{
    reach(box, &arm->elbow, WIDE_ARM);
    reach(box, &arm->hand, WIDE_WRIST);
}

static struct box box_of(const struct body *body)
{
    struct box box = {0, 0, 0, 0};
    reach(&box, &body->hip, WIDE_HIP);
    reach(&box, &body->chest, WIDE_CHEST);
    reach(&box, &body->head, HEAD);
    reach_leg(&box, &body->worked);
    reach_leg(&box, &body->other);
    reach_arm(&box, &body->worked_arm);
    reach_arm(&box, &body->other_arm);
    return box;
}

static int is_raised(enum plumb_posture_on on)
{
    return on == PLUMB_ON_BED || on == PLUMB_ON_TABLE_END;
}

/* The height of what is lain or stood on. */
static double ground_of(const struct plumb_posture *posture, const struct box *box)
{
    return is_raised(posture->on) ? -WIDE_HIP / 2 : box->low;
}

/* Everything, with what it lies on and a margin. */
static struct box whole_of(const struct plumb_posture *posture, const struct box *box)
{
    struct box whole = *box;
    if (is_raised(posture->on))
        whole.low = fmin(whole.low, ground_of(posture, box) - BED_LEG);
    else
        whole.low -= BED;
    if (posture->on == PLUMB_ON_WALL)
        whole.right += BED;
    if (posture->on == PLUMB_ON_DOORWAY) {
        whole.left -= BED;
        whole.right += BED;
    }
    whole.left -= MARGIN;
    whole.right += MARGIN;
    whole.low -= MARGIN;
    whole.high += MARGIN;
    return whole;
}

/* ---- drawing */

struct drawing {
    struct plumb_scene *scene;
    const struct plumb_pose_figure *figure;
    struct plumb_placing at;
};

static void limb(
    const struct drawing *drawing, const struct joint *a, const struct joint *b, double wide_a, double wide_b,
    plumb_colour colour)
{
    plumb_curve_limb(drawing->scene, &drawing->at, a->at, b->at, wide_a, wide_b, colour);
}

static void draw_leg(const struct drawing *drawing, const struct leg *leg, plumb_colour colour)
{
    limb(drawing, &leg->hip, &leg->knee, WIDE_THIGH, WIDE_KNEE, colour);
    limb(drawing, &leg->knee, &leg->ankle, WIDE_KNEE, WIDE_ANKLE, colour);
    limb(drawing, &leg->ankle, &leg->toe, WIDE_ANKLE, WIDE_ANKLE * 0.8, colour);
}

static void draw_arm(const struct drawing *drawing, const struct arm *arm, plumb_colour colour)
{
    limb(drawing, &arm->shoulder, &arm->elbow, WIDE_ARM, WIDE_ARM * 0.85, colour);
    limb(drawing, &arm->elbow, &arm->hand, WIDE_ARM * 0.85, WIDE_WRIST, colour);
}

static void draw_trunk(const struct drawing *drawing, const struct body *body, plumb_colour colour)
{
    double more = drawing->figure->posture->view == PLUMB_POSTURE_FRONT ? 1.45 : 1;
    limb(drawing, &body->hip, &body->chest, WIDE_HIP * more, WIDE_CHEST * more, colour);
    limb(drawing, &body->chest, &body->head, WIDE_ARM, WIDE_ARM, colour);
    limb(drawing, &body->head, &body->head, HEAD, HEAD, colour);
}

/* A rectangle of the drawing, whichever way it is mirrored. */
static void
slab(const struct drawing *drawing, double left, double right, double low, double high, plumb_colour colour)
{
    struct plumb_point a = plumb_placing_apply(&drawing->at, left, high);
    struct plumb_point b = plumb_placing_apply(&drawing->at, right, low);
    plumb_scene_rect(
        drawing->scene, fmin(a.x_pt, b.x_pt), a.y_pt, fabs(b.x_pt - a.x_pt), b.y_pt - a.y_pt, 2, colour);
}

static void bed(const struct drawing *drawing, const struct body *body, const struct box *box, double ground)
{
    plumb_colour colour = drawing->figure->theme->axis;
    int ends = drawing->figure->posture->on == PLUMB_ON_TABLE_END;
    double left = box->left - MARGIN / 2, right = ends ? body->hip.at[0] + 0.1 : box->right + MARGIN / 2;
    slab(drawing, left, right, ground - BED, ground, colour);
    slab(drawing, left + 0.12, left + 0.19, ground - BED_LEG, ground - BED, colour);
    slab(drawing, right - 0.19, right - 0.12, ground - BED_LEG, ground - BED, colour);
}

static void surroundings(const struct drawing *drawing, const struct body *body, const struct box *box)
{
    const struct plumb_posture *posture = drawing->figure->posture;
    plumb_colour colour = drawing->figure->theme->axis;
    double ground = ground_of(posture, box);
    if (is_raised(posture->on)) {
        bed(drawing, body, box, ground);
        return;
    }
    slab(drawing, box->left - MARGIN, box->right + MARGIN, ground - BED, ground, colour);
    if (posture->on == PLUMB_ON_WALL || posture->on == PLUMB_ON_DOORWAY)
        slab(drawing, box->right, box->right + BED, ground, box->high, colour);
    if (posture->on == PLUMB_ON_DOORWAY)
        slab(drawing, box->left - BED, box->left, ground, box->high, colour);
}

static void strap(const struct drawing *drawing, const struct body *body)
{
    struct plumb_point a =
        plumb_placing_apply(&drawing->at, body->worked_arm.hand.at[0], body->worked_arm.hand.at[1]);
    struct plumb_point b =
        plumb_placing_apply(&drawing->at, body->worked.ankle.at[0], body->worked.ankle.at[1]);
    plumb_scene_line(
        drawing->scene, a.x_pt, a.y_pt, b.x_pt, b.y_pt, fmax(2, 0.035 * drawing->at.unit_pt), 0,
        drawing->figure->theme->ink);
}

/* Where the belt is: on the trunk's outline, a little above the hip. From the front, in its middle. */
static struct joint clip_place(const struct drawing *drawing, const struct body *body)
{
    const struct plumb_posture *posture = drawing->figure->posture;
    struct joint belt = from(body->hip, 0.13, posture->trunk_rad);
    double front_rad = posture->trunk_rad - PLUMB_PI / 2; /* the person looks to the right when upright */
    if (posture->view == PLUMB_POSTURE_FRONT)
        return belt;
    return from(belt, WIDE_HIP / 2 + 0.02, posture->clip_back ? front_rad + PLUMB_PI : front_rad);
}

static void clip(const struct drawing *drawing, const struct body *body)
{
    const struct plumb_theme *theme = drawing->figure->theme;
    const struct plumb_posture *posture = drawing->figure->posture;
    struct joint at = clip_place(drawing, body);
    double along_rad = posture->trunk_rad + (posture->view == PLUMB_POSTURE_FRONT ? PLUMB_PI / 2 : 0);
    struct joint a = from(at, 0.07, along_rad), b = from(at, -0.07, along_rad);
    limb(drawing, &a, &b, 0.17, 0.17, theme->paper);
    limb(drawing, &a, &b, 0.10, 0.10, theme->zone[PLUMB_RED].fill);
}

static void clip_word(const struct drawing *drawing, const struct body *body)
{
    const struct plumb_pose_figure *figure = drawing->figure;
    struct plumb_text_style style = {
        figure->text_px, PLUMB_WEIGHT_SEMIBOLD, figure->theme->zone[PLUMB_RED].text, PLUMB_ANCHOR_START};
    struct joint place = clip_place(drawing, body);
    struct plumb_point at = plumb_placing_apply(&drawing->at, place.at[0], place.at[1]);
    int up = place.at[1] > 0.1; /* the outline's upper side: the word goes above, else beside */
    if (!figure->clip_word || !(figure->text_px > 0))
        return;
    double out_pt = 0.1 * drawing->at.unit_pt + 0.35 * figure->text_px; /* beyond the clip's edge */
    style.anchor = up ? PLUMB_ANCHOR_MIDDLE : figure->mirrored ? PLUMB_ANCHOR_END : PLUMB_ANCHOR_START;
    plumb_scene_text(
        drawing->scene, &style, up ? at.x_pt : at.x_pt + (figure->mirrored ? -out_pt : out_pt),
        up ? at.y_pt - out_pt : at.y_pt + 0.36 * figure->text_px, 0, figure->clip_word);
}

static void person(const struct drawing *drawing, const struct body *body)
{
    const struct plumb_theme *theme = drawing->figure->theme;
    draw_arm(drawing, &body->other_arm, theme->trace_idle);
    draw_leg(drawing, &body->other, theme->trace_idle);
    draw_trunk(drawing, body, theme->skin);
    if (drawing->figure->posture->strap)
        strap(drawing, body);
    draw_leg(drawing, &body->worked, theme->trace);
    draw_arm(drawing, &body->worked_arm, theme->trace_idle);
}

void plumb_pose_figure_draw(struct plumb_scene *scene, const struct plumb_pose_figure *figure)
{
    struct body body = body_of(figure->posture);
    struct box box = box_of(&body), whole = whole_of(figure->posture, &box);
    double wide = whole.right - whole.left, high = whole.high - whole.low;
    struct drawing drawing = {.scene = scene, .figure = figure};
    double unit_pt = fmin(scene->width_pt / wide, scene->height_pt / high);
    double middle = (whole.left + whole.right) / 2 * (figure->mirrored ? -1 : 1);
    drawing.at = (struct plumb_placing){
        scene->width_pt / 2 - middle * unit_pt, scene->height_pt / 2 + (whole.low + whole.high) / 2 * unit_pt,
        unit_pt, 0, figure->mirrored};
    plumb_scene_clear(scene);
    scene->paper = figure->theme->paper;
    plumb_scene_group(scene, "pose");
    surroundings(&drawing, &body, &box);
    person(&drawing, &body);
    clip(&drawing, &body);
    clip_word(&drawing, &body);
}
