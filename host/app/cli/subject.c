#include "subject.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"

static int ends_in(const char *text, const char *ending)
{
    size_t n = strlen(text), ending_n = strlen(ending);
    return n >= ending_n && strcmp(text + n - ending_n, ending) == 0;
}

int plumb_subject_is_recording(const char *words)
{
    return strchr(words, '/') || strcmp(words, "-") == 0 || ends_in(words, ".csv") || ends_in(words, ".gz") ||
           ends_in(words, ".part") || access(words, F_OK) == 0;
}

static int open_recording(
    struct plumb_subject *subject, const char *path, const struct plumb_study_options *of_recording,
    struct plumb_message *message)
{
    struct plumb_study_options options = *of_recording;
    options.recording = path;
    subject->is_recording = 1;
    int fail = plumb_study_open(&subject->study, &options, message);
    if (fail)
        return fail;
    plumb_study_tell_doubts(&subject->study);
    return plumb_study_dossier(&subject->study, &subject->dossier, message);
}

static int open_stored(struct plumb_subject *subject, const char *words, struct plumb_message *message)
{
    struct plumb_message told = {""};
    int fail = 0;
    subject->store = plumb_store_open(NULL, &fail, &told);
    if (!subject->store)
        return plumb_message_fail(message, fail, "%s", told.text);
    if (told.text[0])
        fprintf(stderr, "plumb: %s\n", told.text);
    int64_t id = plumb_store_find(subject->store, words, message);
    return id < 0 ? (int)id : plumb_store_dossier(subject->store, id, &subject->dossier, message);
}

int plumb_subject_open(
    struct plumb_subject *subject, const char *words, const struct plumb_study_options *of_recording,
    struct plumb_message *message)
{
    memset(subject, 0, sizeof *subject);
    if (plumb_subject_is_recording(words))
        return open_recording(subject, words, of_recording, message);
    return open_stored(subject, words, message);
}

void plumb_subject_close(struct plumb_subject *subject)
{
    plumb_dossier_free(&subject->dossier);
    if (subject->is_recording)
        plumb_study_close(&subject->study);
    plumb_store_close(subject->store);
    memset(subject, 0, sizeof *subject);
}
