#include "verb.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../../core/exercise.h"
#include "../../io/text_number.h"

int plumb_complain(int fail, const struct plumb_message *message)
{
    fprintf(stderr, "plumb: %s\n", message->text);
    return -fail;
}

void plumb_tell_news(const struct plumb_message *news)
{
    if (news->text[0])
        fprintf(stderr, "plumb: %s\n", news->text);
}

double
plumb_number_arg(const char *text, double low, double high, const char *option, struct argp_state *state)
{
    double value = 0;
    if (!plumb_text_is_number(text, &value) || value < low || value > high)
        argp_error(state, "--%s wants a number from %g to %g, not \"%s\"", option, low, high, text);
    return value;
}

int plumb_side_arg(const char *text, struct argp_state *state)
{
    if (strcmp(text, "left") != 0 && strcmp(text, "right") != 0)
        argp_error(state, "--side wants left or right, not \"%s\"", text);
    return strcmp(text, "left") == 0 ? PLUMB_LEFT : PLUMB_RIGHT;
}
