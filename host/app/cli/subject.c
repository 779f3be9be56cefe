#include "subject.h"

#include <string.h>

#include "../shared/named.h"
#include "verb.h"

static int open_recording(
    struct plumb_subject *subject, const char *path, const struct plumb_study_options *of_recording,
    struct plumb_message *message)
{
    struct plumb_study_options options = *of_recording;
    options.name = path;
    subject->is_recording = 1;
    int fail = plumb_study_open(&subject->study, &options, message);
    if (fail)
        return fail;
    plumb_study_tell_doubts(&subject->study);
    return plumb_study_dossier(&subject->study, &subject->dossier, message);
}

static int open_stored(struct plumb_subject *subject, const char *words, struct plumb_message *message)
{
    struct plumb_message news;
    int64_t id = 0;
    int fail = 0;
    subject->store = plumb_named_store(words, &id, &news, &fail, message);
    if (!subject->store)
        return fail;
    plumb_tell_news(&news);
    return plumb_store_dossier(subject->store, id, &subject->dossier, message);
}

int plumb_subject_open(
    struct plumb_subject *subject, const char *words, const struct plumb_study_options *of_recording,
    struct plumb_message *message)
{
    memset(subject, 0, sizeof *subject);
    if (plumb_named_is_file(words))
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
