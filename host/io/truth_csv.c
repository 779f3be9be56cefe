#include "truth_csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "csv_row.h"
#include "file_out.h"
#include "message_fail.h"

#define ANGLE_DECIMALS 4
#define Q_DECIMALS     7
#define TIME_DECIMALS  3
#define EVENT_N        160 /* every kind of act at once, and its joins */

static const char head[] =
    "t_s,tilt_deg,rotation_deg,obliquity_deg,lumbar_deg,pose,event,q_w,q_x,q_y,q_z,hip_deg\n";

struct plumb_truth_csv {
    struct plumb_file_out *out;
    struct plumb_csv_row row;
    struct plumb_message message; /* of the first row that could not be written */
    int fail;
};

struct plumb_truth_csv *plumb_truth_csv_open(const char *path, int *fail, struct plumb_message *message)
{
    struct plumb_truth_csv *csv = calloc(1, sizeof *csv);
    if (!csv) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "no memory for %s", path);
        return NULL;
    }
    csv->out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, fail, message);
    if (csv->out) {
        csv->fail = plumb_file_out_put(csv->out, head, sizeof head - 1, &csv->message);
        return csv;
    }
    free(csv);
    return NULL;
}

static void event(struct plumb_csv_row *row, const struct plumb_truth *truth)
{
    char text[EVENT_N] = "";
    size_t n = 0;
    for (int kind = 0; kind < PLUMB_ACTS_N; kind++) {
        if (!((truth->acts >> kind) & 1u))
            continue;
        const char *name = plumb_act_name((enum plumb_act_kind)kind);
        n += (size_t)snprintf(text + n, sizeof text - n, "%s%s", n ? "+" : "", name);
        if (kind == PLUMB_ACT_LAPSE)
            n += (size_t)snprintf(text + n, sizeof text - n, ":%d", truth->lapse);
    }
    if (truth->in_hold && !truth->in_zone)
        snprintf(text + n, sizeof text - n, "+out");
    plumb_csv_row_word(row, text);
}

void plumb_truth_csv_put(struct plumb_truth_csv *csv, const struct plumb_truth *truth)
{
    struct plumb_csv_row *row = &csv->row;
    const double angles_rad[] = {
        truth->tilt_rad, truth->rotation_rad, truth->obliquity_rad, truth->lumbar_rad};
    const double q[] = {truth->q_ws.w, truth->q_ws.x, truth->q_ws.y, truth->q_ws.z};
    if (csv->fail)
        return;
    plumb_csv_row_begin(row);
    plumb_csv_row_number(row, truth->t_s, TIME_DECIMALS);
    for (int i = 0; i < 4; i++)
        plumb_csv_row_number(row, angles_rad[i] * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
    plumb_csv_row_word(row, plumb_pose_name(truth->pose));
    event(row, truth);
    for (int i = 0; i < 4; i++)
        plumb_csv_row_number(row, q[i], Q_DECIMALS);
    plumb_csv_row_number(row, truth->hip_rad * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
    plumb_csv_row_end(row);
    csv->fail = plumb_file_out_put(csv->out, row->text, row->n, &csv->message);
}

int plumb_truth_csv_close(struct plumb_truth_csv *csv, int keep, struct plumb_message *message)
{
    int fail = 0;
    if (!csv)
        return 0;
    if (keep && csv->fail)
        fail = plumb_message_fail(message, csv->fail, "%s", csv->message.text);
    if (keep && !fail)
        fail = plumb_file_out_close(csv->out, message);
    else
        plumb_file_out_drop(csv->out);
    free(csv);
    return fail;
}
