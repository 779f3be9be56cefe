/* One place on the bus where an IMU may be: finding it, setting it up, reading it, noticing when it fails,
 * and bringing it back. Two such places: addresses 0x68 and 0x69. Times are ticks (ticks.h). */
#ifndef PLUMB_SENSOR_H
#define PLUMB_SENSOR_H

#include <stdint.h>

#include "bus.h"
#include "imu.h"
#include "plumb/wire.h"

struct plumb_sensor {
    uint8_t address;
    uint8_t state; /* enum plumb_imu_state */
    uint8_t who_am_i;
    uint8_t failures;                  /* reads in a row */
    uint8_t settling;                  /* just woken: readings not worth sending yet */
    uint8_t known;                     /* it was set up before, since boot */
    uint16_t restarts;                 /* set up again after trouble, since boot */
    uint16_t due;                      /* ticks: when to look after it next */
    uint16_t fresh;                    /* when its counts last changed */
    uint16_t woken;                    /* when it was last set up from cold */
    const struct plumb_imu_chip *chip; /* NULL until one was found */
    struct plumb_counts counts;        /* the newest */
};

void plumb_sensor_init(struct plumb_sensor *sensor, uint8_t index, uint16_t now);

/* Looks after the sensor when it is due: probes, sets up, checks that it kept its settings. */
void plumb_sensor_care(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now);

/* Reads the counts. 0, or -1 when there are none to send. */
int8_t plumb_sensor_read(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t now);

/* Its data-ready line has been silent for too long. */
void plumb_sensor_silent(struct plumb_sensor *sensor, uint16_t now);

void plumb_sensor_stop(struct plumb_sensor *sensor, struct plumb_bus *bus);
void plumb_sensor_start(struct plumb_sensor *sensor, uint16_t now);

/* Another rate: set up again without a pause. */
void plumb_sensor_retune(struct plumb_sensor *sensor, struct plumb_bus *bus, uint16_t rate_hz, uint16_t now);

/* Set up and answering: worth reading when data are ready. */
uint8_t plumb_sensor_works(const struct plumb_sensor *sensor);

/* It was there and is not delivering as it should. */
uint8_t plumb_sensor_troubled(const struct plumb_sensor *sensor);

#endif
