/* The fit: what the tilts say, what the arch says, what the pose says, and whether to believe it. */
#include "mount.h"

#include "mount_arch.h"
#include "mount_turn.h"
#include "units.h"

#define DEG PLUMB_RAD_PER_DEG

#define SINE_PP      2.83      /* peak to peak of a sinusoid by its root mean square: 2 sqrt(2) */
#define LEAST_PP_RAD (3 * DEG) /* breathing reaches 2 deg (EVIDENCE); a tilt of 6 deg is asked for */
#define SWING_SHARE  0.35      /* of the typical height: a smaller turn is a hesitation */
#define LEAST_TILTS  3         /* EVIDENCE point 8 */
/* EVIDENCE says 0.85 for a clean performance; movement a quarter period off, which turns no axis, takes some
 * of it away: 30 % about both other axes leave 0.83. */
#define LEAST_EXPLAINED 0.78
#define OFF_LEVEL_RAD   (20 * DEG) /* EVIDENCE point 8 */
#define OFF_SIDE_RAD    (30 * DEG) /* on a side the pelvis itself is rolled by some 10 deg */
#define UNREPEATED_RAD  (20 * DEG)
#define ARCH_OFF_RAD    (25 * DEG) /* three deviations of the difference of two good axes */
#define SWAY_HZ         2.5        /* steps are 1.5 to 2.5 Hz, a clip wobbles at 4 and more */
#define SWAY_MPS2       0.5        /* rms of the specific force' size: slow tilts make 0.05, slow walking 1 */
#define POSTURE_RAD     (15 * DEG) /* between begin and end of the tilts */
#define FARTHEST_RAD                                                                                         \
    (25 * DEG) /* the whole voluntary range is 20 deg (EVIDENCE): beyond, a pose is changed */
#define CLIPPED_SHARE 0.005
#define MISSING_SHARE 0.02
#define GAP_S         0.25 /* DESIGN: a gap that pauses the timer */

/* What one fit cannot know about itself: tilts that lean the same way every time, a gyroscope that is 2-3 %
 * off. */
#define SYSTEMATIC_SD_RAD (3.5 * DEG)
#define ARCH_SD_RAD       (3.5 * DEG) /* one movement, but twice the size */
#define SIDE_SD_RAD       (12 * DEG)  /* how far a pelvis lying on its side is rolled [R] */

static int is_side(enum plumb_pose pose)
{
    return pose == PLUMB_LYING_LEFT || pose == PLUMB_LYING_RIGHT;
}

static struct plumb_turns turns_of(const struct plumb_window *window, enum plumb_pose pose)
{
    struct plumb_turns turns = {window->samples, NULL, window->q_ws, window->n, {0}};
    plumb_turns_settle(&turns, is_side(pose));
    return turns;
}

static struct plumb_vec3 up_of(struct plumb_quat q_ws)
{
    return plumb_quat_apply(plumb_quat_conj(q_ws), plumb_vec3_of(0, 0, 1));
}

static double line_angle(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), fabs(plumb_vec3_dot(a, b)));
}

/* How the size of the specific force sways, less what a wobbling clip adds: quick walking shows, a soft clip
 * not. */
struct sway {
    double smooth[2], sum, squares, t_s;
    size_t n;
};

static void sway_push(struct sway *sway, double t_s, double size_mps2)
{
    double share = sway->n ? 1 - exp(-2 * PLUMB_PI * SWAY_HZ * (t_s - sway->t_s)) : 1;
    sway->smooth[0] += share * (size_mps2 - sway->smooth[0]);
    sway->smooth[1] += share * (sway->smooth[0] - sway->smooth[1]);
    double off_mps2 = sway->smooth[1] - PLUMB_GRAVITY_MPS2;
    sway->sum += off_mps2;
    sway->squares += off_mps2 * off_mps2;
    sway->t_s = t_s;
    sway->n++;
}

static int sway_is_walking(const struct sway *sway)
{
    double n = (double)sway->n;
    return sway->n && sway->squares / n - pow(sway->sum / n, 2) > SWAY_MPS2 * SWAY_MPS2;
}

/* Doubts that the bare samples raise. */
static unsigned sample_doubts(const struct plumb_window *window, enum plumb_role role)
{
    struct sway sway = {{0, 0}, 0, 0, 0, 0};
    size_t clipped = 0, gaps = 0;
    for (size_t i = 0; i < window->n; i++) {
        const struct plumb_sample *sample = &window->samples[i];
        gaps += i && sample->t_s - window->samples[i - 1].t_s > GAP_S;
        clipped += (sample->flags & PLUMB_SAMPLE_CLIPPED) != 0;
        if (plumb_sample_has(sample, role))
            sway_push(&sway, sample->t_s, plumb_vec3_norm(sample->imu[role].accel_s_mps2));
    }
    unsigned doubts = sway_is_walking(&sway) ? PLUMB_DOUBT_MOVING : 0;
    if ((double)clipped > CLIPPED_SHARE * (double)window->n)
        doubts |= PLUMB_DOUBT_CLIPPED;
    if (gaps || (double)sway.n < (1 - MISSING_SHARE) * (double)window->n)
        doubts |= PLUMB_DOUBT_GAPS;
    return doubts;
}

/* A wearer who changes posture rather than tilts: far from the middle, or not back where it began. */
static unsigned posture_doubts(const struct plumb_turns *turns, struct plumb_quat q_ws_mean)
{
    double farthest = 0;
    for (size_t i = 0; i < turns->n; i++)
        farthest = fmax(farthest, plumb_vec3_norm(plumb_turns_at(turns, q_ws_mean, i)));
    double moved = plumb_vec3_norm(plumb_turns_at(turns, turns->q_ws[0], turns->n - 1));
    return farthest > FARTHEST_RAD || moved > POSTURE_RAD ? PLUMB_DOUBT_MOVING : 0;
}

/* The spread of the single swings' axes about the common one; an axis drawn from n of them is sqrt(n) better.
 */
static double swing_spread(const struct plumb_swing *swings, size_t n)
{
    double along = 0, all = 0;
    for (size_t i = 0; i < n; i++) {
        along += swings[i].along_rad * swings[i].along_rad;
        all += plumb_vec3_dot(swings[i].turn_s, swings[i].turn_s);
    }
    return all > 0 ? atan2(sqrt(fmax(all - along, 0)), sqrt(along)) : 0;
}

/* How far the axis is from where the pose wants it: horizontal, or along gravity. */
static double off_level(enum plumb_pose pose, struct plumb_vec3 axis_s, struct plumb_vec3 up_s)
{
    double off_up = line_angle(axis_s, up_s);
    return is_side(pose) ? off_up : PLUMB_PI / 2 - off_up;
}

/* The axis that is likeliest when its angle to the pose's ideal is known to sd_rad by movement. */
static struct plumb_vec3
mend(enum plumb_pose pose, struct plumb_vec3 axis_s, struct plumb_vec3 up_s, double sd_rad)
{
    double side = plumb_vec3_dot(axis_s, up_s) < 0 ? -1 : 1, off_rad = off_level(pose, axis_s, up_s);
    double ideal_sd = is_side(pose) ? SIDE_SD_RAD : PLUMB_MOUNT_LEVEL_SD_RAD;
    double share = sd_rad * sd_rad / (sd_rad * sd_rad + ideal_sd * ideal_sd);
    struct plumb_vec3 hinge_s = plumb_vec3_unit(plumb_vec3_cross(axis_s, plumb_vec3_scale(up_s, side)));
    double turn_rad = (is_side(pose) ? 1 : -1) * share * off_rad;
    return plumb_quat_apply(plumb_quat_from_rotvec(plumb_vec3_scale(hinge_s, turn_rad)), axis_s);
}

/* Where the tilts had their middle, about the axis, counted from where the arch began. Gravity tells, so not
 * on a side. */
static double neutral_before(
    enum plumb_pose pose, const struct plumb_turns *tilts, const struct plumb_turns *arch,
    struct plumb_vec3 axis_s)
{
    if (is_side(pose) || !arch->n)
        return NAN;
    struct plumb_vec3 then = up_of(plumb_turns_mean(tilts)), now = up_of(arch->q_ws[0]);
    double sine = plumb_vec3_dot(axis_s, plumb_vec3_cross(now, then));
    double along = plumb_vec3_dot(now, axis_s) * plumb_vec3_dot(then, axis_s);
    return -atan2(sine, plumb_vec3_dot(now, then) - along);
}

/* Both opinions by their variances; the arch' own axis only counts when it agrees. */
static struct plumb_vec3 with_arch(struct plumb_vec3 axis_s, double sd_rad, struct plumb_vec3 arch_axis_s)
{
    double weight = sd_rad * sd_rad / (sd_rad * sd_rad + ARCH_SD_RAD * ARCH_SD_RAD);
    double side = plumb_vec3_dot(axis_s, arch_axis_s) < 0 ? -1 : 1;
    return plumb_vec3_unit(
        plumb_vec3_add(plumb_vec3_scale(axis_s, 1 - weight), plumb_vec3_scale(arch_axis_s, side * weight)));
}

/* 1 when axis_s already points to the right, -1 when it must be turned round. An anterior tilt is minus the
 * right-hand rotation about the axis to the right; on a side gravity says it. */
static double right_side(
    struct plumb_mount *mount, enum plumb_pose pose, struct plumb_vec3 up_s, struct plumb_vec3 axis_s,
    struct plumb_vec3 into_arch_s)
{
    double by_arch = plumb_vec3_dot(axis_s, into_arch_s) > 0 ? -1 : 1;
    if (!is_side(pose))
        return by_arch;
    double by_gravity = (plumb_vec3_dot(axis_s, up_s) > 0 ? 1 : -1) * (pose == PLUMB_LYING_LEFT ? 1 : -1);
    if (by_gravity * by_arch < 0)
        mount->doubts |= PLUMB_DOUBT_SIGN;
    return by_gravity;
}

static unsigned tilt_doubts(const struct plumb_mount *mount, enum plumb_pose pose)
{
    unsigned doubts = 0;
    if (mount->tilts_n < LEAST_TILTS)
        doubts |= PLUMB_DOUBT_TOO_FEW;
    if (mount->explained < LEAST_EXPLAINED)
        doubts |= PLUMB_DOUBT_MIXED;
    if (mount->repeat_rad > UNREPEATED_RAD)
        doubts |= PLUMB_DOUBT_UNREPEATED;
    if (mount->off_level_rad > (is_side(pose) ? OFF_SIDE_RAD : OFF_LEVEL_RAD))
        doubts |= PLUMB_DOUBT_NOT_LEVEL;
    return doubts;
}

/* The axis of the tilts, its figures and doubts; the way it points is still open. Returns where the first
 * tilt went. */
static struct plumb_vec3 fit_tilts(
    struct plumb_mount *mount, enum plumb_pose pose, const struct plumb_turns *turns,
    struct plumb_quat q_ws_mean, const struct plumb_turn_axis *found)
{
    struct plumb_swing swings[PLUMB_SWINGS_MAX];
    double least_rad = SWING_SHARE * SINE_PP * found->rms_rad;
    size_t n = plumb_turn_swings(swings, turns, q_ws_mean, found->axis_s, least_rad);
    mount->method = PLUMB_MOUNT_FUNCTIONAL;
    mount->tilts_n = (int)(n / 2);
    mount->explained = found->explained;
    mount->repeat_rad = swing_spread(swings, n);
    mount->off_level_rad = off_level(pose, found->axis_s, up_of(q_ws_mean));
    mount->axis_sd_rad = hypot(SYSTEMATIC_SD_RAD, n ? mount->repeat_rad / sqrt((double)n) : 0);
    mount->ml_axis_s = mend(pose, found->axis_s, up_of(q_ws_mean), mount->axis_sd_rad);
    mount->doubts |= tilt_doubts(mount, pose) | posture_doubts(turns, q_ws_mean);
    return n ? swings[0].turn_s : plumb_vec3_of(0, 0, 0);
}

/* Sign and second opinion. first_tilt_s stands in where there is no arch. */
static void fit_arch(
    struct plumb_mount *mount, enum plumb_pose pose, const struct plumb_turns *tilts,
    const struct plumb_turns *turns, struct plumb_vec3 first_tilt_s)
{
    struct plumb_vec3 axis_s = mount->ml_axis_s, up_s = up_of(tilts->q_ws[0]), into_s = first_tilt_s;
    struct plumb_arch arch = plumb_arch_find(turns, axis_s, neutral_before(pose, tilts, turns, axis_s));
    if (!arch.is_clear)
        mount->doubts |= PLUMB_DOUBT_SIGN;
    if (arch.astray_rad > fmax(arch.excursion_rad, LEAST_PP_RAD))
        mount->doubts |= PLUMB_DOUBT_MIXED;
    if (plumb_vec3_norm(arch.axis_s) > 0 && arch.excursion_rad > LEAST_PP_RAD / 2) {
        into_s = arch.axis_s;
        struct plumb_vec3 level_s = mend(pose, arch.axis_s, up_s, mount->axis_sd_rad);
        if (line_angle(axis_s, level_s) > ARCH_OFF_RAD)
            mount->doubts |= PLUMB_DOUBT_MIXED;
        else
            mount->ml_axis_s = with_arch(axis_s, mount->axis_sd_rad, level_s);
    }
    double side = right_side(mount, pose, up_s, mount->ml_axis_s, into_s);
    mount->ml_axis_s = plumb_vec3_scale(mount->ml_axis_s, side);
}

/* The trunk and the thigh hardly tilt when the pelvis does, and an arch says little of their sense: what is
 * fitted there counts only when nothing speaks against it, and points the way the assumed axis does. */
static void temper(struct plumb_mount *mount, const struct plumb_mount *assumed)
{
    unsigned doubts = mount->doubts;
    if (doubts & ~(unsigned)PLUMB_DOUBT_SIGN)
        *mount = *assumed;
    else if (plumb_vec3_dot(mount->ml_axis_s, assumed->ml_axis_s) < 0)
        mount->ml_axis_s = plumb_vec3_scale(mount->ml_axis_s, -1);
    mount->doubts = doubts;
}

void plumb_mount_fit(
    struct plumb_mount *mount, enum plumb_role role, enum plumb_pose pose, struct plumb_window tilts,
    struct plumb_window arch)
{
    struct plumb_turns tilting = turns_of(&tilts, pose), arching = turns_of(&arch, pose);
    unsigned doubts = sample_doubts(&tilts, role) | sample_doubts(&arch, role);
    struct plumb_quat q_ws_mean = tilts.n ? plumb_turns_mean(&tilting) : PLUMB_QUAT_IDENTITY;
    struct plumb_turn_axis found = plumb_turn_axis_find(&tilting, q_ws_mean);
    struct plumb_mount assumed;
    plumb_mount_assume_role(&assumed, role, pose, tilts.n ? up_of(q_ws_mean) : plumb_vec3_of(0, 0, 0));
    *mount = assumed;
    mount->doubts = doubts;
    if (!(SINE_PP * found.rms_rad >= LEAST_PP_RAD)) {
        mount->doubts |= PLUMB_DOUBT_TOO_LITTLE | PLUMB_DOUBT_TOO_FEW;
        return;
    }
    struct plumb_vec3 first_tilt_s = fit_tilts(mount, pose, &tilting, q_ws_mean, &found);
    fit_arch(mount, pose, &tilting, &arching, first_tilt_s);
    if (role != PLUMB_PELVIS)
        temper(mount, &assumed);
    mount->quality = mount->doubts ? PLUMB_MOUNT_APPROXIMATE : PLUMB_MOUNT_GOOD;
    plumb_mount_orient(mount, pose, up_of(q_ws_mean));
}
