/* A picture of the window as a file, for tests and for the README. */
#ifndef PLUMB_SCREENSHOT_H
#define PLUMB_SCREENSHOT_H

#include "app.h"

/* Writes options.screenshot when options.screenshot_after_s have passed, then quits. */
void plumb_screenshot_later(struct plumb_app *app);

#endif
