/* The pipe between the host and the emulated board: what the sensors shall feel goes in, what the serial line
 * carries comes out. Lockstep: the host sends records and ends a batch with PLUMB_PIPE_RUN; the emulator
 * answers with its records, the last being PLUMB_PIPE_DONE. The emulator never looks at a clock: pacing, and
 * therefore speed, is the host's. All integers little-endian.
 *
 * Every record: u8 type, u16 length of the payload, payload.
 *
 * Records act in the order they come: each MOTION moves the world on by one millisecond, so a DOWN or FAULT
 * that follows n of them acts at the moment those n milliseconds are over. World time is 0 at power-on. The
 * host may send at most PLUMB_PIPE_BATCH_N bytes between two RUNs: nothing is answered before the RUN.
 */
#ifndef PLUMB_MOTION_H
#define PLUMB_MOTION_H

#include "bytes.h"

#define PLUMB_PIPE_HEAD_N    3     /* type and length */
#define PLUMB_PIPE_PAYLOAD_N 4096  /* the longest payload either side sends */
#define PLUMB_PIPE_BATCH_N   60000 /* fewer bytes than a pipe holds, so that neither side ever waits for the other */
#define PLUMB_MOTION_STEP_US 1000  /* world time that one motion record lasts */
#define PLUMB_MOTION_IMUS_N  2     /* 0x68, 0x69 */

enum plumb_pipe_type {
    /* host to emulator */
    PLUMB_PIPE_MOTION = 'M', /* what each IMU feels at the END of the next millisecond (in between: on a straight
                                line from the record before; the first holds from 0): PLUMB_MOTION_IMUS_N times
                                i32[3] specific force in 1e-6 m/s2, i32[3] angular rate in 1e-7 rad/s,
                                i16 temperature in 0.01 degC */
    PLUMB_PIPE_DOWN = 'D',   /* bytes for the board's receiver, put on the line from the moment reached so far */
    PLUMB_PIPE_FAULT = 'F',  /* u8 enum plumb_fault, u8 IMU address or 0, u8 1 begin / 0 end, u32 parameter */
    PLUMB_PIPE_BAUD = 'B',   /* u32: the host's end of the line has this speed from here on */
    PLUMB_PIPE_RUN = 'R',    /* empty: answer */
    /* emulator to host */
    PLUMB_PIPE_UP = 'U',   /* u64 world microseconds when the last of these bytes left the board, then bytes:
                              as long as they follow each other without a pause on the line, at most a batch */
    PLUMB_PIPE_PINS = 'P', /* u64 world microseconds, u8 bits: 0 LED, 1 buzzer sounding, 2 vibration */
    PLUMB_PIPE_DONE = 'T', /* u64 world microseconds reached, u64 CPU cycles run, u64 of them asleep,
                              u32 resets since power-on, u16 most stack bytes used so far */
};

#define PLUMB_MOTION_IMU_N     26
#define PLUMB_MOTION_PAYLOAD_N (PLUMB_MOTION_IMUS_N * PLUMB_MOTION_IMU_N)
#define PLUMB_FAULT_PAYLOAD_N  7
#define PLUMB_BAUD_PAYLOAD_N   4
#define PLUMB_BAUD_LEAST       300
#define PLUMB_BAUD_MOST        2000000
#define PLUMB_UP_FIXED_N       8 /* the time; bytes follow */
#define PLUMB_PINS_PAYLOAD_N   9
#define PLUMB_DONE_PAYLOAD_N   30

enum plumb_pins_bit { PLUMB_PINS_LED = 1 << 0, PLUMB_PINS_BUZZER = 1 << 1, PLUMB_PINS_VIBRATION = 1 << 2 };

/* Address 0 means every IMU. A begin that is already on only renews the parameter. */
enum plumb_fault {
    PLUMB_FAULT_NACK = 1,     /* the IMU does not answer its address */
    PLUMB_FAULT_STUCK,        /* the IMU's data registers freeze, data-ready goes on */
    PLUMB_FAULT_BUS_DEAD,     /* SDA held low: no transfer ends; parameter 0: until the fault ends, n: until then or
                                 until the board has clocked SCL n times by hand (a sensor stuck within a byte) */
    PLUMB_FAULT_IMU_RESET,    /* the IMU loses power for an instant: registers back to power-on, asleep */
    PLUMB_FAULT_NO_READY,     /* the data-ready line stays silent */
    PLUMB_FAULT_RESET,        /* the board's reset button */
    PLUMB_FAULT_BROWN_OUT,    /* the board's supply dips */
    PLUMB_FAULT_LINE_CUT,     /* no byte passes either way */
    PLUMB_FAULT_LINE_GARBAGE, /* parameter: one byte in so many is replaced by noise (0 counts as 1) */
    PLUMB_FAULT_LINE_DROP,    /* parameter: one byte in so many is lost (0 counts as 1) */
    PLUMB_FAULT_HANG,         /* the program stands still with interrupts off: the watchdog must bite */
};

#endif
