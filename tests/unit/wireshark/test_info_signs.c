/* test_info_signs.c - what the Info column says of logins and of remote administration
 *
 * The texts are those of Wireshark's dissectors.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/info_signs.h"

static void check(const char *protocol, const char *info, HgSignKind kind, const char *subject) {
  const HgSign sign = hg_info_sign(protocol, info);
  g_assert_cmpint(sign.kind, ==, kind);
  g_assert_cmpstr(sign.subject, ==, subject);
}

static void test_logins(void) {
  check("FTP", "Request: PASS ***", HG_SIGN_LOGIN, "FTP");
  check("FTP", "Request: USER bro", HG_SIGN_OTHER, "FTP");
  check("FTP", "Response: 530 Login incorrect.", HG_SIGN_REFUSED, "FTP");
  check("FTP", "Response: 230 Login successful.", HG_SIGN_ACCEPTED, "FTP");
  check("FTP", "Response: 331 Please specify the password.", HG_SIGN_ACCEPTED, "FTP");
  check("POP", "C: PASS ***", HG_SIGN_LOGIN, "POP");
  check("POP", "S: -ERR [AUTH] Invalid login", HG_SIGN_REFUSED, "POP");
  check("POP", "S: +OK Logged in.", HG_SIGN_ACCEPTED, "POP");
  check("IMAP", "Request: a1 LOGIN ***", HG_SIGN_LOGIN, "IMAP");
  check("IMAP", "Response: a1 NO [AUTHENTICATIONFAILED] failed", HG_SIGN_REFUSED, "IMAP");
  check("IMAP", "Response: a1 OK LOGIN completed", HG_SIGN_ACCEPTED, "IMAP");
  check("IMAP", "Response: a1 OK there is NO mail", HG_SIGN_ACCEPTED, "IMAP");
  check("IMAP", "Response: * NO disk nearly full", HG_SIGN_NONE, NULL);
  check("IMAP", "Request: a2 SEARCH SUBJECT LOGIN now", HG_SIGN_OTHER, "IMAP");
  check("IMAP", "Request: ***", HG_SIGN_NONE, NULL);
  check("POP", "C: ***", HG_SIGN_NONE, NULL);
  check("POP", "C: RETR 1", HG_SIGN_OTHER, "POP");
  check("IMAP", "Response:", HG_SIGN_NONE, NULL);
  check("SMTP", "S: 535 5.7.8 Error: authentication failed", HG_SIGN_LOGIN_REFUSED, "SMTP");
  check("SMTP", "S: 550 no such user", HG_SIGN_NONE, NULL);
  check("LDAP", "bindResponse(1) invalidCredentials (80090308: LdapErr)", HG_SIGN_LOGIN_REFUSED,
        "LDAP");
  check("LDAP", "bindResponse(1) success", HG_SIGN_NONE, NULL);
  check("KRB5", "KRB Error: KRB5KDC_ERR_PREAUTH_FAILED", HG_SIGN_LOGIN_REFUSED, "KRB5");
  check("KRB5", "KRB Error: KRB5KDC_ERR_PREAUTH_REQUIRED", HG_SIGN_NONE, NULL);
  check("KRB5", "KRB Error: KRB5KDC_ERR_C_PRINCIPAL_UNKNOWN", HG_SIGN_LOGIN_REFUSED, "KRB5");
  check("SMB2", "Session Setup Response, Error: STATUS_LOGON_FAILURE", HG_SIGN_LOGIN_REFUSED,
        "SMB");
  check("SMB2", "Session Setup Response, Error: STATUS_MORE_PROCESSING_REQUIRED, NTLMSSP_CHALLENGE",
        HG_SIGN_NONE, NULL);
  check("SMB", "Session Setup AndX Response, Error: STATUS_LOGON_FAILURE", HG_SIGN_LOGIN_REFUSED,
        "SMB");
}

static void test_control(void) {
  check("SVCCTL", "CreateServiceW request", HG_SIGN_REMOTE_CONTROL, "service-create");
  check("SVCCTL", "CreateServiceW response", HG_SIGN_NONE, NULL);
  check("SVCCTL", "StartServiceW request", HG_SIGN_REMOTE_CONTROL, "service-start");
  check("SVCCTL", "QueryServiceStatus request", HG_SIGN_NONE, NULL);
  check("ATSVC", "JobAdd request", HG_SIGN_REMOTE_CONTROL, "task");
  check("WINREG", "SetValue request", HG_SIGN_REMOTE_CONTROL, "registry");
  check("WINREG", "QueryValue request", HG_SIGN_NONE, NULL);
  check("SMB2", "Create Request File: PSEXESVC.exe", HG_SIGN_REMOTE_CONTROL, "remote-shell");
  check("SMB2", "Tree Connect Request Tree: \\\\192.168.1.195\\ADMIN$", HG_SIGN_REMOTE_CONTROL,
        "admin-share");
  check("SMB2", "Tree Connect Request Tree: \\\\server\\c$", HG_SIGN_REMOTE_CONTROL, "admin-share");
  check("SMB2", "Tree Connect Request Tree: \\\\server\\IPC$", HG_SIGN_NONE, NULL);
  check("SMB2", "Tree Connect Request Tree: \\\\server\\SYSVOL", HG_SIGN_NONE, NULL);
  check("SMB", "Trans2 Request, SESSION_SETUP[Packet size limited during capture]",
        HG_SIGN_REMOTE_CONTROL, "smb1-exploit");
  check("SMB", "Trans2 Response, SESSION_SETUP, Error: STATUS_NOT_IMPLEMENTED", HG_SIGN_NONE, NULL);
  check("SMB", "Trans2 Request, QUERY_PATH_INFO", HG_SIGN_NONE, NULL);
  check("SMB", "NT Trans Request, <unknown>", HG_SIGN_REMOTE_CONTROL, "smb1-overflow");
  check("SMB", "NT Trans Request, NT NOTIFY, FID: 0x4000", HG_SIGN_NONE, NULL);
  check("SMB", "NT Trans Response, <unknown (0)>", HG_SIGN_NONE, NULL);
  check("SVCCTL", "Unknown operation 45 request", HG_SIGN_REMOTE_CONTROL, "service-create");
  check("SVCCTL", "Unknown operation 45 response", HG_SIGN_NONE, NULL);
  check("DCERPC",
        "Request: call_id: 3, Fragment: Single, opnum: 24, Ctx: 0 "
        "9556dc99-828c-11cf-a37e-00aa003240c7 V0",
        HG_SIGN_REMOTE_CONTROL, "wmi");
  check("DCERPC",
        "Request: call_id: 3, Fragment: Single, opnum: 20, Ctx: 0 "
        "9556dc99-828c-11cf-a37e-00aa003240c7 V0",
        HG_SIGN_NONE, NULL); /* a query */
  check("DCERPC",
        "Response: call_id: 3, Fragment: Single, Ctx: 0 9556dc99-828c-11cf-a37e-00aa003240c7 V0",
        HG_SIGN_NONE, NULL);
}

/* Wireshark's remarks on TCP stand in front; a retransmission says nothing new. */
static void test_remarks(void) {
  check("SMB", "[TCP ACKed unseen segment] Trans2 Request, SESSION_SETUP", HG_SIGN_REMOTE_CONTROL,
        "smb1-exploit");
  check("FTP", "[TCP Retransmission] Response: 530 Login incorrect.", HG_SIGN_NONE, NULL);
  check("FTP", "[TCP Spurious Retransmission] Response: 530 Login incorrect.", HG_SIGN_NONE, NULL);
}

/* What a sender writes further back, or under another protocol, tells nothing. */
static void test_hostile(void) {
  check("SMB2", "Create Request File: Session Setup Response, Error: STATUS_LOGON_FAILURE",
        HG_SIGN_NONE, NULL);
  check("SMB2", "Create Request File: \\\\a\\ADMIN$", HG_SIGN_NONE, NULL);
  check("HTTP", "Response: 530 Login incorrect.", HG_SIGN_NONE, NULL);
  check("FTPX", "Response: 530 Login incorrect.", HG_SIGN_NONE, NULL);
  check("", "", HG_SIGN_NONE, NULL);
  check(NULL, "Response: 530", HG_SIGN_NONE, NULL);
  check("FTP", NULL, HG_SIGN_NONE, NULL);
  check("FTP", "[", HG_SIGN_NONE, NULL);
  check("FTP", "[x", HG_SIGN_NONE, NULL);
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/info-signs/logins", test_logins);
  g_test_add_func("/info-signs/control", test_control);
  g_test_add_func("/info-signs/remarks", test_remarks);
  g_test_add_func("/info-signs/hostile", test_hostile);
  return g_test_run();
}
