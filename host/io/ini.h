/* The INI-like data files: exercises, calibrations, scenarios. Lines of `key = value` under `[section]`.
 *
 * UTF-8; `#` and `;` begin a comment line, ` ;` a comment behind a value. A line that begins with a space
 * goes on with the text above. One section name may come once; a kind that repeats carries a label: `[lapse
 * 1]`,
 * `[step hold]`. Every complaint reads `FILE:12: accel_bias_mps2 wants 3 numbers, found 2`.
 */
#ifndef PLUMB_INI_H
#define PLUMB_INI_H

#include <stdbool.h>
#include <stddef.h>

#include "../core/message.h"

#define PLUMB_INI_FILE_N  (256 * 1024) /* bytes of the longest file taken */
#define PLUMB_INI_LINE_N  198  /* bytes of the longest line taken: inih reads 200 with the line's end */
#define PLUMB_INI_VALUE_N 2000 /* bytes of the longest value, over all the lines it goes on for */

struct plumb_ini_entry {
    char *key, *value; /* borrowed from the ini */
    int line;          /* from 1 */
};

struct plumb_ini_section {
    char *name; /* "lapse 1"; borrowed from the ini */
    int line;
    size_t first, n; /* its entries */
};

struct plumb_ini {
    char *path; /* for messages; owned, as is all below */
    struct plumb_ini_section *sections;
    size_t sections_n;
    struct plumb_ini_entry *entries;
    size_t entries_n;
    char *text; /* where all the strings live */
};

/* Loads a file whole. 0, or a negative enum plumb_fail with message; the ini is then empty. Free with
 * plumb_ini_free. */
int plumb_ini_load(struct plumb_ini *ini, const char *path, struct plumb_message *message);

/* The same from n bytes in memory; `path` is the name that messages give it. */
int plumb_ini_parse(
    struct plumb_ini *ini, const char *path, const char *text, size_t n, struct plumb_message *message);

void plumb_ini_free(struct plumb_ini *ini);

/* The next section of a kind ("lapse" finds [lapse], [lapse 1], [lapse cough]) behind `after`, or the first
 * where that is NULL; NULL at the end. In the file's order. Borrowed until plumb_ini_free. */
const struct plumb_ini_section *
plumb_ini_next(const struct plumb_ini *ini, const char *kind, const struct plumb_ini_section *after);

/* "1" of [lapse 1]; "" where there is none. Borrowed. */
const char *plumb_ini_label(const struct plumb_ini_section *section);

/* The entry of that key, or NULL. */
const struct plumb_ini_entry *
plumb_ini_entry(const struct plumb_ini *ini, const struct plumb_ini_section *section, const char *key);

/* Says `FILE:LINE: ...` and returns PLUMB_DAMAGED, for what only the reader of the file can judge. */
__attribute__((format(printf, 4, 5))) int plumb_ini_refuse(
    const struct plumb_ini *ini, int line, struct plumb_message *message, const char *format, ...);

enum plumb_ini_kind {
    PLUMB_INI_DOUBLE,  /* double */
    PLUMB_INI_INT,     /* int */
    PLUMB_INI_BOOL,    /* bool: yes no true false on off */
    PLUMB_INI_VEC3,    /* struct plumb_vec3: three numbers, spaces or commas between */
    PLUMB_INI_DOUBLES, /* double[room]: as many numbers as `room`, or up to it where n_offset says where the
                          count goes */
    PLUMB_INI_TEXT,    /* char[room], ended by NUL */
    PLUMB_INI_CHOICE,  /* int or an enum: the index in `choices` */
};

/* One key that a kind of section knows; write the rows as {"lapse", "start_s", PLUMB_INI_DOUBLE, .offset =
 * ...}. What is absent in the file stays as the caller has set it. */
struct plumb_ini_field {
    const char *section; /* the kind: "lapse" for [lapse 1] */
    const char *key;
    enum plumb_ini_kind kind;
    size_t offset;              /* in the struct that is filled */
    double min, max;            /* of every number, both included; both 0: no bounds */
    bool required;              /* wherever its section stands; plumb_ini_read: the section too */
    size_t room;                /* TEXT: bytes; DOUBLES: numbers */
    size_t n_offset;            /* DOUBLES: where a size_t takes their count; 0: exactly `room` are wanted */
    const char *const *choices; /* CHOICE: ended by NULL */
};

/* Fills a struct from the sections that come once. A section whose kind is neither in `fields` nor in
 * `repeated` (ended by NULL; may be NULL) is an error, as are unknown keys, keys that come twice, values out
 * of bounds, and required keys that are missing. 0 or PLUMB_DAMAGED. */
int plumb_ini_read(
    const struct plumb_ini *ini, const struct plumb_ini_field *fields, size_t fields_n,
    const char *const *repeated, void *into, struct plumb_message *message);

/* Fills a struct from one section (of a repeated kind): the fields of that kind. */
int plumb_ini_read_section(
    const struct plumb_ini *ini, const struct plumb_ini_section *section,
    const struct plumb_ini_field *fields, size_t fields_n, void *into, struct plumb_message *message);

#endif
