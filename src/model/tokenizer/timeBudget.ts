import { createContext, Script } from 'node:vm';

interface Task {
  run: () => void;
}

const task: Task = { run: () => undefined };
const context = createContext(task);
const script = new Script('run()');

/**
 * Runs synchronous work for a limited time. Node's timeout for scripts stops regular expressions too, which nothing else in
 * this thread can.
 *
 * @param milliseconds before the work is given up
 * @returns what the work returns; `undefined` if it was given up, which leaves half done what it was changing
 */
export function withinTime<T extends object>(milliseconds: number, work: () => T): T | undefined {
  let result: T | undefined;
  task.run = () => {
    result = work();
  };
  try {
    script.runInContext(context, { timeout: milliseconds });
  } catch (error) {
    // An error of the script's context, whose class is not this context's Error.
    if ((error as { readonly code?: unknown }).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT') return undefined;
    throw error;
  } finally {
    task.run = () => undefined;
  }
  return result;
}
