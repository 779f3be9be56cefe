/* The header of an EDF file, its annotations, and the look at what was written. EDFlib's home together with
 * edf.c. */
#include <edflib.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "edf_file.h"
#include "text_safe.h"
#include "when.h"

#define ANNOTATION_N 40   /* bytes that EDFlib keeps of a text */
#define TICKS_A_S    1e4  /* of an annotation's onset */
#define FIRST_YEAR   1985 /* EDF's two-digit year */
#define LAST_YEAR    2084
#define FIELD_N      64

static int refuse(const struct plumb_edf *edf, const char *what, struct plumb_message *message)
{
    return plumb_message_fail(message, PLUMB_FAILED, "%s: %s", edf->job.path, what);
}

/* ---- annotations */

int plumb_edf_annotate(struct plumb_edf *edf, const struct plumb_edf_note *note)
{
    char text[ANNOTATION_N + 1];
    size_t n = plumb_text_cut(note->text, ANNOTATION_N);
    memcpy(text, note->text, n);
    text[n] = '\0';
    for (size_t i = 0; i < n; i++)
        text[i] = (unsigned char)text[i] < ' ' ? ' ' : text[i];
    edf->cut_n += note->text[n] != '\0';
    long long onset = llround(fmax(0, note->onset_s) * TICKS_A_S);
    long long duration = isnan(note->duration_s) ? -1 : llround(note->duration_s * TICKS_A_S);
    edf->written_n++;
    return edfwrite_annotation_utf8(edf->handle, onset, duration, text) ? PLUMB_FAILED : 0;
}

/* ---- who and when */

static void set_patient(const struct plumb_edf *edf, const struct plumb_dossier *dossier)
{
    struct plumb_dossier_patient patient = plumb_job_patient(&edf->job, dossier);
    char text[FIELD_N];
    plumb_text_ascii(text, sizeof text, patient.code);
    edf_set_patientcode(edf->handle, *text ? text : "X");
    plumb_text_ascii(text, sizeof text, patient.alias);
    edf_set_patientname(edf->handle, *text ? text : "X");
    if (patient.sex == 'F' || patient.sex == 'M')
        edf_set_gender(edf->handle, patient.sex == 'M');
}

/* On a whole second: readers disagree about fractions, so the fraction is an annotation. */
static void set_begin(const struct plumb_edf *edf, const struct plumb_dossier *dossier)
{
    struct plumb_when when = {FIRST_YEAR, 1, 1, 0, 0, 0, 0};
    int64_t begun_us = plumb_job_begun_utc_us(&edf->job, dossier);
    if (begun_us)
        when = plumb_when_of(begun_us, dossier->utc_offset_s);
    if (when.year < FIRST_YEAR || when.year > LAST_YEAR)
        when.year = FIRST_YEAR;
    edf_set_startdatetime(edf->handle, when.year, when.month, when.day, when.hour, when.minute, when.second);
}

static void set_recording(const struct plumb_edf *edf, const struct plumb_dossier *dossier)
{
    char text[FIELD_N], ascii[FIELD_N];
    snprintf(text, sizeof text, "Plumb %s", dossier->device.serial);
    plumb_text_ascii(ascii, sizeof ascii, text);
    edf_set_equipment(edf->handle, ascii);
    snprintf(
        text, sizeof text, "%s %s", dossier->exercise.id,
        dossier->both_sides ? "both" : plumb_side_name(dossier->side));
    plumb_text_ascii(ascii, sizeof ascii, text);
    edf_set_recording_additional(edf->handle, ascii);
}

/* ---- signals */

static int set_signal(const struct plumb_edf *edf, int i)
{
    const struct plumb_edf_signal *signal = &edf->signals.list[i];
    int digital = edf->bdf ? PLUMB_BDF_DIGITAL : PLUMB_EDF_DIGITAL;
    return edf_set_samplefrequency(edf->handle, i, edf->grid.record_n) |
           edf_set_physical_maximum(edf->handle, i, signal->most) |
           edf_set_physical_minimum(edf->handle, i, -signal->most) |
           edf_set_digital_maximum(edf->handle, i, digital) |
           edf_set_digital_minimum(edf->handle, i, -digital) | edf_set_label(edf->handle, i, signal->label) |
           edf_set_physical_dimension(edf->handle, i, signal->dimension) |
           edf_set_transducer(edf->handle, i, signal->transducer);
}

int plumb_edf_open(struct plumb_edf *edf, const struct plumb_dossier *dossier, struct plumb_message *message)
{
    int type = edf->bdf ? EDFLIB_FILETYPE_BDFPLUS : EDFLIB_FILETYPE_EDFPLUS;
    edf->handle = edfopen_file_writeonly(edf->place.part, type, edf->signals.n);
    if (edf->handle < 0)
        return refuse(edf, "cannot be written", message);
    int wrong = 0;
    for (int i = 0; i < edf->signals.n; i++)
        wrong |= set_signal(edf, i);
    wrong |= edf_set_datarecord_duration(edf->handle, edf->grid.record_10us);
    wrong |= edf_set_number_of_annotation_signals(edf->handle, edf->grid.room);
    set_patient(edf, dossier);
    set_begin(edf, dossier);
    set_recording(edf, dossier);
    return wrong ? refuse(edf, "its rate or its length is nothing that EDF can hold", message) : 0;
}

/* ---- the look at what was written */

static int look(const struct plumb_edf *edf, struct edf_hdr_struct *header, struct plumb_message *message)
{
    if (edfopen_file_readonly(edf->place.part, header, EDFLIB_READ_ALL_ANNOTATIONS))
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: what was written cannot be read back (EDFlib: %d)", edf->job.path,
            header->filetype);
    int handle = header->handle;
    long long records = header->datarecords_in_file, annotations = header->annotations_in_file;
    edfclose_file(handle);
    if (records != (long long)edf->grid.records_n)
        return refuse(edf, "not every record was written: is the disk full?", message);
    if (annotations != (long long)edf->written_n)
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: of %zu annotations only %lld found room", edf->job.path,
            edf->written_n, annotations);
    return 0;
}

int plumb_edf_close(struct plumb_edf *edf, struct plumb_message *message)
{
    int closing = edfclose_file(edf->handle);
    edf->handle = -1;
    if (closing)
        return refuse(edf, "cannot be written to its end: is the disk full?", message);
    struct edf_hdr_struct *header = malloc(sizeof *header); /* large */
    if (!header)
        return refuse(edf, "not enough memory to read it back", message);
    int fail = look(edf, header, message);
    free(header);
    return fail;
}
