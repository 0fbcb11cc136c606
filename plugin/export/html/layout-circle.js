// layout-circle.js - everybody on one circle in the order of addresses, subnets side by side
// SPDX-License-Identifier: GPL-2.0-or-later
hg.layouts.circle = (function () {
  const GAP = 1.5; // places left free between subnets

  function begin(nodes) {
    const order = nodes.slice().sort((a, b) => a.members[0] - b.members[0]);
    const subnet = order.map((node) => node.group || hg.groups.subnet(node.host));
    const changes = subnet.filter((name, i) => name !== subnet[(i + 1) % order.length]).length;
    // Where each subnet has but one host, gaps would say nothing.
    const gap = changes > order.length / 2 ? 0 : GAP;
    const places = order.length + gap * changes;
    const radius = Math.max(220, places * 22 / (2 * Math.PI));
    let at = 0;
    order.forEach((node, i) => {
      const angle = -Math.PI / 2 + at / places * 2 * Math.PI;
      node.goal = {x: radius * Math.cos(angle), y: radius * Math.sin(angle)};
      node.angle = angle;
      at += 1 + (subnet[i] !== subnet[(i + 1) % order.length] ? gap : 0);
    });
    hg.layouts.circle.spacing = 2 * Math.PI * radius / Math.max(1, places);
    hg.layouts.circle.radius = radius;
  }

  return {title: "Circle", key: "2", begin, fixed: true, rings: () => []};
})();
