import * as vscode from 'vscode';
import type { PanelState } from '../protocol/panelMessages';
import { Disposable } from './disposable';
import type { ProbeSession } from './probeSession';
import type { SimulationStore } from './simulationStore';
import type { SimulatorSession } from './simulatorSession';

/** What both pages of the panel show, from the three that know it. */
export class PanelSource extends Disposable {
  readonly #changed = this.register(new vscode.EventEmitter<void>());
  readonly onDidChangeState = this.#changed.event;

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
    const { session, simulator, simulations } = this;
    return { ...session.state, simulator: simulator.state, simulations: simulations.simulations };
  }
}
