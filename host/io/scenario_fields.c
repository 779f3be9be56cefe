#include "scenario_fields.h"

#include <string.h>

#define DEG     PLUMB_RAD_PER_DEG
#define MILLI_G (PLUMB_GRAVITY_MPS2 * 1e-3)

static const char *const pose_choices[] = {"supine", "prone", "upright", "lying-left", "lying-right", NULL};
static const char *const side_choices[] = {"left", "right", NULL};
static const char *const pivot_choices[] = {"l5s1", "table", "hip", NULL};
static const char *const site_choices[] = {"front", "side", "sacrum", NULL};
static const char *const second_choices[] = {
    "none", "lumbar", "thigh", NULL}; /* enum plumb_role: pelvis none */
static const char *const grade_choices[] = {"perfect", "typical", "worst", "drawn", NULL};
static const char *const axes_choices[] = {"agree",     "x-flipped",  "y-flipped",
                                           "z-flipped", "xy-swapped", NULL};
static const char *const imu_choices[] = {"0x68", "0x69", NULL};
static const char *const fault_choices[] = {"nack",  "stuck",     "bus-dead", "imu-reset", "no-ready",
                                            "reset", "brown-out", "line-cut", "garbage",   "drop",
                                            "hang",  "unplug",    NULL};

#define GRADE_DRAWN PLUMB_IMU_GRADES_N /* by [random] already */

/* ---- acts and faults ---- */

#define LONGEST_S 86400
#define AT(section)                                                                                          \
    {                                                                                                        \
        section, "at_s", PLUMB_INI_DOUBLE, offsetof(struct plumb_act_sheet, act.at_s), 0, LONGEST_S, true,   \
            0, 0, NULL                                                                                       \
    }
#define TIME(section, key, member, least)                                                                    \
    {                                                                                                        \
        section, key, PLUMB_INI_DOUBLE, offsetof(struct plumb_act_sheet, act.member), least, LONGEST_S,      \
            false, 0, 0, NULL                                                                                \
    }
#define ANGLE(section, key, need)                                                                            \
    {                                                                                                        \
        section, key, PLUMB_INI_DOUBLE, offsetof(struct plumb_act_sheet, deg), -90, 90, need, 0, 0, NULL     \
    }
#define COUNT(section, most)                                                                                 \
    {                                                                                                        \
        section, "count", PLUMB_INI_INT, offsetof(struct plumb_act_sheet, act.count), 1, most, false, 0, 0,  \
            NULL                                                                                             \
    }
/* Quicker than a tenth of a second is no movement of a body. */
#define QUICKEST_S    0.1
#define RAMP(section) AT(section), ANGLE(section, "to_deg", true), TIME(section, "over_s", rise_s, QUICKEST_S)
#define PULSE(section)                                                                                       \
    AT(section), ANGLE(section, "deg", true), TIME(section, "rise_s", rise_s, QUICKEST_S),                   \
        TIME(section, "hold_s", hold_s, 0), TIME(section, "fall_s", fall_s, QUICKEST_S)
#define WINDOW(section) AT(section), TIME(section, "for_s", hold_s, QUICKEST_S)

static const struct plumb_ini_field act_fields[] = {
    RAMP("tilt"),
    RAMP("rotation"),
    RAMP("obliquity"),
    RAMP("thigh"),
    RAMP("slip"),
    PULSE("lapse"),
    PULSE("turn"),
    PULSE("hike"),
    PULSE("arch"),
    WINDOW("tilts"),
    ANGLE("tilts", "pp_deg", false),
    COUNT("tilts", 20),
    AT("cough"),
    ANGLE("cough", "deg", false),
    COUNT("cough", 50),
    WINDOW("speech"),
    ANGLE("speech", "deg", false),
    AT("bump"),
    {"bump", "mm", PLUMB_INI_DOUBLE, offsetof(struct plumb_act_sheet, mm), 0, 20, false, 0, 0, NULL},
    WINDOW("walk"),
    AT("pose"),
    TIME("pose", "over_s", rise_s, 0.5),
    {"pose", "to", PLUMB_INI_CHOICE, offsetof(struct plumb_act_sheet, pose), 0, 0, true, 0, 0, pose_choices},
    WINDOW("neutral"),
    WINDOW("hold"),
    WINDOW("contract"),
    AT("note"),
    {"note", "text", PLUMB_INI_TEXT, offsetof(struct plumb_act_sheet, act.text), 0, 0, true,
     PLUMB_SCENARIO_TEXT_N, 0, NULL},
};

#define FAULT(key, kind, member, low, high, need, choices)                                                   \
    {                                                                                                        \
        "fault", key, kind, offsetof(struct plumb_fault_sheet, member), low, high, need, 0, 0, choices       \
    }

static const struct plumb_ini_field fault_fields[] = {
    FAULT("at_s", PLUMB_INI_DOUBLE, at_s, 0, LONGEST_S, true, NULL),
    FAULT("for_s", PLUMB_INI_DOUBLE, for_s, 0, LONGEST_S, false, NULL),
    FAULT("kind", PLUMB_INI_CHOICE, kind, 0, 0, true, fault_choices),
    FAULT("imu", PLUMB_INI_CHOICE, imu, 0, 0, false, imu_choices),
    FAULT("one_in", PLUMB_INI_INT, one_in, 1, 1000000, false, NULL),
};

static const struct plumb_ini_field random_fields[] = {
    {"random", "seed", PLUMB_INI_INT, offsetof(struct plumb_random_sheet, seed), 0, INT32_MAX, true, 0, 0,
     NULL},
    {"random", "difficulty", PLUMB_INI_DOUBLE, offsetof(struct plumb_random_sheet, difficulty), 0, 1, false,
     0, 0, NULL},
};

/* ---- the person, the clip, the sensor ---- */

#define NUMBER(section, key, low, high)                                                                      \
    {                                                                                                        \
        section, #key, PLUMB_INI_DOUBLE, offsetof(struct plumb_scenario_sheet, key), low, high, false, 0, 0, \
            NULL                                                                                             \
    }
#define TRIPLE(section, key, most)                                                                           \
    {                                                                                                        \
        section, #key, PLUMB_INI_VEC3, offsetof(struct plumb_scenario_sheet, key), -(most), most, false, 0,  \
            0, NULL                                                                                          \
    }
#define CHOICE(section, key, choices)                                                                        \
    {                                                                                                        \
        section, #key, PLUMB_INI_CHOICE, offsetof(struct plumb_scenario_sheet, key), 0, 0, false, 0, 0,      \
            choices                                                                                          \
    }
#define TEXT(section, key)                                                                                   \
    {                                                                                                        \
        section, #key, PLUMB_INI_TEXT, offsetof(struct plumb_scenario_sheet, key), 0, 0, false,              \
            PLUMB_SCENARIO_TEXT_N, 0, NULL                                                                   \
    }

static const struct plumb_ini_field scenario_fields[] = {
    TEXT("patient", name),
    TEXT("patient", exercise),
    CHOICE("patient", side, side_choices),
    {"patient", "seed", PLUMB_INI_INT, offsetof(struct plumb_scenario_sheet, seed), 0, INT32_MAX, false, 0, 0,
     NULL},
    {"patient", "follows", PLUMB_INI_BOOL, offsetof(struct plumb_scenario_sheet, follows), 0, 0, false, 0, 0,
     NULL},
    NUMBER("patient", length_s, 1, LONGEST_S),
    CHOICE("patient", pose, pose_choices),
    CHOICE("patient", pivot, pivot_choices),
    NUMBER("patient", posture_deg, -30, 30),
    NUMBER("patient", heading_deg, -360, 360),
    NUMBER("patient", breath_pp_deg, 0, 10),
    NUMBER("patient", breath_per_min, 3, 60),
    NUMBER("patient", breath_wander_percent, 0, 50),
    NUMBER("patient", breath_shift_mm, 0, 20),
    NUMBER("patient", tremor_deg, 0, 5),
    NUMBER("patient", tremor_low_hz, 2, 20),
    NUMBER("patient", tremor_high_hz, 2, 20),
    NUMBER("patient", sway_deg, 0, 5),
    NUMBER("patient", pulse_deg, 0, 1),
    NUMBER("patient", pulse_per_min, 30, 200),
    NUMBER("patient", lumbar_per_tilt, 0, 2),
    NUMBER("patient", rotation_per_tilt, -1, 1),
    NUMBER("patient", obliquity_per_tilt, -1, 1),
    NUMBER("patient", zone_deg, 2, 60),
    CHOICE("clip", site, site_choices),
    {"clip", "any_way", PLUMB_INI_BOOL, offsetof(struct plumb_scenario_sheet, any_way), 0, 0, false, 0, 0,
     NULL},
    TRIPLE("clip", turn_deg, 360),
    NUMBER("clip", wobble_deg, 0, 5),
    NUMBER("clip", skin_percent, 0, 50),
    CHOICE("clip", second, second_choices),
    TRIPLE("clip", second_turn_deg, 360),
    CHOICE("sensor", grade, grade_choices),
    CHOICE("sensor", gyro_axes, axes_choices),
    TRIPLE("sensor", gyro_offset_dps, 40),
    TRIPLE("sensor", gyro_scale_percent, 20),
    NUMBER("sensor", gyro_noise_mdps, 0, 1000),
    TRIPLE("sensor", accel_offset_mg, 500),
    TRIPLE("sensor", accel_scale_percent, 20),
    NUMBER("sensor", accel_noise_ug, 0, 10000),
    NUMBER("sensor", start_c, -20, 60),
    NUMBER("sensor", warm_c, -20, 60),
    NUMBER("sensor", warm_s, 1, 10000),
    NUMBER("sensor", clock_fast_percent, -1, 1),
};

#define ROWS(table) (*n = sizeof(table) / sizeof(table)[0], table)

const struct plumb_ini_field *plumb_act_fields(size_t *n)
{
    return ROWS(act_fields);
}

const struct plumb_ini_field *plumb_fault_fields(size_t *n)
{
    return ROWS(fault_fields);
}

const struct plumb_ini_field *plumb_random_fields(size_t *n)
{
    return ROWS(random_fields);
}

const struct plumb_ini_field *plumb_scenario_fields(size_t *n)
{
    return ROWS(scenario_fields);
}

const char *const *plumb_scenario_repeated(void)
{
    static const char *const repeated[] = {"tilt",     "rotation", "obliquity", "thigh", "slip",  "lapse",
                                           "turn",     "hike",     "arch",      "tilts", "cough", "speech",
                                           "bump",     "walk",     "pose",      "note",  "hold",  "neutral",
                                           "contract", "fault",    "random",    NULL};
    return repeated;
}

/* ---- the file's units and ours ---- */

void plumb_scenario_sheet_from(
    struct plumb_scenario_sheet *sheet, const struct plumb_scenario *scenario, int keep_sensor)
{
    struct plumb_vec3 unsaid = {NAN, NAN, NAN};
    double per_rad = PLUMB_DEG_PER_RAD;
    *sheet = (struct plumb_scenario_sheet){
        .side = scenario->right,
        .follows = scenario->follows,
        .pose = (int)scenario->pose,
        .pivot = (int)scenario->pivot,
        .site = (int)scenario->wear.site,
        .second = (int)scenario->second,
        .grade = keep_sensor ? (int)GRADE_DRAWN : (int)PLUMB_IMU_TYPICAL,
        .seed = (int)scenario->seed,
        .length_s = scenario->length_s,
        .posture_deg = scenario->posture_rad * per_rad,
        .heading_deg = scenario->heading_rad * per_rad,
        .breath_pp_deg = scenario->breath_pp_rad * per_rad,
        .breath_per_min = scenario->breath_hz * 60,
        .breath_wander_percent = scenario->breath_wander * 100,
        .breath_shift_mm = scenario->breath_shift_m * 1e3,
        .tremor_deg = scenario->tremor_rad * per_rad,
        .tremor_low_hz = scenario->tremor_low_hz,
        .tremor_high_hz = scenario->tremor_high_hz,
        .sway_deg = scenario->sway_rad * per_rad,
        .pulse_deg = scenario->pulse_rad * per_rad,
        .pulse_per_min = scenario->pulse_hz * 60,
        .lumbar_per_tilt = scenario->lumbar_per_tilt,
        .rotation_per_tilt = scenario->rotation_per_tilt,
        .obliquity_per_tilt = scenario->obliquity_per_tilt,
        .zone_deg = scenario->zone_rad * per_rad,
        .wobble_deg = scenario->wear.wobble_rad * per_rad,
        .skin_percent = scenario->wear.skin_share * 100,
        .clock_fast_percent = scenario->clock_fast * 100,
        .turn_deg = plumb_vec3_scale(scenario->wear.turn_rad, per_rad),
        .second_turn_deg = plumb_vec3_scale(scenario->second_turn_rad, per_rad),
        .gyro_offset_dps = unsaid,
        .gyro_scale_percent = unsaid,
        .accel_offset_mg = unsaid,
        .accel_scale_percent = unsaid,
        .gyro_noise_mdps = NAN,
        .accel_noise_ug = NAN,
        .start_c = NAN,
        .warm_c = NAN,
        .warm_s = NAN,
    };
    memcpy(sheet->name, scenario->name, sizeof sheet->name);
    memcpy(sheet->exercise, scenario->exercise, sizeof sheet->exercise);
}

static void said(double *into, double value, double unit)
{
    if (!isnan(value))
        *into = value * unit;
}

static void said_scale(struct plumb_triad_error *triad, struct plumb_vec3 percent)
{
    if (isnan(percent.x))
        return;
    triad->row_x.x = 1 + percent.x / 100;
    triad->row_y.y = 1 + percent.y / 100;
    triad->row_z.z = 1 + percent.z / 100;
}

static void sensor_into(struct plumb_imu_error_params *error, const struct plumb_scenario_sheet *sheet)
{
    if (!isnan(sheet->gyro_offset_dps.x))
        error->gyro.offset = plumb_vec3_scale(sheet->gyro_offset_dps, DEG);
    if (!isnan(sheet->accel_offset_mg.x))
        error->accel.offset = plumb_vec3_scale(sheet->accel_offset_mg, MILLI_G);
    said_scale(&error->gyro, sheet->gyro_scale_percent);
    said_scale(&error->accel, sheet->accel_scale_percent);
    plumb_imu_error_axes(error, (enum plumb_axis_fault)sheet->gyro_axes);
    said(&error->gyro.noise_per_rthz, sheet->gyro_noise_mdps, 1e-3 * DEG);
    said(&error->accel.noise_per_rthz, sheet->accel_noise_ug, 1e-3 * MILLI_G);
    said(&error->start_c, sheet->start_c, 1);
    said(&error->warm_c, sheet->warm_c, 1);
    said(&error->warm_s, sheet->warm_s, 1);
}

static void clip_into(struct plumb_scenario *scenario, const struct plumb_scenario_sheet *sheet)
{
    struct plumb_rng rng = plumb_rng_of(scenario->seed);
    scenario->wear.site = (enum plumb_site)sheet->site;
    scenario->wear.turn_rad =
        sheet->any_way ? plumb_rotvec_any(&rng) : plumb_vec3_scale(sheet->turn_deg, DEG);
    scenario->wear.wobble_rad = sheet->wobble_deg * DEG;
    scenario->wear.skin_share = sheet->skin_percent / 100;
    scenario->second = (enum plumb_role)sheet->second;
    scenario->second_turn_rad = plumb_vec3_scale(sheet->second_turn_deg, DEG);
    for (int i = 0; i < 2 && sheet->grade != GRADE_DRAWN; i++)
        plumb_imu_error_draw(&scenario->error[i], (enum plumb_imu_grade)sheet->grade, &rng);
    sensor_into(&scenario->error[0], sheet);
    scenario->clock_fast = sheet->clock_fast_percent / 100;
}

static void person_into(struct plumb_scenario *scenario, const struct plumb_scenario_sheet *sheet)
{
    scenario->posture_rad = sheet->posture_deg * DEG;
    scenario->heading_rad = sheet->heading_deg * DEG;
    scenario->breath_pp_rad = sheet->breath_pp_deg * DEG;
    scenario->breath_hz = sheet->breath_per_min / 60;
    scenario->breath_wander = sheet->breath_wander_percent / 100;
    scenario->breath_shift_m = sheet->breath_shift_mm * 1e-3;
    scenario->tremor_rad = sheet->tremor_deg * DEG;
    scenario->tremor_low_hz = sheet->tremor_low_hz;
    scenario->tremor_high_hz = sheet->tremor_high_hz;
    scenario->sway_rad = sheet->sway_deg * DEG;
    scenario->pulse_rad = sheet->pulse_deg * DEG;
    scenario->pulse_hz = sheet->pulse_per_min / 60;
    scenario->lumbar_per_tilt = sheet->lumbar_per_tilt;
    scenario->rotation_per_tilt = sheet->rotation_per_tilt;
    scenario->obliquity_per_tilt = sheet->obliquity_per_tilt;
    scenario->zone_rad = sheet->zone_deg * DEG;
}

void plumb_scenario_sheet_into(struct plumb_scenario *scenario, const struct plumb_scenario_sheet *sheet)
{
    memcpy(scenario->name, sheet->name, sizeof scenario->name);
    memcpy(scenario->exercise, sheet->exercise, sizeof scenario->exercise);
    scenario->right = sheet->side;
    scenario->follows = sheet->follows;
    scenario->seed = (uint64_t)sheet->seed;
    scenario->length_s = sheet->length_s;
    scenario->pose = (enum plumb_pose)sheet->pose;
    scenario->pivot = (enum plumb_pivot)sheet->pivot;
    person_into(scenario, sheet);
    clip_into(scenario, sheet);
}
