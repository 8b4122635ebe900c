import { readFileSync, writeSync } from 'node:fs';
import { isMainThread } from 'node:worker_threads';

/**
 * Loaded before a program by `node --import`: writes the process's peak of resident memory, in bytes, to descriptor 3
 * when it ends. Linux's VmHWM where there is one: getrusage counts what the parent had before it became this program.
 */
// Its threads load this as well.
if (isMainThread)
  process.on('exit', () => {
    writeSync(3, `${peakBytes()}`);
  });

function peakBytes() {
  if (process.platform !== 'linux') return process.resourceUsage().maxRSS * 1024;
  return Number(/VmHWM:\s*(\d+) kB/u.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024;
}
