#include "node.h"

int main(void)
{
    static struct plumb_node node;
    plumb_node_init(&node);
    for (;;) {
        plumb_node_step(&node);
        plumb_port_sleep();
    }
}
