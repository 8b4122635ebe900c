/** What the threads of a task look at between pieces of their runs. */
const [running, paused, stopped] = [0, 1, 2];

/** Pauses and stops the threads that its shared number was given to. */
export class SimulationControl {
  readonly shared = new Int32Array(new SharedArrayBuffer(4));

  pause(): void {
    Atomics.compareExchange(this.shared, 0, running, paused);
  }

  resume(): void {
    if (Atomics.compareExchange(this.shared, 0, paused, running) === paused) Atomics.notify(this.shared, 0);
  }

  /** For good: runs end where they stand, and no other begins. */
  stop(): void {
    Atomics.store(this.shared, 0, stopped);
    Atomics.notify(this.shared, 0);
  }

  get isStopped(): boolean {
    return Atomics.load(this.shared, 0) === stopped;
  }
}

/** In a thread: returns at once while running, after a pause at its end. False: stop. */
export function mayGoOn(shared: Int32Array): boolean {
  Atomics.wait(shared, 0, paused);
  return Atomics.load(shared, 0) !== stopped;
}
