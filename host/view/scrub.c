#include "scrub.h"

#include <math.h>

#define EDGE       0.1  /* of the window: so near to its edge the cursor takes it along */
#define JUST_S     1.0  /* while it plays: what passed less than this ago is not "before" */
#define SAME_S     1e-3 /* the cursor stands on a moment */
#define ZOOMS_MOST 24   /* from a second to a year */

static double within(double value, double low, double high)
{
    return fmax(low, fmin(high, value));
}

static double length_s(const struct plumb_scrub *scrub)
{
    return scrub->end_s - scrub->begin_s;
}

/* Keeps the window on the recording. */
static void settle(struct plumb_scrub *scrub)
{
    scrub->span_s = within(scrub->span_s, fmin(PLUMB_SCRUB_LEAST_S, length_s(scrub)), length_s(scrub));
    scrub->from_s = within(scrub->from_s, scrub->begin_s, scrub->end_s - scrub->span_s);
}

void plumb_scrub_init(struct plumb_scrub *scrub, double begin_s, double end_s)
{
    *scrub = (struct plumb_scrub){
        .begin_s = begin_s,
        .end_s = fmax(end_s, begin_s + 1),
        .from_s = begin_s,
        .span_s = PLUMB_SCRUB_SPAN_S,
        .cursor_s = begin_s,
        .speed = 1};
    settle(scrub);
}

/* Puts the cursor there and the window so that it is at least edge_s inside. */
static void put(struct plumb_scrub *scrub, double t_s, double edge_s)
{
    if (isnan(t_s))
        return;
    scrub->cursor_s = within(t_s, scrub->begin_s, scrub->end_s);
    scrub->from_s = within(scrub->from_s, scrub->cursor_s - scrub->span_s + edge_s, scrub->cursor_s - edge_s);
    settle(scrub);
}

void plumb_scrub_to(struct plumb_scrub *scrub, double t_s)
{
    put(scrub, t_s, EDGE * scrub->span_s);
}

void plumb_scrub_point(struct plumb_scrub *scrub, double t_s)
{
    put(scrub, t_s, 0);
}

void plumb_scrub_zoom(struct plumb_scrub *scrub, int steps)
{
    double share = (scrub->cursor_s - scrub->from_s) / scrub->span_s;
    scrub->span_s = ldexp(scrub->span_s, -(int)within(steps, -ZOOMS_MOST, ZOOMS_MOST));
    settle(scrub);
    scrub->from_s = scrub->cursor_s - share * scrub->span_s;
    settle(scrub);
}

void plumb_scrub_toggle(struct plumb_scrub *scrub)
{
    scrub->playing = !scrub->playing;
    if (scrub->playing && scrub->cursor_s >= scrub->end_s)
        plumb_scrub_to(scrub, scrub->begin_s);
}

int plumb_scrub_pass(struct plumb_scrub *scrub, double passed_s)
{
    if (!scrub->playing || !(passed_s > 0))
        return 0;
    plumb_scrub_to(scrub, scrub->cursor_s + passed_s * scrub->speed);
    scrub->playing = scrub->cursor_s < scrub->end_s;
    return 1;
}

double plumb_scrub_neighbour(const struct plumb_scrub *scrub, const double *moments_s, size_t n, int way)
{
    double before_s = scrub->cursor_s - (scrub->playing ? JUST_S * scrub->speed : SAME_S), found_s = NAN;
    for (size_t i = 0; i < n; i++) {
        if (way > 0 && moments_s[i] > scrub->cursor_s + SAME_S)
            return moments_s[i];
        if (way < 0 && moments_s[i] < before_s)
            found_s = moments_s[i];
    }
    return found_s;
}

size_t plumb_scrub_row(const double *t_s, size_t n, double at_s)
{
    size_t low = 0, high = n; /* rows below `low` are not after, rows from `high` are */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (t_s[middle] <= at_s)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? low - 1 : n;
}
