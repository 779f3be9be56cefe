/* The last four weeks against the four before, in one honest sentence. */
#ifndef PLUMB_TREND_SAY_H
#define PLUMB_TREND_SAY_H

#include "../../core/trend.h"
#include "../../view/tongue.h"

/* "Left, the last four weeks against the four before: no clear change." `day` is the last that counts, in the
 * days of the holds; later ones are passed over. Empty where that side has no session in the last four weeks.
 * side_words: already in the tongue. Returns `out`. */
char *plumb_trend_say(
    char *out, size_t room, const struct plumb_tongue *tongue, const char *exercise_id, enum plumb_side side,
    const char *side_words, double day, const struct plumb_past_hold *holds, size_t n);

#endif
