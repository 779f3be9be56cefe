/* What the files of the EDF exporters tell each other. */
#ifndef PLUMB_EDF_FILE_H
#define PLUMB_EDF_FILE_H

#include "edf_grid.h"
#include "edf_signals.h"
#include "exporter.h"
#include "job.h"
#include "place.h"

#define PLUMB_EDF_GAP_STEPS 1.5 /* DESIGN: a gap longer than 1.5 samples is counted */

#define PLUMB_EDF_DIGITAL 32767 /* symmetric, so that 0 is exactly 0 */
#define PLUMB_BDF_DIGITAL 8388607

struct plumb_edf_note {
    double onset_s, duration_s; /* from the first row; duration NaN: none */
    const char *text;
};

struct plumb_edf {
    struct plumb_export_job job;
    int bdf;
    struct plumb_place place;
    int handle; /* of the library; -1: none */
    struct plumb_edf_grid grid;
    struct plumb_edf_signals signals;
    double step_s;
    size_t gaps_n, annotations_n, written_n, cut_n, clipped_n, rows_n;
    int *record; /* owned: record_n values of each signal, one signal after the other; digital */
    int held[PLUMB_EDF_SIGNALS_MOST];
    size_t filled; /* places of the present record */
};

/* Visits every annotation of the session but its gaps: holds, flags, markers, the fraction of the first
 * second. 0 or what visit answered. edf may be borrowed by visit through context. */
int plumb_edf_notes(
    const struct plumb_edf *edf, const struct plumb_dossier *dossier,
    int (*visit)(void *context, const struct plumb_edf_note *note), void *context);

/* Writes one annotation; text is cut at a character's border to what EDF holds. */
int plumb_edf_annotate(struct plumb_edf *edf, const struct plumb_edf_note *note);

/* Opens the file with everything that its header says. 0 or negative with message. */
int plumb_edf_open(struct plumb_edf *edf, const struct plumb_dossier *dossier, struct plumb_message *message);

/* Closes it, and reads it back with the library's own strict reader: as many records and annotations as were
 * written. */
int plumb_edf_close(struct plumb_edf *edf, struct plumb_message *message);

#endif
