/* "PATH?key=value&key=value": what stands behind a source's scheme. */
#ifndef PLUMB_SOURCE_URI_H
#define PLUMB_SOURCE_URI_H

#include <stddef.h>

#include "../core/message.h"

#define PLUMB_URI_PATH_N    4096
#define PLUMB_URI_VALUE_N   64
#define PLUMB_URI_OPTIONS_N 8

struct plumb_source_uri {
    char path[PLUMB_URI_PATH_N];
    size_t options_n;
    struct {
        const char *key; /* one of the known ones */
        char value[PLUMB_URI_VALUE_N];
    } options[PLUMB_URI_OPTIONS_N];
};

/* Takes `rest` apart. `keys` (ended by NULL) are the options that this source knows. A '?' begins the options
 * only where an '=' follows, so that a file may have one in its name. 0 or PLUMB_USAGE with message. */
int plumb_source_uri_parse(
    struct plumb_source_uri *uri, const char *scheme, const char *rest, const char *const *keys,
    struct plumb_message *message);

/* The option's text, NULL where it was not given. */
const char *plumb_source_uri_option(const struct plumb_source_uri *uri, const char *key);

#endif
