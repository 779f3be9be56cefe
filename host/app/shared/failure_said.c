#include "failure_said.h"

#include <stdio.h>
#include <string.h>

#include "../../core/said.h"
#include "../../core/sentence.h"

/* What the window's user meets, as it is written where it fails. What the command line alone can run into is
 * not here. */
static const char *const FAILURES[] = {
    PLUMB_SAID("not enough memory for the picture"),
    PLUMB_SAID("%s: Plumb opens files of this machine only"),
    PLUMB_SAID("not enough memory for the page"),
    PLUMB_SAID("there is no format %s"),
    PLUMB_SAID("the calibration asked for is that of clip %s, and this is clip %s: another clip's numbers "
               "make it worse"),
    PLUMB_SAID("%s; the session goes on, what was recorded until now is kept"),
    PLUMB_SAID("the clip was unplugged; waiting for it to come back"),
    PLUMB_SAID("the clip is back"),
    PLUMB_SAID("the clip did not come back within %.0f s; what was recorded until then is kept"),
    PLUMB_SAID("nothing that speaks Plumb's language answered within %.0f s: is the firmware on the board, "
               "and the baud rate right?"),
    PLUMB_SAID("%s: it cannot be read any more"),
    PLUMB_SAID("the recording is not whole: see %s.part"),
    PLUMB_SAID("the session is not kept whole"),
    PLUMB_SAID("not enough memory for the list of sessions"),
    PLUMB_SAID("there is no patient \"%.60s\" (plumb sessions lists them)"),
    PLUMB_SAID("not enough memory for the session"),
    PLUMB_SAID("%s: out of memory"),
    PLUMB_SAID("%s: the names below it get too long"),
    PLUMB_SAID("%s: another export is adding to it; try again when that is done"),
    PLUMB_SAID("%s: has the session of %s already"),
    PLUMB_SAID("%s: cannot be written: is the disk full?"),
    PLUMB_SAID("%s: not enough memory"),
    PLUMB_SAID("%s: a session of less than two rows"),
    PLUMB_SAID("%s: not enough memory, or a text that is not UTF-8"),
    PLUMB_SAID("%s: given up; nothing was written"),
    PLUMB_SAID("%s: there is no such folder"),
    PLUMB_SAID("%s: the disk is full; nothing was written"),
    PLUMB_SAID("%s: is a folder that no such export made (it has no %s); it stays"),
    PLUMB_SAID("%s: is no name that a file can have"),
    PLUMB_SAID("%s: what was there is now %s"),
    PLUMB_SAID("%s: the disk is full, or the folder for passing things (TMPDIR) is"),
    PLUMB_SAID("%s: cannot be written: %s"),
    PLUMB_SAID("Sound off: %s: %s"),
    PLUMB_SAID("Sound off: %s"),
    PLUMB_SAID("no memory to start the emulator"),
    PLUMB_SAID("%s: cannot be started: %s"),
    PLUMB_SAID("no socket for the emulator: %s"),
    PLUMB_SAID("%s: the emulator is not there; PLUMB_EMULATOR may name it"),
    PLUMB_SAID("%s: the firmware is not there"),
    PLUMB_SAID("the emulated board: the emulator died of signal %d"),
    PLUMB_SAID("the emulated board ended (code %d); its own line says why"),
    PLUMB_SAID("the emulated board: %s"),
    PLUMB_SAID("%s: no permission"),
    PLUMB_SAID("%s: no such file"),
    PLUMB_SAID("%s:%d: wants text in UTF-8, found byte 0x%02X"),
    PLUMB_SAID("%s: wants at most %zu bytes, found more"),
    PLUMB_SAID("the name of the file is too long"),
    PLUMB_SAID("there is no \"%s\" among the %s (a file of your own: give its path, with a slash)"),
    PLUMB_SAID("%s: cannot be made: %s"),
    PLUMB_SAID("no folder of your own: neither XDG_DATA_HOME nor HOME is set"),
    PLUMB_SAID("no folder for settings: neither XDG_CONFIG_HOME nor HOME is set"),
    PLUMB_SAID("\"%s\" is no id: it wants letters, digits and dashes"),
    PLUMB_SAID("there is a \"%s\" of your own by now, and it stays"),
    PLUMB_SAID("the name of the person is too long"),
    PLUMB_SAID("out of memory"),
    PLUMB_SAID("%s: cannot be deleted: %s"),
    PLUMB_SAID("%s: cannot be renamed: %s"),
    PLUMB_SAID("ports: out of memory"),
    PLUMB_SAID("%s: no permission; it is the administrator's alone"),
    PLUMB_SAID("%s: no permission; it belongs to a program of another user"),
    PLUMB_SAID(
        "%s: no permission; the group %s has it: run `sudo usermod -aG %s $USER`, then log out and in again"),
    PLUMB_SAID("%s: nothing is plugged in there (`plumb ports` lists what is)"),
    PLUMB_SAID("only lying on a side is another pose with the other leg, not %s"),
    PLUMB_SAID("%s: would not be read back as it is"),
    PLUMB_SAID("the name of the folder for settings is too long"),
    PLUMB_SAID("none of %zu ports answered as a Plumb clip (`plumb ports` lists them; `plumb flash` writes "
               "the firmware)"),
    PLUMB_SAID("no clip is plugged in; to try Plumb without one: --source sim:supine-edge-demo"),
    PLUMB_SAID("%s: is in use%s; close that program and try again"),
    PLUMB_SAID("serial: the port's name is too long"),
    PLUMB_SAID("%s: is not back yet"),
    PLUMB_SAID("serial: baud wants %d to %d, found `%s`"),
    PLUMB_SAID("serial: out of memory"),
    PLUMB_SAID("serial: no thread can be started"),
    PLUMB_SAID("it is being recorded just now: end the session first, then delete it"),
    PLUMB_SAID("the rows are gone, but the file could not be written anew (%.200s): free some space, close "
               "other programs that use the store, and delete once more"),
    PLUMB_SAID("session %lld is still being recorded"),
    PLUMB_SAID("session %lld: not enough memory to analyse it"),
    PLUMB_SAID("derived rows could not be compressed"),
    PLUMB_SAID("%s: what was derived of session %lld is not understood (plumb sessions rebuild --all makes "
               "it anew)"),
    PLUMB_SAID("there is no session %lld in the store"),
    PLUMB_SAID("no thread for recording"),
    PLUMB_SAID("%s: the disk does not keep up with the recording"),
    PLUMB_SAID("a block of the recording cannot be compressed"),
    PLUMB_SAID("%s: its name is too long"),
    PLUMB_SAID("a patient's alias wants 1 to %d characters of plain text, found \"%.120s\""),
    PLUMB_SAID("a patient's alias wants no control characters"),
    PLUMB_SAID("the system gives no random numbers"),
    PLUMB_SAID("there is another patient called \"%s\" already"),
    PLUMB_SAID("session %lld was not ended when its program stopped: %.1f s of it are kept"),
    PLUMB_SAID("%d sessions were not ended when their program stopped: what was recorded is kept (the last "
               "is session %lld, %.1f s)"),
    PLUMB_SAID("%s: is a database of another program, not a Plumb store"),
    PLUMB_SAID("%s: was written by a newer Plumb (schema %lld, this one knows %d); update Plumb to open it"),
    PLUMB_SAID("%s: the store failed (%s)"),
    PLUMB_SAID("%s: cannot be found: %s"),
    PLUMB_SAID("given up; nothing was written"),
    PLUMB_SAID("%s: the disk is full"),
    PLUMB_SAID("%s: the disk is full; nothing was changed"),
    PLUMB_SAID("%s: the file may not grow further; nothing was changed"),
    PLUMB_SAID("%s: is not a Plumb store, or its beginning is damaged"),
    PLUMB_SAID("%s: is damaged"),
    PLUMB_SAID("%s: another program has been using it for too long"),
    PLUMB_SAID("%s: there is no right to open it"),
    PLUMB_SAID("%s: there is no right to write it"),
    PLUMB_SAID("%s: cannot be opened"),
    PLUMB_SAID("%s: the disk cannot be read or written"),
    PLUMB_SAID("%s: a value in it is too long"),
    PLUMB_SAID("%s: wants a file, found a folder"),
    PLUMB_SAID("%s: wants a folder, found a file"),
    PLUMB_SAID("Sound off: the program %s was not found"),
};
#define FAILURES_N (sizeof FAILURES / sizeof *FAILURES)

#define NESTED_N 400

/* The one that has most words in common; NULL where none fits. */
static const char *find(const char *text, struct plumb_hole holes[PLUMB_HOLES_N])
{
    struct plumb_hole tried[PLUMB_HOLES_N];
    const char *best = NULL;
    long most = 0;
    for (size_t i = 0; i < FAILURES_N; i++) {
        long own = plumb_sentence_find(FAILURES[i], text, tried);
        if (own <= most)
            continue;
        most = own;
        best = FAILURES[i];
        memcpy(holes, tried, sizeof tried);
    }
    return best;
}

/* A sentence may have another in its first place. It is shorter each time. */
char *plumb_failure_said(char *out, size_t room, const char *text, const struct plumb_tongue *tongue)
{
    struct plumb_hole holes[PLUMB_HOLES_N];
    const char *format = find(text, holes);
    char first[NESTED_N], said[NESTED_N];
    if (!format) {
        snprintf(out, room, "%s", text);
        return out;
    }
    if (holes[0].n > 0 && holes[0].n < sizeof first) {
        snprintf(first, sizeof first, "%.*s", (int)holes[0].n, holes[0].text);
        holes[0].text = plumb_failure_said(said, sizeof said, first, tongue);
        holes[0].n = strlen(said);
    }
    return plumb_sentence_fill(out, room, plumb_said(tongue, format), holes);
}
