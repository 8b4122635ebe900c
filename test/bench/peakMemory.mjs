import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Preloaded with `node --import`: writes the process's peak resident memory, in bytes, to descriptor 3 at exit. Uses
 * Linux's VmHWM if available: getrusage includes the memory that the parent had before it executed this program.
 */
// Threads load this file too.
if (isMainThread)
  process.on('exit', () => {
    writeSync(3, `${peakBytes()}`);
  });

function peakBytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
}
