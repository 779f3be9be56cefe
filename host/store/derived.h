/* By which code derived rows were found. */
#ifndef PLUMB_DERIVED_H
#define PLUMB_DERIVED_H

/* Changes whenever the same bytes may give other angles, holds or flags: sessions that another version has
 * derived are derived again when they are looked at. */
#define PLUMB_DERIVED_BY "plumb-analysis 2"

#endif
