#include "json_analysis.h"

#include <jansson.h>
#include <math.h>

#include "../core/units.h"

#define DIGITS 12 /* of the numbers: a microsecond in a day's recording */

static json_t *number(double value)
{
    return isfinite(value) ? json_real(round(value * 1e6) / 1e6) : json_null();
}

static json_t *angle(double value_rad)
{
    return number(round(value_rad * PLUMB_DEG_PER_RAD * 1e3) / 1e3);
}

static json_t *mount_json(const struct plumb_mount *mount)
{
    struct plumb_vec3 axis = mount->ml_axis_s;
    return json_pack(
        "{s:s, s:[o,o,o], s:o, s:s}", "method",
        mount->method == PLUMB_MOUNT_FUNCTIONAL ? "functional" : "assumed", "ml_axis", number(axis.x),
        number(axis.y), number(axis.z), "explained", number(mount->explained), "quality",
        mount->quality == PLUMB_MOUNT_GOOD ? "good" : "approximate");
}

static json_t *neutral_json(const struct plumb_neutral *neutral)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o}", "start_s", number(neutral->start_s), "end_s", number(neutral->end_s),
        "breath_pp_deg", angle(neutral->breath_pp_rad), "breath_per_min", number(neutral->breath_per_min));
}

static json_t *thresholds_json(const struct plumb_thresholds *thresholds)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:o, s:o}", "amber_deg", angle(thresholds->amber_rad), "red_deg",
        angle(thresholds->red_rad), "delay_s", number(thresholds->delay_s), "release_deg",
        angle(thresholds->release_rad), "release_s", number(thresholds->release_s), "immediate_deg",
        angle(thresholds->immediate_rad));
}

static json_t *flag_json(const struct plumb_flag *flag)
{
    return json_pack(
        "{s:s, s:s, s:o, s:o, s:o, s:o}", "kind", plumb_flag_name(flag->kind), "basis",
        plumb_basis_name(flag->basis), "onset_s", number(flag->onset_s), "start_s", number(flag->start_s),
        "end_s", number(flag->end_s), "peak_deg", angle(flag->peak_rad));
}

static json_t *hold_json(const struct plumb_hold *hold)
{
    return json_pack(
        "{s:o, s:o, s:o, s:o, s:i, s:o}", "start_s", number(hold->start_s), "end_s", number(hold->end_s),
        "elapsed_s", number(plumb_hold_elapsed_s(hold)), "in_zone_s", number(hold->in_zone_s), "excursions",
        hold->excursions, "worst_deg", angle(hold->worst_rad));
}

static json_t *quality_json(const struct plumb_quality *quality)
{
    return json_pack(
        "{s:I, s:I, s:o, s:o, s:o}", "samples", (json_int_t)quality->samples_n, "gaps",
        (json_int_t)quality->gaps_n, "lost_s", number(quality->lost_s), "rate_hz", number(quality->rate_hz),
        "rest_fraction", number(quality->rest_fraction));
}

static json_t *flags_json(const struct plumb_dossier *dossier)
{
    json_t *list = json_array();
    for (size_t i = 0; i < dossier->flags_n; i++)
        json_array_append_new(list, flag_json(&dossier->flags[i]));
    return list;
}

static json_t *holds_json(const struct plumb_dossier *dossier)
{
    json_t *list = json_array();
    for (size_t i = 0; i < dossier->holds_n; i++)
        json_array_append_new(list, hold_json(&dossier->holds[i].hold));
    return list;
}

char *plumb_json_analysis(const struct plumb_dossier *dossier)
{
    json_t *document = json_pack(
        "{s:s, s:s, s:s, s:o, s:o, s:o, s:o, s:o, s:o}", "schema", "plumb-analysis/1", "exercise",
        dossier->exercise.id, "side", plumb_side_name(dossier->side), "mount",
        mount_json(&dossier->mount[PLUMB_PELVIS]), "neutral", neutral_json(&dossier->neutral), "thresholds",
        thresholds_json(&dossier->thresholds[dossier->side]), "flags", flags_json(dossier), "holds",
        holds_json(dossier), "quality", quality_json(&dossier->quality));
    char *text = document ? json_dumps(document, JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS)) : NULL;
    json_decref(document);
    return text;
}
