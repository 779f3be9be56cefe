#include "load_scenario.h"

#include <plumb/motion.h>
#include <stdio.h>
#include <string.h>

#include "ini.h"
#include "scenario_fields.h"

#define DEG          PLUMB_RAD_PER_DEG
#define AFTERWARDS_S 3.0 /* of stillness behind the last act where no length is given */
#define IMU_FIRST    0x68
#define IMU_CHOSEN_N 2

/* ---- acts ---- */

static int act_read(
    struct plumb_act *act, const struct plumb_ini *ini, const struct plumb_ini_section *section,
    enum plumb_act_kind kind, struct plumb_message *message)
{
    struct plumb_act_sheet sheet = {.act = plumb_act_default(kind)};
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_act_fields(&fields_n);
    sheet.deg = sheet.act.size_rad * PLUMB_DEG_PER_RAD;
    sheet.mm = sheet.act.size_m * 1e3;
    sheet.pose = (int)sheet.act.pose;
    int fail = plumb_ini_read_section(ini, section, fields, fields_n, &sheet, message);
    *act = sheet.act;
    act->size_rad = sheet.deg * DEG;
    act->size_m = sheet.mm * 1e-3;
    act->pose = (enum plumb_pose)sheet.pose;
    return fail;
}

static int count_kind(const struct plumb_scenario *scenario, enum plumb_act_kind kind)
{
    int n = 0;
    for (size_t i = 0; i < scenario->acts_n; i++)
        n += scenario->acts[i].kind == kind;
    return n;
}

static int acts_of_kind(
    struct plumb_scenario *scenario, const struct plumb_ini *ini, enum plumb_act_kind kind,
    struct plumb_message *message)
{
    const char *name = plumb_act_name(kind);
    int most = kind == PLUMB_ACT_POSE      ? PLUMB_SCENARIO_POSES_N
               : kind == PLUMB_ACT_NEUTRAL ? PLUMB_SCENARIO_NEUTRALS_N
                                           : PLUMB_SCENARIO_ACTS_N;
    for (const struct plumb_ini_section *section = plumb_ini_next(ini, name, NULL); section;
         section = plumb_ini_next(ini, name, section)) {
        struct plumb_act act;
        int fail = act_read(&act, ini, section, kind, message);
        if (fail)
            return fail;
        if (count_kind(scenario, kind) == most || plumb_scenario_add(scenario, act))
            return plumb_ini_refuse(ini, section->line, message, "no room for another [%s]", name);
        if (scenario->length_s > 0 && plumb_act_end_s(&act) > scenario->length_s)
            return plumb_ini_refuse(
                ini, section->line, message, "[%s] ends at %.1f s, the scenario at length_s = %.1f",
                section->name, plumb_act_end_s(&act), scenario->length_s);
    }
    return 0;
}

static int
acts_read(struct plumb_scenario *scenario, const struct plumb_ini *ini, struct plumb_message *message)
{
    int fail = 0;
    for (enum plumb_act_kind kind = 0; !fail && kind < PLUMB_ACTS_N; kind++)
        fail = acts_of_kind(scenario, ini, kind, message);
    return fail;
}

/* ---- faults ---- */

/* In the order of plumb_fault_choices. */
static const int fault_kinds[] = {
    PLUMB_FAULT_NACK,         PLUMB_FAULT_STUCK,     PLUMB_FAULT_BUS_DEAD,  PLUMB_FAULT_IMU_RESET,
    PLUMB_FAULT_NO_READY,     PLUMB_FAULT_RESET,     PLUMB_FAULT_BROWN_OUT, PLUMB_FAULT_LINE_CUT,
    PLUMB_FAULT_LINE_GARBAGE, PLUMB_FAULT_LINE_DROP, PLUMB_FAULT_HANG,      PLUMB_FAULT_UNPLUG,
};

static int concerns_an_imu(int kind)
{
    return kind == PLUMB_FAULT_NACK || kind == PLUMB_FAULT_STUCK || kind == PLUMB_FAULT_IMU_RESET ||
           kind == PLUMB_FAULT_NO_READY;
}

/* Over as soon as it has happened; all others last for_s. */
static int happens_at_once(int kind)
{
    return kind == PLUMB_FAULT_IMU_RESET || kind == PLUMB_FAULT_RESET || kind == PLUMB_FAULT_BROWN_OUT;
}

static int fault_read(
    struct plumb_scenario_fault *fault, const struct plumb_ini *ini, const struct plumb_ini_section *section,
    struct plumb_message *message)
{
    struct plumb_fault_sheet sheet = {.one_in = 100};
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_fault_fields(&fields_n);
    int fail = plumb_ini_read_section(ini, section, fields, fields_n, &sheet, message);
    if (fail)
        return fail;
    *fault = (struct plumb_scenario_fault){sheet.at_s, sheet.for_s, fault_kinds[sheet.kind], 0, 0};
    if (!(fault->for_s > 0) && !happens_at_once(fault->kind))
        return plumb_ini_refuse(
            ini, section->line, message, "[%s] wants for_s: how long it lasts", section->name);
    if (concerns_an_imu(fault->kind))
        fault->imu = (uint8_t)(IMU_FIRST + sheet.imu);
    if (fault->kind == PLUMB_FAULT_LINE_GARBAGE || fault->kind == PLUMB_FAULT_LINE_DROP)
        fault->parameter = (uint32_t)sheet.one_in;
    return 0;
}

static int
faults_read(struct plumb_scenario *scenario, const struct plumb_ini *ini, struct plumb_message *message)
{
    const struct plumb_ini_section *section = plumb_ini_next(ini, "fault", NULL);
    for (; section; section = plumb_ini_next(ini, "fault", section)) {
        if (scenario->faults_n == PLUMB_SCENARIO_FAULTS_N)
            return plumb_ini_refuse(
                ini, section->line, message, "no room for more than %d faults", PLUMB_SCENARIO_FAULTS_N);
        int fail = fault_read(&scenario->faults[scenario->faults_n], ini, section, message);
        if (fail)
            return fail;
        scenario->faults_n++;
    }
    return 0;
}

int plumb_faults_load(struct plumb_scenario *scenario, const char *path, struct plumb_message *message)
{
    static const char *const repeated[] = {"fault", NULL};
    struct plumb_ini ini;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    fail = plumb_ini_read(&ini, NULL, 0, repeated, NULL, message);
    if (!fail)
        fail = faults_read(scenario, &ini, message);
    plumb_ini_free(&ini);
    return fail;
}

/* ---- the whole ---- */

/* "demo" of "/usr/share/plumb/demo.scenario". */
static void name_after(struct plumb_scenario *scenario, const char *path)
{
    const char *base = strrchr(path, '/');
    base = base ? base + 1 : path;
    snprintf(scenario->name, sizeof scenario->name, "%.*s", (int)strcspn(base, "."), base);
}

static void length_from_acts(struct plumb_scenario *scenario)
{
    for (size_t i = 0; i < scenario->acts_n; i++)
        scenario->length_s = fmax(scenario->length_s, plumb_act_end_s(&scenario->acts[i]) + AFTERWARDS_S);
}

/* [random] makes the whole session; what else the file says comes on top. */
static int
chance_read(struct plumb_scenario *scenario, const struct plumb_ini *ini, struct plumb_message *message)
{
    struct plumb_random_sheet sheet = {.seed = 1, .difficulty = 0.5};
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_random_fields(&fields_n);
    const struct plumb_ini_section *section = plumb_ini_next(ini, "random", NULL);
    if (!section)
        return 0;
    int fail = plumb_ini_read_section(ini, section, fields, fields_n, &sheet, message);
    if (!fail)
        plumb_scenario_random(scenario, (uint64_t)sheet.seed, sheet.difficulty);
    return fail;
}

static int
person_read(struct plumb_scenario *scenario, const struct plumb_ini *ini, struct plumb_message *message)
{
    struct plumb_scenario_sheet sheet;
    size_t fields_n;
    const struct plumb_ini_field *fields = plumb_scenario_fields(&fields_n);
    int by_chance = plumb_ini_next(ini, "random", NULL) != NULL;
    plumb_scenario_sheet_from(&sheet, scenario, by_chance);
    int fail = plumb_ini_read(ini, fields, fields_n, plumb_scenario_repeated(), &sheet, message);
    if (!fail)
        plumb_scenario_sheet_into(scenario, &sheet);
    return fail;
}

static int
all_read(struct plumb_scenario *scenario, const struct plumb_ini *ini, struct plumb_message *message)
{
    int fail = chance_read(scenario, ini, message);
    if (!fail)
        fail = person_read(scenario, ini, message);
    if (!fail)
        fail = acts_read(scenario, ini, message);
    if (!fail)
        fail = faults_read(scenario, ini, message);
    if (!fail && !(scenario->length_s > 0))
        length_from_acts(scenario);
    if (!fail && !(scenario->length_s > 0))
        fail = plumb_ini_refuse(ini, 1, message, "nothing happens: give length_s or an act");
    return fail;
}

int plumb_scenario_load(struct plumb_scenario *scenario, const char *path, struct plumb_message *message)
{
    struct plumb_ini ini;
    plumb_scenario_default(scenario);
    scenario->length_s = 0;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    name_after(scenario, path);
    fail = all_read(scenario, &ini, message);
    plumb_ini_free(&ini);
    return fail;
}
