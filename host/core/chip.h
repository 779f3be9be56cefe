/* Which chips there are, by the register with which one says what it is. */
#ifndef PLUMB_CHIP_H
#define PLUMB_CHIP_H

#include <stdint.h>

/* "MPU-6050"; "" for one that is not known. Constant. */
const char *plumb_chip_name(uint8_t who_am_i);

#endif
