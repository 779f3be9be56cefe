/* The mount fit by its conventions, its doubts, and the search for a calibration nobody marked. How exact it
 * is with bad sensors and many wearers, tests/accuracy/study_mount prints.
 */
#include <stdlib.h>
#include <string.h>

#include "host/core/body.h"
#include "host/core/mount.h"
#include "host/core/units.h"
#include "suite.h"
#include "tests/accuracy/wearer.h"

#define DEG PLUMB_RAD_PER_DEG

static struct wearer_run run; /* too large for a stack; each test plays its own */

static struct plumb_vec3 right_of(const struct wearer *wearer)
{
    return plumb_quat_apply(wearer->q_sb, plumb_vec3_of(0, 0, 1));
}

static double angle(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

static struct plumb_mount fit(const struct wearer *wearer)
{
    struct plumb_mount mount;
    plumb_mount_fit(&mount, PLUMB_PELVIS, wearer->pose, wearer_tilts(&run), wearer_arch(&run));
    return mount;
}

static struct plumb_mount play(const struct wearer *wearer)
{
    struct plumb_rng rng = plumb_rng_of(1);
    wearer_play(&run, wearer, &rng);
    return fit(wearer);
}

static void exact_sensors_give_the_exact_axis_in_every_pose(void)
{
    struct plumb_rng rng = plumb_rng_of(2);
    for (int i = 0; i < 50; i++) {
        struct wearer wearer = wearer_ideal((enum plumb_pose)(i % PLUMB_POSES_N), wearer_any_rotation(&rng));
        wearer.tilt_sense = i % 2 ? 1 : -1;
        struct plumb_mount mount = play(&wearer);
        CU_ASSERT(angle(right_of(&wearer), mount.ml_axis_s) < 0.5 * DEG);
        CU_ASSERT_EQUAL(mount.quality, PLUMB_MOUNT_GOOD);
        CU_ASSERT_EQUAL(mount.method, PLUMB_MOUNT_FUNCTIONAL);
        CU_ASSERT_EQUAL(mount.doubts, 0);
        CU_ASSERT_EQUAL(mount.tilts_n, 4);
        CU_ASSERT(mount.explained > 0.99 && mount.explained <= 1);
        CU_ASSERT(mount.repeat_rad < 1 * DEG && mount.off_level_rad < 1 * DEG);
        CU_ASSERT(mount.axis_sd_rad > 2 * DEG && mount.axis_sd_rad < 5 * DEG);
    }
}

/* The whole chain: an anterior tilt of five degrees is plus five degrees, whatever the clip. */
static void an_anterior_tilt_is_positive(void)
{
    struct plumb_rng rng = plumb_rng_of(3);
    for (int i = 0; i < 30; i++) {
        struct wearer wearer = wearer_ideal((enum plumb_pose)(i % 3), wearer_any_rotation(&rng));
        wearer.arch_rad = 5 * DEG;
        struct plumb_mount mount = play(&wearer);
        size_t held = (run.arch_begin + run.arch_end) / 2;
        struct plumb_vec3 before = plumb_body_up(run.q_ws_true[0], mount.q_sb);
        struct plumb_vec3 then = plumb_body_up(run.q_ws_true[held], mount.q_sb);
        double tilt_rad = plumb_wrap_rad(plumb_body_sagittal_rad(then) - plumb_body_sagittal_rad(before));
        CU_ASSERT_DOUBLE_EQUAL(tilt_rad, 5 * DEG, 0.2 * DEG);
        CU_ASSERT_EQUAL(plumb_pose_of(before, NULL), wearer.pose);
        struct plumb_quat off = plumb_quat_mul(plumb_quat_conj(mount.q_sb), wearer.q_sb);
        CU_ASSERT(2 * acos(fmin(1, fabs(off.w))) < 1 * DEG);
    }
}

static unsigned doubts_of(void (*change)(struct wearer *))
{
    struct plumb_rng rng = plumb_rng_of(4);
    struct wearer wearer = wearer_ideal(PLUMB_SUPINE, wearer_any_rotation(&rng));
    wearer.breath_pp_rad = 1.5 * DEG;
    change(&wearer);
    struct plumb_mount mount = play(&wearer);
    CU_ASSERT_EQUAL(mount.quality, PLUMB_MOUNT_APPROXIMATE);
    CU_ASSERT_DOUBLE_EQUAL(plumb_vec3_norm(mount.ml_axis_s), 1, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(plumb_quat_norm(mount.q_sb), 1, 1e-9);
    return mount.doubts;
}

static void one_tilt(struct wearer *wearer)
{
    wearer->tilts_n = 1;
}

static void two_tilts(struct wearer *wearer)
{
    wearer->tilts_n = 2;
}

static void breathing_only(struct wearer *wearer)
{
    wearer->tilt_pp_rad = 0;
}

static void rolls(struct wearer *wearer)
{
    wearer->roll_share = 1;
}

static void rolls_upright(struct wearer *wearer)
{
    wearer->pose = PLUMB_UPRIGHT;
    wearer->roll_share = 1;
}

static void circles(struct wearer *wearer)
{
    wearer->cross_out[0] = wearer->cross_out[1] = 0.7;
}

static void walks(struct wearer *wearer)
{
    wearer->walk_mps2 = 1.5;
}

static void turns_over(struct wearer *wearer)
{
    wearer->settle_rad = 70 * DEG;
}

static void no_arch(struct wearer *wearer)
{
    wearer->arch_rad = 0;
}

static void as_much_back_as_forth(struct wearer *wearer)
{
    wearer->arch_rebound = 1.2;
}

static void each_sloppiness_has_its_doubt(void)
{
    CU_ASSERT(doubts_of(one_tilt) & PLUMB_DOUBT_TOO_FEW);
    CU_ASSERT(doubts_of(two_tilts) & PLUMB_DOUBT_TOO_FEW);
    CU_ASSERT(doubts_of(breathing_only) & PLUMB_DOUBT_TOO_LITTLE);
    CU_ASSERT(doubts_of(rolls) & PLUMB_DOUBT_MIXED);
    CU_ASSERT(doubts_of(rolls_upright) & PLUMB_DOUBT_NOT_LEVEL);
    CU_ASSERT(doubts_of(circles) & PLUMB_DOUBT_MIXED);
    CU_ASSERT(doubts_of(walks) & PLUMB_DOUBT_MOVING);
    CU_ASSERT(doubts_of(turns_over) & PLUMB_DOUBT_MOVING);
    CU_ASSERT(doubts_of(no_arch) & PLUMB_DOUBT_SIGN);
    CU_ASSERT(doubts_of(as_much_back_as_forth) & PLUMB_DOUBT_SIGN);
}

static void clipped_and_missing_samples_are_doubted(void)
{
    struct wearer wearer = wearer_ideal(PLUMB_SUPINE, PLUMB_QUAT_IDENTITY);
    CU_ASSERT_EQUAL(play(&wearer).doubts, 0);
    for (size_t i = run.tilts_begin; i < run.tilts_begin + 100; i++)
        run.samples[i].flags = PLUMB_SAMPLE_CLIPPED;
    CU_ASSERT_EQUAL(fit(&wearer).doubts, PLUMB_DOUBT_CLIPPED);
    play(&wearer);
    for (size_t i = run.tilts_begin; i < run.tilts_begin + 200; i++)
        run.samples[i].present = 0;
    CU_ASSERT_EQUAL(fit(&wearer).doubts, PLUMB_DOUBT_GAPS);
    play(&wearer);
    for (size_t i = run.tilts_begin + 300; i < run.n; i++)
        run.samples[i].t_s += 0.3;
    CU_ASSERT_EQUAL(fit(&wearer).doubts, PLUMB_DOUBT_GAPS);
}

static void windows_without_samples_give_the_assumed_mount(void)
{
    struct wearer wearer = wearer_ideal(PLUMB_SUPINE, PLUMB_QUAT_IDENTITY);
    play(&wearer);
    for (size_t n = 0; n < 3; n++) {
        struct plumb_window tilts = wearer_tilts(&run), arch = wearer_arch(&run);
        struct plumb_mount mount;
        tilts.n = arch.n = n;
        plumb_mount_fit(&mount, PLUMB_PELVIS, PLUMB_SUPINE, tilts, arch);
        CU_ASSERT_EQUAL(mount.method, PLUMB_MOUNT_ASSUMED);
        CU_ASSERT_EQUAL(mount.quality, PLUMB_MOUNT_APPROXIMATE);
        CU_ASSERT(mount.doubts & PLUMB_DOUBT_TOO_LITTLE);
        CU_ASSERT_DOUBLE_EQUAL(plumb_quat_norm(mount.q_sb), 1, 1e-9);
    }
}

/* The arch decides, however it is marked and whatever comes with it. */
static void the_sign_survives_an_untidy_arch(void)
{
    struct plumb_rng rng = plumb_rng_of(5);
    for (int i = 0; i < 60; i++) {
        struct wearer wearer = wearer_ideal((enum plumb_pose)(i % 3), wearer_any_rotation(&rng));
        wearer.tilt_sense = i % 2 ? 1 : -1;
        wearer.breath_pp_rad = 1.5 * DEG;
        wearer.arch_before = plumb_rng_uniform(&rng, 0, 0.5);
        wearer.arch_rebound = plumb_rng_uniform(&rng, 0, 0.5);
        wearer.arch_late_s = i % 4 == 3 ? plumb_rng_uniform(&rng, 2.5, 3.5) : 0;
        struct plumb_mount mount = play(&wearer);
        CU_ASSERT(plumb_vec3_dot(right_of(&wearer), mount.ml_axis_s) > 0.98);
    }
}

static void without_an_arch_the_first_tilt_is_taken_for_anterior(void)
{
    struct wearer wearer = wearer_ideal(PLUMB_PRONE, PLUMB_QUAT_IDENTITY);
    struct plumb_mount mount;
    play(&wearer);
    struct plumb_window none = {NULL, NULL, 0};
    plumb_mount_fit(&mount, PLUMB_PELVIS, PLUMB_PRONE, wearer_tilts(&run), none);
    CU_ASSERT_EQUAL(mount.doubts, PLUMB_DOUBT_SIGN);
    CU_ASSERT(mount.ml_axis_s.z > 0.99);
    wearer.tilt_sense = -1;
    play(&wearer);
    plumb_mount_fit(&mount, PLUMB_PELVIS, PLUMB_PRONE, wearer_tilts(&run), none);
    CU_ASSERT(mount.ml_axis_s.z < -0.99);
}

/* A trunk sensor that hardly moves keeps the mount of the manual. */
static void a_trunk_that_keeps_still_is_assumed(void)
{
    struct wearer wearer = wearer_ideal(PLUMB_SUPINE, PLUMB_QUAT_IDENTITY);
    wearer.tilt_pp_rad = 0.5 * DEG;
    play(&wearer);
    for (size_t i = 0; i < run.n; i++) {
        run.samples[i].imu[PLUMB_LUMBAR] = run.samples[i].imu[PLUMB_PELVIS];
        run.samples[i].present |= 1u << PLUMB_LUMBAR;
    }
    struct plumb_mount mount;
    plumb_mount_fit(&mount, PLUMB_LUMBAR, PLUMB_SUPINE, wearer_tilts(&run), wearer_arch(&run));
    CU_ASSERT_EQUAL(mount.method, PLUMB_MOUNT_ASSUMED);
}

/* The manual's clip: x cranial, z out of the body. Sensor to pelvis at the front: x to y, z to x, so y to z.
 */
static void the_assumed_mount_is_the_manuals(void)
{
    static const struct {
        enum plumb_role role;
        enum plumb_pose pose;
        struct plumb_vec3 up_s, right_s;
    } cases[] = {
        {PLUMB_PELVIS, PLUMB_SUPINE, {0, 0, 1}, {0, 1, 0}},
        {PLUMB_PELVIS, PLUMB_PRONE, {0, 0, 1}, {0, -1, 0}},
        {PLUMB_PELVIS, PLUMB_SUPINE, {0, 0, -1}, {0, -1, 0}},
        {PLUMB_PELVIS, PLUMB_UPRIGHT, {1, 0, 0}, {0, 1, 0}},
        {PLUMB_LUMBAR, PLUMB_UPRIGHT, {1, 0, 0}, {0, -1, 0}},
        {PLUMB_LUMBAR, PLUMB_PRONE, {0, 0, 1}, {0, -1, 0}},
        {PLUMB_PELVIS, PLUMB_LYING_LEFT, {0, 0, 1}, {0, 0, 1}},
        {PLUMB_PELVIS, PLUMB_LYING_RIGHT, {0, 0, 1}, {0, 0, -1}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct plumb_mount mount;
        double off_rad;
        plumb_mount_assume_role(&mount, cases[i].role, cases[i].pose, cases[i].up_s);
        CU_ASSERT(angle(mount.ml_axis_s, cases[i].right_s) < 1e-9);
        CU_ASSERT_EQUAL(mount.method, PLUMB_MOUNT_ASSUMED);
        struct plumb_vec3 up_b = plumb_quat_apply(plumb_quat_conj(mount.q_sb), cases[i].up_s);
        CU_ASSERT_EQUAL(plumb_pose_of(up_b, &off_rad), cases[i].pose);
        CU_ASSERT_DOUBLE_EQUAL(off_rad, 0, 1e-6);
    }
}

/* For any up and any axis: a rotation, z near the axis, up where the pose has it. */
static void orient_makes_axis_and_up_square(void)
{
    struct plumb_rng rng = plumb_rng_of(6);
    for (int i = 0; i < 500; i++) {
        enum plumb_pose pose = (enum plumb_pose)(i % 3);
        struct plumb_quat q = wearer_any_rotation(&rng);
        double off_rad = plumb_rng_uniform(&rng, -10, 10) * DEG, pose_off_rad;
        struct plumb_vec3 up_s = plumb_quat_apply(q, plumb_vec3_of(1, 0, 0));
        struct plumb_mount mount = {.axis_sd_rad = plumb_rng_uniform(&rng, 1, 6) * DEG};
        mount.ml_axis_s = plumb_quat_apply(q, plumb_vec3_of(sin(off_rad), 0, cos(off_rad)));
        plumb_mount_orient(&mount, pose, up_s);
        struct plumb_vec3 z_s = plumb_quat_apply(mount.q_sb, plumb_vec3_of(0, 0, 1));
        struct plumb_vec3 up_b = plumb_quat_apply(plumb_quat_conj(mount.q_sb), up_s);
        CU_ASSERT_EQUAL(plumb_pose_of(up_b, &pose_off_rad), pose);
        /* What one gives way, the other does not. */
        CU_ASSERT_DOUBLE_EQUAL(angle(z_s, mount.ml_axis_s) + pose_off_rad, fabs(off_rad), 1e-7);
        struct plumb_quat once = mount.q_sb;
        plumb_mount_orient(&mount, pose, up_s);
        CU_ASSERT(memcmp(&once, &mount.q_sb, sizeof once) == 0);
    }
}

static void gravity_shows_the_pose(void)
{
    double off_rad;
    CU_ASSERT_EQUAL(plumb_pose_of(plumb_vec3_of(1, 0, 0), &off_rad), PLUMB_SUPINE);
    CU_ASSERT_EQUAL(plumb_pose_of(plumb_vec3_of(-1, 0, 0), NULL), PLUMB_PRONE);
    CU_ASSERT_EQUAL(plumb_pose_of(plumb_vec3_of(0, 0, 1), NULL), PLUMB_LYING_LEFT);
    CU_ASSERT_EQUAL(plumb_pose_of(plumb_vec3_of(0, 0, -1), NULL), PLUMB_LYING_RIGHT);
    CU_ASSERT_EQUAL(plumb_pose_of(plumb_vec3_of(sin(0.3), cos(0.3), 0), &off_rad), PLUMB_UPRIGHT);
    CU_ASSERT_DOUBLE_EQUAL(off_rad, 0.3, 1e-12);
}

static int search(const struct wearer *wearer, struct plumb_mount_found *found)
{
    play(wearer);
    return plumb_mount_search(found, wearer->pose, run.t_s, run.q_ws_true, run.n);
}

static void the_search_finds_an_unmarked_calibration(void)
{
    struct plumb_rng rng = plumb_rng_of(7);
    for (int i = 0; i < 20; i++) {
        struct wearer wearer = wearer_ideal((enum plumb_pose)(i % 3), wearer_any_rotation(&rng));
        struct plumb_mount_found found;
        wearer.tilts_n = 3 + i % 3;
        CU_ASSERT_EQUAL(search(&wearer, &found), 1);
        CU_ASSERT(found.tilts_begin >= run.tilts_begin - 400 && found.tilts_begin <= run.tilts_begin + 300);
        CU_ASSERT(found.tilts_end >= run.tilts_end - 400 && found.tilts_end <= run.arch_begin + 300);
        CU_ASSERT(found.arch_begin >= found.tilts_end && found.arch_begin <= run.arch_begin + 400);
        CU_ASSERT(found.arch_end > found.arch_begin && found.arch_end <= run.n);
    }
}

static void the_search_rather_finds_nothing(void)
{
    struct plumb_mount_found found;
    struct wearer wearer = wearer_ideal(PLUMB_UPRIGHT, PLUMB_QUAT_IDENTITY);
    wearer.breath_pp_rad = 2 * DEG;
    struct wearer still = wearer, walking = wearer, single = wearer, rolling = wearer;
    still.tilt_pp_rad = still.arch_rad = 0;
    walking.tilt_hz = 0.9;
    walking.tilts_n = 15;
    walking.cross_out[0] = walking.cross_in[1] = 0.8;
    single.tilts_n = 1;
    rolling.roll_share = 1;
    CU_ASSERT_EQUAL(search(&still, &found), 0);
    CU_ASSERT_EQUAL(search(&walking, &found), 0);
    CU_ASSERT_EQUAL(search(&single, &found), 0);
    CU_ASSERT_EQUAL(search(&rolling, &found), 0);
    CU_ASSERT(found.tilts_begin == 0 && found.tilts_end == 0 && found.arch_begin == 0 && found.arch_end == 0);
    for (size_t n = 0; n < 4; n++)
        CU_ASSERT_EQUAL(plumb_mount_search(&found, PLUMB_SUPINE, run.t_s, run.q_ws_true, n), 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"exact_sensors_give_the_exact_axis_in_every_pose", exact_sensors_give_the_exact_axis_in_every_pose},
        {"an_anterior_tilt_is_positive", an_anterior_tilt_is_positive},
        {"each_sloppiness_has_its_doubt", each_sloppiness_has_its_doubt},
        {"clipped_and_missing_samples_are_doubted", clipped_and_missing_samples_are_doubted},
        {"windows_without_samples_give_the_assumed_mount", windows_without_samples_give_the_assumed_mount},
        {"the_sign_survives_an_untidy_arch", the_sign_survives_an_untidy_arch},
        {"without_an_arch_the_first_tilt_is_taken_for_anterior",
         without_an_arch_the_first_tilt_is_taken_for_anterior},
        {"a_trunk_that_keeps_still_is_assumed", a_trunk_that_keeps_still_is_assumed},
        {"the_assumed_mount_is_the_manuals", the_assumed_mount_is_the_manuals},
        {"orient_makes_axis_and_up_square", orient_makes_axis_and_up_square},
        {"gravity_shows_the_pose", gravity_shows_the_pose},
        {"the_search_finds_an_unmarked_calibration", the_search_finds_an_unmarked_calibration},
        {"the_search_rather_finds_nothing", the_search_rather_finds_nothing},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("mount", tests, argc, argv);
}
