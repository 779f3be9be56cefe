/* Finds a calibration in a recording that has no markers.
 *
 * The recording falls into bouts of turning between stillnesses. Each bout is asked whether it can only be
 * tilts; the one after it, whether it is the arch. Who pauses too shortly to
 * lie still makes one bout of both: it is cut where the even beat of the tilts ends.
 *
 *   still | tilts: 3-6 swings there and back, one axis, level | pause | arch: one swing, same axis | still
 */
#include "mount.h"
#include "mount_arch.h"
#include "mount_turn.h"
#include "units.h"

#define DEG PLUMB_RAD_PER_DEG

#define RATE_LOW_HZ     0.03        /* what turns slower is drift of heading */
#define RATE_HIGH_HZ    1.5         /* quicker is tremor and wobble */
#define JUMP_RADPS      (60 * DEG)  /* the quickest voluntary movement is 37 deg/s, EVIDENCE */
#define ENVELOPE_S      0.7         /* a slow tilt stands still for that long at its turning points */
#define MOVES_RADPS     (1.9 * DEG) /* root mean square; 6 deg peak to peak at 0.2 Hz make 2.7 */
#define STILL_RADPS     (1.2 * DEG) /* breathing of 1.5 deg at 0.25 Hz makes 0.8 */
#define LEAD_S          1.5         /* a bout is noticed that much after it began, at most */
#define SETTLE_S        2.0         /* the estimate still finds its feet */
#define QUIET_S         1.0 /* of stillness end a bout: longer than the turning point of a slow tilt */
#define BEAT_SHARE      1.6 /* a swing that takes so much longer than those before has a pause in it */
#define BEAT_LEAST_RAD  (2.2 * DEG) /* breathing stays below */
#define SEARCH_S        300.0       /* a calibration comes first: later swings are exercise */
#define ARCH_WITHIN_S   20.0        /* between the tilts and the arch */
#define SHORTEST_S      6.0
#define LONGEST_S       60.0
#define LEAST_TILTS     3
#define MOST_TILTS      6
#define SLOWEST_HZ      0.08
#define QUICKEST_HZ     0.6
#define LEAST_PP_RAD    (3.5 * DEG)
#define MOST_PP_RAD     (25 * DEG) /* the whole voluntary range is 20 deg, EVIDENCE */
#define SINE_PP         2.83       /* peak to peak of a sinusoid by its root mean square */
#define SWING_SHARE     0.35
#define LEAST_EXPLAINED 0.8
#define OFF_LEVEL_COS   0.259 /* 15 deg out of the pose's horizontal; on a side from the vertical below */
#define ON_SIDE_COS     0.866 /* 30 deg */
#define EVEN_SHARE      0.4   /* the smallest whole swing by the largest: people repeat themselves */
#define ARCH_OFF_COS    0.906 /* 25 deg */
#define ARCH_LONGEST_S  20.0

struct bout {
    size_t begin, end;
};

/* How fast the sensor turns lately, root mean square, without drift and tremor. */
struct envelope {
    struct plumb_turn_filter filter;
    double square;
    int with_heading; /* on a side tilts are a change of heading, which drifts; else what drifts is left out
                       */
};

static int is_side(enum plumb_pose pose)
{
    return pose == PLUMB_LYING_LEFT || pose == PLUMB_LYING_RIGHT;
}

static struct envelope envelope_of(enum plumb_pose pose, double t_s)
{
    int side = is_side(pose);
    struct plumb_turn_filter filter = {
        .low_hz = side ? RATE_LOW_HZ : 0, .high_hz = RATE_HIGH_HZ, .t_s = t_s, .started = 1};
    return (struct envelope){filter, 0, side};
}

/* Takes the turn of one step; returns rad/s. */
static double envelope_push(
    struct envelope *envelope, double step_s, double t_s, struct plumb_vec3 turned_s, struct plumb_vec3 up_s)
{
    double about_up = envelope->with_heading ? 0 : plumb_vec3_dot(turned_s, up_s);
    turned_s = plumb_vec3_sub(turned_s, plumb_vec3_scale(up_s, about_up));
    double size_rad = plumb_vec3_norm(turned_s), most_rad = JUMP_RADPS * step_s;
    double scale = size_rad > most_rad ? most_rad / size_rad : 1;
    struct plumb_vec3 rate = plumb_vec3_scale(turned_s, scale / step_s);
    rate = plumb_turn_filter_push(&envelope->filter, t_s, rate);
    double share = 1 - exp(-step_s / ENVELOPE_S);
    envelope->square += share * (plumb_vec3_dot(rate, rate) - envelope->square);
    return sqrt(envelope->square);
}

static size_t back_to(const double *t_s, size_t i, size_t least, double by_s)
{
    double until_s = t_s[i] - by_s;
    while (i > least && t_s[i] > until_s)
        i--;
    return i;
}

/* The next bout after sample `from`, ended by stillness or with the recording; 0 when there is none. */
static int next_bout(struct bout *bout, enum plumb_pose pose, const struct plumb_turns *all, size_t from)
{
    struct envelope envelope = envelope_of(pose, from < all->n ? all->t_s[from] : 0);
    int moving = 0;
    double quiet_s = 0;
    bout->end = all->n;
    for (size_t i = from + 1; i < all->n; i++) {
        double step_s = all->t_s[i] - all->t_s[i - 1];
        struct plumb_vec3 turned_s = plumb_turns_at(all, all->q_ws[i - 1], i);
        struct plumb_vec3 up_s = plumb_quat_apply(plumb_quat_conj(all->q_ws[i]), plumb_vec3_of(0, 0, 1));
        double speed_radps = envelope_push(&envelope, step_s, all->t_s[i], turned_s, up_s);
        if (!moving && speed_radps > MOVES_RADPS) {
            moving = 1;
            bout->begin = back_to(all->t_s, i, from, LEAD_S);
        }
        quiet_s = speed_radps < STILL_RADPS ? quiet_s + step_s : 0;
        if (moving && quiet_s > QUIET_S) {
            bout->end = back_to(all->t_s, i, from, QUIET_S / 2);
            break;
        }
    }
    return moving;
}

static struct plumb_turns part(enum plumb_pose pose, const struct plumb_turns *all, size_t begin, size_t end)
{
    struct plumb_turns turns = {NULL, all->t_s + begin, all->q_ws + begin, end - begin, {0}};
    plumb_turns_settle(&turns, is_side(pose));
    return turns;
}

static double length_s(const struct plumb_turns *turns)
{
    return turns->n ? turns->t_s[turns->n - 1] - turns->t_s[0] : 0;
}

/* Does the axis lie as the pose wants it? */
static int fits_pose(enum plumb_pose pose, struct plumb_vec3 axis_s, struct plumb_quat q_ws)
{
    struct plumb_vec3 axis_w = plumb_quat_apply(q_ws, axis_s);
    if (is_side(pose))
        return fabs(axis_w.z) > ON_SIDE_COS;
    return fabs(axis_w.z) < OFF_LEVEL_COS;
}

/* Whole swings of like size at a likely tempo. The first and the last begin and end in the middle. */
static int swings_regular(const struct plumb_swing *swings, size_t n)
{
    double least = INFINITY, most = 0, quickest_s = INFINITY, slowest_s = 0;
    for (size_t i = 1; i + 1 < n; i++) {
        quickest_s = fmin(quickest_s, swings[i].t_s - swings[i - 1].t_s);
        slowest_s = fmax(slowest_s, swings[i].t_s - swings[i - 1].t_s);
        least = fmin(least, fabs(swings[i].along_rad));
        most = fmax(most, fabs(swings[i].along_rad));
    }
    double tilt_hz = (double)(n - 2) / 2 / (swings[n - 2].t_s - swings[0].t_s);
    return most <= MOST_PP_RAD && least >= EVEN_SHARE * most && quickest_s >= EVEN_SHARE * slowest_s &&
           tilt_hz >= SLOWEST_HZ && tilt_hz <= QUICKEST_HZ;
}

static int is_tilts(enum plumb_pose pose, const struct plumb_turns *turns, struct plumb_vec3 *axis_s)
{
    struct plumb_swing swings[PLUMB_SWINGS_MAX];
    if (length_s(turns) < SHORTEST_S || length_s(turns) > LONGEST_S)
        return 0;
    struct plumb_quat q_ws = plumb_turns_mean(turns);
    struct plumb_turn_axis found = plumb_turn_axis_find(turns, q_ws);
    *axis_s = found.axis_s;
    if (SINE_PP * found.rms_rad < LEAST_PP_RAD || found.explained < LEAST_EXPLAINED ||
        !fits_pose(pose, found.axis_s, q_ws))
        return 0;
    size_t n = plumb_turn_swings(swings, turns, q_ws, found.axis_s, SWING_SHARE * SINE_PP * found.rms_rad);
    return n / 2 >= LEAST_TILTS && n / 2 <= MOST_TILTS && swings_regular(swings, n);
}

static int is_arch(const struct plumb_turns *turns, struct plumb_vec3 axis_s)
{
    if (length_s(turns) > ARCH_LONGEST_S)
        return 0;
    struct plumb_arch arch = plumb_arch_find(turns, axis_s, NAN);
    return arch.is_clear && fabs(plumb_vec3_dot(arch.axis_s, axis_s)) > ARCH_OFF_COS;
}

/* Where the even beat of the swings ends, and something else follows within the same bout; its end when
 * nothing does. */
static size_t beat_end(const struct plumb_turns *turns)
{
    struct plumb_swing swings[PLUMB_SWINGS_MAX];
    struct plumb_quat q_ws = plumb_turns_mean(turns);
    struct plumb_vec3 axis_s = plumb_turn_axis_find(turns, q_ws).axis_s;
    size_t n = plumb_turn_swings(swings, turns, q_ws, axis_s, BEAT_LEAST_RAD), i = 2 * LEAST_TILTS - 1;
    if (n <= i)
        return turns->n;
    double beat_s = (swings[i - 1].t_s - swings[0].t_s) / (double)(i - 1), cut_s = INFINITY;
    for (; i < n && !isfinite(cut_s); i++)
        if (swings[i].t_s - swings[i - 1].t_s > BEAT_SHARE * beat_s)
            cut_s = swings[i - 1].t_s + beat_s;
    for (i = 0; i < turns->n && turns->t_s[i] < cut_s;)
        i++;
    return i;
}

static int take_arch(
    struct plumb_mount_found *found, enum plumb_pose pose, const struct plumb_turns *all,
    struct plumb_vec3 axis_s, struct bout bout)
{
    struct plumb_turns turns = part(pose, all, bout.begin, bout.end);
    if (!is_arch(&turns, axis_s))
        return 0;
    found->arch_begin = bout.begin;
    found->arch_end = bout.end;
    return 1;
}

/* Tilts and an arch from the beginning of this bout on. The arch may be the rest of the bout, or the next. */
static int find_from(
    struct plumb_mount_found *found, enum plumb_pose pose, const struct plumb_turns *all, struct bout bout)
{
    struct plumb_vec3 axis_s;
    struct plumb_turns whole = part(pose, all, bout.begin, bout.end);
    size_t tilts_end = bout.begin + beat_end(&whole);
    struct plumb_turns tilts = part(pose, all, bout.begin, tilts_end);
    if (!is_tilts(pose, &tilts, &axis_s))
        return 0;
    found->tilts_begin = bout.begin;
    found->tilts_end = tilts_end;
    struct bout rest = {tilts_end, bout.end}, next;
    if (take_arch(found, pose, all, axis_s, rest))
        return 1;
    return next_bout(&next, pose, all, bout.end) &&
           all->t_s[next.begin] - all->t_s[bout.end - 1] <= ARCH_WITHIN_S &&
           take_arch(found, pose, all, axis_s, next);
}

/* Samples within the time in which a calibration is looked for. */
static size_t early(const double *t_s, size_t n)
{
    size_t kept = 0;
    while (kept < n && t_s[kept] - t_s[0] < SEARCH_S + LONGEST_S)
        kept++;
    return kept;
}

int plumb_mount_search(
    struct plumb_mount_found *found, enum plumb_pose pose, const double *t_s, const struct plumb_quat *q_ws,
    size_t n)
{
    struct plumb_turns all = {NULL, t_s, q_ws, early(t_s, n), {0}};
    struct bout bout;
    size_t from = 0;
    while (from < all.n && t_s[from] - t_s[0] < SETTLE_S)
        from++;
    for (; next_bout(&bout, pose, &all, from); from = bout.end) {
        if (t_s[bout.begin] - t_s[0] > SEARCH_S)
            break;
        if (bout.begin > from && find_from(found, pose, &all, bout))
            return 1;
    }
    *found = (struct plumb_mount_found){0, 0, 0, 0};
    return 0;
}
