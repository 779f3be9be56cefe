/* The workbook and what its sheets share; of xlsx*.c alone. */
#ifndef PLUMB_EXPORT_XLSX_BOOK_H
#define PLUMB_EXPORT_XLSX_BOOK_H

#include <xlsxwriter.h>

#include "job.h"
#include "place.h"

enum plumb_xlsx_format {
    PLUMB_XLSX_TITLE,
    PLUMB_XLSX_SUBTITLE,
    PLUMB_XLSX_HEAD,    /* of a table's column */
    PLUMB_XLSX_LABEL,   /* of a line of the summary */
    PLUMB_XLSX_SECTION, /* of several */
    PLUMB_XLSX_TEXT,
    PLUMB_XLSX_INTEGER,
    PLUMB_XLSX_DEG,      /* 0.0 */
    PLUMB_XLSX_DEG_FINE, /* 0.000 */
    PLUMB_XLSX_S,        /* 0.0 */
    PLUMB_XLSX_S_FINE,   /* 0.000 */
    PLUMB_XLSX_CLOCK,    /* minutes and seconds from the first row */
    PLUMB_XLSX_DATE,
    PLUMB_XLSX_SMALL, /* what is said below */
    PLUMB_XLSX_FORMATS_N
};

struct plumb_xlsx_book {
    struct plumb_export_job job;
    struct plumb_place place;
    double rate_hz; /* of the trace's rows */
    lxw_workbook *workbook;
    lxw_format *formats[PLUMB_XLSX_FORMATS_N];
    lxw_error error; /* the first that a write answered */
    size_t trace_rows_n, flags_n, holds_n;
};

/* One column of a table. */
struct plumb_xlsx_column {
    const char *name;
    double width; /* characters */
};

void plumb_xlsx_make_formats(struct plumb_xlsx_book *book);

/* A sheet with a frozen line of column heads; columns end with a NULL name. NULL when memory is short. */
lxw_worksheet *
plumb_xlsx_table(struct plumb_xlsx_book *book, const char *name, const struct plumb_xlsx_column *columns);

/* Cells. What is not finite or empty leaves its cell empty. */
void plumb_xlsx_number(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column, double value,
    enum plumb_xlsx_format format);
void plumb_xlsx_text(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column, const char *text,
    enum plumb_xlsx_format format);

/* t_s as minutes and seconds from the first row. */
void plumb_xlsx_clock(
    struct plumb_xlsx_book *book, lxw_worksheet *sheet, lxw_row_t row, int column,
    const struct plumb_dossier *dossier, double t_s);

/* The sheets, in the order of the book. */
void plumb_xlsx_summary(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier);
void plumb_xlsx_holds(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier);
void plumb_xlsx_flags(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier);
void plumb_xlsx_notes(struct plumb_xlsx_book *book, const struct plumb_dossier *dossier);

/* 0 or negative with message: rows may fail to come. */
int plumb_xlsx_trace(
    struct plumb_xlsx_book *book, struct plumb_dossier *dossier, struct plumb_message *message);

#endif
