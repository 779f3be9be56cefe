#include "judge.h"

#include "units.h"

#define POSE_GONE_RAD    (35 * PLUMB_RAD_PER_DEG)
#define POSE_BACK_RAD    (25 * PLUMB_RAD_PER_DEG)
#define POSE_GONE_FOR_S  0.3
#define POSE_BACK_FOR_S  1.0
#define CONTRACTED_WIDER 2.0 /* [R] */

static int lying(enum plumb_pose pose)
{
    return pose == PLUMB_SUPINE || pose == PLUMB_PRONE;
}

/* Each flag's measure; NaN where the pose or the sensors do not show it. */
static double anterior(const struct plumb_judge_params *params, const struct plumb_angles *angles)
{
    (void)params;
    return angles->tilt_rad;
}

/* Lying, the thorax rests on the table: the pelvis' change is the lumbar curve's, about 1:1 (EVIDENCE, 7). */
static double arch(const struct plumb_judge_params *params, const struct plumb_angles *angles)
{
    if (params->lumbar_sensor)
        return angles->lumbar_rad;
    return lying(params->pose) ? angles->tilt_rad : NAN;
}

static double rotation(const struct plumb_judge_params *params, const struct plumb_angles *angles)
{
    (void)params;
    return fabs(angles->rotation_rad);
}

static double obliquity(const struct plumb_judge_params *params, const struct plumb_angles *angles)
{
    (void)params;
    return fabs(angles->obliquity_rad);
}

static double posterior(const struct plumb_judge_params *params, const struct plumb_angles *angles)
{
    (void)params;
    return -angles->tilt_rad;
}

static struct plumb_limit_params tilt_limit(const struct plumb_thresholds *t)
{
    return (struct plumb_limit_params){
        .enter_rad = t->red_rad,
        .delay_s = t->delay_s,
        .release_rad = t->release_rad,
        .release_s = t->release_s,
        .immediate_rad = t->immediate_rad};
}

/* The paired release of the other limits keeps the proportion that the anterior one has. */
static struct plumb_limit_params scaled_limit(const struct plumb_thresholds *t, double enter_rad)
{
    return (struct plumb_limit_params){
        .enter_rad = enter_rad,
        .delay_s = t->delay_s,
        .release_rad = enter_rad * t->release_rad / t->red_rad,
        .release_s = t->release_s,
        .immediate_rad = INFINITY};
}

static struct plumb_limit_params turn_limit(const struct plumb_thresholds *t)
{
    return scaled_limit(t, t->turn_red_rad);
}

static struct plumb_limit_params posterior_limit(const struct plumb_thresholds *t)
{
    return scaled_limit(t, t->posterior_rad);
}

static const struct {
    double (*value_rad)(const struct plumb_judge_params *, const struct plumb_angles *);
    struct plumb_limit_params (*limit)(const struct plumb_thresholds *);
} rules[PLUMB_FLAGS_N] = {
    [PLUMB_ANTERIOR_ROTATION] = {anterior, tilt_limit},    [PLUMB_LUMBAR_ARCH] = {arch, tilt_limit},
    [PLUMB_PELVIC_ROTATION] = {rotation, turn_limit},      [PLUMB_OBLIQUITY] = {obliquity, turn_limit},
    [PLUMB_POSTERIOR_TILT] = {posterior, posterior_limit},
};

static int judges(const struct plumb_judge_params *params, int kind)
{
    return rules[kind].value_rad && (params->judged >> kind & 1u);
}

static struct plumb_flag
flag_of(const struct plumb_judge *judge, const struct plumb_judge_params *params, int kind, double end_s)
{
    const struct plumb_limit *limit = &judge->limit[kind];
    int inferred = kind == PLUMB_LUMBAR_ARCH && !params->lumbar_sensor;
    return (struct plumb_flag){
        .kind = (enum plumb_flag_kind)kind,
        .basis = inferred ? PLUMB_INFERRED : PLUMB_MEASURED,
        .onset_s = limit->onset_s,
        .start_s = limit->start_s,
        .end_s = end_s,
        .peak_rad = limit->peak_rad,
    };
}

struct plumb_limit_params plumb_judge_pose_guard(void)
{
    return (struct plumb_limit_params){
        .enter_rad = POSE_GONE_RAD,
        .delay_s = POSE_GONE_FOR_S,
        .release_rad = POSE_BACK_RAD,
        .release_s = POSE_BACK_FOR_S,
        .immediate_rad = INFINITY,
    };
}

void plumb_judge_widen_contraction(struct plumb_thresholds *thresholds)
{
    plumb_thresholds_scale(thresholds, CONTRACTED_WIDER);
}

void plumb_judge_reset(struct plumb_judge *judge)
{
    *judge = (struct plumb_judge){0};
}

static void push_one(
    struct plumb_judge *judge, const struct plumb_judge_params *params, int kind, double t_s,
    const struct plumb_angles *angles, struct plumb_judge_change *change)
{
    struct plumb_limit_params limit = rules[kind].limit(&params->thresholds);
    limit.lag_s = params->lag_s;
    double value_rad = rules[kind].value_rad(params, angles);
    enum plumb_limit_change what = plumb_limit_push(&judge->limit[kind], &limit, t_s, value_rad);
    if (what == PLUMB_LIMIT_SAME)
        return;
    change->flags[change->n++] = flag_of(judge, params, kind, what == PLUMB_LIMIT_ENDED ? t_s : NAN);
}

void plumb_judge_push(
    struct plumb_judge *judge, const struct plumb_judge_params *params, double t_s,
    const struct plumb_angles *angles, struct plumb_judge_change *change)
{
    change->n = 0;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (judges(params, kind))
            push_one(judge, params, kind, t_s, angles, change);
}

void plumb_judge_end(
    struct plumb_judge *judge, const struct plumb_judge_params *params, double t_s,
    struct plumb_judge_change *change)
{
    change->n = 0;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (plumb_limit_raised(&judge->limit[kind]))
            change->flags[change->n++] = flag_of(judge, params, kind, t_s);
    plumb_judge_reset(judge);
}

unsigned plumb_judge_standing(const struct plumb_judge *judge)
{
    unsigned standing = 0;
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (plumb_limit_raised(&judge->limit[kind]))
            standing |= 1u << kind;
    return standing;
}

int plumb_judge_paused(const struct plumb_judge *judge)
{
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++)
        if (plumb_flag_pauses((enum plumb_flag_kind)kind) && plumb_limit_raised(&judge->limit[kind]))
            return 1;
    return 0;
}

enum plumb_zone plumb_judge_zone(
    const struct plumb_judge *judge, const struct plumb_judge_params *params,
    const struct plumb_angles *angles)
{
    const struct plumb_thresholds *t = &params->thresholds;
    if (plumb_judge_paused(judge))
        return PLUMB_RED;
    if (isnan(angles->tilt_rad) && isnan(angles->rotation_rad) && isnan(angles->obliquity_rad))
        return PLUMB_OFF;
    int turned = (judges(params, PLUMB_PELVIC_ROTATION) && fabs(angles->rotation_rad) > t->turn_amber_rad) ||
                 (judges(params, PLUMB_OBLIQUITY) && fabs(angles->obliquity_rad) > t->turn_amber_rad);
    return angles->tilt_rad > t->amber_rad || turned ? PLUMB_AMBER : PLUMB_GREEN;
}
