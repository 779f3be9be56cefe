/* Which calibration a session uses, and says so: the file that was asked for, else the one kept under the
 * clip's serial number, else the record in the clip's own memory, else none.
 *
 *   wanted FILE   --calib: that one, or nothing goes on
 *   HELLO         the kept file of that serial number; where there is none, the clip is asked
 *   CALIB         the clip's own record, where no file was found
 */
#ifndef PLUMB_CLIP_CALIB_H
#define PLUMB_CLIP_CALIB_H

#include "../../io/load_calib.h"
#include "../../io/source.h"
#include "../../session/session.h"

struct plumb_clip_calib {
    int wanted;                   /* 1: the file below was asked for by name */
    struct plumb_calib_file file; /* in use; nothing `present` where there is none */
    uint32_t serial;              /* of the clip that was last heard */
    int heard, asked;             /* bits of the IMUs whose record was asked for */
    char words[200];              /* what is in use, for a person; "" before anything is known */
};

/* path: of --calib, NULL where none was asked for. 0, or negative where it cannot be read. */
int plumb_clip_calib_init(struct plumb_clip_calib *use, const char *path, struct plumb_message *message);

/* To be called with every event of the session before its samples are used. 1 when what is in use changed
 * (then `words` is new), 0, or negative: the file asked for is another clip's. */
int plumb_clip_calib_event(
    struct plumb_clip_calib *use, struct plumb_session *session, struct plumb_source *source,
    const struct plumb_event *event, struct plumb_message *message);

/* A sample of a recording put right by the file that was asked for; unchanged without. */
struct plumb_sample
plumb_clip_calib_sample(const struct plumb_clip_calib *use, const struct plumb_sample *sample);

#endif
