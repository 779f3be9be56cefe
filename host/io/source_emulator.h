/* The emulated board as a source: `sim:SCENARIO`, `sim:RAW.csv`, with ?speed=N|max (1 is real time and what
 * it is without), &truth=FILE, &faults=FILE, &grade=perfect|typical|worst (sensor errors, for a recording
 * only).
 *
 * host_us is the run's own clock, 0 at power-on: paced or not, the same commands at the same moments give the
 * same bytes. The calls are those of host/io/source.h.
 */
#ifndef PLUMB_SOURCE_EMULATOR_H
#define PLUMB_SOURCE_EMULATOR_H

#include "source.h"

struct plumb_source_emulator; /* owned by who opened it */

/* `rest` is the URI behind "sim:". NULL with *fail and message set. */
struct plumb_source_emulator *
plumb_source_emulator_open(const char *rest, int *fail, struct plumb_message *message);

/* 0, or PLUMB_LOST where the emulator died (plumb_source_emulator_message says how). */
int plumb_source_emulator_read(
    struct plumb_source_emulator *source, int64_t wait_us, struct plumb_source_event *event);

int plumb_source_emulator_write(struct plumb_source_emulator *source, const uint8_t *bytes, size_t n);

void plumb_source_emulator_asked(
    struct plumb_source_emulator *source, const struct plumb_step *step, enum plumb_pose pose);

/* "emulated board, scenario supine-edge-demo". Borrowed while open. */
const char *plumb_source_emulator_describe(const struct plumb_source_emulator *source);

/* What broke it; empty while nothing has. Borrowed while open. */
const char *plumb_source_emulator_message(const struct plumb_source_emulator *source);

void plumb_source_emulator_close(struct plumb_source_emulator *source);

#endif
