/* The page of the figure: how the person is drawn, joint by joint; the picture at the left follows. */
#include <math.h>

#include "../../core/posture_joint.h"
#include "../../core/units.h"
#include "editor_field.h"
#include "language.h"
#include "widgets.h"

#define DEG      PLUMB_RAD_PER_DEG
#define TURN_DEG 360

/* ---- joints */

static int joint_get(const struct plumb_editor *editor, int which)
{
    return (int)lround(plumb_joint_rad(&editor->draft->now.posture, (enum plumb_joint)which) / DEG);
}

static void joint_set(struct plumb_editor *editor, int which, int value)
{
    plumb_joint_bend(&editor->draft->now.posture, (enum plumb_joint)which, value * DEG);
}

/* ---- what is around the person */

static int view_get(const struct plumb_editor *editor, int which)
{
    (void)which;
    return (int)editor->draft->now.posture.view;
}

static void view_set(struct plumb_editor *editor, int which, int value)
{
    (void)which;
    editor->draft->now.posture.view = (enum plumb_posture_view)value;
}

static int on_get(const struct plumb_editor *editor, int which)
{
    (void)which;
    return (int)editor->draft->now.posture.on;
}

static void on_set(struct plumb_editor *editor, int which, int value)
{
    (void)which;
    editor->draft->now.posture.on = (enum plumb_posture_on)value;
}

enum { STRAP, CLIP_BACK };

static int has_get(const struct plumb_editor *editor, int which)
{
    const struct plumb_posture *posture = &editor->draft->now.posture;
    return which == STRAP ? posture->strap : posture->clip_back;
}

static void has_set(struct plumb_editor *editor, int which, int value)
{
    struct plumb_posture *posture = &editor->draft->now.posture;
    *(which == STRAP ? &posture->strap : &posture->clip_back) = value;
}

/* ---- the rows */

static const char *const view_words[] = {N_("From the side"), N_("From the front"), NULL};
static const char *const on_words[] = {N_("Floor"),          N_("Bed"),     N_("Table, to the hips"),
                                       N_("Floor and wall"), N_("Doorway"), NULL};

static const struct plumb_edit_row scene_rows[] = {
    {.label = N_("Seen"), .kind = PLUMB_EDIT_CHOICE, .choices = view_words, .get = view_get, .set = view_set},
    {.label = N_("On"), .kind = PLUMB_EDIT_CHOICE, .choices = on_words, .get = on_get, .set = on_set},
    {.label = N_("Strap from hand to foot"),
     .kind = PLUMB_EDIT_CHECK,
     .which = STRAP,
     .get = has_get,
     .set = has_set},
    {.label = N_("Clip on the back"),
     .kind = PLUMB_EDIT_CHECK,
     .which = CLIP_BACK,
     .get = has_get,
     .set = has_set},
};

#define JOINT(words, tip_words, joint, least_deg)                                                            \
    {                                                                                                        \
        .label = words, .tip = tip_words, .kind = PLUMB_EDIT_SLIDER, .which = joint, .get = joint_get,       \
        .set = joint_set, .least = least_deg, .most = (least_deg) + TURN_DEG, .by = 1                        \
    }
#define TRUNK_TIP    N_("0: on the front, 90: upright, 180: on the back")
#define HEAD_TIP     N_("0: in line with the trunk")
#define HIP_TIP      N_("0: in line with the trunk; bent forward is more, or from the front to the right")
#define KNEE_TIP     N_("0: straight; bent is more")
#define ANKLE_TIP    N_("90: at a right angle to the shin; pointed is more")
#define SHOULDER_TIP N_("0: along the trunk; forward and up is more, or from the front to the right")
#define ELBOW_TIP    N_("0: straight; bent is more")

static const struct plumb_edit_row trunk_rows[] = {
    JOINT(N_("Trunk (°)"), TRUNK_TIP, PLUMB_JOINT_TRUNK, -90),
    JOINT(N_("Head (°)"), HEAD_TIP, PLUMB_JOINT_HEAD, -180),
};

/* By turns the worked side and the other. */
static const struct plumb_edit_row limb_rows[] = {
    JOINT(N_("Hip, worked side (°)"), HIP_TIP, PLUMB_JOINT_WORKED_HIP, -180),
    JOINT(N_("Hip, other side (°)"), HIP_TIP, PLUMB_JOINT_OTHER_HIP, -180),
    JOINT(N_("Knee, worked side (°)"), KNEE_TIP, PLUMB_JOINT_WORKED_KNEE, -180),
    JOINT(N_("Knee, other side (°)"), KNEE_TIP, PLUMB_JOINT_OTHER_KNEE, -180),
    JOINT(N_("Foot, worked side (°)"), ANKLE_TIP, PLUMB_JOINT_WORKED_ANKLE, -180),
    JOINT(N_("Foot, other side (°)"), ANKLE_TIP, PLUMB_JOINT_OTHER_ANKLE, -180),
    JOINT(N_("Shoulder, worked side (°)"), SHOULDER_TIP, PLUMB_JOINT_WORKED_SHOULDER, -90),
    JOINT(N_("Shoulder, other side (°)"), SHOULDER_TIP, PLUMB_JOINT_OTHER_SHOULDER, -90),
    JOINT(N_("Elbow, worked side (°)"), ELBOW_TIP, PLUMB_JOINT_WORKED_ELBOW, -180),
    JOINT(N_("Elbow, other side (°)"), ELBOW_TIP, PLUMB_JOINT_OTHER_ELBOW, -180),
};

/* ---- the page */

static void as_the_pose_has_it(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_exercise *now = &editor->draft->now;
    (void)button;
    plumb_editor_begin(editor, NULL);
    plumb_posture_default(&now->posture, now->pose);
    plumb_editor_changed(editor);
}

GtkWidget *plumb_editor_figure_new(struct plumb_editor *editor)
{
    GtkWidget *page = plumb_edit_page_new();
    GtkWidget *usual = plumb_key_new(
        N_("As the pose has it"), NULL, N_("Straight again, as one lies or stands before anything is done"),
        G_CALLBACK(as_the_pose_has_it), editor);
    PLUMB_EDIT_PUT(editor, page, scene_rows, 2);
    gtk_box_append(GTK_BOX(page), plumb_words_new("Joints: the right side worked", "field"));
    PLUMB_EDIT_PUT(editor, page, trunk_rows, 2);
    PLUMB_EDIT_PUT(editor, page, limb_rows, 2);
    gtk_widget_set_halign(usual, GTK_ALIGN_START);
    gtk_widget_add_css_class(page, "slim");
    gtk_box_append(GTK_BOX(page), usual);
    return page;
}

char *plumb_editor_figure_words(const struct plumb_editor *editor)
{
    return g_strdup_printf(
        _("%s. Trunk %d degrees; worked side: hip %d, knee %d; other side: hip %d, knee %d"),
        plumb_language_text(plumb_pose_words(editor->draft->now.pose)), joint_get(editor, PLUMB_JOINT_TRUNK),
        joint_get(editor, PLUMB_JOINT_WORKED_HIP), joint_get(editor, PLUMB_JOINT_WORKED_KNEE),
        joint_get(editor, PLUMB_JOINT_OTHER_HIP), joint_get(editor, PLUMB_JOINT_OTHER_KNEE));
}
