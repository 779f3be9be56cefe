#include "save_trace.h"

#include <string.h>

#include "../core/units.h"
#include "file_out.h"

#define T_DECIMALS     6
#define ANGLE_DECIMALS 3 /* a thousandth of a degree: finer than anything the sensors tell */

static const char *const columns[] = {"t_s",          "tilt_deg",      "tilt_sd_deg",
                                      "rotation_deg", "obliquity_deg", "lumbar_deg",
                                      "hip_deg",      "zone",          "flags"};

void plumb_trace_flags(char out[PLUMB_TRACE_FLAGS_N], unsigned flags)
{
    size_t n = 0;
    out[0] = '\0';
    for (int kind = 0; kind < PLUMB_FLAGS_N; kind++) {
        const char *name = plumb_flag_name((enum plumb_flag_kind)kind);
        size_t name_n = strlen(name);
        if (!(flags & (1u << kind)) || n + name_n + 2 > PLUMB_TRACE_FLAGS_N)
            continue;
        if (n)
            out[n++] = '+';
        memcpy(out + n, name, name_n + 1);
        n += name_n;
    }
}

void plumb_trace_header(struct plumb_csv_row *row)
{
    plumb_csv_row_begin(row);
    for (size_t i = 0; i < sizeof columns / sizeof *columns; i++)
        plumb_csv_row_word(row, columns[i]);
    plumb_csv_row_end(row);
}

void plumb_trace_row(struct plumb_csv_row *row, const struct plumb_dossier_row *found)
{
    char flags[PLUMB_TRACE_FLAGS_N];
    const struct plumb_angles *angles = &found->angles;
    const double values[] = {angles->tilt_rad,      angles->tilt_sd_rad, angles->rotation_rad,
                             angles->obliquity_rad, angles->lumbar_rad,  angles->hip_rad};
    plumb_csv_row_begin(row);
    plumb_csv_row_number(row, found->sample.t_s, T_DECIMALS);
    for (size_t i = 0; i < sizeof values / sizeof *values; i++)
        plumb_csv_row_number(row, values[i] * PLUMB_DEG_PER_RAD, ANGLE_DECIMALS);
    plumb_trace_flags(flags, found->flags);
    plumb_csv_row_word(row, plumb_zone_name(found->zone));
    plumb_csv_row_word(row, flags);
    plumb_csv_row_end(row);
}

static int put_rows(struct plumb_file_out *out, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct plumb_csv_row row;
    struct plumb_dossier_row found;
    int more, fail = plumb_dossier_rewind(dossier, message);
    plumb_trace_header(&row);
    if (!fail)
        fail = plumb_file_out_put(out, row.text, row.n, message);
    while (!fail && (more = plumb_dossier_next(dossier, &found, message)) != 0) {
        if (more < 0)
            return more;
        plumb_trace_row(&row, &found);
        fail = plumb_file_out_put(out, row.text, row.n, message);
    }
    return fail;
}

int plumb_trace_save(const char *path, struct plumb_dossier *dossier, struct plumb_message *message)
{
    int fail;
    struct plumb_file_out *out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = put_rows(out, dossier, message);
    if (!fail)
        return plumb_file_out_close(out, message);
    plumb_file_out_drop(out);
    return fail;
}
