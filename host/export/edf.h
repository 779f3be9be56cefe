/* EDF+ (16 bit) and BDF+ (24 bit): for the programs of sleep and EEG laboratories. The device's own rate
 * without resampling; gaps are held, marked and told by the "known" signals; holds, flags, markers and notes
 * are annotations.
 */
#ifndef PLUMB_EXPORT_EDF_H
#define PLUMB_EXPORT_EDF_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_edf, plumb_exporter_bdf;

#endif
