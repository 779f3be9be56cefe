#include "nasty.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"

#define ALIAS "../../Zo\u00eb \u00c5str\u00f6m =1+1 \U0001F9B4"
#define CODE  "=cmd|'/c calc'!A1"
#define NOTE  "=HYPERLINK(\"x\")\nsecond line\twith a tab, \"quotes\", \u00fcml\u00e4uts \U0001F600"
#define TAGS  "-minus +plus @at"

static const char *const notes[] = {
    "=1+1",
    "+49 30 1234",
    "-2 deg, she says",
    "@home",
    "he said \"ouch\", twice",
    "first line\nsecond line",
    "a\ttab",
    "na\u00efve \u00c4nna \u0141\u00f3d\u017a \u03b1\u03b2\u03b3",
    "\U0001F600\U0001F3FD stretch \u2764\ufe0f",
    "../../../etc/passwd",
    "<b>&amp;</b> %s %n $(reboot) `ls` '; DROP TABLE sessions; --",
    "n/a",
    "40 bytes end within this letter \u2192\u2192\u2192\u2192\u2192\u2192\u2192\u2192",
};
#define NOTES_N (sizeof notes / sizeof *notes)

struct rows {
    struct nasty nasty;
    const struct plumb_dossier *dossier;
    size_t k, mark;
};

static double *fill(double *out, double x, double y, double z)
{
    out[0] = x, out[1] = y, out[2] = z;
    return out;
}

static int within(const struct rows *rows, double since_s, double from_s, double to_s)
{
    return !rows->nasty.plain && since_s >= from_s && since_s < to_s;
}

static struct plumb_imu imu_at(double t_s, double scale)
{
    double a[3], g[3];
    fill(a, 9.81 * sin(0.01 * t_s) * scale, 0.3 * cos(t_s), 9.81 * cos(0.01 * t_s));
    fill(g, 0.05 * cos(0.3 * t_s), -0.01 * sin(t_s), 0.002 * scale);
    return (struct plumb_imu){
        plumb_vec3_of(a[0], a[1], a[2]), plumb_vec3_of(g[0], g[1], g[2]), 31.5 + sin(0.001 * t_s)};
}

static struct plumb_quat turned(double angle_rad)
{
    return plumb_quat_from_rotvec(plumb_vec3_of(angle_rad, 0, 0));
}

static struct plumb_angles angles_at(const struct rows *rows, double t_s, int lumbar)
{
    double tilt_deg = 10 * sin(0.3 * t_s) + 0.5 * sin(2 * t_s), since_s = t_s - NASTY_FIRST_S;
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    if (!within(rows, since_s, 25, 26))
        angles.tilt_rad = tilt_deg * PLUMB_RAD_PER_DEG;
    angles.tilt_sd_rad = 0.25 * PLUMB_RAD_PER_DEG;
    angles.rotation_rad = 4 * cos(0.2 * t_s) * PLUMB_RAD_PER_DEG;
    if (lumbar)
        angles.lumbar_rad = 6 * sin(0.25 * t_s) * PLUMB_RAD_PER_DEG;
    return angles;
}

static enum plumb_zone zone_at(double since_s, double tilt_rad)
{
    double tilt_deg = tilt_rad * PLUMB_DEG_PER_RAD;
    if (since_s < 5 || isnan(tilt_deg))
        return PLUMB_OFF;
    return tilt_deg > 5 ? PLUMB_RED : tilt_deg > 3 ? PLUMB_AMBER : PLUMB_GREEN;
}

/* The first marker that has come and was not told yet, as a store's rows have it. */
static const char *marker_at(struct rows *rows, double t_s)
{
    const struct plumb_dossier *dossier = rows->dossier;
    if (rows->mark == dossier->marks_n || dossier->marks[rows->mark].t_s > t_s)
        return NULL;
    const char *text = dossier->marks[rows->mark].text;
    while (rows->mark < dossier->marks_n && dossier->marks[rows->mark].t_s <= t_s)
        rows->mark++;
    return text;
}

static double time_at(const struct nasty *nasty, size_t k)
{
    return NASTY_FIRST_S + (double)k / nasty->rate_hz;
}

static int is_missing(const struct rows *rows, size_t k)
{
    return within(rows, time_at(&rows->nasty, k) - NASTY_FIRST_S, 20, 23);
}

static int next_row(void *self, struct plumb_dossier_row *row, struct plumb_message *message)
{
    struct rows *rows = self;
    (void)message;
    while (is_missing(rows, rows->k))
        rows->k++;
    double t_s = time_at(&rows->nasty, rows->k++), since_s = t_s - NASTY_FIRST_S;
    if (since_s >= rows->nasty.duration_s)
        return 0;
    int lumbar = !within(rows, since_s, 30, 35);
    memset(row, 0, sizeof *row);
    row->sample.t_s = t_s;
    row->sample.present = 1u << PLUMB_PELVIS | (lumbar ? 1u << PLUMB_LUMBAR : 0);
    row->sample.imu[PLUMB_PELVIS] = imu_at(t_s, 1);
    row->sample.imu[PLUMB_LUMBAR] = imu_at(t_s, 0.5);
    row->angles = angles_at(rows, t_s, lumbar);
    row->q_ws[PLUMB_PELVIS] = turned((10 * sin(0.3 * t_s) + 0.5 * sin(2 * t_s)) * PLUMB_RAD_PER_DEG);
    row->q_ws[PLUMB_LUMBAR] = turned(6 * sin(0.25 * t_s) * PLUMB_RAD_PER_DEG);
    row->zone = zone_at(since_s, row->angles.tilt_rad);
    row->flags = row->zone == PLUMB_RED ? 1u << PLUMB_ANTERIOR_ROTATION | 1u << PLUMB_LUMBAR_ARCH : 0;
    row->marker = marker_at(rows, t_s);
    return 1;
}

static int rewind_rows(void *self, struct plumb_message *message)
{
    struct rows *rows = self;
    (void)message;
    rows->k = rows->mark = 0;
    return 0;
}

static void *must(void *memory)
{
    if (!memory)
        abort();
    return memory;
}

static char *copied(const char *text)
{
    size_t n = strlen(text) + 1;
    return memcpy(must(malloc(n)), text, n);
}

static void add_mark(struct plumb_dossier *dossier, double t_s, const char *text)
{
    dossier->marks[dossier->marks_n++] = (struct plumb_dossier_mark){t_s, copied(text)};
}

static void add_note(struct plumb_dossier *dossier, const struct nasty *nasty, int i, double t_s)
{
    char text[1200];
    int n = nasty->plain ? snprintf(text, sizeof text, "note:word %d", i)
                         : snprintf(text, sizeof text, "note:%s", notes[(size_t)i % NOTES_N]);
    if (!nasty->plain && i == 14) { /* longer than any cell likes */
        memset(text + n, 'x', 1000);
        text[n + 1000] = '\0';
    }
    add_mark(dossier, t_s, text);
}

/* The time of the first row at or behind a moment. */
static double on_a_row(const struct nasty *nasty, double since_s)
{
    return time_at(nasty, (size_t)ceil(since_s * nasty->rate_hz - 1e-9));
}

static void add_marks(struct plumb_dossier *dossier, const struct nasty *nasty)
{
    double end_s = nasty->duration_s - 1;
    dossier->marks = must(calloc((size_t)nasty->events_n + 8, sizeof *dossier->marks));
    add_mark(dossier, on_a_row(nasty, 1), "neutral_begin");
    add_mark(dossier, on_a_row(nasty, 4), "neutral_end");
    add_mark(dossier, on_a_row(nasty, 5), "hold_begin");
    for (int i = 0; i < nasty->events_n; i++) {
        double since_s = 5 + (end_s - 5) * i / nasty->events_n;
        if (!nasty->plain && since_s >= 20 && since_s < 23)
            since_s = 23;
        add_note(dossier, nasty, i, on_a_row(nasty, since_s));
    }
    add_mark(dossier, on_a_row(nasty, end_s), "hold_end");
}

static void add_flags(struct plumb_dossier *dossier, const struct nasty *nasty)
{
    double end_s = nasty->duration_s - 1;
    dossier->flags = must(calloc((size_t)nasty->events_n + 1, sizeof *dossier->flags));
    dossier->flags_n = (size_t)nasty->events_n;
    for (int i = 0; i < nasty->events_n; i++) {
        double onset_s = NASTY_FIRST_S + 5 + (end_s - 5) * i / nasty->events_n;
        dossier->flags[i] = (struct plumb_flag){
            .kind = (enum plumb_flag_kind)(i % PLUMB_FLAGS_N),
            .basis = i % 2 ? PLUMB_INFERRED : PLUMB_MEASURED,
            .onset_s = onset_s,
            .start_s = onset_s + 0.7,
            .end_s = i % 7 == 3 ? NAN : onset_s + 1.5,
            .peak_rad = (5 + i % 10) * PLUMB_RAD_PER_DEG};
    }
}

static void add_holds(struct plumb_dossier *dossier, const struct nasty *nasty)
{
    double begin_s = on_a_row(nasty, 5), end_s = on_a_row(nasty, nasty->duration_s - 1);
    dossier->holds = must(calloc(2, sizeof *dossier->holds));
    dossier->holds_n = 2;
    for (int i = 0; i < 2; i++)
        dossier->holds[i] = (struct plumb_dossier_hold){
            .side = i ? PLUMB_RIGHT : PLUMB_LEFT,
            .hold =
                {.start_s = i ? (begin_s + end_s) / 2 : begin_s,
                 .end_s = i ? end_s : (begin_s + end_s) / 2,
                 .in_zone_s = (end_s - begin_s) / 4,
                 .excursions = 3 + i,
                 .worst_rad = 10.4 * PLUMB_RAD_PER_DEG,
                 .longest_s = 7.25},
            .target_s = i ? 0 : 30,
            .neutral_change_rad = i ? NAN : 1.5 * PLUMB_RAD_PER_DEG};
}

static void add_who(struct plumb_dossier *dossier, const struct nasty *nasty)
{
    struct plumb_dossier_patient *patient = &dossier->patient;
    struct plumb_dossier_device *device = &dossier->device;
    snprintf(patient->alias, sizeof patient->alias, "%s", nasty->plain ? "me" : ALIAS);
    snprintf(patient->code, sizeof patient->code, "%s", nasty->plain ? "P-7" : CODE);
    patient->sex = 'F';
    patient->birth_year = 1931;
    snprintf(device->serial, sizeof device->serial, "0000002A");
    snprintf(device->board, sizeof device->board, "ATmega328P");
    snprintf(device->firmware, sizeof device->firmware, "1.2");
    for (int role = PLUMB_PELVIS; role <= PLUMB_LUMBAR; role++) {
        snprintf(device->sensor[role], sizeof device->sensor[role], "MPU-6050");
        snprintf(
            device->calibration[role], sizeof device->calibration[role], "%s",
            nasty->plain ? "2026-01-01" : "=now() of the clip, \"my\" table");
    }
    dossier->note = copied(nasty->plain ? "a good day" : NOTE);
    dossier->tags = copied(nasty->plain ? "home" : TAGS);
}

static void add_exercise(struct plumb_dossier *dossier)
{
    struct plumb_exercise *exercise = &dossier->exercise;
    snprintf(exercise->id, sizeof exercise->id, "supine-edge");
    snprintf(exercise->name, sizeof exercise->name, "Edge-of-table hip flexor stretch");
    exercise->judged = 1;
    exercise->pose = PLUMB_SUPINE;
    plumb_thresholds_default(&exercise->thresholds);
    dossier->thresholds[PLUMB_LEFT] = dossier->thresholds[PLUMB_RIGHT] = exercise->thresholds;
    dossier->side = PLUMB_LEFT;
    dossier->both_sides = 1;
}

static void add_found(struct plumb_dossier *dossier)
{
    for (int role = PLUMB_PELVIS; role <= PLUMB_LUMBAR; role++)
        dossier->mount[role] = (struct plumb_mount){
            .method = PLUMB_MOUNT_FUNCTIONAL,
            .quality = PLUMB_MOUNT_GOOD,
            .ml_axis_s = {0, -1, 0},
            .explained = 0.97,
            .tilts_n = 4,
            .q_sb = PLUMB_QUAT_IDENTITY};
    dossier->neutral = (struct plumb_neutral){
        .start_s = NASTY_FIRST_S + 1,
        .end_s = NASTY_FIRST_S + 4,
        .up_b = {{1, 0, 0}, {1, 0, 0}, {0, 0, 0}},
        .breath_pp_rad = 1.2 * PLUMB_RAD_PER_DEG,
        .breath_per_min = 14};
    dossier->doubt_s = 1;
    dossier->tremor_rad = 0.1 * PLUMB_RAD_PER_DEG;
}

static void add_rows(struct plumb_dossier *dossier, const struct nasty *nasty)
{
    struct rows *rows = must(calloc(1, sizeof *rows));
    *rows = (struct rows){.nasty = *nasty, .dossier = dossier};
    dossier->roles = 1u << PLUMB_PELVIS | 1u << PLUMB_LUMBAR;
    dossier->rows = rows;
    dossier->rewind = rewind_rows;
    dossier->next = next_row;
    dossier->close = free;
    dossier->first_s = NASTY_FIRST_S;
    for (size_t k = 0; time_at(nasty, k) - NASTY_FIRST_S < nasty->duration_s; k++)
        if (!is_missing(rows, k)) {
            dossier->rows_n++;
            dossier->last_s = time_at(nasty, k);
        }
    dossier->quality = (struct plumb_quality){
        .samples_n = dossier->rows_n,
        .gaps_n = nasty->plain ? 0 : 1,
        .lost_s = nasty->plain ? 0 : 3,
        .rate_hz = nasty->rate_hz,
        .rest_fraction = 0.4};
}

void nasty_dossier(struct plumb_dossier *dossier, const struct nasty *asked)
{
    struct nasty nasty = *asked;
    nasty.duration_s = nasty.duration_s > 0 ? nasty.duration_s : 60;
    nasty.rate_hz = nasty.rate_hz > 0 ? nasty.rate_hz : NASTY_RATE_HZ;
    nasty.events_n = nasty.events_n < 0 ? 0 : nasty.events_n ? nasty.events_n : 500;
    memset(dossier, 0, sizeof *dossier);
    dossier->id = 12;
    memcpy(dossier->uuid, "2f1c0e9a-1b2c-4d3e-8f40-5a6b7c8d9e0f", PLUMB_UUID_N);
    dossier->begun_utc_us = INT64_C(1767349230123456); /* 2026-01-02T10:20:30.123456Z */
    dossier->utc_offset_s = 5 * 3600 + 45 * 60;
    snprintf(dossier->ended, sizeof dossier->ended, "done");
    snprintf(dossier->recorded_by, sizeof dossier->recorded_by, "plumb 0.1.0");
    snprintf(dossier->derived_by, sizeof dossier->derived_by, "plumb 0.1.0");
    add_who(dossier, &nasty);
    add_exercise(dossier);
    add_found(dossier);
    add_holds(dossier, &nasty);
    add_flags(dossier, &nasty);
    add_marks(dossier, &nasty);
    add_rows(dossier, &nasty);
}
