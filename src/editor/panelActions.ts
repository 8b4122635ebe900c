import type { FromPanel } from '../protocol/panelMessages';
import type { ProbeSession } from './probeSession';
import { runCommand } from './registerCommands';

/** What is clicked in the panel is a command like any other. */
export function runPanelAction(message: Exclude<FromPanel, { type: 'ready' }>, session: ProbeSession): void {
  switch (message.type) {
    case 'cancel':
      return void runCommand('conceptProbe.cancel');
    case 'retry':
      return void runCommand('conceptProbe.computeAgain');
    case 'revealPair':
      return void runCommand('conceptProbe.revealPair', { concept: message.concept, pair: message.pair });
    case 'export':
      return void runCommand('conceptProbe.exportResults', message.format);
    case 'vocabulary':
      return void runCommand('conceptProbe.projectVocabulary', message);
    case 'findPairs':
      return void runCommand('conceptProbe.findPairs', message);
    case 'close':
      session.close(message.view);
      return;
    case 'command':
      return void runCommand(`conceptProbe.${message.command}`);
  }
}
