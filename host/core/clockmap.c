#include "clockmap.h"

#include "units.h"

#define BIN_US       PLUMB_US_PER_S
#define DRIFT_BINS_N 8    /* bins before a drift is believed */
#define DRIFT_MOST   0.02 /* an AVR's resonator is within 1 %; twice that is another kind of trouble */

static void envelope_reset(struct plumb_clockmap *map, int64_t late_us)
{
    map->bins_n = 0;
    map->bin_at = 0;
    map->bin_start_us = map->dev_us;
    map->offset_us = (double)late_us;
    map->drift = 0;
    map->anchor_us = (double)map->dev_us;
}

/* The least-squares line through the bins, moved down onto the lowest of them. */
static void envelope_fit(struct plumb_clockmap *map)
{
    double n = map->bins_n, sum_x = 0, sum_y = 0, sum_xx = 0, sum_xy = 0;
    int64_t x0 = map->bins[0].dev_us, y0 = map->bins[0].late_us;
    for (int i = 0; i < map->bins_n; i++) {
        double x = (double)(map->bins[i].dev_us - x0), y = (double)(map->bins[i].late_us - y0);
        sum_x += x, sum_y += y, sum_xx += x * x, sum_xy += x * y;
    }
    double spread = sum_xx - sum_x * sum_x / n;
    double drift = map->bins_n >= DRIFT_BINS_N && spread > 0 ? (sum_xy - sum_x * sum_y / n) / spread : 0;
    map->drift = drift > DRIFT_MOST ? DRIFT_MOST : drift < -DRIFT_MOST ? -DRIFT_MOST : drift;
    map->anchor_us = (double)x0;
    map->offset_us = (double)map->bins[0].late_us;
    for (int i = 0; i < map->bins_n; i++) {
        double line = map->drift * (double)(map->bins[i].dev_us - x0);
        double least = (double)map->bins[i].late_us - line;
        map->offset_us = least < map->offset_us ? least : map->offset_us;
    }
}

static void envelope_push(struct plumb_clockmap *map, int64_t late_us)
{
    int fresh = map->bins_n == 0 || map->dev_us - map->bin_start_us >= BIN_US;
    if (fresh && map->bins_n > 0) {
        map->bin_at = (map->bin_at + 1) % PLUMB_CLOCKMAP_BINS;
        map->bin_start_us = map->dev_us;
    }
    if (fresh && map->bins_n < PLUMB_CLOCKMAP_BINS)
        map->bins_n++;
    if (fresh || late_us < map->bins[map->bin_at].late_us) {
        map->bins[map->bin_at].dev_us = map->dev_us;
        map->bins[map->bin_at].late_us = late_us;
        envelope_fit(map);
    }
}

static void begin_segment(struct plumb_clockmap *map, uint32_t segment, int64_t raw_us, int64_t host_us)
{
    int64_t passed_us = host_us - map->last_host_us;
    map->dev_us = map->segments_n ? map->dev_us + (passed_us > 1 ? passed_us : 1) : raw_us;
    map->segment = segment;
    map->segments_n++;
    envelope_reset(map, host_us - map->dev_us);
}

enum plumb_clockmap_step
plumb_clockmap_push(struct plumb_clockmap *map, uint32_t segment, int64_t raw_us, int64_t host_us)
{
    enum plumb_clockmap_step step = PLUMB_CLOCK_NEXT;
    if (!map->segments_n || segment != map->segment) {
        step = map->segments_n ? PLUMB_CLOCK_RESET : PLUMB_CLOCK_NEXT;
        begin_segment(map, segment, raw_us, host_us);
    } else if (raw_us <= map->last_raw_us) {
        return PLUMB_CLOCK_BACKWARD;
    } else {
        map->dev_us += raw_us - map->last_raw_us;
    }
    map->last_raw_us = raw_us;
    map->last_host_us = host_us;
    envelope_push(map, host_us - map->dev_us);
    return step;
}

double plumb_clockmap_t_s(const struct plumb_clockmap *map)
{
    return (double)map->dev_us / PLUMB_US_PER_S;
}

int64_t plumb_clockmap_host_us(const struct plumb_clockmap *map, double t_s)
{
    double dev_us = t_s * PLUMB_US_PER_S;
    return (int64_t)(dev_us + map->offset_us + map->drift * (dev_us - map->anchor_us));
}
