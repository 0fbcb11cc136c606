/* remote_control.c - which shares, files and calls take control of another host
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "remote_control.h"

#include <string.h>

static const guint8 uuids[HG_RPC_COUNT][16] = {
    [HG_RPC_SVCCTL] = {0x36, 0x7a, 0xbb, 0x81, 0x98, 0x44, 0x35, 0xf1, 0xad, 0x32, 0x98, 0xf0, 0x38,
                       0x00, 0x10, 0x03},
    [HG_RPC_ATSVC] = {0x1f, 0xf7, 0x06, 0x82, 0x0a, 0x51, 0x30, 0xe8, 0x07, 0x6d, 0x74, 0x0b, 0xe8,
                      0xce, 0xe9, 0x8b},
    [HG_RPC_TASKS] = {0x86, 0xd3, 0x59, 0x49, 0x83, 0xc9, 0x40, 0x44, 0xb4, 0x24, 0xdb, 0x36, 0x32,
                      0x31, 0xfd, 0x0c},
    [HG_RPC_WINREG] = {0x33, 0x8c, 0xd0, 0x01, 0x22, 0x44, 0x31, 0xf1, 0xaa, 0xaa, 0x90, 0x00, 0x38,
                       0x00, 0x10, 0x03},
    [HG_RPC_WBEM] = {0x95, 0x56, 0xdc, 0x99, 0x82, 0x8c, 0x11, 0xcf, 0xa3, 0x7e, 0x00, 0xaa, 0x00,
                     0x32, 0x40, 0xc7},
};

static const struct {
  HgRpcInterface interface;
  guint32 operation;
  const char *means;
} calls[] = {
    {HG_RPC_SVCCTL, 11, "service-create"}, /* RChangeServiceConfigW */
    {HG_RPC_SVCCTL, 12, "service-create"}, /* RCreateServiceW */
    {HG_RPC_SVCCTL, 19, "service-start"},  /* RStartServiceW */
    {HG_RPC_SVCCTL, 23, "service-create"}, /* RChangeServiceConfigA */
    {HG_RPC_SVCCTL, 24, "service-create"}, /* RCreateServiceA */
    {HG_RPC_SVCCTL, 31, "service-start"},  /* RStartServiceA */
    {HG_RPC_SVCCTL, 36, "service-create"}, /* RChangeServiceConfig2A */
    {HG_RPC_SVCCTL, 37, "service-create"}, /* RChangeServiceConfig2W */
    {HG_RPC_SVCCTL, 44, "service-create"}, /* RCreateServiceWOW64A */
    {HG_RPC_SVCCTL, 45, "service-create"}, /* RCreateServiceWOW64W */
    {HG_RPC_SVCCTL, 60, "service-create"}, /* RCreateWowService */
    {HG_RPC_ATSVC, 0, "task"},             /* NetrJobAdd */
    {HG_RPC_TASKS, 1, "task"},             /* SchRpcRegisterTask */
    {HG_RPC_TASKS, 12, "task"},            /* SchRpcRun */
    {HG_RPC_WINREG, 20, "registry"},       /* BaseRegSaveKey */
    {HG_RPC_WINREG, 22, "registry"},       /* BaseRegSetValue */
    {HG_RPC_WINREG, 31, "registry"},       /* BaseRegSaveKeyEx */
    /* What they call is encrypted as a rule, the operation is not. */
    {HG_RPC_WBEM, 24, "wmi"}, /* ExecMethod */
    {HG_RPC_WBEM, 25, "wmi"}, /* ExecMethodAsync */
};

/* What the services of PsExec and its like are called, and so their programs and their pipes. */
static const char *const tools[] = {"PSEXESVC", "PAEXEC", "REMCOM", "CSEXEC", "WINEXESVC"};

static const char *const programs[] = {".exe", ".dll", ".bat", ".cmd",
                                       ".ps1", ".vbs", ".msi", ".sys"};

HgRpcInterface hg_rpc_interface(const guint8 uuid[16]) {
  guint i = 0;
  while (i < HG_RPC_COUNT && memcmp(uuids[i], uuid, sizeof uuids[i]) != 0)
    i++;
  return i;
}

const char *hg_remote_by_call(HgRpcInterface interface, guint32 operation) {
  for (guint i = 0; i < G_N_ELEMENTS(calls); i++) {
    if (calls[i].interface == interface && calls[i].operation == operation)
      return calls[i].means;
  }
  return NULL;
}

const char *hg_remote_by_share(const char *path) {
  const char *share = path != NULL ? strrchr(path, '\\') : NULL;
  if (share == NULL || !g_str_has_prefix(path, "\\\\"))
    return NULL;
  share++;
  return g_ascii_strcasecmp(share, "ADMIN$") == 0 ||
                 (g_ascii_isalpha(share[0]) && strcmp(share + 1, "$") == 0)
             ? "admin-share"
             : NULL;
}

static gboolean begins_with(const char *text, const char *word) {
  return g_ascii_strncasecmp(text, word, strlen(word)) == 0;
}

static gboolean is_program(const char *name) {
  const char *ending = strrchr(name, '.');
  for (guint i = 0; ending != NULL && i < G_N_ELEMENTS(programs); i++) {
    if (g_ascii_strcasecmp(ending, programs[i]) == 0)
      return TRUE;
  }
  return FALSE;
}

const char *hg_remote_by_tool(const char *name) {
  for (guint i = 0; name != NULL && i < G_N_ELEMENTS(tools); i++) {
    if (begins_with(name + (*name == '\\'), tools[i]))
      return "remote-shell";
  }
  return NULL;
}

const char *hg_remote_by_program(const char *share, const char *name) {
  return name != NULL && is_program(name) && hg_remote_by_share(share) != NULL ? "program" : NULL;
}

gboolean hg_remote_may_name_file(const char *text) {
  for (; *text != '\0'; text++) {
    if (*text == '.') {
      for (guint i = 0; i < G_N_ELEMENTS(programs); i++) {
        if (begins_with(text, programs[i]))
          return TRUE;
      }
    } else if (strchr("PRCWprcw", *text) != NULL) {
      for (guint i = 0; i < G_N_ELEMENTS(tools); i++) {
        if (begins_with(text, tools[i]))
          return TRUE;
      }
    }
  }
  return FALSE;
}

gboolean hg_remote_info_may_name_file(const HgPacket *packet) {
  return hg_remote_may_name_file(packet->info);
}
