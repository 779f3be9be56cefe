/* The signals of an EDF file: which a session has, their ranges, and their values of one row. Pure.
 */
#ifndef PLUMB_EDF_SIGNALS_H
#define PLUMB_EDF_SIGNALS_H

#include "../session/dossier.h"

#define PLUMB_EDF_SIGNALS_MOST 40

struct plumb_edf_signal {
    char label[17];
    const char *dimension, *transducer;
    double most;     /* the physical range is -most..most */
    int kind, index; /* how its value is found in a row */
};

struct plumb_edf_signals {
    int n;
    struct plumb_edf_signal list[PLUMB_EDF_SIGNALS_MOST];
};

/* `seen`: bits (1u << i) of the angles that were known in at least one row, in the order tilt, tilt sd,
 * rotation, obliquity, lumbar, hip. */
void plumb_edf_signals_make(struct plumb_edf_signals *signals, unsigned seen, unsigned roles);

/* The bits of the angles that this row knows. */
unsigned plumb_edf_angles_known(const struct plumb_angles *angles);

/* The value of a signal in a row; NaN where it is not known. Zone and "known" signals always are. */
double plumb_edf_value(const struct plumb_edf_signal *signal, const struct plumb_dossier_row *row);

#endif
