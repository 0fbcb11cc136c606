/* user_agent.c - programs that name themselves
 * SPDX-License-Identifier: GPL-2.0-or-later
 */
#include "user_agent.h"

#include <string.h>

/* What they send unless told otherwise: their own documentation and sources; OWASP Core Rule Set,
 * scanners-user-agents.data. In lower case. */
static const struct {
  const char *words, *name;
} scanners[] = {
    {"acunetix", "Acunetix"},
    {"appscan", "AppScan"},
    {"arachni", "Arachni"},
    {"censysinspect", "Censys"},
    {"cmsmap", "CMSmap"},
    {"commix", "commix"},
    {"detectify", "Detectify"},
    {"dirbuster", "DirBuster"},
    {"dotdotpwn", "DotDotPwn"},
    {"droopescan", "droopescan"},
    {"expanse, a palo alto", "Expanse"},
    {"feroxbuster", "feroxbuster"},
    {"fimap", "fimap"},
    {"fuzz faster u fool", "ffuf"},
    {"ghauri", "Ghauri"},
    {"gobuster", "Gobuster"},
    {"havij", "Havij"},
    {"(hydra)", "Hydra"},
    {"httpx - open-source project", "httpx"},
    {"jbrofuzz", "JBroFuzz"},
    {"joomscan", "JoomScan"},
    {"jorgee", "Jorgee"},
    {"jsql", "jSQL"},
    {"l9explore", "LeakIX"},
    {"l9tcpid", "LeakIX"},
    {"libwhisker", "libwhisker"},
    {"masscan", "masscan"},
    {"morfeus", "Morfeus"},
    {"nessus", "Nessus"},
    {"netsparker", "Netsparker"},
    {"nettacker", "Nettacker"},
    {"nikto", "Nikto"},
    {"nmap scripting engine", "Nmap"},
    {"nuclei", "Nuclei"},
    {"openvas", "OpenVAS"},
    {"owasp zap", "ZAP"},
    {"qualysguard", "Qualys"},
    {"skipfish", "skipfish"},
    {"sqlmap", "sqlmap"},
    {"sqlninja", "sqlninja"},
    {"tsunamisecurityscanner", "Tsunami"},
    {"w3af.org", "w3af"},
    {"wapiti", "Wapiti"},
    {"webshag", "Webshag"},
    {"wfuzz", "Wfuzz"},
    {"whatweb", "WhatWeb"},
    {"wpscan", "WPScan"},
    {"xsser", "XSSer"},
    {"xsstrike", "XSStrike"},
    {"zaproxy", "ZAP"},
    {"zgrab", "ZGrab"},
    {"zmeu", "ZmEu"},
};

const char *hg_user_agent_scanner(const guint8 *agent, gsize length) {
  g_autofree char *lower = NULL;
  if (agent == NULL)
    return NULL;
  lower = g_ascii_strdown((const char *)agent, (gssize)length);
  for (guint i = 0; i < G_N_ELEMENTS(scanners); i++) {
    if (strstr(lower, scanners[i].words) != NULL)
      return scanners[i].name;
  }
  return NULL;
}

/* What they call themselves begins so: their sources. */
static const char *const package_managers[] = {
    "APT-HTTP/", "Debian APT",    "Ubuntu APT", "libdnf",         "dnf/",    "urlgrabber/",
    "yum/",      "ZYpp",          "pacman/",    "apk-tools",      "opkg",    "pip/",
    "poetry/",   "uv/",           "conda/",     "npm/",           "yarn/",   "pnpm/",
    "Gradle/",   "Apache-Maven/", "Apache Ivy", "Ruby, RubyGems", "Bundler", "bundler/",
    "NuGet",     "cargo ",        "Composer/",  "Nix/",           "bazel/",  "Homebrew/",
    "CPAN",      "Helm/",         "docker/",    "containerd/",
};

gboolean hg_user_agent_is_package_manager(const guint8 *agent, gsize length) {
  for (guint i = 0; agent != NULL && i < G_N_ELEMENTS(package_managers); i++) {
    const gsize size = strlen(package_managers[i]);
    if (length >= size && memcmp(agent, package_managers[i], size) == 0)
      return TRUE;
  }
  return FALSE;
}
