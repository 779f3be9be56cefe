/* The signs and blanks of DESIGN, "Conventions": one test each. */
#include <math.h>

#include "host/core/body.h"
#include "host/core/units.h"
#include "suite.h"

static const struct plumb_vec3 up_at[PLUMB_POSES_N] = {
    [PLUMB_SUPINE] = {1, 0, 0},
    [PLUMB_PRONE] = {-1, 0, 0},
    [PLUMB_UPRIGHT] = {0, 1, 0},
    [PLUMB_LYING_LEFT] = {0, 0, 1},
    [PLUMB_LYING_RIGHT] = {0, 0, -1}};

/* The angles when the pelvis has turned by a right-hand angle (deg) about one of its axes since neutral. */
static struct plumb_angles turned(enum plumb_pose pose, struct plumb_vec3 axis_b, double deg)
{
    struct plumb_neutral neutral = {.up_b = {up_at[pose]}};
    struct plumb_quat turn = plumb_quat_from_rotvec(plumb_vec3_scale(axis_b, deg * PLUMB_RAD_PER_DEG));
    struct plumb_vec3 up_b[PLUMB_ROLES_N] = {plumb_quat_apply(plumb_quat_conj(turn), up_at[pose])};
    return plumb_body_angles(&neutral, pose, up_b, 0.01, 0);
}

static const struct plumb_vec3 x_b = {1, 0, 0}, y_b = {0, 1, 0}, z_b = {0, 0, 1};

static void test_tilt_is_minus_the_turn_about_z(void)
{
    static const enum plumb_pose poses[] = {PLUMB_SUPINE, PLUMB_PRONE, PLUMB_UPRIGHT};
    for (int i = 0; i < 3; i++) {
        CU_ASSERT_DOUBLE_EQUAL(turned(poses[i], z_b, -7).tilt_rad, 7 * PLUMB_RAD_PER_DEG, 1e-12);
        CU_ASSERT_DOUBLE_EQUAL(turned(poses[i], z_b, 12).tilt_rad, -12 * PLUMB_RAD_PER_DEG, 1e-12);
    }
}

static void test_rotation_is_the_turn_about_y_lying(void)
{
    static const enum plumb_pose poses[] = {PLUMB_SUPINE, PLUMB_PRONE, PLUMB_LYING_LEFT, PLUMB_LYING_RIGHT};
    for (int i = 0; i < 4; i++)
        CU_ASSERT_DOUBLE_EQUAL(turned(poses[i], y_b, 5).rotation_rad, 5 * PLUMB_RAD_PER_DEG, 1e-12);
}

static void test_obliquity_is_right_side_up(void)
{
    /* right side up: the turn about x (forward) that takes z (right) up takes y (cranial) to -z: negative */
    CU_ASSERT_DOUBLE_EQUAL(turned(PLUMB_UPRIGHT, x_b, -4).obliquity_rad, 4 * PLUMB_RAD_PER_DEG, 1e-12);
}

static void test_what_gravity_cannot_show_is_empty(void)
{
    CU_ASSERT(isnan(turned(PLUMB_SUPINE, x_b, 3).obliquity_rad));
    CU_ASSERT(isnan(turned(PLUMB_UPRIGHT, y_b, 3).rotation_rad));
    CU_ASSERT(isnan(turned(PLUMB_LYING_LEFT, z_b, 3).tilt_rad));
    CU_ASSERT(isnan(turned(PLUMB_LYING_LEFT, z_b, 3).tilt_sd_rad));
    CU_ASSERT(isnan(turned(PLUMB_SUPINE, z_b, 3).lumbar_rad));
    CU_ASSERT(isnan(turned(PLUMB_SUPINE, z_b, 3).hip_rad));
}

static void test_tilt_goes_blank_when_the_wearer_rolls_onto_a_side(void)
{
    CU_ASSERT(isfinite(turned(PLUMB_SUPINE, y_b, 50).tilt_rad));
    CU_ASSERT(isnan(turned(PLUMB_SUPINE, y_b, 70).tilt_rad));
}

static void test_lumbar_is_positive_for_arching(void)
{
    struct plumb_neutral neutral = {.up_b = {up_at[PLUMB_UPRIGHT], up_at[PLUMB_UPRIGHT]}};
    struct plumb_quat forward = plumb_quat_from_rotvec(plumb_vec3_scale(z_b, -6 * PLUMB_RAD_PER_DEG));
    struct plumb_quat backward = plumb_quat_from_rotvec(plumb_vec3_scale(z_b, 4 * PLUMB_RAD_PER_DEG));
    struct plumb_vec3 up_b[PLUMB_ROLES_N] = {
        plumb_quat_apply(plumb_quat_conj(forward), up_at[PLUMB_UPRIGHT]),
        plumb_quat_apply(plumb_quat_conj(backward), up_at[PLUMB_UPRIGHT])};
    struct plumb_angles angles = plumb_body_angles(&neutral, PLUMB_UPRIGHT, up_b, 0.01, 0);
    CU_ASSERT_DOUBLE_EQUAL(angles.lumbar_rad, 10 * PLUMB_RAD_PER_DEG, 1e-12);
}

static void test_the_mounts_doubt_leaks_rotation_into_the_sd(void)
{
    struct plumb_neutral neutral = {.up_b = {up_at[PLUMB_SUPINE]}};
    struct plumb_quat turn = plumb_quat_from_rotvec(plumb_vec3_scale(y_b, 0.5));
    struct plumb_vec3 up_b[PLUMB_ROLES_N] = {plumb_quat_apply(plumb_quat_conj(turn), up_at[PLUMB_SUPINE])};
    struct plumb_angles angles = plumb_body_angles(&neutral, PLUMB_SUPINE, up_b, 0.003, 0.008);
    CU_ASSERT_DOUBLE_EQUAL(angles.tilt_sd_rad, hypot(0.003, 0.008 * 0.5), 1e-9);
}

static void test_wrap(void)
{
    CU_ASSERT_DOUBLE_EQUAL(plumb_wrap_rad(3 * PLUMB_PI), PLUMB_PI, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(plumb_wrap_rad(-3.5 * PLUMB_PI), 0.5 * PLUMB_PI, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(plumb_wrap_rad(0.1), 0.1, 1e-15);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"tilt", test_tilt_is_minus_the_turn_about_z},
        {"rotation", test_rotation_is_the_turn_about_y_lying},
        {"obliquity", test_obliquity_is_right_side_up},
        {"blanks", test_what_gravity_cannot_show_is_empty},
        {"rolling", test_tilt_goes_blank_when_the_wearer_rolls_onto_a_side},
        {"lumbar", test_lumbar_is_positive_for_arching},
        {"mount's doubt", test_the_mounts_doubt_leaks_rotation_into_the_sd},
        {"wrap", test_wrap},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("body", tests, argc, argv);
}
