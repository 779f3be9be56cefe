/* The last weeks' seconds in the zone against what is asked. Weeks begin on Monday, local time as recorded.
 */
#include <math.h>

#include "../../core/programme.h"
#include "page_fill_parts.h"
#include "when_words.h"

static void begin_bars(struct plumb_page_fill *fill, int64_t last_monday)
{
    for (int i = 0; i < PLUMB_PAGE_WEEKS_N; i++) {
        char label[PLUMB_WHEN_ROOM];
        plumb_when_day_short(label, fill->page.tongue, last_monday - 7 * (PLUMB_PAGE_WEEKS_N - 1 - i));
        fill->bars[i] = (struct plumb_page_bar){.label = fill_keep(fill, label)};
    }
}

/* Adds a session to its week. 1 where that week is shown. */
static int add_session(struct plumb_page_fill *fill, const struct plumb_page_past *past, int64_t last_monday)
{
    int64_t monday = plumb_when_monday(plumb_when_day(past->begun_utc_us, past->utc_offset_s));
    int64_t i = PLUMB_PAGE_WEEKS_N - 1 - (last_monday - monday) / 7;
    if (i < 0 || i >= PLUMB_PAGE_WEEKS_N)
        return 0;
    for (int side = 0; side < 2; side++)
        if (isfinite(past->in_zone_s[side]))
            fill->bars[i].in_zone_s[side] += past->in_zone_s[side];
    return 1;
}

static void
side_words(struct plumb_page_bars *weeks, const struct plumb_tongue *tongue, const struct plumb_page_ask *ask)
{
    int has[2] = {0, 0};
    for (size_t i = 0; i < ask->past_n; i++)
        for (int side = 0; side < 2; side++)
            has[side] |= isfinite(ask->past[i].in_zone_s[side]);
    if (at_once(ask->dossier)) {
        weeks->side_word[has[1] && !has[0]] = plumb_said(tongue, "Both sides");
        return;
    }
    weeks->side_word[0] = has[0] ? plumb_said(tongue, "Left") : NULL;
    weeks->side_word[1] = has[1] ? plumb_said(tongue, "Right") : NULL;
}

void fill_weeks(struct plumb_page_fill *fill, const struct plumb_page_ask *ask)
{
    const struct plumb_dossier *dossier = ask->dossier;
    struct plumb_page_bars *weeks = &fill->page.weeks;
    double week_s = plumb_programme_week_s(&dossier->exercise);
    int64_t last_monday = plumb_when_monday(plumb_when_day(dossier->begun_utc_us, dossier->utc_offset_s));
    if (ask->past_n == 0 || !dossier->begun_utc_us)
        return;
    begin_bars(fill, last_monday);
    for (size_t i = 0; i < ask->past_n; i++)
        add_session(fill, &ask->past[i], last_monday);
    side_words(weeks, fill->page.tongue, ask);
    weeks->heading = plumb_said(fill->page.tongue, "In the zone, week by week");
    weeks->bars = fill->bars;
    weeks->bars_n = weeks->side_word[0] || weeks->side_word[1] ? PLUMB_PAGE_WEEKS_N : 0;
    if (week_s > 0) {
        weeks->asked_s = week_s;
        struct figure_text asked = seconds_text(fill, week_s);
        weeks->asked = at_once(dossier) ? fill_say(fill, "asked: %s a week", asked.text)
                                        : fill_say(fill, "asked: %s a week and side", asked.text);
    }
}
