/* OpenSim's text tables, to the letter of its DelimFileAdapter: .sto with the orientation of each sensor
 * (what OpenSense reads), .mot with the pelvis' angles as coordinates.
 *
 * .sto: quaternions (w, x, y, z) that take the sensor's frame to the earth's, z up, heading arbitrary;
 * OpenSim has y up, so OpenSense wants sensor_to_opensim_rotations of -90 degrees about x (the header says
 * so). Beside FILE.sto lies FILE-calibration.sto, one row: the mean orientation while neutral was captured.
 *
 * .mot: coordinates of the gait models, right-handed about OpenSim's ground axes (x forward, y up, z right):
 *   pelvis_tilt     = -tilt_deg       about z: anterior is negative
 *   pelvis_list     = -obliquity_deg  about x: right side up is negative
 *   pelvis_rotation =  rotation_deg   about y: a left turn is positive
 * A coordinate that the pose hides from a sensor without a compass is no column at all. A value that is
 * missing in one row is "nan": the format has no blank, and OpenSim reads numbers with std::stod, which takes
 * it.
 */
#ifndef PLUMB_EXPORT_OPENSIM_H
#define PLUMB_EXPORT_OPENSIM_H

#include "exporter.h"

extern const struct plumb_exporter plumb_exporter_sto, plumb_exporter_mot;

#endif
