import * as vscode from 'vscode';
import { CancelledError, EngineClient, EngineError, type CallOptions } from '../engine/engineClient';
import {
  emptySimulatorState,
  type SimulationControl,
  type SimulationProgress,
  type SimulationTask,
  type SimulatorCalls,
  type SimulatorState,
} from '../protocol/simulationMessages';
import type { SimulationConfig } from '../simulator/simulationConfig';
import { Disposable } from './disposable';
import { simulationName } from './simulationName';
import type { SimulationStore } from './simulationStore';

/** One task at a time in the simulator process, shown while it goes on and kept when it is done. */
export class SimulatorSession extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #client: EngineClient<SimulatorCalls, SimulationProgress>;
  #state: SimulatorState = emptySimulatorState;
  #running: AbortController | undefined;

  constructor(
    process: string,
    private readonly store: SimulationStore,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.#client = this.register(
      new EngineClient<SimulatorCalls, SimulationProgress>(process, log.info.bind(log)),
    );
    this.register(
      store.onDidChange(() => {
        if (store.problem !== null) this.#set({ problem: store.problem });
      }),
    );
  }

  get state(): SimulatorState {
    return this.#state;
  }

  /** Begins a task; one that is under way ends without a result. */
  async run(task: SimulationTask): Promise<void> {
    this.end();
    const controller = new AbortController();
    this.#running = controller;
    this.#set({ task, isPaused: false, progress: null, problem: null });
    let problem: string | null = null;
    try {
      const outcome = await this.#client.call('run', task, {
        signal: controller.signal,
        onProgress: (progress) => {
          if (this.#running === controller) this.#set({ progress });
        },
      });
      await this.store.add({ name: simulationName(outcome), outcome });
    } catch (error) {
      problem = this.#problemOf(error);
    }
    if (this.#running !== controller) return;
    this.#running = undefined;
    this.#set({ ...emptySimulatorState, problem });
  }

  /** Pauses, resumes or stops what is under way; a stopped task keeps what it has. */
  async control(action: SimulationControl): Promise<void> {
    if (!this.#running) return;
    await this.#client.call('control', action);
    this.#set({ isPaused: action === 'pause' });
  }

  /** Ends what is under way, at once and without a result: nobody is there to see it. */
  end(): void {
    this.#running?.abort();
  }

  /** f and g at the end of a run. @throws EngineError if the process ends */
  tables(
    config: SimulationConfig,
    options: CallOptions<SimulationProgress>,
  ): Promise<SimulatorCalls['tables']['result']> {
    return this.#client.call('tables', config, options);
  }

  #problemOf(error: unknown): string | null {
    if (error instanceof CancelledError) return null;
    if (error instanceof EngineError && error.expected) return error.message;
    this.log.error(error instanceof Error ? error : String(error));
    return 'The simulator failed; the log says more.';
  }

  #set(change: Partial<SimulatorState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire();
  }
}
