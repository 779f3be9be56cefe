/* Names that no two stores give twice: random UUIDs, version 4 (RFC 4122). */
#ifndef PLUMB_UUID_H
#define PLUMB_UUID_H

#include "../session/dossier.h"

/* 0, or PLUMB_FAILED where the system gives no randomness. */
int plumb_uuid_make(char uuid[PLUMB_UUID_N]);

/* 1 for 36 characters that are one. */
int plumb_uuid_is(const char *text);

#endif
