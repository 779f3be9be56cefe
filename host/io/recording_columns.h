/* Which column of a raw CSV is what: the header's names decide, in any order. */
#ifndef PLUMB_RECORDING_COLUMNS_H
#define PLUMB_RECORDING_COLUMNS_H

#include <stddef.h>

#include "../core/message.h"
#include "../core/sample.h"

#define PLUMB_COLUMNS_MOST 256 /* columns of the widest file taken */

/* Where a field goes: column PLUMB_COLUMN_OF(role, channel) for a sensor's value. */
enum plumb_column { PLUMB_COLUMN_IGNORED, PLUMB_COLUMN_T, PLUMB_COLUMN_MARKER, PLUMB_COLUMN_VALUES };
#define PLUMB_CHANNELS_N               7 /* ax ay az gx gy gz temp */
#define PLUMB_COLUMN_OF(role, channel) (PLUMB_COLUMN_VALUES + (role)*PLUMB_CHANNELS_N + (channel))
#define PLUMB_COLUMN_SLOTS             PLUMB_COLUMN_OF(PLUMB_ROLES_N, 0)
#define PLUMB_COLUMN_NAME_N            32

struct plumb_columns {
    size_t n;                               /* columns of the file */
    unsigned char slot[PLUMB_COLUMNS_MOST]; /* what each of them is */
    unsigned roles;                         /* bits of the roles whose six columns are there */
};

/* "pelvis_ax_mps2" and so on; constant but for `out`, which takes the name. */
const char *plumb_column_name(int slot, char out[PLUMB_COLUMN_NAME_N]);

/* Understands a header line. 0 or PLUMB_DAMAGED: no t_s, not all six columns of a sensor, a name twice,
 * another separator, a unit that is not ours. */
int plumb_columns_read(
    struct plumb_columns *columns, const char *file, const char *line, size_t n,
    struct plumb_message *message);

#endif
