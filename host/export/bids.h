/* Motion-BIDS (BIDS 1.9): a whole dataset of one or many sessions and patients, or one more session in a
 * dataset that is there. Raw sensors, orientations and angles as channels; holds, flags and markers as
 * events; what was received under sourcedata.
 */
#ifndef PLUMB_EXPORT_BIDS_H
#define PLUMB_EXPORT_BIDS_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_bids;

#endif
