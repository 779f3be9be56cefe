/* The pipe between the host and the emulated board: what the sensors shall feel goes in, what the serial line
 * carries comes out. Lockstep: the host sends records and ends a batch with PLUMB_PIPE_RUN; the emulator runs
 * the image up to that moment and answers with its records, the last being PLUMB_PIPE_DONE. The emulator
 * never looks at a clock: pacing, and therefore speed, is the host's. All integers little-endian.
 *
 * Every record: u8 type, u16 length of the payload, payload.
 */
#ifndef PLUMB_MOTION_H
#define PLUMB_MOTION_H

#include "bytes.h"

#define PLUMB_PIPE_HEAD_N    3    /* type and length */
#define PLUMB_PIPE_PAYLOAD_N 4096 /* the longest payload either side sends */
#define PLUMB_MOTION_STEP_US 1000 /* world time that one motion record lasts */
#define PLUMB_MOTION_IMUS_N  2    /* 0x68, 0x69 */

enum plumb_pipe_type {
    /* host to emulator */
    PLUMB_PIPE_MOTION = 'M', /* what each IMU feels for the next millisecond: PLUMB_MOTION_IMUS_N times
                                i32[3] specific force in 1e-6 m/s2, i32[3] angular rate in 1e-7 rad/s,
                                i16 temperature in 0.01 degC */
    PLUMB_PIPE_DOWN = 'D',   /* bytes for the board's receiver, at the moment reached so far */
    PLUMB_PIPE_FAULT = 'F',  /* u8 enum plumb_fault, u8 IMU address or 0, u8 1 begin / 0 end, u32 parameter */
    PLUMB_PIPE_RUN = 'R',    /* empty: run through the motion received, then answer */
    /* emulator to host */
    PLUMB_PIPE_UP = 'U', /* u64 world microseconds when the last of these bytes left the board, then bytes */
    PLUMB_PIPE_PINS = 'P', /* u64 world microseconds, u8 bits: 0 LED, 1 buzzer, 2 vibration */
    PLUMB_PIPE_DONE = 'T', /* u64 world microseconds reached, u64 CPU cycles run, u64 of them asleep,
                              u32 resets so far, u16 most stack bytes used so far */
};

#define PLUMB_MOTION_IMU_N     26
#define PLUMB_MOTION_PAYLOAD_N (PLUMB_MOTION_IMUS_N * PLUMB_MOTION_IMU_N)
#define PLUMB_FAULT_PAYLOAD_N  7
#define PLUMB_DONE_PAYLOAD_N   30

enum plumb_fault {
    PLUMB_FAULT_NACK = 1,     /* the IMU does not answer its address */
    PLUMB_FAULT_STUCK,        /* the IMU's data registers freeze, data-ready goes on */
    PLUMB_FAULT_BUS_DEAD,     /* SDA held low: no transfer ends */
    PLUMB_FAULT_IMU_RESET,    /* the IMU loses power for an instant: registers back to power-on, asleep */
    PLUMB_FAULT_NO_READY,     /* the data-ready line stays silent */
    PLUMB_FAULT_RESET,        /* the board's reset button */
    PLUMB_FAULT_BROWN_OUT,    /* the board's supply dips */
    PLUMB_FAULT_LINE_CUT,     /* no byte passes either way */
    PLUMB_FAULT_LINE_GARBAGE, /* parameter: one byte in so many is replaced by noise */
    PLUMB_FAULT_LINE_DROP,    /* parameter: one byte in so many is lost */
    PLUMB_FAULT_HANG,         /* the program stands still with interrupts off: the watchdog must bite */
};

#endif
