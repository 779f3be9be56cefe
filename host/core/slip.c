#include "slip.h"

#include <string.h>

#include "units.h"

#define DEG           PLUMB_RAD_PER_DEG
#define STEP_S        0.02
#define RATE_S        0.075       /* long enough to average a tremor of 6-12 Hz (EVIDENCE) away */
#define GAP_S         0.25        /* across a longer silence nothing is compared */
#define HALF_S        0.35        /* a slip is over within 0.7 s */
#define STEADY_S      1.5         /* before and after it up keeps still for so long */
#define LAST_S        2.0         /* and at the end it is still there */
#define LEAST_RAD     (2.5 * DEG) /* smaller changes happen without anybody's doing (EVIDENCE: 1.9 deg) */
#define STEADY_RAD    (2.0 * DEG) /* half of the deepest breath and some tremor */
#define SECOND_RAD    (1.0 * DEG) /* for a second to be a place where the wearer was */
#define BACK_SHARE    0.2 /* of the change: the way back from a lapse ends no further from the old place */
#define SAME_RAD      (1.5 * DEG)
#define SAME_SHARE    0.35         /* of the change: nearer than this is the same place */
#define OVERSHOOT_RAD (0.7 * DEG)  /* beyond SAME_SHARE; a cough swings to and fro, a slip goes one way */
#define RATE_RADPS    (25.0 * DEG) /* the slower end of what people do with the lumbar spine (EVIDENCE) */
#define FAST_RADPS    (40.0 * DEG) /* nobody: 37 deg/s was the quickest */
#define BRISK_PER_S   5.4 /* peak rate over angle: a smooth turn of 0.33 s; trunks take longer [judgement] */
#define ALONG_COS     0.9 /* within 25 deg of the axis people tilt about */

static double between_rad(struct plumb_vec3 a, struct plumb_vec3 b)
{
    return atan2(plumb_vec3_norm(plumb_vec3_cross(a, b)), plumb_vec3_dot(a, b));
}

static struct plumb_vec3 up_in(struct plumb_quat q_ws)
{
    return plumb_quat_apply(plumb_quat_conj(q_ws), plumb_vec3_of(0, 0, 1));
}

/* From the one attitude to the other, in the sensor's frame. */
static struct plumb_vec3 turn_rad(struct plumb_quat from_ws, struct plumb_quat to_ws)
{
    struct plumb_quat q = plumb_quat_mul(plumb_quat_conj(from_ws), to_ws);
    struct plumb_vec3 v = plumb_vec3_of(q.x, q.y, q.z);
    double angle_rad = 2 * atan2(plumb_vec3_norm(v), fabs(q.w));
    return plumb_vec3_scale(plumb_vec3_unit(v), q.w < 0 ? -angle_rad : angle_rad);
}

void plumb_slip_init(struct plumb_slip *slip)
{
    memset(slip, 0, sizeof *slip);
}

void plumb_slip_axis(struct plumb_slip *slip, struct plumb_vec3 ml_axis_s)
{
    slip->ml_axis_s = ml_axis_s;
}

/* ---- the last ten seconds */

static const struct plumb_slip_attitude *at(const struct plumb_slip *slip, unsigned long i)
{
    return &slip->latest[i % PLUMB_SLIP_LATEST];
}

static unsigned long oldest(const struct plumb_slip *slip)
{
    return slip->latest_n > PLUMB_SLIP_LATEST ? slip->latest_n - PLUMB_SLIP_LATEST : 0;
}

/* The first attitude at or after t_s, or latest_n. */
static unsigned long first_from(const struct plumb_slip *slip, double t_s)
{
    unsigned long low = oldest(slip), high = slip->latest_n;
    while (low < high) {
        unsigned long middle = low + (high - low) / 2;
        if (at(slip, middle)->t_s < t_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

struct stretch {
    struct plumb_vec3 up_s;
    double spread_rad; /* the furthest from the mean */
};

/* 1, or 0 where [from_s, to_s] is not all there. */
static int look(const struct plumb_slip *slip, double from_s, double to_s, struct stretch *stretch)
{
    unsigned long begin = first_from(slip, from_s), end = first_from(slip, to_s);
    if (begin + 5 > end || at(slip, begin)->t_s > from_s + GAP_S)
        return 0;
    *stretch = (struct stretch){{0, 0, 0}, 0};
    for (unsigned long i = begin; i < end; i++)
        stretch->up_s = plumb_vec3_add(stretch->up_s, up_in(at(slip, i)->q_ws));
    stretch->up_s = plumb_vec3_unit(stretch->up_s);
    for (unsigned long i = begin; i < end; i++)
        stretch->spread_rad = fmax(stretch->spread_rad, between_rad(stretch->up_s, up_in(at(slip, i)->q_ws)));
    return 1;
}

int plumb_slip_lately(
    const struct plumb_slip *slip, double span_s, struct plumb_vec3 *up_s, double *spread_rad)
{
    struct stretch stretch;
    if (!slip->latest_n)
        return 0;
    double now_s = at(slip, slip->latest_n - 1)->t_s;
    if (!look(slip, now_s - span_s, now_s, &stretch))
        return 0;
    *up_s = stretch.up_s;
    *spread_rad = stretch.spread_rad;
    return 1;
}

/* ---- the last minute */

static void keep_second(struct plumb_slip *slip, double t_s)
{
    struct stretch stretch;
    if (slip->seconds_n && t_s - slip->seconds[(slip->seconds_n - 1) % PLUMB_SLIP_SECONDS].t_s < 1)
        return;
    if (!look(slip, t_s - 1, t_s, &stretch))
        return;
    int still = stretch.spread_rad < SECOND_RAD;
    unsigned long i = slip->seconds_n++ % PLUMB_SLIP_SECONDS;
    slip->seconds[i].t_s = t_s;
    slip->seconds[i].up_s = still ? stretch.up_s : plumb_vec3_of(0, 0, 0);
}

static double same_rad(double size_rad)
{
    return fmax(SAME_RAD, SAME_SHARE * size_rad);
}

/* 1 where the wearer had kept still there before that moment. */
static int been_there(const struct plumb_slip *slip, double before_s, struct plumb_vec3 up_s, double size_rad)
{
    unsigned long n = slip->seconds_n < PLUMB_SLIP_SECONDS ? slip->seconds_n : PLUMB_SLIP_SECONDS;
    for (unsigned long i = 0; i < n; i++)
        if (slip->seconds[i].t_s < before_s && plumb_vec3_norm(slip->seconds[i].up_s) > 0 &&
            between_rad(slip->seconds[i].up_s, up_s) < fmax(SAME_RAD, BACK_SHARE * size_rad))
            return 1;
    return 0;
}

/* ---- one moment, eight seconds later */

/* The quickest of its neighbourhood. */
static int is_peak(const struct plumb_slip *slip, unsigned long which)
{
    const struct plumb_slip_attitude *moment = at(slip, which);
    if (moment->rate_radps < RATE_RADPS)
        return 0;
    unsigned long begin = first_from(slip, moment->t_s - HALF_S),
                  end = first_from(slip, moment->t_s + HALF_S);
    for (unsigned long i = begin; i < end; i++)
        if (at(slip, i)->rate_radps > moment->rate_radps ||
            (i < which && !(at(slip, i)->rate_radps < moment->rate_radps)))
            return 0;
    return 1;
}

/* 1 where up jumped at m_s from one steady place to another and has stayed there. */
static int jumped_and_stayed(const struct plumb_slip *slip, double m_s, struct stretch *after)
{
    struct stretch before, last;
    double now_s = at(slip, slip->latest_n - 1)->t_s;
    if (!look(slip, m_s - HALF_S - STEADY_S, m_s - HALF_S, &before) ||
        !look(slip, m_s + HALF_S, m_s + HALF_S + STEADY_S, after) ||
        !look(slip, now_s - LAST_S, now_s, &last))
        return 0;
    double size_rad = between_rad(before.up_s, after->up_s);
    return size_rad > LEAST_RAD && between_rad(before.up_s, last.up_s) > LEAST_RAD &&
           before.spread_rad < STEADY_RAD && after->spread_rad < STEADY_RAD &&
           between_rad(after->up_s, last.up_s) < same_rad(size_rad) &&
           !been_there(slip, m_s - HALF_S, after->up_s, size_rad);
}

/* 1 where no attitude within the moment lies further from its beginning than its end does. */
static int one_way(const struct plumb_slip *slip, unsigned long begin, unsigned long end, double angle_rad)
{
    double most_rad = 0;
    for (unsigned long i = begin; i <= end; i++)
        most_rad =
            fmax(most_rad, plumb_vec3_norm(turn_rad(at(slip, begin)->q_ws, at(slip, i)->q_ws)) - angle_rad);
    return most_rad < OVERSHOOT_RAD + SAME_SHARE * angle_rad;
}

/* 1 where it was the jerk of a small hard part. */
static int hard(const struct plumb_slip *slip, double peak_radps, const struct plumb_slip_found *found)
{
    if (peak_radps > BRISK_PER_S * found->angle_rad)
        return 1;
    int known = plumb_vec3_norm(slip->ml_axis_s) > 0;
    return known && peak_radps > FAST_RADPS &&
           fabs(plumb_vec3_dot(slip->ml_axis_s, found->axis_s)) < ALONG_COS;
}

static int judge(const struct plumb_slip *slip, unsigned long which, struct plumb_slip_found *found)
{
    struct stretch after;
    double m_s = at(slip, which)->t_s - RATE_S / 2;
    if (!is_peak(slip, which) || !jumped_and_stayed(slip, m_s, &after))
        return 0;
    unsigned long begin = first_from(slip, m_s - HALF_S), end = first_from(slip, m_s + HALF_S);
    struct plumb_vec3 turn = turn_rad(at(slip, begin)->q_ws, at(slip, end)->q_ws);
    *found = (struct plumb_slip_found){m_s, plumb_vec3_norm(turn), plumb_vec3_unit(turn), after.up_s};
    return one_way(slip, begin, end, found->angle_rad) && hard(slip, at(slip, which)->rate_radps, found);
}

/* ---- one sample */

/* The turning since 80 ms ago; 0 where that is not known. */
static double rate_radps(const struct plumb_slip *slip, double t_s, struct plumb_quat q_ws)
{
    unsigned long after = first_from(slip, t_s - RATE_S * 0.999);
    if (after == oldest(slip))
        return 0;
    const struct plumb_slip_attitude *then = at(slip, after - 1);
    return plumb_vec3_norm(turn_rad(then->q_ws, q_ws)) / (t_s - then->t_s);
}

static void keep(struct plumb_slip *slip, double t_s, struct plumb_quat q_ws)
{
    struct plumb_slip_attitude now = {t_s, q_ws, rate_radps(slip, t_s, q_ws)};
    slip->latest[slip->latest_n++ % PLUMB_SLIP_LATEST] = now;
    keep_second(slip, t_s);
}

int plumb_slip_push(
    struct plumb_slip *slip, double t_s, struct plumb_quat q_ws, struct plumb_slip_found *found)
{
    double last_s = slip->latest_n ? at(slip, slip->latest_n - 1)->t_s : -INFINITY;
    int any = 0;
    if (t_s - last_s < STEP_S * 0.999)
        return 0;
    if (t_s - last_s > GAP_S)
        slip->latest_n = slip->judged_n = 0;
    keep(slip, t_s, q_ws);
    if (slip->judged_n < oldest(slip))
        slip->judged_n = oldest(slip);
    while (!any && slip->judged_n < slip->latest_n &&
           at(slip, slip->judged_n)->t_s + PLUMB_SLIP_STAY_S <= t_s)
        any = judge(slip, slip->judged_n++, found);
    return any;
}
