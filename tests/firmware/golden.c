#include "golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define DOCUMENT PLUMB_SOURCE_DIR "/include/plumb/WIRE.md"

enum { TABLES_MOST_N = 32, ROWS_MOST_N = 20, LINE_MOST_N = 512 };

struct row {
    char type[4]; /* "u8", "i16", ... */
    int n;        /* elements */
    char field[32];
};

struct table {
    char name[32];
    unsigned type; /* of the message; 0 for a part of one */
    struct row rows[ROWS_MOST_N];
    int rows_n;
};

struct document {
    struct table tables[TABLES_MOST_N];
    int tables_n;
    int in_golden;
    struct golden *list;
    int most, n;
};

static struct table *find_table(struct document *document, const char *name)
{
    for (int i = 0; i < document->tables_n; i++)
        if (strcmp(document->tables[i].name, name) == 0)
            return &document->tables[i];
    return NULL;
}

static int complain(const char *what, const char *line)
{
    fprintf(stderr, "%s: %s: %s", DOCUMENT, what, line);
    return -1;
}

static int take_heading(struct document *document, const char *line)
{
    struct table table = {.rows_n = 0};
    if (sscanf(line, "### %31s 0x%x", table.name, &table.type) < 1)
        return 0;
    if (document->tables_n == TABLES_MOST_N)
        return complain("too many tables", line);
    document->tables[document->tables_n++] = table;
    return 0;
}

static int take_row(struct document *document, const char *line)
{
    struct row row = {.n = 1};
    char type[16];
    if (document->tables_n == 0 || sscanf(line, "| %15s | %31s |", type, row.field) != 2)
        return 0;
    int kind = type[0] == 'u' || type[0] == 'i';
    if (!kind || type[1] < '0' || type[1] > '9')
        return 0;
    sscanf(type, "%3[ui0-9][%d]", row.type, &row.n);
    struct table *table = &document->tables[document->tables_n - 1];
    if (table->rows_n == ROWS_MOST_N)
        return complain("too many rows", line);
    table->rows[table->rows_n++] = row;
    return 0;
}

static void put_value(struct golden *golden, const char *type, int64_t value)
{
    int bytes_n = atoi(type + 1) / 8;
    for (int i = 0; i < bytes_n; i++)
        golden->payload[golden->payload_n++] = (uint8_t)((uint64_t)value >> (8 * i));
    golden->values[golden->values_n++] = value;
}

/* "name=1,2,3" by its row. */
static int take_field(struct golden *golden, const struct row *row, const char *text)
{
    size_t name_n = strlen(row->field);
    if (strncmp(text, row->field, name_n) != 0 || text[name_n] != '=')
        return complain(row->field, text);
    const char *at = text + name_n;
    for (int i = 0; i < row->n; i++) {
        char *end;
        put_value(golden, row->type, strtoll(at + 1, &end, 10));
        if (*end != (i + 1 < row->n ? ',' : '\0'))
            return complain("not a list of its length", text);
        at = end;
    }
    return 0;
}

static int take_fields(struct golden *golden, const struct table *table, char *rest)
{
    for (int i = 0; i < table->rows_n; i++) {
        char *text = strtok_r(NULL, " \n", &rest);
        if (!text || take_field(golden, &table->rows[i], text) != 0)
            return -1;
    }
    return strtok_r(NULL, " \n", &rest) ? complain("more fields than the table has", table->name) : 0;
}

static int begin_golden(struct document *document, const char *kind, char *rest)
{
    const struct table *table = find_table(document, kind);
    if (!table || document->n == document->most)
        return complain("no such table, or too many frames", kind);
    struct golden *golden = &document->list[document->n++];
    *golden = (struct golden){.type = (uint8_t)table->type};
    snprintf(golden->kind, sizeof golden->kind, "%s", kind);
    return take_fields(golden, table, rest);
}

static int add_imu(struct document *document, char *rest)
{
    struct golden *golden = &document->list[document->n - 1];
    char name[32];
    snprintf(name, sizeof name, "%.24s.imu", golden->kind);
    const struct table *table = find_table(document, name);
    return table ? take_fields(golden, table, rest) : complain("no such table", name);
}

static int add_bytes(struct golden *golden, const char *line)
{
    const char *at = line;
    unsigned byte;
    int used;
    while (sscanf(at, "%2x%n", &byte, &used) == 1) {
        if (golden->frame_n == (int)sizeof golden->frame)
            return complain("too long", line);
        golden->frame[golden->frame_n++] = (uint8_t)byte;
        at += used;
    }
    return 0;
}

static int is_bytes(const char *line)
{
    return strspn(line, "0123456789abcdef") == 2;
}

static int take_golden(struct document *document, char *line)
{
    if (is_bytes(line))
        return document->n > 0 ? add_bytes(&document->list[document->n - 1], line) : -1;
    char *rest = NULL;
    const char *kind = strtok_r(line, " \n", &rest);
    if (!kind)
        return 0;
    return strcmp(kind, "imu") == 0 ? add_imu(document, rest) : begin_golden(document, kind, rest);
}

static int take_line(struct document *document, char *line)
{
    if (strncmp(line, "```", 3) == 0) {
        document->in_golden = strcmp(line, "```golden\n") == 0;
        return 0;
    }
    if (document->in_golden)
        return take_golden(document, line);
    return line[0] == '#' ? take_heading(document, line) : take_row(document, line);
}

int golden_load(struct golden *list, int most)
{
    static struct document document;
    char line[LINE_MOST_N];
    document = (struct document){.list = list, .most = most};
    FILE *file = fopen(DOCUMENT, "r");
    int failed = file == NULL;
    while (!failed && fgets(line, sizeof line, file))
        failed = take_line(&document, line) != 0;
    if (file)
        fclose(file);
    return failed ? -1 : document.n;
}
