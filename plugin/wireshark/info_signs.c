/* info_signs.c - what the Info column says of logins and of remote administration
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "info_signs.h"

#include <string.h>

/* Patterns (g_pattern_match_simple) over the text in upper case. The first one that fits holds. */
static const struct {
  const char *protocol, *pattern;
  HgSign sign;
} signs[] = {
    /* RFC 959: 530 not logged in, 430 wrong name or password; also said to other commands. */
    {"FTP", "REQUEST: PASS*", {HG_SIGN_LOGIN, "FTP"}},
    {"FTP", "RESPONSE: 530 *", {HG_SIGN_REFUSED, "FTP"}},
    {"FTP", "RESPONSE: 430 *", {HG_SIGN_REFUSED, "FTP"}},
    {"FTP", "RESPONSE: *", {HG_SIGN_ACCEPTED, "FTP"}},
    /* RFC 1939, RFC 5034 */
    {"POP", "C: PASS*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "C: APOP*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "C: AUTH ?*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "S: -ERR*", {HG_SIGN_REFUSED, "POP"}},
    {"POP", "S: +OK*", {HG_SIGN_ACCEPTED, "POP"}},
    /* RFC 9051 */
    {"IMAP", "REQUEST: * LOGIN*", {HG_SIGN_LOGIN, "IMAP"}},
    {"IMAP", "REQUEST: * AUTHENTICATE*", {HG_SIGN_LOGIN, "IMAP"}},
    {"IMAP", "RESPONSE: * NO *", {HG_SIGN_REFUSED, "IMAP"}},
    {"IMAP", "RESPONSE: * OK *", {HG_SIGN_ACCEPTED, "IMAP"}},
    /* RFC 4954 */
    {"SMTP", "S: 535*", {HG_SIGN_LOGIN_REFUSED, "SMTP"}},
    {"LDAP", "BINDRESPONSE(*) INVALIDCREDENTIALS*", {HG_SIGN_LOGIN_REFUSED, "LDAP"}},
    {"KRB5", "KRB ERROR: KRB5KDC_ERR_PREAUTH_FAILED*", {HG_SIGN_LOGIN_REFUSED, "KRB5"}},
    {"MySQL", "RESPONSE*ERROR 1045*", {HG_SIGN_LOGIN_REFUSED, "MySQL"}},
    {"SMB",
     "SESSION SETUP ANDX RESPONSE, ERROR: STATUS_LOGON_FAILURE*",
     {HG_SIGN_LOGIN_REFUSED, "SMB"}},
    {"SMB",
     "SESSION SETUP ANDX RESPONSE, ERROR: STATUS_ACCOUNT_LOCKED_OUT*",
     {HG_SIGN_LOGIN_REFUSED, "SMB"}},
    {"SMB2",
     "SESSION SETUP RESPONSE, ERROR: STATUS_LOGON_FAILURE*",
     {HG_SIGN_LOGIN_REFUSED, "SMB"}},
    {"SMB2",
     "SESSION SETUP RESPONSE, ERROR: STATUS_ACCOUNT_LOCKED_OUT*",
     {HG_SIGN_LOGIN_REFUSED, "SMB"}},

    /* MS-SCMR */
    {"SVCCTL", "CREATESERVICE* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-create"}},
    {"SVCCTL", "CHANGESERVICECONFIG* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-create"}},
    {"SVCCTL", "STARTSERVICE* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-start"}},
    /* MS-TSCH */
    {"ATSVC", "JOBADD REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    {"TaskSchedulerService", "SCHRPCREGISTERTASK REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    {"TaskSchedulerService", "SCHRPCRUN REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    /* MS-RRP */
    {"WINREG", "SETVALUE REQUEST*", {HG_SIGN_REMOTE_CONTROL, "registry"}},
    {"WINREG", "SAVEKEY* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "registry"}},
    /* MS-WMI */
    {"IWbemServices", "EXECMETHOD* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "wmi"}},
    /* Tools that run commands by a service of their own, named in their pipes and programs. */
    {"SMB2", "CREATE REQUEST FILE: PSEXESVC*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    {"SMB2", "CREATE REQUEST FILE: PAEXEC*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    {"SMB2", "CREATE REQUEST FILE: REMCOM*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    {"SMB2", "CREATE REQUEST FILE: CSEXEC*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    {"SMB2", "CREATE REQUEST FILE: WINEXESVC*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    {"SMB", "NT CREATE ANDX REQUEST, *PATH: \\PSEXESVC*", {HG_SIGN_REMOTE_CONTROL, "remote-shell"}},
    /* Shares that only administrators may use */
    {"SMB2", "TREE CONNECT REQUEST TREE: \\\\*\\ADMIN$*", {HG_SIGN_REMOTE_CONTROL, "admin-share"}},
    {"SMB2", "TREE CONNECT REQUEST TREE: \\\\*\\?$*", {HG_SIGN_REMOTE_CONTROL, "admin-share"}},
    {"SMB",
     "TREE CONNECT ANDX REQUEST, PATH: \\\\*\\ADMIN$*",
     {HG_SIGN_REMOTE_CONTROL, "admin-share"}},
    {"SMB", "TREE CONNECT ANDX REQUEST, PATH: \\\\*\\?$*", {HG_SIGN_REMOTE_CONTROL, "admin-share"}},
    /* MS-CIFS 2.2.6.15: reserved and implemented by nobody, but by the backdoor DoublePulsar, which
     * EternalBlue (MS17-010) leaves behind and is looked for with. */
    {"SMB", "TRANS2 REQUEST, SESSION_SETUP*", {HG_SIGN_REMOTE_CONTROL, "smb1-exploit"}},
};

/* Past what the TCP analysis puts in front: "[TCP ACKed unseen segment] ". A retransmission is no
 * message of its own. */
static const char *past_brackets(const char *info) {
  while (*info == '[') {
    const char *end = strstr(info, "] ");
    if (!end || g_str_has_prefix(info, "[TCP Retransmission]") ||
        g_str_has_prefix(info, "[TCP Spurious") || g_str_has_prefix(info, "[TCP Fast"))
      return NULL;
    info = end + 2;
  }
  return info;
}

HgSign hg_info_sign(const char *protocol, const char *info) {
  HgSign sign = {HG_SIGN_NONE, NULL};
  char *upper = NULL;
  if (!protocol || !info)
    return sign;
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
    if (*protocol != *signs[i].protocol || strcmp(protocol, signs[i].protocol) != 0)
      continue;
    if (!upper) {
      const char *text = past_brackets(info);
      if (!text)
        return sign;
      upper = g_ascii_strup(text, -1);
    }
    if (g_pattern_match_simple(signs[i].pattern, upper)) {
      sign = signs[i].sign;
      break;
    }
  }
  g_free(upper);
  return sign;
}
