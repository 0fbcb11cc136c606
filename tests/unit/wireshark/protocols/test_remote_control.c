/* test_remote_control.c - which shares, files and calls take control of another host
 *
 * Numbers are those of MS-SCMR, MS-TSCH, MS-RRP and MS-WMI.
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/remote_control.h"

static HgRpcInterface interface_of(const char *text) {
  guint8 uuid[16];
  guint count = 0;
  for (const char *at = text; *at != '\0'; at++) {
    if (*at == '-')
      continue;
    g_assert_cmpuint(count, <, 32);
    const int digit = g_ascii_xdigit_value(*at);
    uuid[count / 2] = (guint8)(count % 2 ? uuid[count / 2] << 4 | digit : digit);
    count++;
  }
  g_assert_cmpuint(count, ==, 32);
  return hg_rpc_interface(uuid);
}

static void test_interfaces(void) {
  g_assert_cmpint(interface_of("367abb81-9844-35f1-ad32-98f038001003"), ==, HG_RPC_SVCCTL);
  g_assert_cmpint(interface_of("1ff70682-0a51-30e8-076d-740be8cee98b"), ==, HG_RPC_ATSVC);
  g_assert_cmpint(interface_of("86d35949-83c9-4044-b424-db363231fd0c"), ==, HG_RPC_TASKS);
  g_assert_cmpint(interface_of("338cd001-2244-31f1-aaaa-900038001003"), ==, HG_RPC_WINREG);
  g_assert_cmpint(interface_of("9556dc99-828c-11cf-a37e-00aa003240c7"), ==, HG_RPC_WBEM);
  /* lsarpc; IWbemLevel1Login; and one that is nearly svcctl */
  g_assert_cmpint(interface_of("12345778-1234-abcd-ef00-0123456789ab"), ==, HG_RPC_COUNT);
  g_assert_cmpint(interface_of("f309ad18-d86a-11d0-a075-00c04fb68820"), ==, HG_RPC_COUNT);
  g_assert_cmpint(interface_of("367abb81-9844-35f1-ad32-98f038001004"), ==, HG_RPC_COUNT);
  g_assert_cmpint(interface_of("00000000-0000-0000-0000-000000000000"), ==, HG_RPC_COUNT);
}

static void check_call(HgRpcInterface interface, guint32 operation, const char *means) {
  g_assert_cmpstr(hg_remote_by_call(interface, operation), ==, means);
}

static void test_calls(void) {
  check_call(HG_RPC_SVCCTL, 12, "service-create");
  check_call(HG_RPC_SVCCTL, 45, "service-create");
  check_call(HG_RPC_SVCCTL, 60, "service-create");
  check_call(HG_RPC_SVCCTL, 37, "service-create");
  check_call(HG_RPC_SVCCTL, 19, "service-start");
  check_call(HG_RPC_SVCCTL, 31, "service-start");
  check_call(HG_RPC_SVCCTL, 6, NULL);  /* to ask how a service is */
  check_call(HG_RPC_SVCCTL, 15, NULL); /* to open the manager */
  check_call(HG_RPC_ATSVC, 0, "task");
  check_call(HG_RPC_ATSVC, 2, NULL); /* to list them */
  check_call(HG_RPC_TASKS, 1, "task");
  check_call(HG_RPC_TASKS, 12, "task");
  check_call(HG_RPC_TASKS, 13, NULL); /* to delete one */
  check_call(HG_RPC_WINREG, 22, "registry");
  check_call(HG_RPC_WINREG, 17, NULL); /* to read a value */
  check_call(HG_RPC_WBEM, 24, "wmi");
  check_call(HG_RPC_WBEM, 20, NULL); /* a query */
  check_call(HG_RPC_COUNT, 12, NULL);
  check_call(HG_RPC_SVCCTL, G_MAXUINT32, NULL);
}

static void check_share(const char *path, const char *means) {
  g_assert_cmpstr(hg_remote_by_share(path), ==, means);
}

static void test_shares(void) {
  check_share("\\\\192.168.1.195\\ADMIN$", "admin-share");
  check_share("\\\\server\\c$", "admin-share");
  check_share("\\\\fe80::1\\D$", "admin-share");
  check_share("\\\\server\\IPC$", NULL);
  check_share("\\\\server\\print$", NULL);
  check_share("\\\\server\\SYSVOL", NULL);
  check_share("\\\\server\\ADMIN$x", NULL);
  check_share("\\\\server\\", NULL);
  check_share("\\\\", NULL);
  check_share("ADMIN$", NULL);
  check_share("", NULL);
  check_share(NULL, NULL);
}

static void check_tool(const char *name, const char *means) {
  g_assert_cmpstr(hg_remote_by_tool(name), ==, means);
  g_assert_true(means == NULL || hg_remote_may_name_file(name));
}

static void check_program(const char *share, const char *name, const char *means) {
  g_assert_cmpstr(hg_remote_by_program(share, name), ==, means);
  g_assert_true(means == NULL || hg_remote_may_name_file(name));
}

static void test_files(void) {
  check_tool("PSEXESVC.exe", "remote-shell");
  check_tool("PSEXESVC-HOST-1-stdin", "remote-shell");
  check_tool("\\psexesvc", "remote-shell");
  check_tool("RemCom_communicaton", "remote-shell");
  check_tool("how to use PSEXESVC", NULL); /* whoever writes it there */
  check_tool("", NULL);
  check_tool(NULL, NULL);
  check_program("\\\\s\\ADMIN$", "BYSLVQBF.exe", "program");
  check_program("\\\\s\\C$", "Windows\\Temp\\a.DLL", "program");
  check_program("\\\\s\\software", "setup.exe", NULL);
  check_program("\\\\s\\ADMIN$", "setup.exe.txt", NULL);
  check_program("\\\\s\\ADMIN$", "exe", NULL);
  check_program("\\\\s\\docs\\\\x\\ADMIN$x", "a.exe", NULL);
  check_program(NULL, "setup.exe", NULL);
  check_program("\\\\s\\ADMIN$", "", NULL);
  check_program("\\\\s\\ADMIN$", NULL, NULL);
}

static void test_may_name_file(void) {
  g_assert_true(hg_remote_may_name_file("Create Request File: PSEXESVC.exe"));
  g_assert_true(hg_remote_may_name_file("Create Request, File: a.b.Bat"));
  g_assert_false(hg_remote_may_name_file("Create Request File: PSEXE"));
  g_assert_false(hg_remote_may_name_file("Create Request File: report.ex"));
  g_assert_false(hg_remote_may_name_file("."));
  g_assert_false(hg_remote_may_name_file(""));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/remote-control/interfaces", test_interfaces);
  g_test_add_func("/remote-control/calls", test_calls);
  g_test_add_func("/remote-control/shares", test_shares);
  g_test_add_func("/remote-control/files", test_files);
  g_test_add_func("/remote-control/may-name-file", test_may_name_file);
  return g_test_run();
}
