/* What the window costs, measured where it happens: for tests/bench. With `--measure S`, S seconds from the
 * moment the stretch is shown are measured, printed as lines of a name and a number, and the program leaves.
 */
#ifndef PLUMB_MEASURE_H
#define PLUMB_MEASURE_H

#include "app.h"

/* Begins to watch; the window must have been presented. */
void plumb_measure_start(struct plumb_app *app);

void plumb_measure_free(struct plumb_measure *measure);

#endif
