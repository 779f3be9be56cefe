#include "still.h"

#include "units.h"

/* A hand trembles with 1-3 deg/s and 0.05-0.2 m/s2 rms at 6-12 Hz and turns a clip over with 30 deg/s and
 * more: the narrow limits let every hand pass, the wide ones nothing that is on its way. A recording whose
 * quietest tenth is louder than usual gets limits of so many times that. */
#define RATE_NARROW_RADPS (5 * PLUMB_RAD_PER_DEG)
#define RATE_WIDE_RADPS   (10 * PLUMB_RAD_PER_DEG)
#define FORCE_NARROW_MPS2 0.4
#define FORCE_WIDE_MPS2   1.2
#define TIMES_QUIETEST    4.0
#define QUIETEST_SHARE    0.1

#define DRIFT_MPS2 0.35 /* 2 deg in half a second: being turned slowly is not being held still */
#define POSE_RAD   (4 * PLUMB_RAD_PER_DEG) /* a pose that has crept so far is another */
#define TRIM_SIGMA 4.0                     /* ends that differ so much from the middle are still settling */
#define TRIM_MPS2  0.01
#define TRIM_RADPS (0.3 * PLUMB_RAD_PER_DEG)
#define HAND_SHARE                                                                                           \
    0.2                /* of a hand's trembling rate: what it may turn unseen about the vertical, steadily   \
                        */
#define CORRELATED 2.0 /* neighbouring blocks of a hand are alike: half of them count */
#define GAP_S      0.06
#define GAP_STEPS  2.5
#define NOW_BLOCKS 4
#define EVERY_AXIS 7u

#define LEVEL_LEAST_N 5    /* samples of a block: fewer may be alike by chance */
#define LEVEL_MPS2    4.0  /* no sensor's range ends below */
#define LEVEL_SHARE   1e-6 /* rounding of the mean */
#define LEVEL_BLOCKS  0.7  /* a share of the pose */

static double norm2(struct plumb_vec3 v)
{
    return plumb_vec3_dot(v, v);
}

/* ---- blocks */

void plumb_still_blocks_init(struct plumb_still_blocks *blocks, struct plumb_still_block *list, size_t room)
{
    *blocks = (struct plumb_still_blocks){
        .list = list,
        .room = room,
        .accel_least = {INFINITY, INFINITY, INFINITY},
        .accel_most = {-INFINITY, -INFINITY, -INFINITY}};
}

static void
begin_block(struct plumb_still_blocks *blocks, size_t row, double t_s, const struct plumb_imu *imu)
{
    struct plumb_vec3 none = {0, 0, 0};
    blocks->open = (struct plumb_still_block){.begin_s = t_s, .row = row, .level = EVERY_AXIS};
    blocks->first_accel = imu->accel_s_mps2;
    blocks->first_gyro = imu->gyro_s_radps;
    blocks->accel_sum = blocks->gyro_sum = none;
    blocks->accel2_sum = blocks->gyro2_sum = blocks->temp_sum = 0;
    blocks->temps_n = 0;
}

static double part(struct plumb_vec3 v, int axis)
{
    return axis == 0 ? v.x : axis == 1 ? v.y : v.z;
}

static void note_range(struct plumb_still_blocks *blocks, struct plumb_vec3 accel)
{
    struct plumb_vec3 *least = &blocks->accel_least, *most = &blocks->accel_most;
    *least = plumb_vec3_of(fmin(least->x, accel.x), fmin(least->y, accel.y), fmin(least->z, accel.z));
    *most = plumb_vec3_of(fmax(most->x, accel.x), fmax(most->y, accel.y), fmax(most->z, accel.z));
    for (int axis = 0; axis < 3; axis++)
        if (part(accel, axis) < part(blocks->first_accel, axis) ||
            part(accel, axis) > part(blocks->first_accel, axis))
            blocks->open.level &= ~(1u << axis);
}

static void
add_to_block(struct plumb_still_blocks *blocks, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    struct plumb_vec3 accel = plumb_vec3_sub(imu->accel_s_mps2, blocks->first_accel);
    struct plumb_vec3 gyro = plumb_vec3_sub(imu->gyro_s_radps, blocks->first_gyro);
    blocks->accel_sum = plumb_vec3_add(blocks->accel_sum, accel);
    blocks->gyro_sum = plumb_vec3_add(blocks->gyro_sum, gyro);
    blocks->accel2_sum += norm2(accel);
    blocks->gyro2_sum += norm2(gyro);
    blocks->temp_sum += isfinite(imu->temp_c) ? imu->temp_c : 0;
    blocks->temps_n += isfinite(imu->temp_c) != 0;
    blocks->open.flags |= flags & PLUMB_SAMPLE_CLIPPED ? PLUMB_STILL_CLIPPED : 0;
    blocks->open.n++;
    note_range(blocks, imu->accel_s_mps2);
    blocks->last_s = t_s;
}

static void close_block(struct plumb_still_blocks *blocks, double end_s)
{
    struct plumb_still_block *open = &blocks->open;
    double k = 1 / (double)open->n;
    struct plumb_vec3 accel = plumb_vec3_scale(blocks->accel_sum, k);
    struct plumb_vec3 gyro = plumb_vec3_scale(blocks->gyro_sum, k);
    open->end_s = end_s;
    open->accel_s_mps2 = plumb_vec3_add(blocks->first_accel, accel);
    open->gyro_s_radps = plumb_vec3_add(blocks->first_gyro, gyro);
    open->accel_var = fmax(blocks->accel2_sum * k - norm2(accel), 0);
    open->gyro_var = fmax(blocks->gyro2_sum * k - norm2(gyro), 0);
    open->temp_c = blocks->temps_n ? blocks->temp_sum / (double)blocks->temps_n : NAN;
    if (blocks->n < blocks->room)
        blocks->list[blocks->n++] = *open;
}

int plumb_still_blocks_push(
    struct plumb_still_blocks *blocks, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags)
{
    double step_s = t_s - blocks->last_s;
    int begun = blocks->open.n > 0, closed = 0;
    if (!plumb_vec3_finite(imu->accel_s_mps2) || !plumb_vec3_finite(imu->gyro_s_radps) ||
        (begun && !(step_s > 0)))
        return 0;
    int gap = begun && ((blocks->step_s > 0 && step_s > GAP_S && step_s > GAP_STEPS * blocks->step_s) ||
                        (flags & PLUMB_SAMPLE_SEGMENT));
    if (begun && !gap)
        blocks->step_s = blocks->step_s > 0 ? fmin(blocks->step_s, step_s) * 0.95 + 0.05 * step_s : step_s;
    if (begun && (gap || t_s - blocks->open.begin_s >= PLUMB_STILL_BLOCK_S - blocks->step_s / 4)) {
        close_block(blocks, gap ? blocks->last_s + blocks->step_s : t_s);
        closed = 1;
    }
    if (!begun || closed)
        begin_block(blocks, row, t_s, imu);
    blocks->open.flags |= gap ? PLUMB_STILL_BROKEN : 0;
    add_to_block(blocks, t_s, imu, flags);
    return closed;
}

/* ---- windows */

/* Some blocks as one. */
struct window {
    struct plumb_vec3 accel_mps2, gyro_radps; /* means */
    double accel_var, gyro_var;               /* of the samples about them */
    double accel_slow_var, gyro_slow_var;     /* of the blocks' means about them */
    double drift_mps2;                        /* from the first half to the second */
    unsigned flags, late_flags;               /* of all blocks; of all but the first */
};

static struct plumb_vec3 mean_accel(const struct plumb_still_block *list, size_t n)
{
    struct plumb_vec3 sum = {0, 0, 0};
    for (size_t i = 0; i < n; i++)
        sum = plumb_vec3_add(sum, list[i].accel_s_mps2);
    return plumb_vec3_scale(sum, 1 / (double)n);
}

static struct plumb_vec3 mean_gyro(const struct plumb_still_block *list, size_t n)
{
    struct plumb_vec3 sum = {0, 0, 0};
    for (size_t i = 0; i < n; i++)
        sum = plumb_vec3_add(sum, list[i].gyro_s_radps);
    return plumb_vec3_scale(sum, 1 / (double)n);
}

static struct window look(const struct plumb_still_block *list, size_t n)
{
    struct window window = {.accel_mps2 = mean_accel(list, n), .gyro_radps = mean_gyro(list, n)};
    double k = 1 / (double)n;
    for (size_t i = 0; i < n; i++) {
        window.accel_slow_var += k * norm2(plumb_vec3_sub(list[i].accel_s_mps2, window.accel_mps2));
        window.gyro_slow_var += k * norm2(plumb_vec3_sub(list[i].gyro_s_radps, window.gyro_radps));
        window.accel_var += k * list[i].accel_var;
        window.gyro_var += k * list[i].gyro_var;
        window.flags |= list[i].flags;
        window.late_flags |= i ? list[i].flags : 0;
    }
    window.accel_var += window.accel_slow_var;
    window.gyro_var += window.gyro_slow_var;
    struct plumb_vec3 late = mean_accel(list + n / 2, n - n / 2), early = mean_accel(list, n / 2);
    window.drift_mps2 = sqrt(norm2(plumb_vec3_sub(late, early)));
    return window;
}

static int is_still(const struct window *window, const struct plumb_still_limits *limits)
{
    return !(window->late_flags & PLUMB_STILL_BROKEN) && window->drift_mps2 < DRIFT_MPS2 &&
           window->gyro_var < limits->rate_radps * limits->rate_radps &&
           window->accel_var < limits->force_mps2 * limits->force_mps2;
}

/* ---- limits: the quietest tenth of all windows, by a histogram of the logarithm */

#define BINS_N      256
#define BINS_OCTAVE 8
#define BINS_LEAST  1e-9 /* variance at the first bin */

static int bin_of(double variance)
{
    double bin = variance > BINS_LEAST ? log2(variance / BINS_LEAST) * BINS_OCTAVE / 2 : 0;
    return bin < BINS_N - 1 ? (int)bin : BINS_N - 1;
}

/* The rms below which that share of the windows lies. */
static double quantile(const size_t counts[BINS_N], size_t n, double share)
{
    size_t sum = 0;
    for (int bin = 0; bin < BINS_N; bin++) {
        sum += counts[bin];
        if ((double)sum >= share * (double)n)
            return sqrt(BINS_LEAST) * exp2((bin + 0.5) / BINS_OCTAVE);
    }
    return 0;
}

struct plumb_still_limits plumb_still_limits(const struct plumb_still_blocks *blocks)
{
    struct plumb_still_limits limits = {RATE_NARROW_RADPS, FORCE_NARROW_MPS2};
    size_t rates[BINS_N] = {0}, forces[BINS_N] = {0}, n = 0;
    for (size_t i = 0; i + PLUMB_STILL_WINDOW <= blocks->n; i++, n++) {
        struct window window = look(blocks->list + i, PLUMB_STILL_WINDOW);
        rates[bin_of(window.gyro_var)]++;
        forces[bin_of(window.accel_var)]++;
    }
    if (!n)
        return limits;
    double rate = TIMES_QUIETEST * quantile(rates, n, QUIETEST_SHARE);
    double force = TIMES_QUIETEST * quantile(forces, n, QUIETEST_SHARE);
    limits.rate_radps = fmin(fmax(rate, RATE_NARROW_RADPS), RATE_WIDE_RADPS);
    limits.force_mps2 = fmin(fmax(force, FORCE_NARROW_MPS2), FORCE_WIDE_MPS2);
    return limits;
}

/* ---- poses */

/* Takes off ends that are still settling: each end block against the middle half. */
static void trim(const struct plumb_still_block *list, size_t *begin, size_t *end)
{
    size_t n = *end - *begin;
    struct window middle = look(list + *begin + n / 4, n - 2 * (n / 4));
    double accel_far = TRIM_MPS2 + TRIM_SIGMA * sqrt(middle.accel_slow_var);
    double gyro_far = TRIM_RADPS + TRIM_SIGMA * sqrt(middle.gyro_slow_var);
    for (int side = 0; side < 2; side++)
        while (*end - *begin > PLUMB_STILL_WINDOW) {
            const struct plumb_still_block *at = &list[side ? *end - 1 : *begin];
            if (norm2(plumb_vec3_sub(at->accel_s_mps2, middle.accel_mps2)) < accel_far * accel_far &&
                norm2(plumb_vec3_sub(at->gyro_s_radps, middle.gyro_radps)) < gyro_far * gyro_far)
                break;
            *end -= (size_t)side;
            *begin += (size_t)!side;
        }
}

/* An axis that stands level, at the most or the least it ever says, well away from zero. Coarse sensors stand
 * level too, but say more than that when they are moved. */
static int stands_at_end(const struct plumb_still_blocks *blocks, size_t begin, size_t end)
{
    int found = 0;
    for (int axis = 0; axis < 3; axis++) {
        size_t level_n = 0;
        for (size_t i = begin; i < end; i++) {
            const struct plumb_still_block *block = &blocks->list[i];
            double value = part(block->accel_s_mps2, axis), near = LEVEL_SHARE * fabs(value);
            level_n += (block->level & (1u << axis)) && block->n >= LEVEL_LEAST_N &&
                       fabs(value) > LEVEL_MPS2 &&
                       (value > part(blocks->accel_most, axis) - near ||
                        value < part(blocks->accel_least, axis) + near);
        }
        found |= (double)level_n > LEVEL_BLOCKS * (double)(end - begin);
    }
    return found;
}

static double mean_temp(const struct plumb_still_block *list, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++)
        sum += list[i].temp_c / (double)n;
    return sum;
}

static struct plumb_still still_of(const struct plumb_still_blocks *blocks, size_t begin, size_t end)
{
    const struct plumb_still_block *first = &blocks->list[begin], *last = &blocks->list[end - 1];
    size_t n = end - begin;
    struct window window = look(first, n);
    double independent = (double)n / CORRELATED;
    double hand = HAND_SHARE * HAND_SHARE * window.gyro_slow_var / 3;
    return (struct plumb_still){
        .begin_s = first->begin_s,
        .end_s = last->end_s,
        .row = first->row,
        .rows_n = last->row + last->n - first->row,
        .block = begin,
        .blocks_n = n,
        .accel_s_mps2 = window.accel_mps2,
        .gyro_s_radps = window.gyro_radps,
        .accel_sd_mps2 = sqrt(window.accel_slow_var / 3 / independent),
        .gyro_sd_radps = sqrt(window.gyro_slow_var / 3 / independent + hand),
        .temp_c = mean_temp(first, n),
        .flags = window.flags | (stands_at_end(blocks, begin, end) ? PLUMB_STILL_CLIPPED : 0),
    };
}

/* How far the pose that begins there goes, at most to `end`: as long as its direction stays. */
static size_t same_pose(const struct plumb_still_block *list, size_t begin, size_t end)
{
    struct plumb_vec3 at_first = plumb_vec3_unit(mean_accel(list + begin, PLUMB_STILL_WINDOW));
    size_t i = begin + PLUMB_STILL_WINDOW;
    while (i < end) {
        struct plumb_vec3 here =
            plumb_vec3_unit(mean_accel(list + i - PLUMB_STILL_WINDOW / 2 + 1, PLUMB_STILL_WINDOW / 2));
        if (plumb_vec3_dot(at_first, here) < cos(POSE_RAD))
            break;
        i++;
    }
    return i;
}

/* The run of still windows from block i on: the block behind it, i where there is none. */
static size_t
run_end(const struct plumb_still_blocks *blocks, const struct plumb_still_limits *limits, size_t i)
{
    size_t end = i;
    for (; i + PLUMB_STILL_WINDOW <= blocks->n; i++) {
        struct window window = look(blocks->list + i, PLUMB_STILL_WINDOW);
        if (!is_still(&window, limits))
            break;
        end = i + PLUMB_STILL_WINDOW;
    }
    return end;
}

size_t plumb_still_find(
    const struct plumb_still_blocks *blocks, const struct plumb_still_limits *limits,
    struct plumb_still *stills, size_t room)
{
    size_t found = 0, i = 0;
    while (i < blocks->n && found < room) {
        size_t run = run_end(blocks, limits, i);
        if (run == i) {
            i++;
            continue;
        }
        size_t begin = i, end = same_pose(blocks->list, i, run);
        i = run - end < PLUMB_STILL_WINDOW ? run : end;
        trim(blocks->list, &begin, &end);
        stills[found++] = still_of(blocks, begin, end);
    }
    return found;
}

double plumb_still_now_s(const struct plumb_still_blocks *blocks, const struct plumb_still_limits *limits)
{
    size_t n = 0;
    while (n + NOW_BLOCKS <= blocks->n) {
        struct window window = look(blocks->list + blocks->n - n - NOW_BLOCKS, NOW_BLOCKS);
        if (!is_still(&window, limits))
            break;
        n++;
    }
    return n ? (double)(n + NOW_BLOCKS - 1) * PLUMB_STILL_BLOCK_S : 0;
}
