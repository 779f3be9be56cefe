#include "guide.h"

#include "../host/core/units.h"

#define LIMITS_EVERY 10  /* blocks */
#define BEGUN_S      0.5 /* a shorter stop on the way is no pose that was broken off */
#define OTHER_RAD    (8 * PLUMB_RAD_PER_DEG)
#define NEW_SHARE    0.6 /* of a pose: more than this is a new one */

void plumb_guide_init(struct plumb_guide *guide, struct plumb_still_block *list, size_t room)
{
    *guide = (struct plumb_guide){.next = 0};
    plumb_still_blocks_init(&guide->blocks, list, room);
    plumb_diagnose_init(&guide->diagnose);
    guide->limits = plumb_still_limits(&guide->blocks);
}

/* 1 when a block was completed. */
static int
keep(struct plumb_guide *guide, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    unsigned long clipped_before = guide->diagnose.clipped_n;
    plumb_diagnose_push(&guide->diagnose, t_s, imu, flags);
    if (guide->diagnose.clipped_n > clipped_before)
        flags |= PLUMB_SAMPLE_CLIPPED;
    return plumb_still_blocks_push(&guide->blocks, row, t_s, imu, flags);
}

void plumb_guide_keep(
    struct plumb_guide *guide, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    keep(guide, row, t_s, imu, flags);
}

/* A pose with an axis at the end of its range says nothing about gravity. */
static void leave_out_clipped(struct plumb_guide *guide, size_t found)
{
    guide->stills_n = 0;
    for (size_t i = 0; i < found; i++)
        if (!(guide->stills[i].flags & PLUMB_STILL_CLIPPED))
            guide->stills[guide->stills_n++] = guide->stills[i];
    guide->clipped_n = found - guide->stills_n;
}

void plumb_guide_look(struct plumb_guide *guide)
{
    guide->limits = plumb_still_limits(&guide->blocks);
    size_t found = plumb_still_find(&guide->blocks, &guide->limits, guide->stills, PLUMB_GUIDE_STILLS_N);
    leave_out_clipped(guide, found);
    plumb_accel_fit(&guide->fit, guide->stills, guide->stills_n);
    if (guide->fit.refusal && guide->clipped_n > guide->stills_n / 2)
        guide->fit.refusal = PLUMB_ACCEL_CLIPPED;
    guide->next = plumb_turned_next(&guide->fit, guide->stills, guide->stills_n);
}

static const struct plumb_still_block *newest(const struct plumb_guide *guide)
{
    return &guide->blocks.list[guide->blocks.n - 1];
}

/* Counts the stillness that stands or has just ended; NOTHING when it is none after all. */
static enum plumb_guide_event take(struct plumb_guide *guide)
{
    double distinct_n = guide->fit.distinct_n;
    size_t before_n = guide->stills_n;
    plumb_guide_look(guide);
    if (guide->stills_n <= before_n)
        return PLUMB_GUIDE_NOTHING;
    guide->taken = 1;
    guide->taken_up_s = plumb_vec3_unit(guide->stills[guide->stills_n - 1].accel_s_mps2);
    if (guide->next < 0)
        return PLUMB_GUIDE_DONE;
    return guide->fit.distinct_n > distinct_n + NEW_SHARE ? PLUMB_GUIDE_TAKEN : PLUMB_GUIDE_AGAIN;
}

/* Turned slowly out of the pose that was taken, without a jerk. */
static int is_other_pose(const struct plumb_guide *guide)
{
    struct plumb_vec3 up = plumb_vec3_unit(newest(guide)->accel_s_mps2);
    return plumb_vec3_dot(up, guide->taken_up_s) < cos(OTHER_RAD);
}

static enum plumb_guide_event watch(struct plumb_guide *guide)
{
    double before_s = guide->still_s;
    if (++guide->limits_age >= LIMITS_EVERY) {
        guide->limits = plumb_still_limits(&guide->blocks);
        guide->limits_age = 0;
    }
    guide->still_s = plumb_still_now_s(&guide->blocks, &guide->limits);
    if (guide->taken && (guide->still_s <= 0 || is_other_pose(guide))) {
        guide->taken = 0;
        return PLUMB_GUIDE_NOTHING;
    }
    if (guide->taken)
        return PLUMB_GUIDE_NOTHING;
    if (guide->still_s >= PLUMB_GUIDE_HOLD_S)
        return take(guide);
    if (guide->still_s > 0 || before_s < BEGUN_S)
        return PLUMB_GUIDE_NOTHING;
    enum plumb_guide_event event = take(guide);
    guide->taken = 0;
    return event == PLUMB_GUIDE_NOTHING ? PLUMB_GUIDE_TOO_SOON : event;
}

enum plumb_guide_event plumb_guide_push(
    struct plumb_guide *guide, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    return keep(guide, row, t_s, imu, flags) ? watch(guide) : PLUMB_GUIDE_NOTHING;
}
