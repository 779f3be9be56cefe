#include "trail.h"

#include <math.h>

#define FARTHEST_S 1e9 /* times beyond are none: an index always fits */

void plumb_trail_init(struct plumb_trail *trail, enum plumb_trail_kind kind, double stretch_s)
{
    *trail = (struct plumb_trail){.kind = kind, .stretch_s = stretch_s, .newest = -1, .newest_s = NAN};
}

int64_t plumb_trail_index(const struct plumb_trail *trail, double t_s)
{
    return (int64_t)floor(fmax(-FARTHEST_S, fmin(FARTHEST_S, t_s)) / trail->stretch_s);
}

/* Indices are at least `base`. */
static size_t slot_of(int64_t base, int64_t index)
{
    return (size_t)((index - base) % PLUMB_TRAIL_N);
}

/* A value becomes one of the two extremes where it exceeds them; the later one stays last. */
static void widen(struct plumb_stretch *stretch, double t_s, double value)
{
    int rising = stretch->last >= stretch->first;
    double low = rising ? stretch->first : stretch->last, high = rising ? stretch->last : stretch->first;
    if (value >= low && value <= high)
        return;
    int keep_first = value > high ? rising : !rising; /* first is the extreme on the other side */
    if (!keep_first) {
        stretch->t_first_s = stretch->t_last_s;
        stretch->first = stretch->last;
    }
    stretch->t_last_s = t_s;
    stretch->last = value;
}

/* A later stretch into an earlier one. */
static void join(struct plumb_stretch *stretch, const struct plumb_stretch *later)
{
    if (!later->filled)
        return;
    if (!stretch->filled) {
        *stretch = *later;
        return;
    }
    widen(stretch, later->t_first_s, later->first);
    widen(stretch, later->t_last_s, later->last);
    stretch->end_s = later->end_s;
    stretch->zones |= later->zones;
}

/* Makes every stretch twice as long: in place, for a pair lands where its later half was, or before. */
static void halve(struct plumb_trail *trail)
{
    int64_t base = trail->base, newest = trail->newest;
    struct plumb_stretch pair = {0};
    trail->stretch_s *= 2;
    trail->base = trail->oldest = base >> 1;
    trail->newest = newest >> 1;
    for (int64_t at = base; at <= newest; at++) {
        struct plumb_stretch *slot = &trail->stretches[slot_of(base, at)];
        if (!(at & 1))
            pair = (struct plumb_stretch){0};
        join(&pair, slot);
        pair.index = at >> 1;
        *slot = (struct plumb_stretch){0};
        if ((at & 1) || at == newest)
            trail->stretches[slot_of(trail->base, at >> 1)] = pair;
    }
}

/* Stretches between the newest and this one had no samples. */
static void reach(struct plumb_trail *trail, int64_t index)
{
    int64_t from = index - trail->newest > PLUMB_TRAIL_N ? index - PLUMB_TRAIL_N : trail->newest;
    for (int64_t at = from + 1; at <= index; at++)
        trail->stretches[slot_of(trail->base, at)] = (struct plumb_stretch){.index = at};
    trail->newest = index;
    if (index - trail->oldest >= PLUMB_TRAIL_N)
        trail->oldest = index - PLUMB_TRAIL_N + 1;
}

static struct plumb_stretch *stretch_for(struct plumb_trail *trail, double t_s)
{
    int64_t index = plumb_trail_index(trail, t_s);
    if (trail->newest < trail->oldest) {
        trail->base = trail->oldest = index;
        trail->newest = index - 1;
    }
    while (trail->kind == PLUMB_TRAIL_WHOLE && index - trail->oldest >= PLUMB_TRAIL_N) {
        halve(trail);
        index = plumb_trail_index(trail, t_s);
    }
    if (index > trail->newest)
        reach(trail, index);
    return &trail->stretches[slot_of(trail->base, index)];
}

void plumb_trail_push(struct plumb_trail *trail, double t_s, double value, enum plumb_zone zone)
{
    if (!isfinite(t_s) || !isfinite(value) || fabs(t_s) > FARTHEST_S || t_s <= trail->newest_s)
        return;
    struct plumb_stretch *stretch = stretch_for(trail, t_s);
    struct plumb_stretch one = {t_s, value, t_s, value, t_s, t_s, stretch->index, 0, 1};
    one.zones = (unsigned char)(1u << (zone <= PLUMB_RED ? zone : PLUMB_OFF));
    join(stretch, &one);
    trail->newest_s = t_s;
}

int plumb_trail_merged(
    const struct plumb_trail *trail, int64_t first, int64_t n, struct plumb_stretch *merged)
{
    int64_t from = first > trail->oldest ? first : trail->oldest;
    int64_t end = first + n <= trail->newest ? first + n : trail->newest + 1;
    *merged = (struct plumb_stretch){.index = first};
    for (int64_t at = from; at < end; at++)
        join(merged, &trail->stretches[slot_of(trail->base, at)]);
    return merged->filled;
}

enum plumb_zone plumb_stretch_worst(const struct plumb_stretch *stretch)
{
    for (int zone = PLUMB_RED; zone > PLUMB_OFF; zone--)
        if (stretch->zones >> zone & 1u)
            return (enum plumb_zone)zone;
    return PLUMB_OFF;
}
