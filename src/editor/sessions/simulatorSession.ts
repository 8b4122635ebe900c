import { UserError } from '../../errors';
import * as vscode from 'vscode';
import { CancelledError, EngineClient, EngineError, type CallOptions } from '../../engine/engineClient';
import {
  emptySimulatorState,
  type SimulationAction,
  type SimulationProgress,
  type SimulationTask,
  type SimulatorCalls,
  type SimulatorState,
} from '../../protocol/simulationMessages';
import type { SimulationConfig } from '../../simulator/config/simulationConfig';
import { Disposable } from '../disposable';
import { simulationName } from '../stores/simulationName';
import type { SimulationStore } from '../stores/simulationStore';

/** One task at a time in the simulator process, shown while it goes on and kept when it is done. */
export class SimulatorSession extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChange = this.#changed.event;
  readonly #client: EngineClient<SimulatorCalls, SimulationProgress>;
  #state: SimulatorState = emptySimulatorState;
  #running: AbortController | undefined;

  constructor(
    private readonly process: string,
    private readonly store: SimulationStore,
    private readonly log: vscode.LogOutputChannel,
  ) {
    super();
    this.#client = this.register(this.#start());
  }

  get state(): SimulatorState {
    return this.#state;
  }

  /** Begins a task. @throws UserError while another is under way */
  run(task: SimulationTask): void {
    if (this.#running) throw new UserError('A simulation is running; stop it first.');
    void this.#run(task);
  }

  async #run(task: SimulationTask): Promise<void> {
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

  /** Pauses, resumes or stops what is under way; a stopped task keeps its whole runs and rows, or its first run as it is. */
  async control(action: SimulationAction): Promise<void> {
    if (!this.#running) return;
    await this.#client.call('control', action);
    this.#set({ isPaused: action === 'pause' });
  }

  /** Ends what is under way, at once and without a result: nobody is there to see it. */
  end(): void {
    this.#running?.abort();
  }

  /** f and g at the end of a run, in a process of their own: cancelling ends it. @throws EngineError if it ends by itself */
  async tables(
    config: SimulationConfig,
    options: CallOptions<SimulationProgress>,
  ): Promise<SimulatorCalls['tables']['result']> {
    const client = this.#start();
    try {
      return await client.call('tables', config, options);
    } finally {
      client.dispose();
    }
  }

  #start(): EngineClient<SimulatorCalls, SimulationProgress> {
    return new EngineClient(this.process, this.log.info.bind(this.log), 'simulator');
  }

  #problemOf(error: unknown): string | null {
    if (error instanceof CancelledError) return null;
    if (error instanceof UserError || (error instanceof EngineError && error.expected)) return error.message;
    this.log.error(error instanceof Error ? error : String(error));
    return 'The simulator failed; the log says more.';
  }

  #set(change: Partial<SimulatorState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire();
  }
}
