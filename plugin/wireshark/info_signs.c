/* info_signs.c - what the Info column says of logins and of remote administration
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "info_signs.h"

#include <string.h>

#define WBEM_SERVICES "9556DC99-828C-11CF-A37E-00AA003240C7"

/* IMAP, where a word chosen by the client stands before the command: see without_tag. */
#define TAGGED "IMAP"

/* Patterns (g_pattern_match_simple) over the text in upper case. The first one that fits holds. */
static const struct {
  const char *protocol, *pattern;
  HgSign sign;
} signs[] = {
    /* RFC 959: 530 not logged in, 430 wrong name or password; also said to other commands. */
    {"FTP", "REQUEST: PASS*", {HG_SIGN_LOGIN, "FTP"}},
    {"FTP", "REQUEST: ?*", {HG_SIGN_OTHER, "FTP"}},
    {"FTP", "RESPONSE: 530 *", {HG_SIGN_REFUSED, "FTP"}},
    {"FTP", "RESPONSE: 430 *", {HG_SIGN_REFUSED, "FTP"}},
    {"FTP", "RESPONSE: *", {HG_SIGN_ACCEPTED, "FTP"}},
    /* RFC 1939, RFC 5034 */
    {"POP", "C: PASS*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "C: APOP*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "C: AUTH ?*", {HG_SIGN_LOGIN, "POP"}},
    {"POP", "C: STAT*", {HG_SIGN_OTHER, "POP"}},
    {"POP", "C: LIST*", {HG_SIGN_OTHER, "POP"}},
    {"POP", "C: UIDL*", {HG_SIGN_OTHER, "POP"}},
    {"POP", "C: RETR *", {HG_SIGN_OTHER, "POP"}},
    {"POP", "C: TOP *", {HG_SIGN_OTHER, "POP"}},
    {"POP", "C: DELE *", {HG_SIGN_OTHER, "POP"}},
    {"POP", "S: -ERR*", {HG_SIGN_REFUSED, "POP"}},
    {"POP", "S: +OK*", {HG_SIGN_ACCEPTED, "POP"}},
    /* RFC 9051; BAD: not understood */
    {TAGGED, "REQUEST: LOGIN *", {HG_SIGN_LOGIN, "IMAP"}},
    {TAGGED, "REQUEST: AUTHENTICATE *", {HG_SIGN_LOGIN, "IMAP"}},
    {TAGGED, "REQUEST: ?*", {HG_SIGN_OTHER, "IMAP"}},
    {TAGGED, "RESPONSE: NO *", {HG_SIGN_REFUSED, "IMAP"}},
    {TAGGED, "RESPONSE: OK *", {HG_SIGN_ACCEPTED, "IMAP"}},
    {TAGGED, "RESPONSE: BAD *", {HG_SIGN_ACCEPTED, "IMAP"}},
    /* RFC 4954 */
    {"SMTP", "S: 534*", {HG_SIGN_LOGIN_REFUSED, "SMTP"}},
    {"SMTP", "S: 535*", {HG_SIGN_LOGIN_REFUSED, "SMTP"}},
    {"LDAP", "BINDRESPONSE(*) INVALIDCREDENTIALS*", {HG_SIGN_LOGIN_REFUSED, "LDAP"}},
    /* RFC 4120: a wrong password, no such user, locked */
    {"KRB5", "KRB ERROR: KRB5KDC_ERR_PREAUTH_FAILED*", {HG_SIGN_LOGIN_REFUSED, "KRB5"}},
    {"KRB5", "KRB ERROR: KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN*", {HG_SIGN_LOGIN_REFUSED, "KRB5"}},
    {"KRB5", "KRB ERROR: KRB5KDC_ERR_CLIENT_REVOKED*", {HG_SIGN_LOGIN_REFUSED, "KRB5"}},
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
    /* RCreateServiceWOW64A and W, which Wireshark has no name for */
    {"SVCCTL", "UNKNOWN OPERATION 44 REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-create"}},
    {"SVCCTL", "UNKNOWN OPERATION 45 REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-create"}},
    {"SVCCTL", "CHANGESERVICECONFIG* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-create"}},
    {"SVCCTL", "STARTSERVICE* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "service-start"}},
    /* MS-TSCH */
    {"ATSVC", "JOBADD REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    {"TaskSchedulerService", "SCHRPCREGISTERTASK REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    {"TaskSchedulerService", "SCHRPCRUN REQUEST*", {HG_SIGN_REMOTE_CONTROL, "task"}},
    /* MS-RRP */
    {"WINREG", "SETVALUE REQUEST*", {HG_SIGN_REMOTE_CONTROL, "registry"}},
    {"WINREG", "SAVEKEY* REQUEST*", {HG_SIGN_REMOTE_CONTROL, "registry"}},
    /* MS-WMI 3.1.4.3: IWbemServices::ExecMethod and ExecMethodAsync. What they call is encrypted as a
     * rule, the operation is not. Wireshark has no dissector for them; the text is all its own. */
    {"DCERPC",
     "REQUEST: *, OPNUM: 24, CTX: * " WBEM_SERVICES " V*",
     {HG_SIGN_REMOTE_CONTROL, "wmi"}},
    {"DCERPC",
     "REQUEST: *, OPNUM: 25, CTX: * " WBEM_SERVICES " V*",
     {HG_SIGN_REMOTE_CONTROL, "wmi"}},
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
    /* MS-CIFS 2.2.7: the functions of NT_TRANSACT begin with 1. EternalBlue (CVE-2017-0144) begins a
     * transaction of none, of more data than a TRANSACTION2 can hold, and continues it as such. */
    {"SMB", "NT TRANS REQUEST, <UNKNOWN*", {HG_SIGN_REMOTE_CONTROL, "smb1-overflow"}},
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

/* "REQUEST: A1 LOGIN BOB X" as "REQUEST: LOGIN BOB X": what tags hold is up to the client, so no
 * pattern may step over them. "*" stands before what answers nothing. (transfer full) */
static char *without_tag(const char *text) {
  const char *tag = strchr(text, ' '), *command = tag ? strchr(tag + 1, ' ') : NULL;
  if (!command || g_str_has_prefix(tag, " * ") || g_str_has_prefix(tag, " + "))
    return g_strdup("");
  return g_strdup_printf("%.*s%s", (int)(tag - text), text, command);
}

static char *comparable(const char *protocol, const char *info) {
  const char *text = past_brackets(info);
  char *upper = text ? g_ascii_strup(text, -1) : NULL;
  if (upper && strcmp(protocol, TAGGED) == 0) {
    char *bare = without_tag(upper);
    g_free(upper);
    upper = bare;
  }
  return upper;
}

HgSign hg_info_sign(const char *protocol, const char *info) {
  HgSign sign = {HG_SIGN_NONE, NULL};
  char *upper = NULL;
  if (!protocol || !info)
    return sign;
  for (guint i = 0; i < G_N_ELEMENTS(signs); i++) {
    if (*protocol != *signs[i].protocol || strcmp(protocol, signs[i].protocol) != 0)
      continue;
    if (!upper && !(upper = comparable(protocol, info)))
      return sign;
    if (g_pattern_match_simple(signs[i].pattern, upper)) {
      sign = signs[i].sign;
      break;
    }
  }
  g_free(upper);
  return sign;
}
