#include "sensor.h"

#include <stddef.h>
#include <string.h>

#include "ticks.h"

#define FIRST_ADDRESS 0x68             /* AD0 low; 0x69 with AD0 high */
#define PROBE         PLUMB_TICKS(200) /* between attempts to find or revive it */
#define CHECK         PLUMB_TICKS(100) /* between looks at its settings */
#define STUCK_AFTER   PLUMB_TICKS(500) /* a live sensor's noise changes its counts at every sample or two */
#define FAILURES_N    3                /* failed reads in a row: it is gone, not merely disturbed */

enum event {
    NOBODY,   /* a probe was not answered */
    STRANGER, /* a chip that no row of the table knows */
    SET_UP,   /* found and set up */
    FRESH,    /* read, with counts that changed */
    SAME,     /* read, with the same counts for STUCK_AFTER */
    FAILED,   /* FAILURES_N reads in a row failed, or a set-up */
    FORGOT,   /* it lost its settings: its power dipped */
    SILENT,   /* its data-ready does not come */
    STOP,
    START,
    EVENTS_N
};

/* What happens in which state. A stuck or silent sensor stays so when set up again, until fresh counts come;
 * a sensor never found stays absent when it does not answer, one that was there is missed. */
#define ABSENT  PLUMB_IMU_ABSENT
#define RUNNING PLUMB_IMU_STREAMING
#define ASLEEP  PLUMB_IMU_ASLEEP
#define GONE    PLUMB_IMU_NO_ANSWER
#define STUCK   PLUMB_IMU_STUCK
#define QUIET   PLUMB_IMU_NOT_READY
#define RESET   PLUMB_IMU_RESTARTED
#define UNKNOWN PLUMB_IMU_UNKNOWN

/* clang-format off */
static const uint8_t next_state[][EVENTS_N] = {
    /*           NOBODY  STRANGER  SET_UP   FRESH    SAME     FAILED  FORGOT   SILENT   STOP     START */
    [ABSENT]  = {ABSENT, UNKNOWN,  RUNNING, ABSENT,  ABSENT,  ABSENT, ABSENT,  ABSENT,  ABSENT,  ABSENT},
    [RUNNING] = {GONE,   UNKNOWN,  RUNNING, RUNNING, STUCK,   GONE,   RESET,   QUIET,   ASLEEP,  RUNNING},
    [ASLEEP]  = {GONE,   UNKNOWN,  RUNNING, ASLEEP,  ASLEEP,  ASLEEP, ASLEEP,  ASLEEP,  ASLEEP,  ABSENT},
    [GONE]    = {GONE,   UNKNOWN,  RUNNING, GONE,    GONE,    GONE,   GONE,    GONE,    GONE,    GONE},
    [STUCK]   = {GONE,   UNKNOWN,  STUCK,   RUNNING, STUCK,   GONE,   RESET,   QUIET,   ASLEEP,  STUCK},
    [QUIET]   = {GONE,   UNKNOWN,  QUIET,   RUNNING, QUIET,   GONE,   RESET,   QUIET,   ASLEEP,  QUIET},
    [RESET]   = {GONE,   UNKNOWN,  RUNNING, RESET,   RESET,   GONE,   RESET,   RESET,   ASLEEP,  RESET},
    [UNKNOWN] = {ABSENT, UNKNOWN,  RUNNING, UNKNOWN, UNKNOWN, GONE,   UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN},
};
/* clang-format on */

static const struct plumb_imu_family *const family = &plumb_imu_mpu6050;

static void happen(struct plumb_sensor *sensor, enum event event)
{
    sensor->state = next_state[sensor->state][event];
}

void plumb_sensor_init(struct plumb_sensor *sensor, uint8_t index, uint16_t now)
{
    *sensor = (struct plumb_sensor){
        .address = (uint8_t)(FIRST_ADDRESS + index), .state = PLUMB_IMU_ABSENT, .due = now};
}

uint8_t plumb_sensor_works(const struct plumb_sensor *sensor)
{
    return sensor->state == RUNNING || sensor->state == STUCK || sensor->state == QUIET;
}

uint8_t plumb_sensor_troubled(const struct plumb_sensor *sensor)
{
    return sensor->state == GONE || sensor->state == STUCK || sensor->state == QUIET ||
           sensor->state == RESET;
}

/* Sets the chip up; one that was not working before is given time to settle. */
static void set_up(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now)
{
    uint8_t warm = plumb_sensor_works(sensor);
    uint8_t troubled = plumb_sensor_troubled(sensor);
    if (family->setup(bus, sensor->address, sensor->chip, rate_hz) != 0) {
        happen(sensor, FAILED);
        return;
    }
    happen(sensor, SET_UP);
    if (troubled && sensor->known)
        sensor->restarts++;
    sensor->known = 1;
    sensor->failures = 0;
    if (!warm) {
        sensor->settling = 1;
        sensor->woken = sensor->fresh = now;
    }
}

static void probe(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now)
{
    uint8_t who_am_i = 0;
    if (plumb_bus_probe(bus, sensor->address, family->identity_register, &who_am_i) != PLUMB_BUS_OK) {
        happen(sensor, NOBODY);
        return;
    }
    const struct plumb_imu_chip *chip = plumb_imu_chip_find(family, who_am_i);
    sensor->who_am_i = who_am_i;
    if (chip == NULL) {
        happen(sensor, STRANGER);
        return;
    }
    sensor->chip = chip;
    set_up(sensor, bus, rate_hz, now);
}

/* A working sensor: has it kept its settings? One that does not answer is the next reading's to judge. */
static void check(struct plumb_sensor *sensor, struct plumb_bus *bus)
{
    if (family->intact(bus, sensor->address) == 0)
        happen(sensor, FORGOT);
}

/* When to look again: one that forgot its settings at once, so that the host hears of it first. */
static uint16_t pause_of(const struct plumb_sensor *sensor)
{
    switch (sensor->state) {
    case RUNNING:
        return CHECK;
    case RESET:
        return 0;
    default:
        return PROBE;
    }
}

void plumb_sensor_care(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now)
{
    if (sensor->settling && plumb_ticks_past(now, sensor->woken, family->settle_ticks))
        sensor->settling = 0;
    if (sensor->state == ASLEEP || !plumb_ticks_reached(now, sensor->due))
        return;
    if (sensor->state == RUNNING)
        check(sensor, bus);
    else
        probe(sensor, bus, rate_hz, now);
    sensor->due = (uint16_t)(now + pause_of(sensor));
}

static void judge(struct plumb_sensor *sensor, const struct plumb_counts *counts, uint16_t now)
{
    if (sensor->state == QUIET || memcmp(counts, &sensor->counts, sizeof *counts) != 0) {
        sensor->counts = *counts;
        sensor->fresh = now;
        happen(sensor, FRESH);
    } else if (plumb_ticks_past(now, sensor->fresh, STUCK_AFTER)) {
        happen(sensor, SAME);
    }
}

int8_t plumb_sensor_read(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t now)
{
    struct plumb_counts counts;
    if (family->read(bus, sensor->address, &counts) != 0) {
        if (++sensor->failures < FAILURES_N)
            return -1;
        happen(sensor, FAILED);
        sensor->due = (uint16_t)(now + PROBE);
        return -1;
    }
    sensor->failures = 0;
    judge(sensor, &counts, now);
    return 0;
}

void plumb_sensor_silent(struct plumb_sensor *sensor, uint16_t now)
{
    if (sensor->state == RUNNING || sensor->state == STUCK)
        sensor->due = now;
    happen(sensor, SILENT);
}

void plumb_sensor_stop(struct plumb_sensor *sensor, struct plumb_bus *bus)
{
    if (plumb_sensor_works(sensor))
        family->sleep(bus, sensor->address);
    happen(sensor, STOP);
}

void plumb_sensor_start(struct plumb_sensor *sensor, uint16_t now)
{
    happen(sensor, START);
    sensor->due = now;
}

void plumb_sensor_retune(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now)
{
    if (plumb_sensor_works(sensor))
        set_up(sensor, bus, rate_hz, now);
}
