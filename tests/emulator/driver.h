/* Drives plumb-emulator over its pipes, as a host does: one struct, one child process. */
#ifndef PLUMB_TESTS_EMULATOR_DRIVER_H
#define PLUMB_TESTS_EMULATOR_DRIVER_H

#include <plumb/motion.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/types.h>

enum { DRIVER_UP_MOST = 1 << 22, DRIVER_STAMPS_MOST = 1 << 18 };

/* What one IMU feels. */
struct driver_felt {
    double force_mps2[3];
    double rate_radps[3];
    double temp_c;
};

/* The motion of all IMUs at a world time; frame and units of struct driver_felt. */
typedef void (*driver_motion)(double world_s, struct driver_felt felt[PLUMB_MOTION_IMUS_N]);

struct driver {
    pid_t child;
    FILE *to, *from;
    FILE *said; /* what it printed on stderr, from the beginning on */
    driver_motion motion;
    uint64_t steps_n; /* milliseconds sent */
    uint8_t *up;      /* all uplink bytes since the last driver_forget, owned */
    size_t up_n;
    struct driver_stamp { /* one for each uplink record */
        uint64_t world_us;
        size_t up_end; /* its last byte is before this place in up */
    } * stamps;        /* owned */
    size_t stamps_n;
    uint8_t pins;
    size_t pins_n; /* changes since the last driver_forget */
    struct driver_done {
        uint64_t world_us, cycles, asleep_cycles;
        uint32_t resets_n;
        uint16_t stack_n;
    } done;
};

/* Starts the emulator; arguments ends with NULL and does not hold the program's name. Returns whether it
 * runs. */
bool driver_start(struct driver *driver, driver_motion motion, const char *const *arguments);

/* World time of a data-ready moment that --trace told about; imus: bit 0, bit 1. */
struct driver_ready {
    double world_us;
    unsigned imus;
};

/* Reads the moments told so far into ready, at most so many; returns how many. */
size_t driver_ready_moments(struct driver *driver, struct driver_ready *ready, size_t most);

/* Ends it by closing its input; returns its exit code. */
int driver_stop(struct driver *driver);

/* Runs milliseconds of world time. Returns false when the emulator did not answer as agreed. */
bool driver_run(struct driver *driver, unsigned ms);

void driver_down(struct driver *driver, const void *bytes, size_t n);
void driver_fault(
    struct driver *driver, enum plumb_fault fault, uint8_t address, bool begin, uint32_t parameter);

/* The host's end of the line has this speed from here on. */
void driver_baud(struct driver *driver, uint32_t baud);

/* Forgets the uplink collected so far. */
void driver_forget(struct driver *driver);

#endif
