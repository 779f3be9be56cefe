#include "source_uri.h"

#include <stdio.h>
#include <string.h>

#include "message_fail.h"

static const char *options_begin(const char *rest)
{
    const char *mark = strchr(rest, '?');
    while (mark && !strchr(mark, '='))
        mark = strchr(mark + 1, '?');
    return mark ? mark : rest + strlen(rest);
}

static const char *find_key(const char *const *keys, const char *text, size_t n)
{
    for (size_t i = 0; keys[i]; i++)
        if (strlen(keys[i]) == n && !memcmp(keys[i], text, n))
            return keys[i];
    return NULL;
}

static int unknown_option(
    const char *scheme, const char *const *keys, const char *text, size_t n, struct plumb_message *message)
{
    char known[200] = "";
    size_t at = 0;
    for (size_t i = 0; keys[i] && at < sizeof known; i++)
        at += (size_t)snprintf(known + at, sizeof known - at, "%s%s=", i ? ", " : "", keys[i]);
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: wants the options %s, found `%.*s`", scheme, known, n > 60 ? 60 : (int)n,
        text);
}

/* "key=value", n bytes. */
static int take_option(
    struct plumb_source_uri *uri, const char *scheme, const char *const *keys, const char *text, size_t n,
    struct plumb_message *message)
{
    const char *equals = memchr(text, '=', n);
    const char *key = equals ? find_key(keys, text, (size_t)(equals - text)) : NULL;
    size_t value_n = equals ? (size_t)(text + n - equals - 1) : 0;
    if (!key || plumb_source_uri_option(uri, key) || uri->options_n == PLUMB_URI_OPTIONS_N)
        return unknown_option(scheme, keys, text, n, message);
    if (value_n >= PLUMB_URI_VALUE_N)
        return plumb_message_fail(message, PLUMB_USAGE, "%s: the value of %s is too long", scheme, key);
    uri->options[uri->options_n].key = key;
    memcpy(uri->options[uri->options_n].value, equals + 1, value_n);
    uri->options[uri->options_n++].value[value_n] = '\0';
    return 0;
}

int plumb_source_uri_parse(
    struct plumb_source_uri *uri, const char *scheme, const char *rest, const char *const *keys,
    struct plumb_message *message)
{
    const char *at = options_begin(rest);
    size_t path_n = (size_t)(at - rest);
    memset(uri, 0, sizeof *uri);
    if (!path_n || path_n >= sizeof uri->path)
        return plumb_message_fail(
            message, PLUMB_USAGE, "%s: wants a name behind the colon, found %s", scheme,
            path_n ? "one that is too long" : "nothing");
    memcpy(uri->path, rest, path_n);
    while (*at) {
        size_t n = strcspn(++at, "&");
        int fail = take_option(uri, scheme, keys, at, n, message);
        if (fail)
            return fail;
        at += n;
    }
    return 0;
}

const char *plumb_source_uri_option(const struct plumb_source_uri *uri, const char *key)
{
    for (size_t i = 0; i < uri->options_n; i++)
        if (!strcmp(uri->options[i].key, key))
            return uri->options[i].value;
    return NULL;
}
