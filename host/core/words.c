#include "words.h"

#include <stdio.h>
#include <string.h>

static const struct {
    const char *key, *english;
} sentences[PLUMB_WORDS_N] = {
    [PLUMB_WORD_ANTERIOR_ROTATION] = {"anterior_rotation", "Pelvis tipping forward."},
    [PLUMB_WORD_LUMBAR_ARCH] = {"lumbar_arch", "Lower back arching."},
    [PLUMB_WORD_PELVIC_ROTATION] = {"pelvic_rotation", "Pelvis turning."},
    [PLUMB_WORD_OBLIQUITY] = {"obliquity", "Pelvis dropping to one side."},
    [PLUMB_WORD_POSTERIOR_TILT] = {"posterior_tilt", "Pelvis tipped far back."},
    [PLUMB_WORD_GOOD] = {"good", "Good."},
    [PLUMB_WORD_TEN_SECONDS] = {"ten_seconds", "Ten seconds."},
    [PLUMB_WORD_SWITCH_SIDES] = {"switch_sides", "Switch sides."},
    [PLUMB_WORD_SENSOR_LOST] = {"sensor_lost", "Sensor lost. The timer is paused."},
    [PLUMB_WORD_SENSOR_BACK] = {"sensor_back", "The sensor is back."},
    [PLUMB_WORD_POSE_GONE] = {"pose_gone", "You left the pose. The timer is paused."},
    [PLUMB_WORD_POSE_BACK] = {"pose_back", "Going on."},
    [PLUMB_WORD_DONE] = {"done", "All done."},
    [PLUMB_WORD_SUMMARY] = {"summary", "{n} seconds in the zone."},
    [PLUMB_WORD_SUMMARY_OUT] = {"summary_out", "Times out of it: {n}."},
    [PLUMB_WORD_COUNT] = {"count", "{n}."},
    [PLUMB_WORD_LIE_STILL] = {"lie_still", "Keep still."},
    [PLUMB_WORD_TILT_FURTHER] = {"tilt_further", "Tilt a little further."},
    [PLUMB_WORD_STOP_MOVING] = {"stop_moving", "Good. Come to rest."},
    [PLUMB_WORD_ARCH] = {"arch", "Arch your lower back, then let it down."},
    [PLUMB_WORD_MOVED] = {"moved", "You moved. Once more, breathe quietly."},
    [PLUMB_WORD_KNEE_PAIN] = {"knee_pain", "Knee pain: stretch less, or move the leg out to the side."},
    [PLUMB_WORD_BACK_PAIN] =
        {"back_pain", "Back pain: your pelvis turns more than it should. Stop, brace again, then go on."},
    [PLUMB_WORD_SHARP_PAIN] = {"sharp_pain", "Stopped. Come out of the stretch slowly."},
    [PLUMB_WORD_LOWER_SLOWLY] = {"lower_slowly", "Lower more slowly."},
    [PLUMB_WORD_NEUTRAL_MOVED] =
        {"neutral_moved",
         "Neutral has moved by {n} degrees by the end of the set: slipped clip or changed posture."},
    [PLUMB_WORD_POSE_SEEN] =
        {"pose_seen", "If the clip sits as shown, this looks like {seen}; the exercise wants {wanted}."},
    [PLUMB_WORD_POSE_SUPINE] = {"pose_supine", "lying on your back"},
    [PLUMB_WORD_POSE_PRONE] = {"pose_prone", "lying on your front"},
    [PLUMB_WORD_POSE_UPRIGHT] = {"pose_upright", "upright"},
    [PLUMB_WORD_POSE_LYING_LEFT] = {"pose_lying_left", "lying on your left side"},
    [PLUMB_WORD_POSE_LYING_RIGHT] = {"pose_lying_right", "lying on your right side"},
    [PLUMB_WORD_SENSOR_ABSENT] = {"sensor_absent", "No sensor answers on the clip. Check its plug."},
    [PLUMB_WORD_SENSOR_NO_ANSWER] =
        {"sensor_no_answer", "The sensor on the clip does not answer. Trying again."},
    [PLUMB_WORD_SENSOR_STUCK] = {"sensor_stuck", "The sensor's values stand still. Setting it up again."},
    [PLUMB_WORD_SENSOR_NOT_READY] = {"sensor_not_ready", "The sensor delivers nothing. Setting it up again."},
    [PLUMB_WORD_SENSOR_RESTARTED] =
        {"sensor_restarted", "The sensor lost its power for a moment. Setting it up again."},
    [PLUMB_WORD_SENSOR_UNKNOWN] = {"sensor_unknown", "An unknown sensor chip answers on the clip."},
    [PLUMB_WORD_SENSOR_TROUBLE] = {"sensor_trouble", "The sensor is in trouble."},
    [PLUMB_WORD_WIRE_STUCK] =
        {"wire_stuck", "The wire between microcontroller and sensor is stuck. Check the plug."},
    [PLUMB_WORD_LEFT] = {"left", "left"},
    [PLUMB_WORD_RIGHT] = {"right", "right"},
};

const char *plumb_word_key(enum plumb_word word)
{
    return sentences[word].key;
}

const char *plumb_words_text(const struct plumb_words *words, enum plumb_word word)
{
    return words ? words->text[word] : sentences[word].english;
}

void plumb_words_fill(char *out, size_t room, const char *sentence, const char *mark, const char *text)
{
    const char *at = strstr(sentence, mark);
    if (at)
        snprintf(out, room, "%.*s%s%s", (int)(at - sentence), sentence, text, at + strlen(mark));
    else
        snprintf(out, room, "%s", sentence);
}
