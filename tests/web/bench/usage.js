// What a browser's processes use, by Linux's /proc; elsewhere nothing is known.

import { readdirSync, readFileSync } from "node:fs";

const TICKS = 100;

/** The processes below this one: id, arguments, CPU seconds. */
function descendants(root) {
  const all = new Map();
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name)).map(Number)) {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
      const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
      const cpu = fields.slice(11, 15).reduce((sum, ticks) => sum + Number(ticks), 0) / TICKS;
      all.set(pid, { pid, parent: Number(fields[1]), cpu, args: readFileSync(`/proc/${pid}/cmdline`, "latin1") });
    } catch {
      // It ended meanwhile.
    }
  }
  const below = (pid) => pid === root || (all.has(pid) && below(all.get(pid).parent));
  return [...all.values()].filter(({ pid, args }) => pid !== root && args.includes("chrom") && below(pid));
}

/**
 * CPU seconds so far of all processes of the browser, and the peak of resident memory of the page's renderer in MB. All
 * workers of a page live in its renderer; the others are Chromium's own pages and a spare one.
 */
export function usage() {
  if (process.platform !== "linux") return { cpu: NaN, peak: NaN };
  const processes = descendants(process.pid);
  const peaks = processes
    .filter(({ args }) => args.includes("--type=renderer") && !args.includes("--top-chrome-webui"))
    .map(({ pid }) => {
      try {
        return Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, "latin1"))?.[1] ?? 0) * 1024;
      } catch {
        return 0;
      }
    });
  return {
    cpu: processes.reduce((sum, { cpu }) => sum + cpu, 0),
    peak: Math.max(...peaks) / 1e6,
  };
}
