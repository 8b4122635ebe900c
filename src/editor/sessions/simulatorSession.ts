import { UserError } from '../../errors';
import { t } from '@vscode/l10n';
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
import { processEnvironment } from '../engineEnvironment';
import { simulationName } from '../stores/simulationName';
import type { SimulationStore } from '../stores/simulationStore';

/** Runs one task at a time in the simulator process, shows it while it runs and saves it when it is done. */
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

  /** Starts a task. @throws UserError while another is running */
  run(task: SimulationTask): void {
    if (this.#running) throw new UserError(t('A simulation is running. Stop it first.'));
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

  /**
   * Pauses, resumes or stops the running task. A stopped task keeps its finished runs and rows, or else its first run so
   * far.
   */
  async control(action: SimulationAction): Promise<void> {
    if (!this.#running) return;
    await this.#client.call('control', action);
    this.#set({ isPaused: action === 'pause' });
  }

  /** Ends the running task at once and without a result, when there is no panel left to show it. */
  end(): void {
    this.#running?.abort();
  }

  /**
   * Tables f and g at the end of a run, computed in a separate process that cancelling ends. @throws EngineError if the
   * process crashes
   */
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
    return new EngineClient(this.process, this.log.info.bind(this.log), 'simulator', processEnvironment);
  }

  #problemOf(error: unknown): string | null {
    if (error instanceof CancelledError) return null;
    if (error instanceof UserError || (error instanceof EngineError && error.expected)) return error.message;
    this.log.error(error instanceof Error ? error : String(error));
    return t('The simulator failed. See the log for details.');
  }

  #set(change: Partial<SimulatorState>): void {
    this.#state = { ...this.#state, ...change };
    this.#changed.fire();
  }
}
