#include "json_spectrum.h"

#include <jansson.h>
#include <math.h>
#include <stdio.h>

#include "../core/units.h"
#include "text_number.h"

#define DIGITS 6 /* significant ones: noise is not known better */

/* The list is a JSON array under a name of its own. */
static json_t *array_of(struct plumb_json_list *list)
{
    return (json_t *)list;
}

struct plumb_json_list *plumb_json_list_new(void)
{
    return (struct plumb_json_list *)json_array();
}

void plumb_json_list_print(struct plumb_json_list *list)
{
    if (!list)
        return;
    json_dumpf(array_of(list), stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(DIGITS));
    putchar('\n');
    json_decref(array_of(list));
}

static json_t *number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

/* A CSV field with its comma before it; empty where nothing is known. */
static void put_field(double value, int decimals)
{
    char text[PLUMB_TEXT_NUMBER_N];
    plumb_text_fixed(text, value, decimals);
    printf(",%s", text);
}

void plumb_json_rhythm(struct plumb_json_list *list, double t_s, const struct plumb_rhythm_found *found)
{
    const struct plumb_breath *breath = &found->breath;
    double per_min = breath->per_min > 0 ? breath->per_min : NAN, pp_deg = breath->pp_rad * PLUMB_DEG_PER_RAD;
    double tremor_deg = found->tremor_rms_rad * PLUMB_DEG_PER_RAD;
    pp_deg = breath->per_min > 0 ? pp_deg : NAN;
    if (list) {
        json_array_append_new(
            array_of(list), json_pack(
                                "{s:o, s:o, s:o, s:o, s:o}", "t_s", number(t_s), "breath_per_min",
                                number(per_min), "breath_pp_deg", number(pp_deg), "tremor_rms_deg",
                                number(tremor_deg), "tremor_peak_hz", number(found->tremor_peak_hz)));
        return;
    }
    printf("%.3f", t_s);
    put_field(per_min, 2);
    put_field(pp_deg, 3);
    put_field(tremor_deg, 4);
    put_field(found->tremor_peak_hz, 2);
    putchar('\n');
}

/* The same with six digits whatever the size. */
static void put_small(double value)
{
    if (isfinite(value))
        printf(",%.*g", DIGITS, value);
    else
        putchar(',');
}

static void put_allan(const char *axis, double density, double instability, double tau_s, double deviation)
{
    fputs(axis, stdout);
    put_small(density);
    put_small(instability);
    put_small(tau_s);
    put_small(deviation);
    putchar('\n');
}

void plumb_json_allan(struct plumb_json_list *list, const char *axis, const struct plumb_allan *allan)
{
    double density = plumb_allan_density(allan), instability = plumb_allan_instability(allan);
    json_t *times = json_array(), *deviations = json_array();
    for (int level = 0; level < PLUMB_ALLAN_LEVELS_N && isfinite(plumb_allan_deviation(allan, level));
         level++) {
        double tau_s = plumb_allan_tau_s(allan, level), deviation = plumb_allan_deviation(allan, level);
        json_array_append_new(times, number(tau_s));
        json_array_append_new(deviations, number(deviation));
        if (!list)
            put_allan(axis, density, instability, tau_s, deviation);
    }
    if (list)
        json_array_append_new(
            array_of(list),
            json_pack(
                "{s:s, s:o, s:o, s:O, s:O}", "axis", axis, "density_per_rthz", number(density), "instability",
                number(instability), "tau_s", times, "allan_deviation", deviations));
    json_decref(times);
    json_decref(deviations);
}
