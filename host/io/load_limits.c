#include "load_limits.h"

#include <string.h>

#include "../core/units.h"
#include "ini_write.h"
#include "text_number.h"

#define SMALLEST_DEG 2.0 /* below is noise: EVIDENCE, "What follows", 2 */
#define LARGEST_DEG  60.0
#define LONGEST_S    10.0

/* The file's own shape: degrees. */
struct sheet {
    double amber_deg, red_deg, release_deg, immediate_deg, posterior_deg, turn_amber_deg, turn_red_deg;
    double delay_s, release_s;
};

#define KEY(key, low, high)                                                                                  \
    {                                                                                                        \
        "thresholds", #key, PLUMB_INI_DOUBLE, offsetof(struct sheet, key), low, high, false, 0, 0, NULL      \
    }
#define ANGLE(key) KEY(key, SMALLEST_DEG, LARGEST_DEG)
#define DWELL(key) KEY(key, 0, LONGEST_S)

static const struct plumb_ini_field fields[] = {
    ANGLE(amber_deg),     ANGLE(red_deg),       ANGLE(release_deg),
    ANGLE(immediate_deg), ANGLE(posterior_deg), ANGLE(turn_amber_deg),
    ANGLE(turn_red_deg),  DWELL(delay_s),       DWELL(release_s),
};

static struct sheet sheet_from(const struct plumb_thresholds *t)
{
    return (struct sheet){
        .amber_deg = plumb_text_degrees(t->amber_rad),
        .red_deg = plumb_text_degrees(t->red_rad),
        .release_deg = plumb_text_degrees(t->release_rad),
        .immediate_deg = plumb_text_degrees(t->immediate_rad),
        .posterior_deg = plumb_text_degrees(t->posterior_rad),
        .turn_amber_deg = plumb_text_degrees(t->turn_amber_rad),
        .turn_red_deg = plumb_text_degrees(t->turn_red_rad),
        .delay_s = t->delay_s,
        .release_s = t->release_s,
    };
}

static struct plumb_thresholds sheet_into(const struct sheet *sheet)
{
    return (struct plumb_thresholds){
        .amber_rad = sheet->amber_deg * PLUMB_RAD_PER_DEG,
        .red_rad = sheet->red_deg * PLUMB_RAD_PER_DEG,
        .release_rad = sheet->release_deg * PLUMB_RAD_PER_DEG,
        .immediate_rad = sheet->immediate_deg * PLUMB_RAD_PER_DEG,
        .posterior_rad = sheet->posterior_deg * PLUMB_RAD_PER_DEG,
        .turn_amber_rad = sheet->turn_amber_deg * PLUMB_RAD_PER_DEG,
        .turn_red_rad = sheet->turn_red_deg * PLUMB_RAD_PER_DEG,
        .delay_s = sheet->delay_s,
        .release_s = sheet->release_s,
    };
}

static int
check_order(const struct plumb_ini *ini, int line, const struct sheet *sheet, struct plumb_message *message)
{
    if (sheet->release_deg > sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "release_deg must not be above red_deg");
    if (sheet->amber_deg > sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "amber_deg must not be above red_deg");
    if (sheet->immediate_deg < sheet->red_deg)
        return plumb_ini_refuse(ini, line, message, "immediate_deg must not be below red_deg");
    if (sheet->turn_amber_deg > sheet->turn_red_deg)
        return plumb_ini_refuse(ini, line, message, "turn_amber_deg must not be above turn_red_deg");
    return 0;
}

static int read_sheet(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct sheet *sheet,
    struct plumb_message *message)
{
    return plumb_ini_read_section(ini, section, fields, sizeof fields / sizeof *fields, sheet, message);
}

int plumb_thresholds_read(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_thresholds *thresholds,
    struct plumb_message *message)
{
    struct sheet sheet = sheet_from(thresholds);
    int fail = read_sheet(ini, section, &sheet, message);
    if (!fail)
        fail = check_order(ini, section->line, &sheet, message);
    if (!fail)
        *thresholds = sheet_into(&sheet);
    return fail;
}

int plumb_thresholds_read_unfinished(
    const struct plumb_ini *ini, const struct plumb_ini_section *section, struct plumb_thresholds *thresholds,
    struct plumb_message *message)
{
    struct sheet sheet = sheet_from(thresholds);
    int fail = read_sheet(ini, section, &sheet, message);
    if (!fail)
        *thresholds = sheet_into(&sheet);
    return fail;
}

int plumb_thresholds_write_over(
    FILE *to, const char *name, const struct plumb_thresholds *thresholds,
    const struct plumb_thresholds *usual, struct plumb_message *message)
{
    struct sheet sheet = sheet_from(thresholds), usual_sheet = sheet_from(usual);
    return plumb_ini_write_section(
        to, name, fields, sizeof fields / sizeof *fields, &sheet, &usual_sheet, message);
}

int plumb_thresholds_write_every(
    FILE *to, const struct plumb_thresholds *thresholds, struct plumb_message *message)
{
    struct sheet sheet = sheet_from(thresholds);
    return plumb_ini_write_section(
        to, "thresholds", fields, sizeof fields / sizeof *fields, &sheet, NULL, message);
}

int plumb_thresholds_write(FILE *to, const struct plumb_thresholds *thresholds, struct plumb_message *message)
{
    struct plumb_thresholds usual;
    plumb_thresholds_default(&usual);
    return plumb_thresholds_write_over(to, "thresholds", thresholds, &usual, message);
}

/* 1 when every word of a section's label is the exercise or the side. */
static int fits(const char *label, const char *exercise_id, const char *side)
{
    while (*(label += strspn(label, " \t"))) {
        size_t n = strcspn(label, " \t");
        int known = (strlen(exercise_id) == n && strncmp(label, exercise_id, n) == 0) ||
                    (strlen(side) == n && strncmp(label, side, n) == 0);
        if (!known)
            return 0;
        label += n;
    }
    return 1;
}

/* A section for another exercise is read for what a file may say at all; whether its order is right only that
 * exercise's own limits can tell. */
static int apply(
    const struct plumb_ini *ini, struct plumb_thresholds *thresholds, const char *exercise_id,
    enum plumb_side side, struct plumb_message *message)
{
    const struct plumb_ini_section *section = NULL;
    int fail = 0;
    while (!fail && (section = plumb_ini_next(ini, "thresholds", section))) {
        struct sheet other = {0};
        fail = fits(plumb_ini_label(section), exercise_id, plumb_side_name(side))
                   ? plumb_thresholds_read(ini, section, thresholds, message)
                   : read_sheet(ini, section, &other, message);
    }
    return fail;
}

int plumb_limits_load(
    struct plumb_thresholds *thresholds, const char *path, const char *exercise_id, enum plumb_side side,
    struct plumb_message *message)
{
    static const char *const repeated[] = {"thresholds", NULL};
    struct plumb_ini ini;
    struct plumb_thresholds wanted = *thresholds;
    int fail = plumb_ini_load(&ini, path, message);
    if (fail)
        return fail;
    fail = plumb_ini_read(&ini, NULL, 0, repeated, NULL, message);
    if (!fail)
        fail = apply(&ini, &wanted, exercise_id, side, message);
    if (!fail)
        *thresholds = wanted;
    plumb_ini_free(&ini);
    return fail;
}
