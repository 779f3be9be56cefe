/* The messages between the node (the microcontroller on the belt) and the host: WIRE.md in code.
 *
 * Integers only, freestanding: the same header is compiled for the microcontroller and for the host. How the
 * structs become payloads: payload.h. How payloads become bytes on the line: frame.h.
 */
#ifndef PLUMB_WIRE_H
#define PLUMB_WIRE_H

#include <stdint.h>

#define PLUMB_WIRE_VERSION 1
#define PLUMB_WIRE_IMUS_N  2   /* most IMUs of one node: addresses 0x68 and 0x69 share a bus */
#define PLUMB_PAYLOAD_N    128 /* longest payload either side may send */

enum plumb_type {
    /* node to host */
    PLUMB_HELLO = 0x01,
    PLUMB_SAMPLE = 0x02,
    PLUMB_STATUS = 0x03,
    PLUMB_ACK = 0x04,
    PLUMB_CALIB = 0x05,
    /* host to node */
    PLUMB_HELLO_REQUEST = 0x41,
    PLUMB_START = 0x42,
    PLUMB_STOP = 0x43,
    PLUMB_RATE = 0x44,
    PLUMB_CUE = 0x45,
    PLUMB_IDENTIFY = 0x46,
    PLUMB_ROLE = 0x47,
    PLUMB_CALIB_READ = 0x48,
    PLUMB_CALIB_WRITE = 0x49,
    PLUMB_SERIAL_WRITE = 0x4A,
};

/* ---- HELLO: who speaks and what its counts mean. At boot, when a sensor comes or changes, when asked. */

enum plumb_hello_reason { PLUMB_HELLO_BOOT = 0, PLUMB_HELLO_ASKED = 1, PLUMB_HELLO_CHANGED = 2 };

enum plumb_board { PLUMB_BOARD_UNKNOWN = 0, PLUMB_BOARD_ATMEGA328P = 1, PLUMB_BOARD_RP2040 = 2 };

enum plumb_reset_cause {
    PLUMB_RESET_UNKNOWN = 0, /* a bootloader cleared the register */
    PLUMB_RESET_POWER = 1,
    PLUMB_RESET_BUTTON = 2, /* also what opening the port does on an Arduino */
    PLUMB_RESET_BROWN_OUT = 3,
    PLUMB_RESET_WATCHDOG = 4,
};

enum plumb_imu_role {
    PLUMB_ROLE_PELVIS = 0,
    PLUMB_ROLE_LUMBAR = 1,
    PLUMB_ROLE_THIGH = 2,
    PLUMB_WIRE_ROLES_N = 3,
};

struct plumb_hello_imu {
    uint8_t address;             /* on the I2C bus, 7 bits */
    uint8_t who_am_i;            /* what the chip's identity register says; 0 where none answered */
    uint8_t role;                /* enum plumb_imu_role */
    uint8_t present;             /* 1 where a known chip answers */
    uint16_t accel_lsb_per_g;    /* counts per standard gravity */
    uint32_t gyro_lsb_per_kdps;  /* counts per 1000 deg/s */
    uint32_t temp_lsb_per_kc;    /* counts per 1000 degC; 0 where there is no thermometer */
    int16_t temp_offset_centi_c; /* 0.01 degC at count 0 */
};

struct plumb_hello {
    uint8_t version;   /* PLUMB_WIRE_VERSION of the node */
    uint8_t reason;    /* enum plumb_hello_reason */
    uint8_t board;     /* enum plumb_board */
    uint8_t reset;     /* enum plumb_reset_cause */
    uint8_t boot;      /* changes with every reset */
    uint16_t firmware; /* version, major in the high byte */
    uint32_t serial;   /* of the node, kept in EEPROM; 0 = never given */
    uint32_t time_us;  /* device time now */
    uint32_t baud;
    uint16_t rate_hz;
    uint16_t delay_us; /* how much older than its time stamp a reading is: the sensor's own filter */
    uint8_t imus_n;    /* 0..PLUMB_WIRE_IMUS_N */
    struct plumb_hello_imu imus[PLUMB_WIRE_IMUS_N];
};

#define PLUMB_HELLO_FIXED_N 24 /* bytes before the IMUs */
#define PLUMB_HELLO_IMU_N   16

/* ---- SAMPLE: one data-ready moment. */

enum plumb_sample_wire_flag {
    PLUMB_SAMPLE_IMU0 = 1 << 0,      /* counts of IMU 0 follow */
    PLUMB_SAMPLE_IMU1 = 1 << 1,      /* counts of IMU 1 follow (after those of IMU 0) */
    PLUMB_SAMPLE_VIBRATION = 1 << 2, /* the clip's own motor is running or has just stopped */
    PLUMB_SAMPLE_IMU_ERROR = 1 << 3, /* an IMU that was there is not delivering */
};

struct plumb_counts {
    int16_t accel_lsb[3];
    int16_t gyro_lsb[3];
    int16_t temp_lsb;
};

struct plumb_wire_sample {
    uint8_t flags;        /* enum plumb_sample_wire_flag */
    uint16_t sequence;    /* counts every sample taken, also those the node had to drop; wraps */
    uint32_t time_us;     /* device time stamped in the data-ready interrupt; wraps after 71.6 min */
    uint16_t overruns;    /* data-ready moments that passed unread since boot; wraps */
    uint16_t frames_lost; /* frames dropped since boot because the line was full; wraps */
    struct plumb_counts counts[PLUMB_WIRE_IMUS_N]; /* zero where the flag says absent */
};

#define PLUMB_SAMPLE_FIXED_N 11
#define PLUMB_SAMPLE_IMU_N   14

/* ---- STATUS: each second, and at once when a state changes. */

enum plumb_node_state {
    PLUMB_NODE_PROBING = 0,   /* looking for IMUs; no samples */
    PLUMB_NODE_STREAMING = 1, /* at least one IMU delivers */
    PLUMB_NODE_IDLE = 2,      /* stopped by the host; IMUs asleep */
    PLUMB_NODE_FAULT = 3,     /* the bus is dead: not even a recovery frees it; goes on trying */
};

enum plumb_imu_state {
    PLUMB_IMU_ABSENT = 0,    /* nobody has answered since boot */
    PLUMB_IMU_STREAMING = 1, /* delivers */
    PLUMB_IMU_ASLEEP = 2,    /* stopped by the host */
    PLUMB_IMU_NO_ANSWER = 3, /* was there, does not acknowledge */
    PLUMB_IMU_STUCK = 4,     /* answers with the same counts for too long */
    PLUMB_IMU_NOT_READY = 5, /* answers, but its data-ready line is silent */
    PLUMB_IMU_RESTARTED = 6, /* lost its settings (its power dipped): being set up again */
    PLUMB_IMU_UNKNOWN = 7,   /* something answers that no table row knows */
};

enum plumb_status_flag {
    PLUMB_STATUS_DEFAULTS = 1 << 0, /* settings in EEPROM damaged or never written: factory defaults in use */
    PLUMB_STATUS_VIBRATION = 1 << 1,
    PLUMB_STATUS_SAVING = 1 << 2, /* EEPROM is being written */
};

struct plumb_status {
    uint32_t time_us; /* device time now */
    uint8_t state;    /* enum plumb_node_state */
    uint8_t boot;     /* as in HELLO: a change tells a reset even when its HELLO was lost */
    uint8_t flags;    /* enum plumb_status_flag */
    uint8_t imu_state[PLUMB_WIRE_IMUS_N]; /* enum plumb_imu_state */
    uint16_t rate_hz;
    uint32_t samples; /* taken since boot; the low 16 bits are the sequence of the next sample */
    uint16_t overruns;
    uint16_t frames_lost;
    uint16_t i2c_errors;     /* transfers that failed since boot; wraps, as all counters here */
    uint16_t bus_recoveries; /* nine clocks and a stop */
    uint16_t imu_restarts;   /* IMUs set up again */
    uint16_t rx_errors;      /* bytes or commands from the host that came damaged */
    uint16_t stack_free;     /* bytes of RAM never touched so far */
};

#define PLUMB_STATUS_N 29

/* ---- ACK: every command is answered once. */

enum plumb_result {
    PLUMB_DONE = 0,
    PLUMB_UNKNOWN_COMMAND = 1,
    PLUMB_BAD_LENGTH = 2,
    PLUMB_BAD_VALUE = 3,
    PLUMB_BUSY = 4, /* EEPROM still writing: ask again */
};

struct plumb_ack {
    uint8_t command; /* enum plumb_type of what is answered */
    uint8_t result;  /* enum plumb_result */
};

#define PLUMB_ACK_N 2

/* ---- CALIB: what the node keeps about one IMU, so that a clip brings its calibration along.
 *
 * Applied by the host, axes of the sensor:  a = (I + accel_matrix) (a_counts - accel_bias), and
 * w = (1 + gyro_scale) (w_counts - gyro_bias) by axis.
 */
struct plumb_calib_record {
    int16_t accel_bias[3];   /* 1e-4 m/s2 */
    int16_t accel_matrix[9]; /* 1e-5, row by row: what is added to the identity */
    int16_t gyro_bias[3];    /* 1e-3 deg/s */
    int16_t gyro_scale[3];   /* 1e-5: what is added to one */
    int16_t temp_centi_c;    /* 0.01 degC at which it was found */
    uint16_t day;            /* days since 1970-01-01; 0 = unknown */
};

#define PLUMB_CALIB_RECORD_N 40

struct plumb_calib_reply {
    uint8_t imu;   /* index */
    uint8_t valid; /* 0: nothing stored, or damaged; the record is then all zero (the identity) */
    struct plumb_calib_record record;
};

#define PLUMB_CALIB_N (2 + PLUMB_CALIB_RECORD_N)

/* ---- Commands. HELLO_REQUEST, START, STOP have no payload. */

#define PLUMB_RATE_N         2                          /* u16 rate_hz: 100, 200 or 500 */
#define PLUMB_CUE_N          2                          /* u8 enum plumb_cue, u8 times (0 = until the next) */
#define PLUMB_IDENTIFY_N     0                          /* blinks, beeps and says HELLO */
#define PLUMB_ROLE_N         2                          /* u8 imu, u8 enum plumb_imu_role */
#define PLUMB_CALIB_READ_N   1                          /* u8 imu; answered by CALIB, then ACK */
#define PLUMB_CALIB_WRITE_N  (1 + PLUMB_CALIB_RECORD_N) /* u8 imu, record; ACK comes when it is stored */
#define PLUMB_SERIAL_WRITE_N 4                          /* u32 */

/* What the clip tells its wearer. Patterns: firmware/core/cue.c. */
enum plumb_cue {
    PLUMB_CUE_OFF = 0,
    PLUMB_CUE_READY = 1,   /* armed: you may move into the stretch */
    PLUMB_CUE_IN_ZONE = 2, /* back where it was set, the timer runs */
    PLUMB_CUE_LEAVING = 3, /* amber: about to leave */
    PLUMB_CUE_OUT = 4,     /* red: out of the set zone, the timer stands */
    PLUMB_CUE_DONE = 5,    /* hold complete */
    PLUMB_CUE_TROUBLE = 6, /* signal or sensor trouble */
    PLUMB_CUE_IDENTIFY = 7,
    PLUMB_CUES_N
};

#endif
