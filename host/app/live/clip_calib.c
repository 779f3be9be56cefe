#include "clip_calib.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#include "../../core/calib_words.h"
#include "../../io/message_fail.h"
#include "../../io/store_calib.h"
#include "clip_command.h"

#define S_PER_DAY 86400

/* A file without its days says less. */
static void say_file(struct plumb_clip_calib *use, const char *where)
{
    const struct plumb_calib_how *how = &use->file.how[PLUMB_PELVIS];
    int accel = *how->accel_made != '\0', gyro = *how->gyro_made != '\0';
    enum plumb_calib_words words = accel && gyro     ? PLUMB_CALIB_BOTH
                                   : accel           ? PLUMB_CALIB_ACCEL
                                   : gyro            ? PLUMB_CALIB_GYRO
                                   : *use->file.made ? PLUMB_CALIB_MADE
                                                     : PLUMB_CALIB_DAYLESS;
    const char *day = accel ? how->accel_made : gyro ? how->gyro_made : use->file.made;
    snprintf(use->words, sizeof use->words, plumb_calib_words(words), where, day, how->gyro_made);
}

int plumb_clip_calib_init(struct plumb_clip_calib *use, const char *path, struct plumb_message *message)
{
    memset(use, 0, sizeof *use);
    plumb_calib_file_init(&use->file);
    if (!path)
        return 0;
    use->wanted = 1;
    int fail = plumb_calib_load(&use->file, path, message);
    if (!fail)
        say_file(use, path);
    return fail;
}

static void put_in_use(const struct plumb_clip_calib *use, struct plumb_session *session)
{
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        session->params.calib[imu] = use->file.imu[imu];
}

static int check_owner(const struct plumb_clip_calib *use, const char *device, struct plumb_message *message)
{
    if (!*use->file.device || strcmp(use->file.device, device) == 0)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE,
        "the calibration asked for is that of clip %s, and this is clip %s: another clip's numbers make it "
        "worse",
        use->file.device, device);
}

static void
ask_clip(struct plumb_clip_calib *use, const struct plumb_hello *hello, struct plumb_source *source)
{
    for (uint8_t imu = 0; imu < hello->imus_n; imu++)
        if (hello->imus[imu].present && !(use->asked & (1 << imu))) {
            use->asked |= 1 << imu;
            plumb_clip_command(source, PLUMB_CALIB_READ, &imu, PLUMB_CALIB_READ_N);
        }
}

static int take_hello(
    struct plumb_clip_calib *use, struct plumb_session *session, struct plumb_source *source,
    struct plumb_message *message)
{
    char device[PLUMB_CALIB_TEXT_N];
    const struct plumb_hello *hello = &session->hello;
    int same = use->heard && use->serial == hello->serial;
    plumb_calib_serial(hello->serial, device);
    if (use->wanted) {
        int fail = check_owner(use, device, message);
        put_in_use(use, session);
        use->heard = 1;
        return fail ? fail : !same;
    }
    if (same && (use->file.present || use->asked))
        return 0;
    use->heard = 1;
    use->serial = hello->serial;
    use->asked = 0;
    plumb_calib_file_init(&use->file);
    int found = hello->serial ? plumb_calib_find(device, &use->file, message) : 0;
    if (found < 0)
        return found;
    put_in_use(use, session);
    if (found) {
        say_file(use, plumb_calib_words_here());
        return 1;
    }
    ask_clip(use, hello, source);
    return 0;
}

static int is_empty(const struct plumb_calib_reply *reply)
{
    const struct plumb_calib_record none = {0};
    return !reply->valid || memcmp(&reply->record, &none, sizeof none) == 0;
}

static int take_record(
    struct plumb_clip_calib *use, struct plumb_session *session, const struct plumb_calib_reply *reply)
{
    if (use->file.present & ~(unsigned)use->asked || use->wanted || reply->imu >= PLUMB_WIRE_IMUS_N)
        return 0;
    if (is_empty(reply)) {
        snprintf(use->words, sizeof use->words, "%s", plumb_calib_words(PLUMB_CALIB_FACTORY));
        return reply->imu == 0;
    }
    char day[PLUMB_CALIB_TEXT_N];
    snprintf(day, sizeof day, "%s", plumb_calib_words_no_day());
    time_t at = (time_t)reply->record.day * S_PER_DAY;
    struct tm utc;
    if (reply->record.day && gmtime_r(&at, &utc))
        strftime(day, sizeof day, "%Y-%m-%d", &utc);
    plumb_calib_from_record(&use->file.imu[reply->imu], &reply->record);
    use->file.present |= 1u << reply->imu;
    put_in_use(use, session);
    snprintf(use->words, sizeof use->words, plumb_calib_words(PLUMB_CALIB_CLIPS_OWN), day);
    return 1;
}

int plumb_clip_calib_event(
    struct plumb_clip_calib *use, struct plumb_session *session, struct plumb_source *source,
    const struct plumb_event *event, struct plumb_message *message)
{
    if (event->kind == PLUMB_EVENT_HELLO)
        return take_hello(use, session, source, message);
    if (event->kind == PLUMB_EVENT_CALIB && use->asked)
        return take_record(use, session, &event->calib);
    return 0;
}

struct plumb_sample
plumb_clip_calib_sample(const struct plumb_clip_calib *use, const struct plumb_sample *sample)
{
    struct plumb_sample right = *sample;
    for (int role = 0; use->wanted && role < PLUMB_ROLES_N; role++)
        if (plumb_sample_has(sample, (enum plumb_role)role))
            right.imu[role] = plumb_calib_correct(&use->file.imu[role != PLUMB_PELVIS], &sample->imu[role]);
    return right;
}
