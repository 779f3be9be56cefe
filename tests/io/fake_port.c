#define _XOPEN_SOURCE 700
#include "fake_port.h"

#include <CUnit/CUnit.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>
#include <unistd.h>

#define PATH_N 600

__attribute__((format(printf, 3, 4))) static void
make_path(char out[PATH_N], const struct folder *root, const char *format, ...)
{
    int n = snprintf(out, PATH_N, "%s/", root->path);
    va_list values;
    va_start(values, format);
    vsnprintf(out + n, PATH_N - (size_t)n, format, values);
    va_end(values);
}

static void make_folders(const struct folder *root, const char *path)
{
    char whole[PATH_N];
    make_path(whole, root, "%s", path);
    for (char *at = whole + strlen(root->path) + 1; *at; at++)
        if (*at == '/') {
            *at = '\0';
            mkdir(whole, 0700);
            *at = '/';
        }
    mkdir(whole, 0700);
}

void fake_ports_begin(struct folder *root)
{
    folder_make(root);
    make_folders(root, "sys/class/tty");
    make_folders(root, "dev");
    setenv("PLUMB_SHIM_ROOT", root->path, 1);
}

void fake_ports_end(const struct folder *root)
{
    char command[PATH_N];
    unsetenv("PLUMB_SHIM_ROOT");
    snprintf(command, sizeof command, "rm -rf '%s'", root->path);
    CU_ASSERT_EQUAL(system(command), 0);
}

void fake_pty_open(struct fake_port *port)
{
    struct termios settings;
    memset(port, 0, sizeof *port);
    port->master = posix_openpt(O_RDWR | O_NOCTTY | O_NONBLOCK);
    CU_ASSERT_TRUE_FATAL(port->master >= 0);
    CU_ASSERT_EQUAL_FATAL(grantpt(port->master) | unlockpt(port->master), 0);
    snprintf(port->pts, sizeof port->pts, "%s", ptsname(port->master));
    tcgetattr(port->master, &settings);
    settings.c_lflag &= ~(tcflag_t)(ECHO | ICANON | ISIG);
    settings.c_oflag &= ~(tcflag_t)OPOST;
    tcsetattr(port->master, TCSANOW, &settings);
}

static void put(const struct folder *root, const char *folder, const char *name, const char *text)
{
    char path[PATH_N + 200];
    if (!text)
        return;
    make_path(path, root, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    CU_ASSERT_PTR_NOT_NULL_FATAL(file);
    fprintf(file, "%s\n", text);
    fclose(file);
}

/* As the kernel lays a USB serial adapter out below /sys. */
static void
describe(const struct folder *root, const char *name, const char *vid, const char *pid, const char *serial)
{
    char path[PATH_N], link[PATH_N], device[200], tty[300];
    snprintf(device, sizeof device, "sys/devices/usb1/1-%s", name);
    snprintf(tty, sizeof tty, "%s/1-1:1.0/%s/tty/%s", device, name, name);
    make_folders(root, tty);
    put(root, device, "busnum", "1");
    put(root, device, "devnum", "7");
    put(root, device, "idVendor", vid);
    put(root, device, "idProduct", pid);
    put(root, device, "product", "USB2.0-Serial");
    put(root, device, "serial", serial);
    make_path(path, root, "%s/device", tty);
    make_path(link, root, "%s/1-1:1.0/%s", device, name);
    CU_ASSERT_EQUAL(symlink(link, path), 0);
    make_path(link, root, "sys/class/tty/%s", name);
    make_path(path, root, "%s", tty);
    CU_ASSERT_EQUAL(symlink(path, link), 0);
}

void fake_port_plug(
    const struct folder *root, struct fake_port *port, const char *name, const char *vid, const char *pid,
    const char *serial)
{
    char link[PATH_N];
    fake_pty_open(port);
    snprintf(port->name, sizeof port->name, "%s", name);
    describe(root, name, vid, pid, serial);
    make_path(link, root, "dev/%s", name);
    CU_ASSERT_EQUAL(symlink(port->pts, link), 0);
}

void fake_port_pull(const struct folder *root, struct fake_port *port)
{
    char path[PATH_N], command[PATH_N + 20];
    make_path(path, root, "dev/%s", port->name);
    unlink(path);
    make_path(path, root, "sys/class/tty/%s", port->name);
    unlink(path);
    make_path(path, root, "sys/devices/usb1/1-%s", port->name);
    snprintf(command, sizeof command, "rm -rf '%s'", path);
    CU_ASSERT_EQUAL(system(command), 0);
    close(port->master);
}
