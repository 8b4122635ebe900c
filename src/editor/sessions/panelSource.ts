import * as vscode from 'vscode';
import type { PanelState } from '../../protocol/panelMessages';
import { emptySimulatorState, type SimulatorState } from '../../protocol/simulationMessages';
import { Disposable } from '../disposable';
import type { ProbeSession } from './probeSession';
import type { SimulationStore } from '../stores/simulationStore';
import type { SimulatorSession } from './simulatorSession';

/** Combines the state of both panel pages from its three sources. */
export class PanelSource extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeState = this.#changed.event;

  #last: { state: SimulatorState; shown: SimulatorState } = {
    state: emptySimulatorState,
    shown: emptySimulatorState,
  };

  constructor(
    private readonly session: ProbeSession,
    private readonly simulator: SimulatorSession,
    private readonly simulations: SimulationStore,
  ) {
    super();
    const changed = (): void => {
      this.#changed.fire();
    };
    this.register(session.onDidChange(changed));
    this.register(simulator.onDidChange(changed));
    this.register(simulations.onDidChange(changed));
  }

  get state(): PanelState {
    const { session, simulations } = this;
    return { ...session.state, simulator: this.#simulatorState(), simulations: simulations.simulations };
  }

  /** The same object until something changes, so that changes can be detected by identity. */
  #simulatorState(): SimulatorState {
    const { state } = this.simulator;
    const problem = state.problem ?? this.simulations.problem;
    if (this.#last.state !== state || this.#last.shown.problem !== problem)
      this.#last = { state, shown: problem === state.problem ? state : { ...state, problem } };
    return this.#last.shown;
  }
}
