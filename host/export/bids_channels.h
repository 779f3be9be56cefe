/* The channels of a session: one table for channels.tsv, channels.json, the counts of motion.json and the
 * columns of motion.tsv. Pure. */
#ifndef PLUMB_BIDS_CHANNELS_H
#define PLUMB_BIDS_CHANNELS_H

#include "../session/dossier.h"

#define PLUMB_BIDS_CHANNELS_MOST 48

enum plumb_bids_type {
    PLUMB_BIDS_ACCEL,
    PLUMB_BIDS_GYRO,
    PLUMB_BIDS_JNTANG,
    PLUMB_BIDS_LATENCY,
    PLUMB_BIDS_MISC,
    PLUMB_BIDS_ORNT,
    PLUMB_BIDS_TYPES_N
};

struct plumb_bids_channel {
    char name[32];
    enum plumb_bids_type type;
    const char *component, *point, *units, *frame, *placement, *description;
    int decimals;
    int source, index; /* how its value is found */
};

struct plumb_bids_channels {
    int n;
    struct plumb_bids_channel list[PLUMB_BIDS_CHANNELS_MOST];
};

/* "ACCEL". */
const char *plumb_bids_type_name(enum plumb_bids_type type);

void plumb_bids_channels_make(struct plumb_bids_channels *channels, unsigned roles);

/* NaN where it is not known. */
double plumb_bids_value(
    const struct plumb_bids_channel *channel, const struct plumb_dossier_row *row, double first_s);

#endif
