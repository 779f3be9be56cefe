/* The keys of a scenario's file, and the shape a file has before it becomes a scenario: degrees, millimetres.
 */
#ifndef PLUMB_SCENARIO_FIELDS_H
#define PLUMB_SCENARIO_FIELDS_H

#include "../patient/scenario.h"
#include "ini.h"

struct plumb_act_sheet {
    struct plumb_act act;
    double deg, mm;
    int pose;
};

struct plumb_fault_sheet {
    double at_s, for_s;
    int kind, imu, one_in;
};

struct plumb_random_sheet {
    int seed;
    double difficulty;
};

struct plumb_scenario_sheet {
    char name[PLUMB_SCENARIO_TEXT_N], exercise[PLUMB_SCENARIO_TEXT_N];
    int side, pose, pivot, site, second, grade, seed, gyro_axes;
    bool any_way, follows;
    double length_s, posture_deg, heading_deg;
    double breath_pp_deg, breath_per_min, breath_wander_percent, breath_shift_mm;
    double tremor_deg, tremor_low_hz, tremor_high_hz, sway_deg, pulse_deg, pulse_per_min;
    double lumbar_per_tilt, rotation_per_tilt, obliquity_per_tilt, zone_deg, wobble_deg, skin_percent,
        clock_fast_percent;
    struct plumb_vec3 turn_deg, second_turn_deg;
    /* NaN where the file does not say: the grade's own stays */
    struct plumb_vec3 gyro_offset_dps, gyro_scale_percent, accel_offset_mg, accel_scale_percent;
    double gyro_noise_mdps, accel_noise_ug; /* per sqrt(Hz) */
    double start_c, warm_c, warm_s;
};

/* The tables; *n rows. Static. */
const struct plumb_ini_field *plumb_act_fields(size_t *n);
const struct plumb_ini_field *plumb_fault_fields(size_t *n);
const struct plumb_ini_field *plumb_random_fields(size_t *n);
const struct plumb_ini_field *plumb_scenario_fields(size_t *n);

/* Kinds of section that repeat, and [random], which is read before the others; ended by NULL. Static. */
const char *const *plumb_scenario_repeated(void);

/* What the scenario is before the file speaks, in the file's units. keep_sensor: its sensor is made already.
 */
void plumb_scenario_sheet_from(
    struct plumb_scenario_sheet *sheet, const struct plumb_scenario *scenario, int keep_sensor);

void plumb_scenario_sheet_into(struct plumb_scenario *scenario, const struct plumb_scenario_sheet *sheet);

#endif
