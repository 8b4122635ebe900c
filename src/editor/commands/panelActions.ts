import type { LogOutputChannel } from 'vscode';
import type { FromPanel } from '../../protocol/panelMessages';
import { actOnSaved } from '../stores/savedSimulations';
import type { ProbeSession } from '../sessions/probeSession';
import { copyContinuations } from './steeringCommands';
import type { PairDecorations } from '../views/pairDecorations';
import { saveFigure } from './saveFigure';
import { runCommand } from './registerCommands';
import { attempt } from '../attempt';
import type { SimulationStore } from '../stores/simulationStore';
import type { SimulatorSession } from '../sessions/simulatorSession';

export interface PanelContext {
  readonly session: ProbeSession;
  readonly decorations: PairDecorations;
  readonly simulator: SimulatorSession;
  readonly simulations: SimulationStore;
  readonly log: LogOutputChannel;
}

/** Maps clicks in the panel to commands where there is one. */
export function panelActions({ session, decorations, simulator, simulations, log }: PanelContext) {
  return (message: Exclude<FromPanel, { type: 'ready' | 'figures' }>): void => {
    switch (message.type) {
      case 'damaged':
        log.error(`The panel cannot show what it received: ${message.reason}`);
        return;
      case 'cancel':
        return void runCommand('conceptProbe.cancel');
      case 'retry':
        return void runCommand('conceptProbe.refreshResults');
      case 'choose':
        decorations.emphasize(message.concept);
        return;
      case 'revealPair':
      case 'includePair':
        return void runCommand(`conceptProbe.${message.type}`, {
          concept: message.concept,
          pair: message.pair,
        });
      case 'revealContexts':
        return void runCommand('conceptProbe.revealContexts', {
          section: 'contextPairs',
          concept: message.set,
          pair: message.pair,
        });
      case 'export':
        return void runCommand('conceptProbe.exportResults', message.format);
      case 'exportFigures':
        return void runCommand('conceptProbe.exportFigures');
      case 'saveFile':
        return void attempt(() => saveFigure(message.file), log);
      case 'vocabulary':
        return void runCommand('conceptProbe.projectVocabulary', message);
      case 'findPairs':
        return void runCommand('conceptProbe.findPairs', message);
      case 'between':
        session.showBetween(message.a, message.b);
        return;
      case 'analogies':
        return void runCommand('conceptProbe.analogyAccuracy');
      case 'steer':
        session.steerAlong(message);
        return;
      case 'continue':
        session.continueSteering(message);
        return;
      case 'copyContinuations':
        return void attempt(() => copyContinuations(session.state.continuation), log);
      case 'exportDirection':
        return void runCommand('conceptProbe.exportDirection', { concept: message.concept });
      case 'typePairs':
        return void runCommand('conceptProbe.typePairs', { concept: message.concept });
      case 'close':
        session.close(message.view);
        return;
      case 'command':
        return void runCommand(`conceptProbe.${message.command}`);
      case 'simulate':
        return void attempt(() => {
          simulator.run(message.task);
        }, log);
      case 'simulation':
        return void attempt(() => simulator.control(message.action), log);
      case 'savedSimulation':
        return void attempt(() => actOnSaved(message.id, message.action, simulations, simulator), log);
    }
  };
}
