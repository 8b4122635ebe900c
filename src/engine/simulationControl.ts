/** The states that the threads of a task check between pieces of their runs. */
const [running, paused, stopped] = [0, 1, 2];

/** Pauses and stops the threads that have its shared number. */
export class SimulationControl {
  readonly shared = new Int32Array(new SharedArrayBuffer(4));

  pause(): void {
    Atomics.compareExchange(this.shared, 0, running, paused);
  }

  resume(): void {
    if (Atomics.compareExchange(this.shared, 0, paused, running) === paused) Atomics.notify(this.shared, 0);
  }

  /** Permanent: runs end in their current state, and no other run starts. */
  stop(): void {
    Atomics.store(this.shared, 0, stopped);
    Atomics.notify(this.shared, 0);
  }

  get isStopped(): boolean {
    return Atomics.load(this.shared, 0) === stopped;
  }
}

/** In a thread: returns immediately while running, and at the end of a pause. False: stop. */
export function mayGoOn(shared: Int32Array): boolean {
  Atomics.wait(shared, 0, paused);
  return Atomics.load(shared, 0) !== stopped;
}
