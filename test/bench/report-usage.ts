import { readFileSync, writeFileSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded with `--import` into every measured process: when it ends, its peak memory and processor time go to the file that the
 * environment names. One file without imports of ours, so that the benchmark can load it into a plain node.
 */
const target = process.env['CSP_RECON_BENCH_USAGE'];

/**
 * Linux keeps in `maxRSS` what the parent held when it forked, so that a small process seems as large as the benchmark that started it;
 * the high-water mark of `/proc` is the process's own.
 */
function peakBytes(): number {
  if (process.platform === 'linux') {
    const kib = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kib !== undefined) return Number(kib) * 1024;
  }
  return process.resourceUsage().maxRSS * 1024;
}

// Workers inherit the `--import`; the figures are the whole process's and are written once.
if (isMainThread && target !== undefined) {
  process.on('exit', () => {
    const { user, system } = process.cpuUsage();
    writeFileSync(target, JSON.stringify({ peakBytes: peakBytes(), processorSeconds: (user + system) / 1e6 }));
  });
}
