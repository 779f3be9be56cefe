/* clang-format off */
/* The node: everything between the data-ready interrupt and the serial line.
 *
 *   state      what it does                             leaves when
 *   ---------  ---------------------------------------  --------------------------------------------------
 *   PROBING    looks for IMUs five times a second       an IMU is set up -> STREAMING; STOP -> IDLE; three
 *                                                       time-outs on the bus in a row -> FAULT
 *   STREAMING  sends a sample at each data-ready        no IMU works any more -> PROBING or FAULT;
 *                                                       STOP -> IDLE
 *   IDLE       IMUs asleep, answers commands            START -> PROBING
 *   FAULT      as PROBING, on a bus that does not move  the bus moves -> PROBING; an IMU is set up ->
 *                                                       STREAMING; STOP -> IDLE
 *
 * It starts in PROBING without being asked, and no state needs the host or the reset button to be left but
 * IDLE.
 */
/* clang-format on */
#ifndef PLUMB_NODE_H
#define PLUMB_NODE_H

#include <stdint.h>

#include "../boards/port.h"
#include "bus.h"
#include "cue.h"
#include "plumb/frame.h"
#include "sensor.h"
#include "settings.h"

#define PLUMB_FIRMWARE_VERSION 0x0001 /* 0.1 */

/* A command coming in. */
struct plumb_receiver {
    uint8_t n;
    uint8_t too_long;
    uint8_t frame[PLUMB_FRAME_N(PLUMB_CALIB_WRITE_N) + 8]; /* room for fields of later versions */
};

/* Small things first: an AVR reaches 64 bytes behind a pointer in one instruction. */
struct plumb_node {
    uint32_t samples; /* taken since boot */
    uint16_t overruns;
    uint16_t frames_lost;
    uint16_t commands_damaged;
    uint16_t ready;  /* ticks: when data were last ready */
    uint16_t status; /* ticks: when the last STATUS was sent */
    uint16_t rate_hz;
    uint8_t state;     /* enum plumb_node_state */
    uint8_t stopped;   /* by the host */
    uint8_t hello_due; /* 1 + enum plumb_hello_reason; 0: none */
    uint8_t status_due;
    uint8_t pace; /* index of the IMU whose data-ready line sets the pace */
    struct plumb_port_boot boot;
    struct plumb_bus bus;
    struct plumb_cue_player cue;
    struct plumb_settings settings;
    struct plumb_sensor sensors[PLUMB_WIRE_IMUS_N];
    struct plumb_saving saving;
    struct plumb_receiver receiver;
};

void plumb_node_init(struct plumb_node *node);

/* One round: to be called after every wake-up. */
void plumb_node_step(struct plumb_node *node);

#endif
