/* test_user_agent.c - programs that name themselves; what they send is from their documentation
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "wireshark/protocols/user_agent.h"

#include <string.h>

static const char *name_of(const char *agent) {
  guint8 *copy = g_memdup2(agent, strlen(agent)); /* so that a sanitizer sees what is read beyond */
  const char *name = hg_user_agent_scanner(copy, strlen(agent));
  g_free(copy);
  return name;
}

static void test_scanners(void) {
  static const char *const pairs[][2] = {
      {"sqlmap/1.7.2#stable (https://sqlmap.org)", "sqlmap"},
      {"Mozilla/5.00 (Nikto/2.1.6) (Evasions:None) (Test:map_codes)", "Nikto"},
      {"Mozilla/5.0 (compatible; Nmap Scripting Engine; https://nmap.org/book/nse.html)", "Nmap"},
      {"masscan/1.3 (https://github.com/robertdavidgraham/masscan)", "masscan"},
      {"Mozilla/5.0 zgrab/0.x", "ZGrab"},
      {"gobuster/3.6", "Gobuster"},
      {"DirBuster-1.0-RC1 (http://www.owasp.org/index.php/Category:OWASP_DirBuster_Project)",
       "DirBuster"},
      {"WPScan v3.8.25 (https://wpscan.com/wordpress-security-scanner)", "WPScan"},
      {"Fuzz Faster U Fool v2.1.0-dev", "ffuf"},
      {"Mozilla/4.0 (Hydra)", "Hydra"}};
  for (guint i = 0; i < G_N_ELEMENTS(pairs); i++)
    g_assert_cmpstr(name_of(pairs[i][0]), ==, pairs[i][1]);
}

static void test_others(void) {
  static const char *const others[] = {
      "Mozilla/5.0 (X11; Linux x86_64; rv:109.0) Gecko/20100101 Firefox/115.0",
      "curl/7.88.1",
      "Wget/1.21.3",
      "python-requests/2.28.1",
      "Go-http-client/1.1",
      "Debian APT-HTTP/1.3 (2.6.1)",
      "Microsoft-Delivery-Optimization/10.1",
      "Hydrator/1.0",
      "Googlebot/2.1 (+http://www.google.com/bot.html)",
      "nmap",
      ""};
  for (guint i = 0; i < G_N_ELEMENTS(others); i++)
    g_assert_null(name_of(others[i]));
  g_assert_null(hg_user_agent_scanner(NULL, 0));
}

static gboolean is_package_manager(const char *agent) {
  guint8 *copy = g_memdup2(agent, strlen(agent));
  const gboolean is = hg_user_agent_is_package_manager(copy, strlen(agent));
  g_free(copy);
  return is;
}

static void test_package_managers(void) {
  g_assert_true(is_package_manager("Debian APT-HTTP/1.3 (2.6.1)"));
  g_assert_true(is_package_manager("pip/22.3.1 {\"ci\":null}"));
  g_assert_true(is_package_manager("Apache-Maven/3.8.6 (Java 17.0.2; Linux 5.15.0)"));
  g_assert_true(is_package_manager("Gradle/7.4 (Linux;5.15.0;amd64)"));
  g_assert_false(is_package_manager("Mozilla/5.0 pip/22.3"));
  g_assert_false(is_package_manager("pi"));
  g_assert_false(is_package_manager(""));
  g_assert_false(hg_user_agent_is_package_manager(NULL, 0));
}

int main(int argc, char **argv) {
  g_test_init(&argc, &argv, NULL);
  g_test_add_func("/user-agent/scanners", test_scanners);
  g_test_add_func("/user-agent/others", test_others);
  g_test_add_func("/user-agent/package-managers", test_package_managers);
  return g_test_run();
}
