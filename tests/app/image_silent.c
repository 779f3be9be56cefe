/* A sound program for the ATmega328P that does nothing: firmware that never answers. */
int main(void)
{
    for (;;)
        __asm__ volatile("sleep");
}
