/* Bytes to messages to calibrated samples: the session's end of the wire. */
#include <string.h>

#include "../core/units.h"
#include "internal.h"

#define STUCK_S 0.3 /* a sensor's noise never repeats all its counts for so long */

#define WELL (-1)

/* What a sensor's state means to a person, by its number on the wire. */
static const int imu_troubles[] = {
    [PLUMB_IMU_ABSENT] = PLUMB_WORD_SENSOR_ABSENT,
    [PLUMB_IMU_STREAMING] = WELL,
    [PLUMB_IMU_ASLEEP] = WELL,
    [PLUMB_IMU_NO_ANSWER] = PLUMB_WORD_SENSOR_NO_ANSWER,
    [PLUMB_IMU_STUCK] = PLUMB_WORD_SENSOR_STUCK,
    [PLUMB_IMU_NOT_READY] = PLUMB_WORD_SENSOR_NOT_READY,
    [PLUMB_IMU_RESTARTED] = PLUMB_WORD_SENSOR_RESTARTED,
    [PLUMB_IMU_UNKNOWN] = PLUMB_WORD_SENSOR_UNKNOWN,
};

/* NULL while all is well. */
static const char *imu_trouble(const struct plumb_session *session, unsigned state)
{
    int known = state < sizeof imu_troubles / sizeof *imu_troubles;
    int word = known ? imu_troubles[state] : PLUMB_WORD_SENSOR_TROUBLE;
    return word == WELL ? NULL : plumb_session_word(session, (enum plumb_word)word);
}

static void say_trouble(struct plumb_session *session, const char *trouble)
{
    if (trouble == session->trouble)
        return;
    session->trouble = trouble;
    plumb_session_post(session, PLUMB_EVENT_TROUBLE)->text = trouble ? trouble : "";
}

static void take_status(struct plumb_session *session, const struct plumb_status *status)
{
    const char *trouble = NULL;
    if (status->state == PLUMB_NODE_FAULT)
        trouble = plumb_session_word(session, PLUMB_WORD_WIRE_STUCK);
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N && !trouble; imu++)
        if (!session->have_hello || session->hello.imus[imu].present)
            trouble = imu_trouble(session, status->imu_state[imu]);
    say_trouble(session, trouble);
}

static void take_hello(struct plumb_session *session, const struct plumb_hello *hello)
{
    session->hello = *hello;
    session->have_hello = 1;
    plumb_session_post(session, PLUMB_EVENT_HELLO);
}

/* ---- one sample's counts */

static int clipped(const struct plumb_counts *counts)
{
    for (int axis = 0; axis < 3; axis++)
        if (counts->accel_lsb[axis] == INT16_MAX || counts->accel_lsb[axis] == INT16_MIN ||
            counts->gyro_lsb[axis] == INT16_MAX || counts->gyro_lsb[axis] == INT16_MIN)
            return 1;
    return 0;
}

/* 1 when this IMU's counts have been the same for too long to be a living sensor's. */
static int stuck(struct plumb_session *session, int imu, const struct plumb_counts *counts)
{
    int same = memcmp(&session->last_counts[imu], counts, sizeof *counts) == 0;
    session->last_counts[imu] = *counts;
    session->same_n[imu] = same ? session->same_n[imu] + 1 : 0;
    return session->same_n[imu] > STUCK_S * (session->hello.rate_hz ? session->hello.rate_hz : 200);
}

static void take_counts(
    struct plumb_session *session, int imu, const struct plumb_counts *counts, struct plumb_sample *sample)
{
    unsigned role = session->hello.imus[imu].role;
    if (stuck(session, imu, counts)) {
        say_trouble(session, imu_trouble(session, PLUMB_IMU_STUCK));
        return;
    }
    if (role >= PLUMB_ROLES_N)
        return;
    plumb_calib_apply(&session->params.calib[imu], &session->hello.imus[imu], counts, &sample->imu[role]);
    sample->present |= 1u << role;
    sample->flags |= clipped(counts) ? PLUMB_SAMPLE_CLIPPED : 0;
}

static void
take_sample(struct plumb_session *session, int64_t host_us, const struct plumb_link_message *message)
{
    const struct plumb_wire_sample *wire = &message->of.sample;
    struct plumb_sample sample = {0};
    enum plumb_clockmap_step step =
        plumb_clockmap_push(&session->clock, message->segment, message->device_us, host_us);
    if (step == PLUMB_CLOCK_BACKWARD || !session->have_hello)
        return;
    sample.t_s = plumb_clockmap_t_s(&session->clock);
    sample.flags = wire->flags & PLUMB_SAMPLE_VIBRATION ? PLUMB_SAMPLE_VIBRATED : 0;
    if (step == PLUMB_CLOCK_RESET) {
        sample.flags |= PLUMB_SAMPLE_SEGMENT;
        plumb_session_post(session, PLUMB_EVENT_SEGMENT);
    }
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N; imu++)
        if (wire->flags & (1u << imu))
            take_counts(session, imu, &wire->counts[imu], &sample);
    if (sample.present && session->trouble)
        say_trouble(session, NULL);
    plumb_session_sample(session, host_us, &sample);
}

size_t plumb_session_bytes(struct plumb_session *session, int64_t host_us, const uint8_t *bytes, size_t n)
{
    struct plumb_link_message message;
    session->now_us = host_us;
    size_t used = plumb_link_feed(&session->link, bytes, n, &message);
    switch (message.kind) {
    case PLUMB_LINK_HELLO:
        take_hello(session, &message.of.hello);
        break;
    case PLUMB_LINK_STATUS:
        take_status(session, &message.of.status);
        break;
    case PLUMB_LINK_SAMPLE:
        take_sample(session, host_us, &message);
        break;
    case PLUMB_LINK_CALIB:
        plumb_session_post(session, PLUMB_EVENT_CALIB)->calib = message.of.calib;
        break;
    case PLUMB_LINK_ACK:
        plumb_session_post(session, PLUMB_EVENT_ACK)->ack = message.of.ack;
        break;
    default:
        break;
    }
    plumb_session_tick(session, host_us);
    return used;
}

void plumb_session_restart(struct plumb_session *session)
{
    plumb_link_restart(&session->link);
}
