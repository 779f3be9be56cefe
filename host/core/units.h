/* Units and the constants of nature that every part shares. */
#ifndef PLUMB_UNITS_H
#define PLUMB_UNITS_H

#define PLUMB_PI           3.14159265358979323846
#define PLUMB_GRAVITY_MPS2 9.80665 /* standard gravity, CGPM 1901 */
#define PLUMB_RAD_PER_DEG  (PLUMB_PI / 180)
#define PLUMB_DEG_PER_RAD  (180 / PLUMB_PI)
#define PLUMB_US_PER_S     1000000

#endif
