/* FHIR R4: a collection of what a clinic's record takes: the device, the holds, the totals by side, a thinned
 * trace. Its codes are this project's own (there is no LOINC code for pelvic tilt, and none is invented);
 * units are UCUM.
 */
#ifndef PLUMB_EXPORT_FHIR_H
#define PLUMB_EXPORT_FHIR_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_fhir;

#endif
