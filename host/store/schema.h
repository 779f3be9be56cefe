/* Which shape the file has: made where there is none, migrated where it is an older one, refused where it is
 * a newer one or somebody else's. */
#ifndef PLUMB_SCHEMA_H
#define PLUMB_SCHEMA_H

#include "sql.h"

#define PLUMB_STORE_APPLICATION 0x506c6d62 /* "Plmb", in the file's header */
#define PLUMB_STORE_SCHEMA      1          /* the recorded part; one more with every change of schema.sql */
#define PLUMB_SCHEMA_TEXT       "1"        /* the same as text */
#define PLUMB_DERIVED_SCHEMA    "1"        /* the derived part; another with every change of derived.sql */

/* 0 or negative with message: PLUMB_DAMAGED for a file that is not a store of this version or older. */
int plumb_schema_open(struct plumb_store *store, struct plumb_message *message);

#endif
