#include "text_width.h"

#include <string.h>

#define FIRST         32 /* the table begins at the space */
#define LAST          126
#define OTHER         700  /* letters with marks are 0.5-0.7 em: rather too much than too little */
#define WIDE          1000 /* from U+3000 on: Chinese, Japanese, Korean */
#define SMALL_PICTURE 1400 /* beyond U+FFFF: most of them emoji */

/* Advance widths in thousandths of the size, measured in Inter 4 with tabular digits (fonts-inter). */
static const short WIDTHS[2][LAST - FIRST + 1] = {
    {281, 278, 403, 631, 638, 813, 639, 222, 362, 362, 500, 659, 276, 460, 276, 357, 648, 648, 648,
     648, 648, 648, 648, 648, 648, 648, 276, 276, 659, 659, 659, 507, 936, 676, 651, 727, 719, 598,
     587, 743, 740, 264, 543, 652, 563, 889, 753, 761, 635, 761, 639, 638, 642, 741, 676, 949, 642,
     665, 625, 362, 357, 362, 469, 452, 497, 564, 621, 558, 621, 582, 361, 609, 591, 237, 237, 544,
     237, 869, 585, 597, 609, 609, 372, 523, 364, 581, 557, 813, 540, 557, 541, 362, 327, 362, 659},
    {248, 309, 396, 643, 649, 844, 663, 213, 393, 393, 543, 673, 291, 466, 290, 379, 670, 670,  670,
     670, 669, 670, 670, 670, 670, 670, 290, 289, 673, 673, 673, 544, 999, 724, 657, 744, 724,  608,
     586, 755, 744, 275, 561, 677, 566, 906, 741, 775, 643, 776, 651, 649, 660, 734, 724, 1007, 690,
     705, 653, 393, 379, 393, 481, 468, 497, 575, 630, 577, 630, 593, 377, 625, 613, 261, 261,  569,
     261, 898, 610, 608, 625, 625, 397, 549, 380, 608, 576, 837, 563, 576, 562, 393, 358, 393,  673},
};

/* The few others that the charts write themselves. */
static const struct {
    const char *text;
    short width;
} SIGNS[] = {
    {"\xe2\x88\x92", 673}, /* minus */
    {"\xc2\xb1", 673},     /* plus-minus */
    {"\xc2\xb0", 458},     /* degree */
    {"\xc2\xb7", 290},     /* middle dot */
    {"\xe2\x80\x93", 500}, /* en dash */
};

static int sign_width(const char *text)
{
    for (size_t i = 0; i < sizeof SIGNS / sizeof SIGNS[0]; i++)
        if (strncmp(text, SIGNS[i].text, strlen(SIGNS[i].text)) == 0)
            return SIGNS[i].width;
    unsigned char byte = (unsigned char)*text;
    return byte >= 0xf0 ? SMALL_PICTURE : byte >= 0xe3 ? WIDE : OTHER;
}

double plumb_text_width_pt(const char *text, double size_pt, enum plumb_weight weight)
{
    long sum = 0;
    for (const char *c = text; *c; c++) {
        unsigned char byte = (unsigned char)*c;
        if (byte >= FIRST && byte <= LAST)
            sum += WIDTHS[weight][byte - FIRST];
        else if (byte >= 0xc0)
            sum += sign_width(c);
    }
    return (double)sum * size_pt / 1000;
}
