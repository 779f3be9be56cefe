/* What is told after a session. */
#include <stdio.h>

#include "live_shell.h"

/* What is on record and was done now, together: a weight waits for a full clean hold of the same exercise and
 * side; progression is measured on both sides, and the rest is asked, never decided (EXERCISES, "Rules over a
 * programme"). */
static void tell_weight(const struct plumb_live *live, enum plumb_side side)
{
    const struct plumb_added_weight *weight = &live->exercise.weight;
    int now = live->session.clean_n[side] > 0;
    if (!weight->where[0] || !(now || live->past.weight_known[side]))
        return;
    printf(
        "%s side: a full clean hold%s. A weight on the %s, %.1f to %.1f kg, may be tried.\n",
        plumb_side_name(side), now ? "" : " is on record", weight->where, weight->from_kg, weight->to_kg);
}

static void tell_locked(const struct plumb_live *live, enum plumb_side side)
{
    int done = live->session.sides_n > 1 || live->session.side == side;
    int earned = live->session.clean_n[side] || live->past.weight_known[side];
    if (live->exercise.weight.where[0] && done && !earned)
        printf("%s side: no weight yet; it waits for a full clean hold.\n", plumb_side_name(side));
}

static void tell_earned(const struct plumb_live *live)
{
    const struct plumb_exercise *exercise = &live->exercise;
    int clean[2];
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        clean[side] = live->session.clean_n[side] || live->past.clean[side];
        tell_weight(live, (enum plumb_side)side);
        tell_locked(live, (enum plumb_side)side);
    }
    if (exercise->next_id[0] && clean[PLUMB_LEFT] && clean[PLUMB_RIGHT])
        printf("%s If so, %s comes next.\n", exercise->next_ask, exercise->next_id);
}

void plumb_live_shell_tell(const struct plumb_live *live)
{
    const struct plumb_session *session = &live->session;
    const struct plumb_link_counters *counters = &session->link.counters;
    printf(
        "%s, %s: %.1f s in the zone, %lu flags%s\n", live->exercise.name,
        session->sides_n > 1               ? "both sides"
        : live->options.side == PLUMB_LEFT ? "left side"
                                           : "right side",
        session->in_zone_s, live->flags_n, session->stopped ? ", stopped by the user" : "");
    if (live->first_hold_s > 0)
        printf("from plugging in to the first hold: %.0f s\n", live->first_hold_s);
    tell_earned(live);
    printf(
        "%llu samples, %llu bad frames, %llu samples lost (%.3f %%)\n", (unsigned long long)counters->samples,
        (unsigned long long)(counters->damaged + counters->too_long + counters->too_short),
        (unsigned long long)counters->lost, 100 * plumb_link_loss(&session->link));
    const struct plumb_recorder *recorder = &live->recorder;
    if (recorder->session)
        printf(
            "kept as session %lld: plumb sessions show %lld%s\n", (long long)recorder->session,
            (long long)recorder->session, recorder->keep_fail ? " (not whole)" : "");
    if (recorder->csv[0])
        printf("recording: %s%s\n", recorder->csv, recorder->fail ? ".part (not whole)" : "");
}
