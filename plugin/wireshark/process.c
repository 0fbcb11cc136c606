/* process.c - the tshark process around the plugin: its command line and its exit status
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE /* on_exit, dladdr */
#endif
#include "process.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define FAILED 2

char **hg_process_arguments(void) {
  GPtrArray *arguments;
  char *text = NULL;
  gsize length = 0;
  if (!g_file_get_contents("/proc/self/cmdline", &text, &length, NULL))
    return NULL;
  arguments = g_ptr_array_new();
  for (gsize at = 0; at < length; at += strlen(text + at) + 1)
    g_ptr_array_add(arguments, g_strdup(text + at));
  g_ptr_array_add(arguments, NULL);
  g_free(text);
  return (char **)g_ptr_array_free(arguments, FALSE);
}

/* The letters of tshark's options without a value, which may come before r: -qr FILE, -2nr FILE. */
static gboolean ends_in_r(const char *argument) {
  const gsize flags = strspn(argument + 1, "2gIlnpPqQSvVx");
  return argument[1 + flags] == 'r';
}

char *hg_process_capture(void) {
  char **arguments = hg_process_arguments();
  char *capture = NULL;
  for (guint i = 1; arguments != NULL && arguments[0] != NULL && arguments[i] != NULL; i++) {
    const char *value;
    if (arguments[i][0] != '-' || arguments[i][1] == '-' || !ends_in_r(arguments[i]))
      continue;
    value = strchr(arguments[i], 'r') + 1;
    if (*value == '\0')
      value = arguments[i + 1];
    if (value != NULL) {
      g_free(capture);
      capture = g_strdup(value);
    }
  }
  g_strfreev(arguments);
  return capture;
}

#ifdef __GLIBC__
static void fail(int status, void *data) {
  (void)data;
  if (status != 0)
    return;
  fflush(NULL);
  _exit(FAILED);
}

void hg_process_fail(void) {
  static gboolean done;
  Dl_info self;
  if (done)
    return;
  done = TRUE;
  /* tshark unloads plugins before it exits, but fail() must still be there then. */
  if (dladdr((void *)(gsize)hg_process_fail, &self) != 0)
    dlopen(self.dli_fname, RTLD_LAZY | RTLD_NODELETE);
  on_exit(fail, NULL);
}
#else
static void fail(void) {
  fflush(NULL);
  _exit(FAILED);
}

void hg_process_fail(void) {
  static gboolean done;
  if (!done) /* atexit() does not tell the status, and runs fail() when the plugin is unloaded */
    atexit(fail);
  done = TRUE;
}
#endif
