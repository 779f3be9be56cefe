#include "save_orient.h"

#include "csv_row.h"
#include "file_out.h"

#define T_DECIMALS 6
#define Q_DECIMALS 7 /* 0.00001 degrees */

int plumb_orient_save(
    const char *path, const struct plumb_track *track, const struct plumb_quat *q_ws,
    struct plumb_message *message)
{
    static const char header[] = "t_s,qw,qx,qy,qz\n";
    int fail;
    struct plumb_csv_row row;
    struct plumb_file_out *out = plumb_file_out_open(path, PLUMB_FILE_REPLACE, &fail, message);
    if (!out)
        return fail;
    fail = plumb_file_out_put(out, header, sizeof header - 1, message);
    for (size_t i = 0; i < track->n && !fail; i++) {
        const double q[] = {q_ws[i].w, q_ws[i].x, q_ws[i].y, q_ws[i].z};
        plumb_csv_row_begin(&row);
        plumb_csv_row_number(&row, track->t_s[i], T_DECIMALS);
        for (int part = 0; part < 4; part++)
            plumb_csv_row_number(&row, q[part], Q_DECIMALS);
        plumb_csv_row_end(&row);
        fail = plumb_file_out_put(out, row.text, row.n, message);
    }
    return plumb_file_out_close(out, message);
}
