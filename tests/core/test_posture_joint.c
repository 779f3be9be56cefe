/* Joints of the drawing: what people call them, and what turns with what. */
#include <math.h>
#include <string.h>

#include "host/core/posture_joint.h"
#include "host/core/units.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static struct plumb_posture posture;

static double deg(enum plumb_joint joint)
{
    return plumb_joint_rad(&posture, joint) / DEG;
}

static void everybody_straight_has_straight_joints(void)
{
    static const struct {
        enum plumb_pose pose;
        double trunk_deg;
    } rows[] = {{PLUMB_SUPINE, 180}, {PLUMB_PRONE, 0}, {PLUMB_UPRIGHT, 90}};
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        plumb_posture_default(&posture, rows[i].pose);
        CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_TRUNK), rows[i].trunk_deg, 1e-9);
        CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_HEAD), 0, 5);
        CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_HIP), 0, 3);
        CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_OTHER_HIP), 0, 3);
        CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_KNEE), 0, 3);
    }
}

/* The edge of the table: thigh 16 degrees below the line of the trunk, the knee at a right angle; the other
 * leg held to the chest. */
static void bent_joints_are_called_as_people_do(void)
{
    plumb_posture_default(&posture, PLUMB_SUPINE);
    posture.worked = (struct plumb_posture_leg){-16 * DEG, -106 * DEG, -16 * DEG};
    posture.other = (struct plumb_posture_leg){112 * DEG, -12 * DEG, 70 * DEG};
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_HIP), -16, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_KNEE), 90, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_ANKLE), 90, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_OTHER_HIP), 112, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_OTHER_KNEE), 124, 1e-9);
    plumb_posture_default(&posture, PLUMB_UPRIGHT);
    posture.worked_arm = (struct plumb_posture_arm){0, 90 * DEG}; /* forward, the hand up */
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_SHOULDER), 90, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(deg(PLUMB_JOINT_WORKED_ELBOW), 90, 1e-9);
}

/* Bending one joint to anything: it is bent so, and of the others only those do not stay that the bending is
 * between. */
static void bending_one_joint_leaves_the_others(void)
{
    for (int pose = 0; pose < PLUMB_POSES_N; pose++)
        for (enum plumb_joint joint = 0; joint < PLUMB_JOINTS_N; joint++)
            for (int step = 0; step < 72; step++) {
                double was[PLUMB_JOINTS_N], wanted = plumb_joint_least_rad(joint) + step * 5 * DEG;
                plumb_posture_default(&posture, (enum plumb_pose)pose);
                for (enum plumb_joint other = 0; other < PLUMB_JOINTS_N; other++)
                    was[other] = plumb_joint_rad(&posture, other);
                plumb_joint_bend(&posture, joint, wanted);
                CU_ASSERT_DOUBLE_EQUAL(
                    remainder(plumb_joint_rad(&posture, joint) - wanted, 2 * PLUMB_PI), 0, 1e-9);
                for (enum plumb_joint other = 0; other < PLUMB_JOINTS_N; other++) {
                    int hip = other == PLUMB_JOINT_WORKED_HIP || other == PLUMB_JOINT_OTHER_HIP;
                    if (other == joint || (joint == PLUMB_JOINT_TRUNK && hip))
                        continue;
                    CU_ASSERT_DOUBLE_EQUAL(
                        remainder(plumb_joint_rad(&posture, other) - was[other], 2 * PLUMB_PI), 0, 1e-9);
                }
            }
}

static void the_leg_turns_as_a_whole_and_the_trunk_leaves_it(void)
{
    plumb_posture_default(&posture, PLUMB_UPRIGHT);
    struct plumb_posture was = posture;
    plumb_joint_bend(
        &posture, PLUMB_JOINT_WORKED_HIP, plumb_joint_rad(&posture, PLUMB_JOINT_WORKED_HIP) + 30 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(posture.worked.thigh_rad, -60 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(posture.worked.shin_rad, -62 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(posture.worked.foot_rad, 30 * DEG, 1e-9);
    CU_ASSERT(!memcmp(&posture.other, &was.other, sizeof was.other));
    was = posture;
    plumb_joint_bend(&posture, PLUMB_JOINT_TRUNK, 60 * DEG); /* leans forward */
    CU_ASSERT_DOUBLE_EQUAL(posture.head_rad, 60 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(posture.other_arm.fore_rad, was.other_arm.fore_rad - 30 * DEG, 1e-9);
    CU_ASSERT(!memcmp(&posture.worked, &was.worked, sizeof was.worked));
}

/* Round and round: a file takes a turn to either side. */
static void directions_stay_within_what_a_file_takes(void)
{
    plumb_posture_default(&posture, PLUMB_SUPINE);
    for (int step = 0; step < 400; step++) {
        double rad = plumb_joint_rad(&posture, PLUMB_JOINT_WORKED_HIP) + 7 * DEG;
        plumb_joint_bend(&posture, PLUMB_JOINT_WORKED_HIP, rad);
        CU_ASSERT_FATAL(fabs(posture.worked.thigh_rad) <= 2 * PLUMB_PI + 1e-9);
        CU_ASSERT_FATAL(fabs(posture.worked.foot_rad) <= 2 * PLUMB_PI + 1e-9);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"straight", everybody_straight_has_straight_joints},
        {"bent", bent_joints_are_called_as_people_do},
        {"one by one", bending_one_joint_leaves_the_others},
        {"as a whole", the_leg_turns_as_a_whole_and_the_trunk_leaves_it},
        {"bounds", directions_stay_within_what_a_file_takes},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("posture joint", tests, argc, argv);
}
