"""What a record says of each host, held against a truth.

SPDX-License-Identifier: GPL-2.0-or-later
"""
import collections


class Verdict:
    """`suspects`: {host: score}; `rules`: {host: ids of its suspicions}; `findings`: suspicions."""

    def __init__(self, record):
        self.record = record
        self.findings = [f for f in record["findings"] if f["kind"] == "suspicion"]
        self.suspects = {n["id"]: n["score"] for n in record["nodes"] if n["suspect"]}
        self.rules = collections.defaultdict(set)
        for finding in self.findings:
            self.rules[finding["host"]].add(finding["rule"])

    def named_for(self, hosts, rules, weak=False):
        """Which of `rules` make suspects of any of `hosts`; if `weak`, a finding is enough."""
        return {rule for host in hosts if weak or host in self.suspects
                for rule in self.rules[host] & set(rules)}

    def missed(self, suspects, rules):
        """Those of `suspects` that are none, or for other reasons than one of `rules`."""
        return [host for host in suspects if not self.named_for([host], rules)]

    def false(self, allowed):
        """Suspects that are not among the hosts that may be."""
        return [host for host in self.suspects if host not in allowed]

    def worded(self, host):
        """"10.0.0.1 72.5 (beacon, odd-port)", whether it is a suspect or not."""
        score = f" {self.suspects[host]:.0f}" if host in self.suspects else ""
        return f"{host}{score} ({', '.join(sorted(self.rules[host])) or 'no rule'})"
