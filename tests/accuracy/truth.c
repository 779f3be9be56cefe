#include "truth.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "host/core/units.h"

enum { COLUMNS = 12, LINE_MAX_N = 400 };

static const char *const header =
    "t_s,pelvis_ax_mps2,pelvis_ay_mps2,pelvis_az_mps2,pelvis_gx_radps,pelvis_gy_radps,pelvis_gz_radps,"
    "true_qw,true_qx,true_qy,true_qz,movement";

/* Twelve numbers, NaN for an empty field; 0 where the line has another shape. */
static int split(const char *line, double values[COLUMNS])
{
    for (int i = 0; i < COLUMNS; i++) {
        char *end;
        values[i] = strtod(line, &end);
        if (end == line)
            values[i] = NAN;
        if (*end != (i < COLUMNS - 1 ? ',' : '\n'))
            return 0;
        line = end + 1;
    }
    return 1;
}

static int grow(struct truth *truth, size_t *room)
{
    if (truth->n < *room)
        return 1;
    *room = *room ? 2 * *room : 65536;
    struct plumb_sample *samples = realloc(truth->samples, *room * sizeof *samples);
    truth->samples = samples ? samples : truth->samples;
    struct plumb_quat *q_we = realloc(truth->q_we, *room * sizeof *q_we);
    truth->q_we = q_we ? q_we : truth->q_we;
    unsigned char *movement = realloc(truth->movement, *room);
    truth->movement = movement ? movement : truth->movement;
    return samples && q_we && movement;
}

static void add(struct truth *truth, const double v[COLUMNS])
{
    struct plumb_imu imu = {
        .accel_s_mps2 = {v[1], v[2], v[3]}, .gyro_s_radps = {v[4], v[5], v[6]}, .temp_c = NAN};
    truth->samples[truth->n] = (struct plumb_sample){.t_s = v[0], .present = 1u << PLUMB_PELVIS};
    truth->samples[truth->n].imu[PLUMB_PELVIS] = imu;
    truth->q_we[truth->n] = isfinite(v[7]) ? plumb_quat_unit((struct plumb_quat){v[7], v[8], v[9], v[10]})
                                           : (struct plumb_quat){0, 0, 0, 0};
    truth->movement[truth->n++] = v[11] == 1;
}

static int read_rows(struct truth *truth, gzFile file)
{
    char line[LINE_MAX_N];
    double values[COLUMNS];
    size_t room = 0;
    if (!gzgets(file, line, sizeof line) || strncmp(line, header, strlen(header)) != 0)
        return 0;
    while (gzgets(file, line, sizeof line)) {
        if (!split(line, values) || !grow(truth, &room))
            return 0;
        add(truth, values);
    }
    return truth->n > 0;
}

int truth_load(struct truth *truth, const char *path)
{
    *truth = (struct truth){.n = 0};
    gzFile file = gzopen(path, "rb");
    int good = file && read_rows(truth, file);
    if (file)
        gzclose(file);
    if (good)
        return 0;
    fprintf(stderr, "%s: wants the columns %s\n", path, header);
    truth_free(truth);
    return -1;
}

void truth_free(struct truth *truth)
{
    free(truth->samples);
    free(truth->q_we);
    free(truth->movement);
    *truth = (struct truth){.n = 0};
}

struct truth_score
truth_score(const struct truth *truth, const struct plumb_quat *q_ws, const double (*sd_rad)[2])
{
    const double start_s = 2;
    double moving2 = 0, rest2 = 0, moving_n = 0, rest_n = 0, one = 0, two = 0;
    for (size_t i = 0; i < truth->n; i++) {
        if (truth->q_we[i].w == 0 && truth->q_we[i].x == 0 && truth->q_we[i].y == 0)
            continue;
        struct plumb_quat e = plumb_quat_mul(q_ws[i], plumb_quat_conj(truth->q_we[i]));
        double error_rad = 2 * acos(fmin(1, sqrt(e.w * e.w + e.z * e.z)));
        const double about[2] = {
            2 * (e.x * e.w + e.y * e.z), 2 * (e.y * e.w - e.x * e.z)}; /* x and y of it */
        if (!truth->movement[i]) {
            int counts = truth->samples[i].t_s - truth->samples[0].t_s > start_s;
            rest2 += counts ? error_rad * error_rad : 0;
            rest_n += counts;
            continue;
        }
        moving2 += error_rad * error_rad;
        moving_n++;
        for (int axis = 0; axis < 2; axis++) {
            one += fabs(about[axis]) < sd_rad[i][axis];
            two += fabs(about[axis]) < 2 * sd_rad[i][axis];
        }
    }
    return (struct truth_score){
        .moving_deg = sqrt(moving2 / moving_n) * PLUMB_DEG_PER_RAD,
        .rest_deg = sqrt(rest2 / rest_n) * PLUMB_DEG_PER_RAD,
        .within_one = one / (2 * moving_n),
        .within_two = two / (2 * moving_n)};
}
