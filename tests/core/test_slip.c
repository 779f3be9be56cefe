/* Slips told from everything else that turns a clip: attitudes by formula, chance by seed. */
#include <stdio.h>

#include "host/core/mount.h"
#include "host/core/slip.h"
#include "host/core/units.h"
#include "host/patient/jet.h"
#include "host/patient/rng.h"
#include "suite.h"

#define DEG      PLUMB_RAD_PER_DEG
#define RATE_HZ  100
#define TURNS_N  16
#define PEOPLE_N 300

/* A smooth turn about an axis of the sensor, there and, unless back_s is infinite, back again. */
struct turn {
    struct plumb_vec3 axis_s;
    double at_s, size_rad, rise_s, back_s, fall_s;
};

struct wearer {
    struct plumb_quat start_ws;
    struct plumb_vec3 breath_axis_s;
    double breath_rad, breath_hz, tremor_rad;
    struct turn turns[TURNS_N];
    int turns_n;
};

static double between(struct plumb_rng *rng, double low, double high)
{
    return plumb_rng_uniform(rng, low, high);
}

static struct plumb_vec3 any_axis(struct plumb_rng *rng)
{
    double z = between(rng, -1, 1), a = between(rng, 0, 2 * PLUMB_PI), r = sqrt(1 - z * z);
    return plumb_vec3_of(r * cos(a), r * sin(a), z);
}

static struct plumb_quat turned(struct plumb_quat q, struct plumb_vec3 axis, double angle_rad)
{
    return plumb_quat_mul(q, plumb_quat_from_rotvec(plumb_vec3_scale(axis, angle_rad)));
}

static struct plumb_quat attitude(const struct wearer *wearer, double t_s)
{
    double breath = wearer->breath_rad * sin(2 * PLUMB_PI * wearer->breath_hz * t_s);
    double tremor = wearer->tremor_rad * (sin(43 * t_s) + sin(61 * t_s + 1));
    struct plumb_quat q = turned(wearer->start_ws, wearer->breath_axis_s, breath + tremor);
    for (int i = 0; i < wearer->turns_n; i++) {
        const struct turn *turn = &wearer->turns[i];
        double there = plumb_jet_step(t_s, turn->at_s, turn->rise_s).x;
        double back = turn->back_s < 1000 ? plumb_jet_step(t_s, turn->back_s, turn->fall_s).x : 0;
        q = turned(q, turn->axis_s, turn->size_rad * (there - back));
    }
    return q;
}

static void
add(struct wearer *wearer, struct plumb_vec3 axis_s, double at_s, double size_deg, double rise_s,
    double back_s, double fall_s)
{
    wearer->turns[wearer->turns_n++] = (struct turn){axis_s, at_s, size_deg * DEG, rise_s, back_s, fall_s};
}

static struct wearer any_wearer(struct plumb_rng *rng)
{
    struct wearer wearer = {.turns_n = 0};
    wearer.start_ws = plumb_quat_from_rotvec(plumb_vec3_scale(any_axis(rng), between(rng, 0, PLUMB_PI)));
    wearer.breath_axis_s = any_axis(rng);
    wearer.breath_rad = between(rng, 0.2, 1.1) * DEG;
    wearer.breath_hz = between(rng, 0.2, 0.35);
    wearer.tremor_rad = between(rng, 0, 0.15) * DEG;
    return wearer;
}

static struct wearer still_wearer(void)
{
    return (struct wearer){.start_ws = PLUMB_QUAT_IDENTITY, .breath_axis_s = {0, 1, 0}};
}

/* How many slips are found in for_s seconds; the last is *found. */
static int
watch(const struct wearer *wearer, struct plumb_vec3 ml_s, double for_s, struct plumb_slip_found *found)
{
    static struct plumb_slip slip;
    int n = 0;
    plumb_slip_init(&slip);
    plumb_slip_axis(&slip, ml_s);
    for (int i = 0; i < for_s * RATE_HZ; i++)
        n += plumb_slip_push(&slip, (double)i / RATE_HZ, attitude(wearer, (double)i / RATE_HZ), found);
    return n;
}

static const struct plumb_vec3 unknown_s = {0, 0, 0}, axis_x = {1, 0, 0}, axis_y = {0, 1, 0};

static void test_a_slip_is_found_with_its_moment_and_its_angle(void)
{
    struct wearer wearer = still_wearer();
    struct plumb_slip_found found;
    add(&wearer, axis_x, 20, 6, 0.25, INFINITY, 0);
    CU_ASSERT_EQUAL_FATAL(watch(&wearer, unknown_s, 40, &found), 1);
    CU_ASSERT_DOUBLE_EQUAL(found.t_s, 20.125, 0.06);
    CU_ASSERT_DOUBLE_EQUAL(found.angle_rad, 6 * DEG, 0.1 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(found.axis_s.x, 1, 0.01);
}

static void test_slips_of_5_to_15_deg_about_any_axis_are_found(void)
{
    struct plumb_rng rng = plumb_rng_of(1);
    int found_n = 0, right_n = 0;
    for (int i = 0; i < PEOPLE_N; i++) {
        struct wearer wearer = any_wearer(&rng);
        struct plumb_slip_found found;
        double size_deg = between(&rng, 5, 15), at_s = between(&rng, 12, 20);
        add(&wearer, any_axis(&rng), at_s, size_deg, between(&rng, 0.08, 0.3), INFINITY, 0);
        int n = watch(&wearer, any_axis(&rng), 32, &found);
        found_n += n == 1;
        right_n +=
            n == 1 && fabs(found.t_s - at_s) < 0.4 && fabs(found.angle_rad - size_deg * DEG) < 1.5 * DEG;
    }
    printf("slips found: %d of %d, %d with their angle and moment\n", found_n, PEOPLE_N, right_n);
    CU_ASSERT(found_n >= 0.9 * PEOPLE_N);
    CU_ASSERT(right_n >= 0.97 * found_n);
}

/* A minute and a half of what people do without any slip. */
static struct wearer busy_wearer(struct plumb_rng *rng, struct plumb_vec3 ml_s)
{
    struct wearer wearer = any_wearer(rng);
    double t_s = 10;
    add(&wearer, any_axis(rng), 0, between(rng, -6, 6), 90, INFINITY, 0); /* creep */
    for (int i = 0; i < 4; i++) {
        double rise_s = between(rng, 0.4, 2.5), hold_s = between(rng, 1, 5), fall_s = between(rng, 0.4, 2);
        add(&wearer, ml_s, t_s, between(rng, 1, 11), rise_s, t_s + rise_s + hold_s, fall_s);
        t_s += rise_s + hold_s + fall_s + between(rng, 2, 5);
    }
    for (int i = 0; i < 3; i++) { /* coughs: there and back, more than once */
        add(&wearer, ml_s, t_s, between(rng, 1, 3), 0.1, t_s + 0.12, 0.15);
        t_s += 0.4;
    }
    add(&wearer, any_axis(rng), t_s + 3, between(rng, 1, 4), 0.05, t_s + 3.06, 0.1);      /* a knock */
    add(&wearer, ml_s, t_s + 10, between(rng, -6, 6), between(rng, 0.5, 3), INFINITY, 0); /* settles */
    return wearer;
}

static void test_lapses_coughs_knocks_creep_and_posture_are_no_slips(void)
{
    struct plumb_rng rng = plumb_rng_of(2);
    int false_n = 0;
    for (int i = 0; i < PEOPLE_N; i++) {
        struct plumb_slip_found found;
        struct plumb_vec3 ml_s = any_axis(&rng);
        struct wearer wearer = busy_wearer(&rng, ml_s);
        false_n += watch(&wearer, i % 2 ? ml_s : unknown_s, 90, &found);
    }
    printf("false slips: %d in %d holds of 90 s\n", false_n, PEOPLE_N);
    CU_ASSERT_EQUAL(false_n, 0);
}

static void test_the_quickest_tilt_people_make_is_none_even_when_it_stays(void)
{
    struct wearer wearer = still_wearer();
    struct plumb_slip_found found;
    add(&wearer, axis_x, 20, 11, 1.875 * 11 / 37, INFINITY,
        0); /* a smooth turn of 37 deg/s at its quickest */
    CU_ASSERT_EQUAL(watch(&wearer, unknown_s, 40, &found), 0);
    CU_ASSERT_EQUAL(watch(&wearer, axis_x, 40, &found), 0);
    CU_ASSERT_EQUAL(watch(&wearer, axis_y, 40, &found), 0);
}

static void test_quicker_than_anybody_it_depends_on_the_axis(void)
{
    struct wearer wearer = still_wearer();
    struct plumb_slip_found found;
    add(&wearer, axis_x, 20, 11, 1.875 * 11 / 50, INFINITY, 0);
    CU_ASSERT_EQUAL(watch(&wearer, unknown_s, 40, &found), 0);
    CU_ASSERT_EQUAL(watch(&wearer, axis_x, 40, &found), 0);
    CU_ASSERT_EQUAL(watch(&wearer, axis_y, 40, &found), 1);
}

static void test_the_quick_end_of_a_long_lapse_is_no_slip(void)
{
    struct wearer wearer = still_wearer();
    struct plumb_slip_found found;
    add(&wearer, axis_x, 15, 8, 2, 35, 0.2);
    CU_ASSERT_EQUAL(watch(&wearer, unknown_s, 60, &found), 0);
}

static void test_across_a_silence_nothing_is_compared(void)
{
    static struct plumb_slip slip;
    struct plumb_slip_found found;
    int n = 0;
    plumb_slip_init(&slip);
    for (int i = 0; i < 40 * RATE_HZ; i++) {
        double t_s = (double)i / RATE_HZ;
        struct plumb_quat q = turned(PLUMB_QUAT_IDENTITY, axis_x, t_s > 20 ? 8 * DEG : 0);
        if (t_s < 20 || t_s > 20.5)
            n += plumb_slip_push(&slip, t_s, q, &found);
    }
    CU_ASSERT_EQUAL(n, 0);
}

static void test_the_last_seconds_are_told_with_their_spread(void)
{
    static struct plumb_slip slip;
    struct plumb_slip_found found;
    struct plumb_vec3 up_s;
    double spread_rad;
    plumb_slip_init(&slip);
    CU_ASSERT_FALSE(plumb_slip_lately(&slip, 4, &up_s, &spread_rad));
    for (int i = 0; i < 6 * RATE_HZ; i++)
        plumb_slip_push(
            &slip, (double)i / RATE_HZ, turned(PLUMB_QUAT_IDENTITY, axis_x, i < RATE_HZ ? 9 * DEG : 3 * DEG),
            &found);
    CU_ASSERT_FATAL(plumb_slip_lately(&slip, 4, &up_s, &spread_rad));
    CU_ASSERT_DOUBLE_EQUAL(up_s.y, sin(3 * DEG), 1e-6);
    CU_ASSERT(spread_rad < 0.01 * DEG);
    CU_ASSERT_FATAL(plumb_slip_lately(&slip, 5.9, &up_s, &spread_rad));
    CU_ASSERT(spread_rad > 3 * DEG);
}

/* ---- the pose */

static struct plumb_mount good_mount(double off_deg)
{
    return (struct plumb_mount){
        .method = PLUMB_MOUNT_FUNCTIONAL,
        .quality = PLUMB_MOUNT_GOOD,
        .ml_axis_s = {0, cos(off_deg * DEG), sin(off_deg * DEG)}};
}

static void test_a_clip_worn_as_shown_tells_the_wrong_pose(void)
{
    struct plumb_mount mount = good_mount(10);
    enum plumb_pose seen;
    struct plumb_vec3 on_the_front = {0.2, 0, -0.98}, on_the_back = {0.2, 0, 0.98}, standing = {1, 0, 0};
    CU_ASSERT_FATAL(plumb_pose_contradicts(&mount, PLUMB_SUPINE, on_the_front, &seen));
    CU_ASSERT_EQUAL(seen, PLUMB_PRONE);
    CU_ASSERT_FATAL(plumb_pose_contradicts(&mount, PLUMB_SUPINE, standing, &seen));
    CU_ASSERT_EQUAL(seen, PLUMB_UPRIGHT);
    CU_ASSERT_FALSE(plumb_pose_contradicts(&mount, PLUMB_SUPINE, on_the_back, &seen));
}

static void test_about_any_other_clip_nothing_is_claimed(void)
{
    struct plumb_vec3 on_the_front = {0.2, 0, -0.98}, between_poses = {0.7, 0, -0.7};
    struct plumb_mount mount = good_mount(30);
    enum plumb_pose seen;
    CU_ASSERT_FALSE(plumb_pose_contradicts(&mount, PLUMB_SUPINE, on_the_front, &seen));
    mount = good_mount(5);
    CU_ASSERT_FALSE(plumb_pose_contradicts(&mount, PLUMB_SUPINE, between_poses, &seen));
    mount.quality = PLUMB_MOUNT_APPROXIMATE;
    CU_ASSERT_FALSE(plumb_pose_contradicts(&mount, PLUMB_SUPINE, on_the_front, &seen));
    plumb_mount_assume(&mount, PLUMB_SUPINE, on_the_front);
    CU_ASSERT_FALSE(plumb_pose_contradicts(&mount, PLUMB_SUPINE, on_the_front, &seen));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"slip", test_a_slip_is_found_with_its_moment_and_its_angle},
        {"many slips", test_slips_of_5_to_15_deg_about_any_axis_are_found},
        {"no slips", test_lapses_coughs_knocks_creep_and_posture_are_no_slips},
        {"quick tilt", test_the_quickest_tilt_people_make_is_none_even_when_it_stays},
        {"axis", test_quicker_than_anybody_it_depends_on_the_axis},
        {"end of a lapse", test_the_quick_end_of_a_long_lapse_is_no_slip},
        {"silence", test_across_a_silence_nothing_is_compared},
        {"lately", test_the_last_seconds_are_told_with_their_spread},
        {"wrong pose", test_a_clip_worn_as_shown_tells_the_wrong_pose},
        {"no claim", test_about_any_other_clip_nothing_is_claimed},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("slip", tests, argc, argv);
}
