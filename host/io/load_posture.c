#include "load_posture.h"

#include "../core/units.h"
#include "ini_write.h"
#include "text_number.h"

#define TURN_DEG 360.0

static const char *const view_choices[] = {"side", "front", NULL};
static const char *const on_choices[] = {"floor", "bed", "table-end", "wall", "doorway", NULL};

/* The section's own shape. */
struct sheet {
    int view, on;
    bool strap, clip_back;
    double trunk_deg, head_deg, worked_leg_deg[3], other_leg_deg[3], worked_arm_deg[2], other_arm_deg[2];
};

#define FIELD(key, kind, member, ...)                                                                        \
    {                                                                                                        \
        "figure", key, kind, offsetof(struct sheet, member), __VA_ARGS__                                     \
    }
#define TURN(key)     FIELD(#key, PLUMB_INI_DOUBLE, key, -TURN_DEG, TURN_DEG, false, 0, 0, NULL)
#define TURNS(key, n) FIELD(#key, PLUMB_INI_DOUBLES, key, -TURN_DEG, TURN_DEG, false, n, 0, NULL)

static const struct plumb_ini_field fields[] = {
    FIELD("view", PLUMB_INI_CHOICE, view, 0, 0, false, 0, 0, view_choices),
    FIELD("on", PLUMB_INI_CHOICE, on, 0, 0, false, 0, 0, on_choices),
    FIELD("strap", PLUMB_INI_BOOL, strap, 0, 0, false, 0, 0, NULL),
    FIELD("clip_back", PLUMB_INI_BOOL, clip_back, 0, 0, false, 0, 0, NULL),
    TURN(trunk_deg),
    TURN(head_deg),
    TURNS(worked_leg_deg, 3),
    TURNS(other_leg_deg, 3),
    TURNS(worked_arm_deg, 2),
    TURNS(other_arm_deg, 2),
};

static void leg_out(double deg[3], const struct plumb_posture_leg *leg)
{
    deg[0] = plumb_text_degrees(leg->thigh_rad);
    deg[1] = plumb_text_degrees(leg->shin_rad);
    deg[2] = plumb_text_degrees(leg->foot_rad);
}

static struct plumb_posture_leg leg_in(const double deg[3])
{
    return (struct plumb_posture_leg){
        deg[0] * PLUMB_RAD_PER_DEG, deg[1] * PLUMB_RAD_PER_DEG, deg[2] * PLUMB_RAD_PER_DEG};
}

static struct plumb_posture_arm arm_in(const double deg[2])
{
    return (struct plumb_posture_arm){deg[0] * PLUMB_RAD_PER_DEG, deg[1] * PLUMB_RAD_PER_DEG};
}

static struct sheet sheet_of(const struct plumb_posture *posture)
{
    struct sheet sheet = {
        .view = (int)posture->view,
        .on = (int)posture->on,
        .strap = posture->strap,
        .clip_back = posture->clip_back,
        .trunk_deg = plumb_text_degrees(posture->trunk_rad),
        .head_deg = plumb_text_degrees(posture->head_rad),
        .worked_arm_deg =
            {plumb_text_degrees(posture->worked_arm.upper_rad),
             plumb_text_degrees(posture->worked_arm.fore_rad)},
        .other_arm_deg = {
            plumb_text_degrees(posture->other_arm.upper_rad),
            plumb_text_degrees(posture->other_arm.fore_rad)}};
    leg_out(sheet.worked_leg_deg, &posture->worked);
    leg_out(sheet.other_leg_deg, &posture->other);
    return sheet;
}

static struct plumb_posture posture_of(const struct sheet *sheet)
{
    return (struct plumb_posture){
        .view = (enum plumb_posture_view)sheet->view,
        .on = (enum plumb_posture_on)sheet->on,
        .strap = sheet->strap,
        .clip_back = sheet->clip_back,
        .trunk_rad = sheet->trunk_deg * PLUMB_RAD_PER_DEG,
        .head_rad = sheet->head_deg * PLUMB_RAD_PER_DEG,
        .worked = leg_in(sheet->worked_leg_deg),
        .other = leg_in(sheet->other_leg_deg),
        .worked_arm = arm_in(sheet->worked_arm_deg),
        .other_arm = arm_in(sheet->other_arm_deg)};
}

int plumb_posture_read(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, enum plumb_pose pose,
    struct plumb_posture *posture, struct plumb_message *message)
{
    plumb_posture_default(posture, pose);
    if (!section)
        return 0;
    struct sheet sheet = sheet_of(posture);
    int fail =
        plumb_ini_read_section(ini, section, fields, sizeof fields / sizeof fields[0], &sheet, message);
    if (!fail)
        *posture = posture_of(&sheet);
    return fail;
}

int plumb_posture_write(
    FILE *to, const struct plumb_posture *posture, enum plumb_pose pose, struct plumb_message *message)
{
    struct plumb_posture usual;
    plumb_posture_default(&usual, pose);
    struct sheet sheet = sheet_of(posture), usual_sheet = sheet_of(&usual);
    return plumb_ini_write_section(
        to, "figure", fields, sizeof fields / sizeof fields[0], &sheet, &usual_sheet, message);
}

int plumb_posture_write_every(FILE *to, const struct plumb_posture *posture, struct plumb_message *message)
{
    struct sheet sheet = sheet_of(posture);
    return plumb_ini_write_section(
        to, "figure", fields, sizeof fields / sizeof fields[0], &sheet, NULL, message);
}
