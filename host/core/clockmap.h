/* The device's clock: its microseconds, laid end to end over resets, and mapped to the host's.
 *
 * A byte can only be late, never early: host minus device is at least the true offset. The smallest
 * difference of each second (its lower envelope) is kept and a line fitted through the last of them, so that
 * stalls of the link do not bend the map (INTEROP, part C: halves the bias of a mean).
 */
#ifndef PLUMB_CLOCKMAP_H
#define PLUMB_CLOCKMAP_H

#include <stdint.h>

#define PLUMB_CLOCKMAP_BINS 32

struct plumb_clockmap {
    uint32_t segment;    /* of the link: counts the device's resets */
    int segments_n;      /* 1 after the first sample, one more at each reset */
    int64_t last_raw_us; /* within the segment */
    int64_t last_host_us;
    int64_t dev_us;       /* time of the last sample, continuous over segments */
    int64_t bin_start_us; /* device time at which the current bin began */
    struct {
        int64_t dev_us, late_us; /* device time and host - device of the least late sample of the bin */
    } bins[PLUMB_CLOCKMAP_BINS];
    int bins_n, bin_at;
    double offset_us, drift, anchor_us; /* host = dev + offset + drift * (dev - anchor) */
};

enum plumb_clockmap_step { PLUMB_CLOCK_NEXT, PLUMB_CLOCK_RESET, PLUMB_CLOCK_BACKWARD };

/* The stamp of a sample within its segment of the link and when its last byte arrived. Says whether it
 * follows, begins a segment (session time then goes on by what the host saw pass), or does not rise
 * (ignored). */
enum plumb_clockmap_step
plumb_clockmap_push(struct plumb_clockmap *map, uint32_t segment, int64_t raw_us, int64_t host_us);

/* Session time of the last sample: device seconds, continuous over segments. */
double plumb_clockmap_t_s(const struct plumb_clockmap *map);

/* The host's microseconds at which the sample of device time t_s left the device, as far as the envelope
 * knows. */
int64_t plumb_clockmap_host_us(const struct plumb_clockmap *map, double t_s);

#endif
