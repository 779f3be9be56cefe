/* With what, within which limits, how sure: the list of facts. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../core/said.h"
#include "../../core/units.h"
#include "calib_said.h"
#include "doubt_words.h"
#include "page_fill_parts.h"

/* The two lists. */
enum { BODY, WITH };

/* The name is put into the tongue here; the text is in it already. */
static void add(struct plumb_page_fill *fill, int which, const char *name, const char *text)
{
    const struct plumb_tongue *tongue = fill->page.tongue;
    struct plumb_page_list *list = &fill->page.lists[which];
    list->heading =
        which == BODY ? plumb_said(tongue, "The body") : plumb_said(tongue, "With what, and how sure");
    list->facts = fill->facts[which];
    if (list->n < sizeof fill->facts[which] / sizeof *fill->facts[which])
        fill->facts[which][list->n++] = (struct plumb_page_fact){plumb_said(tongue, name), text};
}

static const char *const AT_ROLE[PLUMB_ROLES_N] = {
    [PLUMB_PELVIS] = PLUMB_SAID("%s at the pelvis"),
    [PLUMB_LUMBAR] = PLUMB_SAID("%s at the lower back"),
    [PLUMB_THIGH] = PLUMB_SAID("%s at the thigh")};

static size_t
say_sensor(char *out, size_t room, const struct plumb_tongue *tongue, const char *chip, int role)
{
    int n =
        snprintf(out, room, plumb_said(tongue, AT_ROLE[role]), chip[0] ? chip : plumb_said(tongue, "sensor"));
    return n > 0 && (size_t)n < room ? (size_t)n : 0;
}

/* "MPU-6050 at the pelvis, MPU-6050 at the lower back; clip 0000002A" */
static void sensors(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_dossier_device *device = &dossier->device;
    char text[PLUMB_PAGE_TEXT_N] = "";
    size_t n = 0;
    for (int role = 0; role < PLUMB_ROLES_N; role++)
        if (dossier->roles >> role & 1u && n < sizeof text - 100) {
            n += (size_t)snprintf(text + n, sizeof text - n, "%s", n ? ", " : "");
            n += say_sensor(text + n, sizeof text - n, fill->page.tongue, device->sensor[role], role);
        }
    if (n < sizeof text - 100 && device->serial[0])
        n += (size_t)snprintf(
            text + n, sizeof text - n, plumb_said(fill->page.tongue, "; clip %s"), device->serial);
    if (n < sizeof text - 100 && device->board[0])
        snprintf(text + n, sizeof text - n, ", %s", device->board);
    add(fill, WITH, PLUMB_SAID("Sensor"),
        text[0] ? fill_keep(fill, text) : plumb_said(fill->page.tongue, "none"));
}

static void calibration(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const char *words = dossier->device.calibration[PLUMB_PELVIS];
    char text[PLUMB_PAGE_TEXT_N];
    add(fill, WITH, PLUMB_SAID("Calibration"),
        words[0]      ? fill_keep(fill, plumb_calib_said(text, sizeof text, words, fill->page.tongue))
        : dossier->id ? plumb_said(fill->page.tongue, "none")
                      : plumb_said(fill->page.tongue, "not said by the recording"));
}

static const char *doubts_of(struct plumb_page_fill *fill, unsigned doubts)
{
    for (unsigned bit = 1; bit < 1u << PLUMB_DOUBTS_N; bit <<= 1)
        if (doubts & bit)
            return plumb_said(fill->page.tongue, plumb_doubt_words(bit));
    return "";
}

static void alignment(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    static const char *const from[] = {
        [PLUMB_FROM_MARKERS] = PLUMB_SAID("from the wearer's tilts"),
        [PLUMB_FROM_SEARCH] = PLUMB_SAID("from tilts found in the recording"),
        [PLUMB_FROM_NOTHING] = PLUMB_SAID("assumed, as the manual shows the clip"),
    };
    const struct plumb_mount *mount = &dossier->mount[PLUMB_PELVIS];
    int good = mount->quality == PLUMB_MOUNT_GOOD, measured = mount->method == PLUMB_MOUNT_FUNCTIONAL;
    const struct plumb_tongue *tongue = fill->page.tongue;
    const char *share =
        measured ? fill_say(fill, ", %s %% about one axis", number_text(fill, 100 * mount->explained, 0).text)
                 : "";
    const char *doubt = good ? "" : doubts_of(fill, mount->doubts);
    const char *how = plumb_said(tongue, from[measured ? dossier->mount_from : PLUMB_FROM_NOTHING]);
    char text[PLUMB_PAGE_TEXT_N];
    snprintf(
        text, sizeof text, "%s, %s%s%s%s",
        good ? plumb_said(tongue, "good") : plumb_said(tongue, "approximate"), how, share,
        doubt[0] ? "; " : "", doubt);
    add(fill, WITH, PLUMB_SAID("Alignment"), fill_keep(fill, text));
}

static void neutral(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    static const char *const from[] = {
        [PLUMB_FROM_MARKERS] = PLUMB_SAID("captured in the start pose over %s"),
        [PLUMB_FROM_SEARCH] = PLUMB_SAID("first stillness of the recording, %s"),
        [PLUMB_FROM_NOTHING] = PLUMB_SAID("no stillness was found: the first %s"),
    };
    double long_s = dossier->neutral.end_s - dossier->neutral.start_s;
    char text[PLUMB_PAGE_TEXT_N];
    snprintf(
        text, sizeof text, plumb_said(fill->page.tongue, from[dossier->neutral_from]),
        seconds_text(fill, long_s).text);
    add(fill, BODY, PLUMB_SAID("Neutral"), fill_keep(fill, text));
}

/* "in zone within ±3.0°, out beyond +5.0° for 0.7 s or +8.0° at once, back below +3.5° for 0.5 s..." */
static const char *
limits_of(struct plumb_page_fill *fill, const struct plumb_dossier *dossier, enum plumb_side side)
{
    struct plumb_trace_limits limits;
    struct plumb_trace_chart none;
    plumb_trace_chart_init(&none);
    limits = none.limits;
    plumb_trace_fill_limits(&limits, dossier, side);
    int wide = fabs(limits.green_deg - limits.breath_pp_deg - 1) < 0.05;
    const char *zone = fill_say(
        fill,
        wide ? PLUMB_SAID("in zone within \u00b1%s (widened by breathing)")
             : PLUMB_SAID("in zone within \u00b1%s"),
        degrees_text(fill, limits.green_deg, 0).text);
    const char *back =
        isfinite(limits.posterior_deg)
            ? fill_say(fill, "; far back beyond %s", degrees_text(fill, limits.posterior_deg, 1).text)
            : "";
    const char *turn =
        isfinite(limits.turn_red_deg)
            ? fill_say(fill, "; turning beyond \u00b1%s", degrees_text(fill, limits.turn_red_deg, 0).text)
            : "";
    return fill_say(
        fill, "%s; out beyond %s for %s, or %s at once; back below %s for %s%s%s", zone,
        degrees_text(fill, limits.red_deg, 1).text, seconds_text(fill, limits.delay_s).text,
        degrees_text(fill, limits.immediate_deg, 1).text, degrees_text(fill, limits.release_deg, 1).text,
        seconds_text(fill, limits.release_s).text, back, turn);
}

static void limits(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_thresholds *both = dossier->thresholds;
    const char **lines = fill->page.limits;
    if (!dossier->exercise.judged) {
        lines[0] = plumb_said(
            fill->page.tongue, "Limits in force: none, this exercise is counted and never judged.");
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
                                   number_text(fill, neutral->breath_per_min, 1).text,
                                   degrees_text(fill, neutral->breath_pp_rad * PLUMB_DEG_PER_RAD, 0).text)
                             : plumb_said(fill->page.tongue, "not seen at neutral");
    add(fill, BODY, PLUMB_SAID("Breathing"), breath);
    if (isfinite(dossier->tremor_rad))
        add(fill, BODY, PLUMB_SAID("Tremor"),
            fill_say(
                fill, "%s\u00b0 rms within the holds",
                number_text(fill, dossier->tremor_rad * PLUMB_DEG_PER_RAD, 2).text));
}

/* Said in every page that judges arching; never "measured" without the second sensor. */
static void arching(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    if (!(dossier->exercise.judges >> PLUMB_LUMBAR_ARCH & 1u))
        return;
    const struct plumb_tongue *tongue = fill->page.tongue;
    add(fill, BODY, PLUMB_SAID("Arching"),
        dossier->roles >> PLUMB_LUMBAR & 1u
            ? plumb_said(tongue, "of the lower back: measured, second sensor")
            : plumb_said(tongue, "of the lower back: inferred from the pelvis, not measured"));
}

static void in_doubt(struct plumb_page_fill *fill, const struct plumb_dossier *dossier)
{
    const struct plumb_quality *quality = &dossier->quality;
    char text[PLUMB_PAGE_TEXT_N];
    plumb_page_doubt_say(text, sizeof text, &fill->doubt, fill->page.tongue);
    if (dossier->holds_n > 0)
        add(fill, WITH, PLUMB_SAID("In doubt"), fill_keep(fill, text));
    snprintf(
        text, sizeof text,
        plumb_said_of(
            fill->page.tongue, "%zu at %s Hz, %s lost in %zu gap", "%zu at %s Hz, %s lost in %zu gaps",
            quality->gaps_n),
        quality->samples_n, number_text(fill, quality->rate_hz, 1).text,
        seconds_text(fill, quality->lost_s).text, quality->gaps_n);
    add(fill, WITH, PLUMB_SAID("Samples"), fill_keep(fill, text));
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
