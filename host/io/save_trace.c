#include "save_trace.h"

#include <string.h>

#include "../core/units.h"
#include "csv_row.h"
#include "file_out.h"

#define T_DECIMALS     6
#define ANGLE_DECIMALS 3 /* a thousandth of a degree: finer than anything the sensors tell */
#define FLAGS_N        256

static const char header[] =
    "t_s,tilt_deg,tilt_sd_deg,rotation_deg,obliquity_deg,lumbar_deg,hip_deg,zone,flags\n";

/* "anterior_rotation+saturated" */
static void join_flags(char out[FLAGS_N], unsigned flags)
{
    size_t n = 0;
    out[0] = '\0';
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++) {
        const char *name = plumb_flag_name((enum plumb_flag_kind)kind);
        size_t name_n = strlen(name);
        if (!(flags & (1u << kind)) || n + name_n + 2 > FLAGS_N)
            continue;
        if (n)
            out[n++] = '+';
        memcpy(out + n, name, name_n + 1);
        n += name_n;
    }
}

static void fill_row(struct plumb_csv_row *row, double t_s, const struct plumb_analysis *analysis, size_t i)
{
    char flags[FLAGS_N];
    const float *const angles[] = {analysis->tilt_rad,      analysis->tilt_sd_rad, analysis->rotation_rad,
                                   analysis->obliquity_rad, analysis->lumbar_rad,  analysis->hip_rad};
    plumb_csv_row_begin(row);
    plumb_csv_row_number(row, t_s, T_DECIMALS);
    for (size_t angle = 0; angle < sizeof angles / sizeof *angles; angle++)
        plumb_csv_row_number(row, (double)angles[angle][i] * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
    join_flags(flags, analysis->row_flags[i]);
    plumb_csv_row_word(row, plumb_zone_name((enum plumb_zone)analysis->zone[i]));
    plumb_csv_row_word(row, flags);
    plumb_csv_row_end(row);
}

int plumb_trace_save(
    const char *path, const struct plumb_track *track, const struct plumb_analysis *analysis,
    struct plumb_message *message)
{
    int fail;
    struct plumb_csv_row row;
    struct plumb_file_out *out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = plumb_file_out_put(out, header, sizeof header - 1, message);
    for (size_t i = 0; i < analysis->n && !fail; i++) {
        fill_row(&row, track->t_s[i], analysis, i);
        fail = plumb_file_out_put(out, row.text, row.n, message);
    }
    return plumb_file_out_close(out, message);
}
