/* With what, within which limits, how sure: the list of facts. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../core/units.h"
#include "doubt_words.h"
#include "page_fill_parts.h"

/* The two lists. */
enum { BODY, WITH };

static void add(struct plumb_page_fill *fill, int which, const char *name, const char *text)
{
    struct plumb_page_list *list = &fill->page.lists[which];
    list->heading = which == BODY ? "The body" : "With what, and how sure";
    list->facts = fill->facts[which];
    if (list->n < sizeof fill->facts[which] / sizeof *fill->facts[which])
        fill->facts[which][list->n++] = (struct plumb_page_fact){name, text};
}

static const char *const ROLE_WORDS[PLUMB_ROLES_N] = {
    [PLUMB_PELVIS] = "pelvis", [PLUMB_LUMBAR] = "lower back", [PLUMB_THIGH] = "thigh"};

/* "MPU-6050 at the pelvis, MPU-6050 at the lower back; clip 0000002A" */
static void sensors(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_dossier_device *device = &dossier->device;
    char text[PLUMB_PAGE_TEXT_N] = "";
    size_t n = 0;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (dossier->roles >> role & 1u && n < sizeof text - 100)
            n += (size_t)snprintf(
                text + n, sizeof text - n, "%s%s at the %s", n ? ", " : "",
                device->sensor[role][0] ? device->sensor[role] : "sensor", ROLE_WORDS[role]);
    if (n < sizeof text - 100 && device->serial[0])
        n += (size_t)snprintf(text + n, sizeof text - n, "; clip %s", device->serial);
    if (n < sizeof text - 100 && device->board[0])
        snprintf(text + n, sizeof text - n, ", %s", device->board);
    add(fill, WITH, "Sensor", fill_say(fill, "%s", text[0] ? text : "none"));
}

static void calibration(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const char *words = dossier->device.calibration[PLUMB_PELVIS];
    add(fill, WITH, "Calibration",
        fill_say(
            fill, "%s",
            words[0]      ? words
            : dossier->id ? "none"
                          : "not said by the recording"));
}

static const char *doubts_of(struct plumb_page_fill *fill, unsigned doubts)
{
    for (unsigned bit = 1; bit < 1u << PLUMB_DOUBTS_N; bit <<= 1)
        if (doubts & bit)
            return fill_say(fill, "; %s", plumb_doubt_words(bit));
    return "";
}

static void alignment(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    static const char *const from[] = {
        [PLUMB_FROM_MARKERS] = "from the wearer's tilts",
        [PLUMB_FROM_SEARCH] = "from tilts found in the recording",
        [PLUMB_FROM_NOTHING] = "assumed, as the manual shows the clip",
    };
    const struct plumb_mount *mount = &dossier->mount[PLUMB_PELVIS];
    int good = mount->quality == PLUMB_MOUNT_GOOD, measured = mount->method == PLUMB_MOUNT_FUNCTIONAL;
    const char *share =
        measured ? fill_say(fill, ", %s %% about one axis", number_text(100 * mount->explained, 0).text) : "";
    add(fill, WITH, "Alignment",
        fill_say(
            fill, "%s, %s%s%s", good ? "good" : "approximate",
            from[measured ? dossier->mount_from : PLUMB_FROM_NOTHING], share,
            good ? "" : doubts_of(fill, mount->doubts)));
}

static void neutral(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    static const char *const from[] = {
        [PLUMB_FROM_MARKERS] = "captured in the start pose over",
        [PLUMB_FROM_SEARCH] = "first stillness of the recording,",
        [PLUMB_FROM_NOTHING] = "no stillness was found: the first",
    };
    double long_s = dossier->neutral.end_s - dossier->neutral.start_s;
    add(fill, BODY, "Neutral",
        fill_say(fill, "%s %s", from[dossier->neutral_from], seconds_text(long_s).text));
}

/* "in zone within ±3.0°, out beyond +5.0° for 0.7 s or +8.0° at once, back below +3.5° for 0.5 s..." */
static const char *
limits_of(struct plumb_page_fill *fill, const struct plumb_dossier *dossier, enum plumb_side side)
{
    struct plumb_trace_limits limits;
    struct plumb_trace_chart none;
    char text[PLUMB_PAGE_TEXT_N];
    plumb_trace_chart_init(&none);
    limits = none.limits;
    plumb_trace_fill_limits(&limits, dossier, side);
    int wide = fabs(limits.green_deg - limits.breath_pp_deg - 1) < 0.05;
    int n = snprintf(
        text, sizeof text,
        "in zone within " PM "%s%s; out beyond %s for %s, or %s at once; back below %s for %s",
        degrees_text(limits.green_deg, 0).text, wide ? " (widened by breathing)" : "",
        degrees_text(limits.red_deg, 1).text, seconds_text(limits.delay_s).text,
        degrees_text(limits.immediate_deg, 1).text, degrees_text(limits.release_deg, 1).text,
        seconds_text(limits.release_s).text);
    if (isfinite(limits.posterior_deg) && n > 0 && (size_t)n < sizeof text)
        n += snprintf(
            text + n, sizeof text - (size_t)n, "; far back beyond %s",
            degrees_text(limits.posterior_deg, 1).text);
    if (isfinite(limits.turn_red_deg) && n > 0 && (size_t)n < sizeof text)
        snprintf(
            text + n, sizeof text - (size_t)n, "; turning beyond " PM "%s",
            degrees_text(limits.turn_red_deg, 0).text);
    return fill_say(fill, "%s", text);
}

static void limits(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_thresholds *both = dossier->thresholds;
    const char **lines = fill->page.limits;
    if (!dossier->exercise.judged) {
        lines[0] = "Limits in force: none, this exercise is counted and never judged.";
        return;
    }
    if (!dossier->both_sides || memcmp(&both[0], &both[1], sizeof both[0]) == 0) {
        lines[0] = fill_say(fill, "Limits in force: %s.", limits_of(fill, dossier, dossier->side));
        return;
    }
    lines[0] = fill_say(fill, "Limits in force, left: %s.", limits_of(fill, dossier, PLUMB_LEFT));
    lines[1] = fill_say(fill, "Limits in force, right: %s.", limits_of(fill, dossier, PLUMB_RIGHT));
}

static void breathing(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_neutral *neutral = &dossier->neutral;
    const char *breath = neutral->breath_per_min > 0
                             ? fill_say(
                                   fill, "%s a minute, %s peak to peak at neutral",
                                   number_text(neutral->breath_per_min, 1).text,
                                   degrees_text(neutral->breath_pp_rad * PLUMB_DEG_PER_RAD, 0).text)
                             : "not seen at neutral";
    add(fill, BODY, "Breathing", breath);
    if (isfinite(dossier->tremor_rad))
        add(fill, BODY, "Tremor",
            fill_say(
                fill, "%s" DEG " rms within the holds",
                number_text(dossier->tremor_rad * PLUMB_DEG_PER_RAD, 2).text));
}

/* Said in every page that judges arching; never "measured" without the second sensor. */
static void arching(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    if (!(dossier->exercise.judges >> PLUMB_LUMBAR_ARCH & 1u))
        return;
    add(fill, BODY, "Arching",
        dossier->roles >> PLUMB_LUMBAR & 1u ? "of the lower back: measured, second sensor"
                                            : "of the lower back: inferred from the pelvis, not measured");
}

static void in_doubt(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_quality *quality = &dossier->quality;
    char text[PLUMB_PAGE_TEXT_N];
    plumb_page_doubt_say(text, sizeof text, &fill->doubt);
    if (dossier->holds_n > 0)
        add(fill, WITH, "In doubt", fill_say(fill, "%s", text));
    add(fill, WITH, "Samples",
        fill_say(
            fill, "%zu at %s Hz, %s lost in %zu gap%s", quality->samples_n,
            number_text(quality->rate_hz, 1).text, seconds_text(quality->lost_s).text, quality->gaps_n,
            quality->gaps_n == 1 ? "" : "s"));
}

void fill_facts(struct plumb_page_fill *fill, const struct plumb_page_ask *ask)
{
    const struct plumb_dossier *dossier = ask->dossier;
    limits(fill, dossier);
    neutral(fill, dossier);
    breathing(fill, dossier);
    arching(fill, dossier);
    sensors(fill, dossier);
    calibration(fill, dossier);
    alignment(fill, dossier);
    in_doubt(fill, dossier);
}
