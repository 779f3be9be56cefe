/* What is told after a session. */
#include <stdio.h>

#include "live_shell.h"

/* What a clean hold has earned; the rest is asked, never decided (EXERCISES, "Rules over a programme"). */
static void tell_earned(const struct plumb_live *live)
{
    const struct plumb_exercise *exercise = &live->exercise;
    const int *clean_n = live->session.clean_n;
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++)
        if (clean_n[side] && exercise->weight.where[0])
            printf(
                "%s side: a full clean hold. A weight on the %s, %.1f to %.1f kg, may be tried.\n",
                plumb_side_name((enum plumb_side)side), exercise->weight.where, exercise->weight.from_kg,
                exercise->weight.to_kg);
    if (exercise->next_id[0] && clean_n[PLUMB_LEFT] && clean_n[PLUMB_RIGHT])
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
