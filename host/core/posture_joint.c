#include "posture_joint.h"

#include <math.h>
#include <stddef.h>

#include "units.h"

#define TURN (2 * PLUMB_PI)
#define DEG  PLUMB_RAD_PER_DEG

/* Every direction of the posture; what hangs on what is the order of a limb's. */
enum limb {
    TRUNK,
    HEAD,
    THIGH_W,
    SHIN_W,
    FOOT_W,
    THIGH_O,
    SHIN_O,
    FOOT_O,
    UPPER_W,
    FORE_W,
    UPPER_O,
    FORE_O,
    LIMBS_N
};

#define OF(member) offsetof(struct plumb_posture, member)
static const size_t offsets[LIMBS_N] = {
    [TRUNK] = OF(trunk_rad),
    [HEAD] = OF(head_rad),
    [THIGH_W] = OF(worked.thigh_rad),
    [SHIN_W] = OF(worked.shin_rad),
    [FOOT_W] = OF(worked.foot_rad),
    [THIGH_O] = OF(other.thigh_rad),
    [SHIN_O] = OF(other.shin_rad),
    [FOOT_O] = OF(other.foot_rad),
    [UPPER_W] = OF(worked_arm.upper_rad),
    [FORE_W] = OF(worked_arm.fore_rad),
    [UPPER_O] = OF(other_arm.upper_rad),
    [FORE_O] = OF(other_arm.fore_rad)};

/* A joint's angle is sign * (limb - from) + offset, against the picture where `from` is the limb itself; the
 * limbs in `moves` turn with it. */
#define BIT(limb)   (1u << (limb))
#define ARMS        (BIT(UPPER_W) | BIT(FORE_W) | BIT(UPPER_O) | BIT(FORE_O))
#define LEG(side)   (BIT(THIGH_##side) | BIT(SHIN_##side) | BIT(FOOT_##side))
#define SHANK(side) (BIT(SHIN_##side) | BIT(FOOT_##side))
#define ARM(side)   (BIT(UPPER_##side) | BIT(FORE_##side))
#define HALF        (PLUMB_PI)
#define QUARTER     (PLUMB_PI / 2)

static const struct row {
    enum limb limb, from;
    double sign, offset_rad, least_rad;
    unsigned moves;
} rows[PLUMB_JOINTS_N] = {
    [PLUMB_JOINT_TRUNK] = {TRUNK, TRUNK, 1, 0, -QUARTER, BIT(TRUNK) | BIT(HEAD) | ARMS},
    [PLUMB_JOINT_HEAD] = {HEAD, TRUNK, 1, 0, -HALF, BIT(HEAD)},
    [PLUMB_JOINT_WORKED_HIP] = {THIGH_W, TRUNK, 1, HALF, -HALF, LEG(W)},
    [PLUMB_JOINT_WORKED_KNEE] = {SHIN_W, THIGH_W, -1, 0, -HALF, SHANK(W)},
    [PLUMB_JOINT_WORKED_ANKLE] = {FOOT_W, SHIN_W, -1, HALF, -HALF, BIT(FOOT_W)},
    [PLUMB_JOINT_OTHER_HIP] = {THIGH_O, TRUNK, 1, HALF, -HALF, LEG(O)},
    [PLUMB_JOINT_OTHER_KNEE] = {SHIN_O, THIGH_O, -1, 0, -HALF, SHANK(O)},
    [PLUMB_JOINT_OTHER_ANKLE] = {FOOT_O, SHIN_O, -1, HALF, -HALF, BIT(FOOT_O)},
    [PLUMB_JOINT_WORKED_SHOULDER] = {UPPER_W, TRUNK, 1, HALF, -QUARTER, ARM(W)},
    [PLUMB_JOINT_WORKED_ELBOW] = {FORE_W, UPPER_W, 1, 0, -HALF, BIT(FORE_W)},
    [PLUMB_JOINT_OTHER_SHOULDER] = {UPPER_O, TRUNK, 1, HALF, -QUARTER, ARM(O)},
    [PLUMB_JOINT_OTHER_ELBOW] = {FORE_O, UPPER_O, 1, 0, -HALF, BIT(FORE_O)},
};

static double way_rad(const struct plumb_posture *posture, enum limb limb)
{
    return *(const double *)(const void *)((const char *)posture + offsets[limb]);
}

/* Within a turn to either side, as the files have it. */
static void turn(struct plumb_posture *posture, enum limb limb, double by_rad)
{
    double *way = (double *)(void *)((char *)posture + offsets[limb]);
    double rad = round((*way + by_rad) / DEG * 10) / 10 * DEG; /* as a file says it */
    *way = rad > TURN ? rad - TURN : rad < -TURN ? rad + TURN : rad;
}

double plumb_joint_least_rad(enum plumb_joint joint)
{
    return rows[joint].least_rad;
}

double plumb_joint_rad(const struct plumb_posture *posture, enum plumb_joint joint)
{
    const struct row *row = &rows[joint];
    double against_rad = row->from == row->limb ? 0 : way_rad(posture, row->from);
    double rad = row->sign * (way_rad(posture, row->limb) - against_rad) + row->offset_rad;
    double past_rad = fmod(rad - row->least_rad, TURN);
    return row->least_rad + (past_rad < 0 ? past_rad + TURN : past_rad);
}

void plumb_joint_bend(struct plumb_posture *posture, enum plumb_joint joint, double rad)
{
    double by_rad = rows[joint].sign * (rad - plumb_joint_rad(posture, joint));
    for (enum limb limb = 0; limb < LIMBS_N; limb++)
        if (rows[joint].moves >> limb & 1u)
            turn(posture, limb, by_rad);
}
