#include "limit.h"

#include <math.h>

int plumb_limit_raised(const struct plumb_limit *limit)
{
    return limit->phase == PLUMB_LIMIT_RAISED || limit->phase == PLUMB_LIMIT_RELEASING;
}

/* When the straight line from the last value to this one passed `level`, less the filter's lag. What was
 * already beyond with the first value, or behind a gap, crossed now. */
static double crossing_s(
    const struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad,
    double level_rad)
{
    double rise = value_rad - limit->last_rad;
    if (limit->last_s <= 0 || !(rise != 0) || (limit->last_rad - level_rad) * (value_rad - level_rad) > 0)
        return t_s;
    return limit->last_s + (t_s - limit->last_s) * (level_rad - limit->last_rad) / rise - params->lag_s;
}

static void enter(struct plumb_limit *limit, enum plumb_limit_phase phase, double since_s)
{
    limit->phase = phase;
    limit->since_s = since_s;
}

static enum plumb_limit_change raise_flag(struct plumb_limit *limit, double t_s)
{
    enter(limit, PLUMB_LIMIT_RAISED, t_s);
    limit->start_s = t_s;
    return PLUMB_LIMIT_BEGAN;
}

static enum plumb_limit_change
push_clear(struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad)
{
    if (!(value_rad > params->enter_rad))
        return PLUMB_LIMIT_SAME;
    limit->onset_s = crossing_s(limit, params, t_s, value_rad, params->enter_rad);
    limit->peak_rad = value_rad;
    enter(limit, PLUMB_LIMIT_SUSPECT, limit->onset_s);
    return value_rad > params->immediate_rad ? raise_flag(limit, t_s) : PLUMB_LIMIT_SAME;
}

static enum plumb_limit_change
push_suspect(struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad)
{
    if (!(value_rad > params->enter_rad)) {
        enter(limit, PLUMB_LIMIT_CLEAR, t_s);
        return PLUMB_LIMIT_SAME;
    }
    if (value_rad > params->immediate_rad || t_s - limit->since_s >= params->delay_s)
        return raise_flag(limit, t_s);
    return PLUMB_LIMIT_SAME;
}

static enum plumb_limit_change
push_raised(struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad)
{
    if (value_rad < params->release_rad)
        enter(limit, PLUMB_LIMIT_RELEASING, crossing_s(limit, params, t_s, value_rad, params->release_rad));
    return PLUMB_LIMIT_SAME;
}

static enum plumb_limit_change push_releasing(
    struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad)
{
    if (!(value_rad < params->release_rad)) {
        enter(limit, PLUMB_LIMIT_RAISED, t_s);
        return PLUMB_LIMIT_SAME;
    }
    if (t_s - limit->since_s < params->release_s)
        return PLUMB_LIMIT_SAME;
    enter(limit, PLUMB_LIMIT_CLEAR, t_s);
    return PLUMB_LIMIT_ENDED;
}

typedef enum plumb_limit_change
push_fn(struct plumb_limit *, const struct plumb_limit_params *, double, double);

static push_fn *const push_by_phase[] = {
    [PLUMB_LIMIT_CLEAR] = push_clear,
    [PLUMB_LIMIT_SUSPECT] = push_suspect,
    [PLUMB_LIMIT_RAISED] = push_raised,
    [PLUMB_LIMIT_RELEASING] = push_releasing,
};

enum plumb_limit_change plumb_limit_push(
    struct plumb_limit *limit, const struct plumb_limit_params *params, double t_s, double value_rad)
{
    if (isnan(value_rad))
        return PLUMB_LIMIT_SAME;
    if (limit->phase != PLUMB_LIMIT_CLEAR && value_rad > limit->peak_rad)
        limit->peak_rad = value_rad;
    enum plumb_limit_change change = push_by_phase[limit->phase](limit, params, t_s, value_rad);
    limit->last_s = t_s;
    limit->last_rad = value_rad;
    return change;
}
