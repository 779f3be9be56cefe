#include "flag.h"

#include "said.h"
#include "units.h"

static const struct {
    const char *name, *words;
    int pauses;
} kinds[PLUMB_FLAGS_N] = {
    [PLUMB_ANTERIOR_ROTATION] = {"anterior_rotation", PLUMB_SAID("pelvis tipping forward"), 1},
    [PLUMB_LUMBAR_ARCH] = {"lumbar_arch", PLUMB_SAID("lower back arching"), 1},
    [PLUMB_PELVIC_ROTATION] = {"pelvic_rotation", PLUMB_SAID("pelvis turning"), 1},
    [PLUMB_OBLIQUITY] = {"obliquity", PLUMB_SAID("pelvis dropping to one side"), 1},
    [PLUMB_POSTERIOR_TILT] = {"posterior_tilt", PLUMB_SAID("pelvis tipped far back"), 0},
    [PLUMB_SIGNAL_LOST] = {"signal_lost", PLUMB_SAID("sensor lost"), 1},
    [PLUMB_SENSOR_SLIP] = {"sensor_slip", PLUMB_SAID("clip has slipped"), 0},
    [PLUMB_AXIS_FAULT] = {"axis_fault", PLUMB_SAID("sensor axes disagree"), 0},
    [PLUMB_SATURATED] = {"saturated", PLUMB_SAID("movement beyond the sensor's range"), 0},
};

static const char *const basis_names[] = {
    [PLUMB_MEASURED] = PLUMB_SAID("measured"), [PLUMB_INFERRED] = PLUMB_SAID("inferred")};

static const char *const zone_names[] = {
    [PLUMB_OFF] = "off", [PLUMB_GREEN] = "green", [PLUMB_AMBER] = "amber", [PLUMB_RED] = "red"};

const char *plumb_flag_name(enum plumb_flag_kind kind)
{
    return kinds[kind].name;
}

const char *plumb_flag_words(enum plumb_flag_kind kind)
{
    return kinds[kind].words;
}

int plumb_flag_pauses(enum plumb_flag_kind kind)
{
    return kinds[kind].pauses;
}

const char *plumb_basis_name(enum plumb_basis basis)
{
    return basis_names[basis];
}

const char *plumb_zone_name(enum plumb_zone zone)
{
    return zone_names[zone];
}

void plumb_thresholds_default(struct plumb_thresholds *thresholds)
{
    *thresholds = (struct plumb_thresholds){
        .amber_rad = 3 * PLUMB_RAD_PER_DEG,
        .red_rad = 5 * PLUMB_RAD_PER_DEG,
        .delay_s = 0.7,
        .release_rad = 3.5 * PLUMB_RAD_PER_DEG,
        .release_s = 0.5,
        .immediate_rad = 8 * PLUMB_RAD_PER_DEG,
        .posterior_rad = 8 * PLUMB_RAD_PER_DEG,
        .turn_amber_rad = 5 * PLUMB_RAD_PER_DEG,
        .turn_red_rad = 8 * PLUMB_RAD_PER_DEG,
    };
}

void plumb_thresholds_widen(struct plumb_thresholds *thresholds, double breath_pp_rad)
{
    double wanted_rad = breath_pp_rad + 1 * PLUMB_RAD_PER_DEG;
    if (wanted_rad > thresholds->red_rad)
        wanted_rad = thresholds->red_rad;
    if (wanted_rad > thresholds->amber_rad)
        thresholds->amber_rad = wanted_rad;
}

void plumb_thresholds_scale(struct plumb_thresholds *thresholds, double factor)
{
    thresholds->amber_rad *= factor;
    thresholds->red_rad *= factor;
    thresholds->release_rad *= factor;
    thresholds->immediate_rad *= factor;
    thresholds->posterior_rad *= factor;
    thresholds->turn_amber_rad *= factor;
    thresholds->turn_red_rad *= factor;
}

/* One keeps to the other: `low` is never above `high`. The one that gives way is lowered or raised. */
static int keep_apart(double *low, double *high, int raised)
{
    if (*low <= *high)
        return 0;
    if (raised)
        *high = *low;
    else
        *low = *high;
    return 1;
}

void plumb_thresholds_make_room(struct plumb_thresholds *t, int raised)
{
    int moved = 1;
    for (int turn = 0; turn < 3 && moved; turn++) { /* as far as it goes on: release, red, immediate */
        moved = keep_apart(&t->amber_rad, &t->red_rad, raised);
        moved |= keep_apart(&t->release_rad, &t->red_rad, raised);
        moved |= keep_apart(&t->red_rad, &t->immediate_rad, raised);
        moved |= keep_apart(&t->turn_amber_rad, &t->turn_red_rad, raised);
    }
}
