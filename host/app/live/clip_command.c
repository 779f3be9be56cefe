#include "clip_command.h"

#include "plumb/frame.h"

void plumb_clip_command(struct plumb_source *source, enum plumb_type type, const uint8_t *payload, uint8_t n)
{
    uint8_t frame[PLUMB_FRAME_N(PLUMB_PAYLOAD_N)], none[1] = {0};
    uint8_t frame_n = plumb_frame_encode(frame, (uint8_t)type, n ? payload : none, n);
    plumb_source_write(source, frame, frame_n);
}
