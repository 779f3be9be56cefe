/* Whether a zip file of XML documents (a workbook) is whole: for files that a library writes without looking
 * at every error. */
#ifndef PLUMB_FILE_ZIP_H
#define PLUMB_FILE_ZIP_H

#include "../core/message.h"
#include "../core/wanted.h"

/* 0 where every member unpacks to what its checksum says and ends with the end of its outermost element, else
 * PLUMB_FAILED with message. `part` is the file, `path` what messages call it. PLUMB_USAGE where it was given
 * up (wanted may be NULL). */
int plumb_zip_check_xml(
    const char *part, const char *path, const struct plumb_wanted *wanted, struct plumb_message *message);

#endif
