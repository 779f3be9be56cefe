/* Misfortunes on request: each value of enum plumb_fault done to a board. */
#ifndef PLUMB_EMULATOR_FAULTS_H
#define PLUMB_EMULATOR_FAULTS_H

#include "board.h"

/* Begins or ends a fault; address 0 means every IMU. Returns 0, or -1 when there is no such fault or no such
 * IMU. */
int plumb_faults_apply(
    struct plumb_board *board, uint8_t fault, uint8_t address, bool begin, uint32_t parameter);

#endif
