#include "opensim.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "../core/units.h"
#include "../io/file_out.h"
#include "../io/message_fail.h"
#include "../io/text_number.h"
#include "job.h"
#include "place.h"

#define T_DECIMALS     6
#define ANGLE_DECIMALS 4
#define QUAT_DECIMALS  8
#define LINE_N         1024
#define COLUMNS_MOST   3

/* A line being put together. */
struct line {
    size_t n;
    char text[LINE_N];
};

/* One way of making columns of a session: their names, and what stands in them. */
struct kind {
    const char *id, *data_type;
    int version;
    int columns_n;
    const char *names[COLUMNS_MOST];
    int source[COLUMNS_MOST]; /* a role, or an index of angles[] */
};

struct opensim {
    struct plumb_export_job job;
    int is_mot;
    struct plumb_file_out *out, *pose;
    char pose_path[PLUMB_PLACE_N];        /* empty: none is written */
    struct plumb_quat sum[PLUMB_ROLES_N]; /* of the orientations at neutral, all on one side */
    size_t rows_n, pose_rows_n;
};

static void put(struct line *line, const char *text)
{
    size_t n = strlen(text);
    if (line->n + n >= sizeof line->text)
        return;
    memcpy(line->text + line->n, text, n + 1);
    line->n += n;
}

static void put_number(struct line *line, double value, int decimals)
{
    char text[PLUMB_TEXT_NUMBER_N];
    put(line, plumb_text_fixed(text, value, decimals) ? text : "nan");
}

/* ---- columns */

static const struct {
    const char *name;
    size_t offset; /* in struct plumb_angles */
    double sign;
    unsigned poses; /* in which a sensor without a compass sees it (EVIDENCE, "What follows", 6) */
} angles[] = {
    {"pelvis_tilt", offsetof(struct plumb_angles, tilt_rad), -1,
     1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_UPRIGHT | 1u << PLUMB_LYING_LEFT |
         1u << PLUMB_LYING_RIGHT},
    {"pelvis_list", offsetof(struct plumb_angles, obliquity_rad), -1, 1u << PLUMB_UPRIGHT},
    {"pelvis_rotation", offsetof(struct plumb_angles, rotation_rad), 1,
     1u << PLUMB_SUPINE | 1u << PLUMB_PRONE | 1u << PLUMB_LYING_LEFT | 1u << PLUMB_LYING_RIGHT},
};
#define ANGLES_N ((int)(sizeof angles / sizeof *angles))

static const char *imu_name(int role, enum plumb_side side)
{
    static const char *const names[PLUMB_ROLES_N][2] = {
        {"pelvis_imu", "pelvis_imu"}, {"torso_imu", "torso_imu"}, {"femur_l_imu", "femur_r_imu"}};
    return names[role][side == PLUMB_RIGHT];
}

static struct kind kind_of(int is_mot, const struct plumb_dossier *dossier)
{
    struct kind kind = {
        is_mot ? "mot" : "sto", is_mot ? "double" : "Quaternion", is_mot ? 1 : 3, 0, {0}, {0}};
    for (int angle = 0; is_mot && angle < ANGLES_N; angle++)
        if (angles[angle].poses & 1u << dossier->exercise.pose) {
            kind.names[kind.columns_n] = angles[angle].name;
            kind.source[kind.columns_n++] = angle;
        }
    for (int role = 0; !is_mot && role < PLUMB_ROLES_N; role++)
        if ((dossier->roles | 1u << PLUMB_PELVIS) & 1u << role) {
            kind.names[kind.columns_n] = imu_name(role, dossier->side);
            kind.source[kind.columns_n++] = role;
        }
    return kind;
}

static void put_quat(struct line *line, const struct plumb_quat *q)
{
    const double parts[] = {q->w, q->x, q->y, q->z};
    for (int i = 0; i < 4; i++) {
        put(line, i ? "," : "\t");
        put_number(line, parts[i], QUAT_DECIMALS);
    }
}

static const struct plumb_quat no_quat = {NAN, NAN, NAN, NAN};

static void put_value(struct line *line, int is_mot, int source, const struct plumb_dossier_row *row)
{
    if (!is_mot) {
        put_quat(
            line, plumb_sample_has(&row->sample, (enum plumb_role)source) ? &row->q_ws[source] : &no_quat);
        return;
    }
    double value_rad;
    memcpy(&value_rad, (const char *)&row->angles + angles[source].offset, sizeof value_rad);
    put(line, "\t");
    put_number(line, angles[source].sign * value_rad * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
}

/* ---- header */

static void put_fact(struct line *line, const char *key, const char *value)
{
    put(line, key);
    put(line, "=");
    put(line, value);
    put(line, "\n");
}

static void
put_header(struct line *line, const struct kind *kind, const struct plumb_dossier *dossier, size_t rows_n)
{
    char text[PLUMB_TEXT_NUMBER_N];
    int is_mot = strcmp(kind->id, "mot") == 0;
    line->n = 0;
    put(line, is_mot ? "Coordinates\n" : "");
    plumb_text_fixed(text, kind->version, 0);
    put_fact(line, "version", text);
    if (is_mot) {
        plumb_text_fixed(text, (double)rows_n, 0);
        put_fact(line, "nRows", text);
        plumb_text_fixed(text, kind->columns_n + 1, 0);
        put_fact(line, "nColumns", text);
        put_fact(line, "inDegrees", "yes");
        put_fact(line, "signs", "right-handed about x forward, y up, z right; anterior tilt is negative");
    } else {
        plumb_text_fixed(text, dossier->quality.rate_hz, 6);
        put_fact(line, "DataRate", text);
        put_fact(
            line, "earth_frame", "z up, heading arbitrary; sensor_to_opensim_rotations -90 degrees about x");
    }
    put_fact(line, "DataType", kind->data_type);
    put(line, "endheader\ntime");
    for (int i = 0; i < kind->columns_n; i++) {
        put(line, "\t");
        put(line, kind->names[i]);
    }
    put(line, "\n");
}

/* ---- rows */

/* Orientations of one neutral are close to each other; q and -q are the same and are brought together. */
static void add_pose(struct opensim *opensim, const struct plumb_dossier_row *row)
{
    for (int role = 0; role < PLUMB_ROLES_N; role++) {
        struct plumb_quat *sum = &opensim->sum[role], q = row->q_ws[role];
        if (!plumb_sample_has(&row->sample, (enum plumb_role)role))
            continue;
        double sign = sum->w * q.w + sum->x * q.x + sum->y * q.y + sum->z * q.z < 0 ? -1 : 1;
        *sum = (struct plumb_quat){
            sum->w + sign * q.w, sum->x + sign * q.x, sum->y + sign * q.y, sum->z + sign * q.z};
    }
    opensim->pose_rows_n++;
}

static int put_line(struct plumb_file_out *out, const struct line *line, struct plumb_message *message)
{
    return plumb_file_out_put(out, line->text, line->n, message);
}

static int put_row(
    struct opensim *opensim, const struct kind *kind, const struct plumb_dossier_row *row,
    struct plumb_message *message)
{
    struct line line = {.n = 0};
    put_number(&line, row->sample.t_s, T_DECIMALS);
    for (int i = 0; i < kind->columns_n; i++)
        put_value(&line, opensim->is_mot, kind->source[i], row);
    put(&line, "\n");
    opensim->rows_n++;
    return put_line(opensim->out, &line, message);
}

static int put_rows(
    struct opensim *opensim, const struct kind *kind, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    const struct plumb_neutral *neutral = &dossier->neutral;
    struct plumb_dossier_row row;
    int more, fail = plumb_dossier_rewind(dossier, message);
    for (size_t i = 0; !fail && (more = plumb_dossier_next(dossier, &row, message)) != 0; i++) {
        if (more < 0)
            return more;
        if (row.sample.t_s >= neutral->start_s && row.sample.t_s <= neutral->end_s)
            add_pose(opensim, &row);
        fail = put_row(opensim, kind, &row, message);
        if (!fail)
            fail = plumb_job_tell(&opensim->job, i, dossier->rows_n, message);
    }
    return fail;
}

/* FILE-calibration.sto: one row. */
static int put_pose(
    struct opensim *opensim, const struct kind *kind, const struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    struct line line;
    int fail;
    opensim->pose = plumb_file_out_open(opensim->pose_path, PLUMB_FILE_REPLACE, &fail, message);
    if (!opensim->pose)
        return fail;
    put_header(&line, kind, dossier, 1);
    put_line(opensim->pose, &line, message);
    line.n = 0;
    put_number(&line, dossier->neutral.start_s, T_DECIMALS);
    for (int i = 0; i < kind->columns_n; i++) {
        const struct plumb_quat *sum = &opensim->sum[kind->source[i]];
        struct plumb_quat mean = plumb_quat_norm(*sum) > 0 ? plumb_quat_unit(*sum) : no_quat;
        put_quat(&line, &mean);
    }
    put(&line, "\n");
    return put_line(opensim->pose, &line, message);
}

static int write_all(struct opensim *opensim, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct kind kind = kind_of(opensim->is_mot, dossier);
    struct line line;
    int fail;
    opensim->out = plumb_file_out_open(opensim->job.path, PLUMB_FILE_REPLACE, &fail, message);
    if (!opensim->out)
        return fail;
    put_header(&line, &kind, dossier, dossier->rows_n);
    fail = put_line(opensim->out, &line, message);
    if (!fail)
        fail = put_rows(opensim, &kind, dossier, message);
    if (!fail && opensim->pose_path[0] && opensim->pose_rows_n)
        fail = put_pose(opensim, &kind, dossier, message);
    return fail;
}

/* ---- the exporters */

/* "FILE-calibration.sto" for FILE.sto. */
static void name_pose(struct opensim *opensim)
{
    const char *path = opensim->job.path;
    size_t n = strlen(path);
    if (opensim->is_mot || strcmp(path, "-") == 0)
        return;
    if (n > 4 && strcmp(path + n - 4, ".sto") == 0)
        n -= 4;
    int length =
        snprintf(opensim->pose_path, sizeof opensim->pose_path, "%.*s-calibration.sto", (int)n, path);
    if (length >= (int)sizeof opensim->pose_path)
        opensim->pose_path[0] = '\0';
}

static void *begin(const struct plumb_export_job *job, int is_mot, int *fail, struct plumb_message *message)
{
    struct opensim *opensim = calloc(1, sizeof *opensim);
    if (!opensim) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", job->path);
        return NULL;
    }
    opensim->job = *job;
    opensim->is_mot = is_mot;
    name_pose(opensim);
    struct plumb_export_job pose_job = *job;
    pose_job.path = opensim->pose_path;
    *fail = plumb_place_check(job, PLUMB_PLACE_FILE, NULL, message);
    if (!*fail && opensim->pose_path[0])
        *fail = plumb_place_check(&pose_job, PLUMB_PLACE_FILE, NULL, message);
    if (!*fail)
        return opensim;
    free(opensim);
    return NULL;
}

static void *begin_sto(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    return begin(job, 0, fail, message);
}

static void *begin_mot(const struct plumb_export_job *job, int *fail, struct plumb_message *message)
{
    return begin(job, 1, fail, message);
}

static int session(void *self, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct opensim *opensim = self;
    if (!opensim->job.dry_run)
        return write_all(opensim, dossier, message);
    opensim->rows_n = dossier->rows_n;
    opensim->pose_rows_n = 1;
    return 0;
}

static void tell(const struct opensim *opensim)
{
    char what[80];
    snprintf(
        what, sizeof what, "%zu rows of %s", opensim->rows_n,
        opensim->is_mot ? "coordinates" : "orientations");
    plumb_job_say_file(&opensim->job, opensim->job.path, what);
    if (opensim->pose_path[0] && opensim->pose_rows_n)
        plumb_job_say_file(&opensim->job, opensim->pose_path, "the pose at neutral");
    else if (opensim->pose_path[0])
        plumb_job_say(&opensim->job, "no calibration pose: no row lies in the time of neutral");
}

static void drop(void *self)
{
    struct opensim *opensim = self;
    if (!opensim)
        return;
    plumb_file_out_drop(opensim->out);
    plumb_file_out_drop(opensim->pose);
    free(opensim);
}

static int end(void *self, struct plumb_message *message)
{
    struct opensim *opensim = self;
    struct plumb_file_out *pose = opensim->pose, *out = opensim->out;
    int fail = 0;
    if (pose) {
        opensim->pose = NULL;
        fail = plumb_file_out_close(pose, message);
    }
    if (!fail && out) {
        opensim->out = NULL;
        fail = plumb_file_out_close(out, message);
    }
    if (!fail)
        tell(opensim);
    drop(opensim);
    return fail;
}

const struct plumb_exporter plumb_exporter_sto = {
    .id = "sto",
    .summary = PLUMB_SAID("OpenSim: orientation of each sensor, and the pose at neutral"),
    .extension = ".sto",
    .begin = begin_sto,
    .session = session,
    .end = end,
    .drop = drop};

const struct plumb_exporter plumb_exporter_mot = {
    .id = "mot",
    .summary = PLUMB_SAID("OpenSim: the pelvis' angles as coordinates, anterior tilt negative"),
    .extension = ".mot",
    .begin = begin_mot,
    .session = session,
    .end = end,
    .drop = drop};
