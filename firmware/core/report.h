/* What the node says to the host. 0 when queued; -1 when the line is full. */
#ifndef PLUMB_REPORT_H
#define PLUMB_REPORT_H

#include "node.h"

int8_t plumb_report_hello(const struct plumb_node *node, uint8_t reason);
int8_t plumb_report_status(const struct plumb_node *node);

/* These three count themselves as lost when the line is full: nobody repeats them. */
int8_t plumb_report_sample(struct plumb_node *node, const struct plumb_wire_sample *sample);
int8_t plumb_report_ack(struct plumb_node *node, uint8_t command, uint8_t result);
int8_t plumb_report_calib(struct plumb_node *node, uint8_t imu);

#endif
