/* The movements of one instant: every act of a scenario laid over breathing, trembling and the heart. */
#ifndef PLUMB_MOVEMENT_H
#define PLUMB_MOVEMENT_H

#include "patient.h"

/* Angles against the resting pose, DESIGN's signs. */
struct plumb_movement {
    struct plumb_jet tilt, rotation, obliquity; /* rad, of the pelvis */
    struct plumb_jet lumbar;                    /* rad, of the curve between pelvis and trunk */
    struct plumb_jet thigh;                     /* rad */
    struct plumb_jet skin;                      /* rad of tilt that the clip does not follow */
    struct plumb_jet slip;                      /* rad that the clip has turned on its belt */
    struct plumb_jet breath_m;                  /* along the body's x */
    struct plumb_jet x_m, y_m, z_m;             /* of the whole body, in the world */
};

struct plumb_movement plumb_movement_at(const struct plumb_patient *patient, double t_s);

/* Sum of the band's sines at t_s, of rms 1. */
struct plumb_jet plumb_band_at(const struct plumb_band *band, double t_s);

#endif
