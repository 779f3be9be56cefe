/* Whether a zip file of XML documents (a workbook) is whole: for files that a library writes without looking
 * at every error. */
#ifndef PLUMB_FILE_ZIP_H
#define PLUMB_FILE_ZIP_H

#include "../core/message.h"

/* 0 where every member unpacks to what its checksum says and ends with the end of its outermost element, else
 * PLUMB_FAILED with message. `part` is the file, `path` what messages call it. */
int plumb_zip_check_xml(const char *part, const char *path, struct plumb_message *message);

#endif
