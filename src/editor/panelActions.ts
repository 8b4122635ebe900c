import type { FromPanel } from '../protocol/panelMessages';
import { runCommand } from './registerCommands';

/** What is clicked in the panel is a command like any other. */
export function runPanelAction(message: Exclude<FromPanel, { type: 'ready' }>): void {
  switch (message.type) {
    case 'cancel':
      return void runCommand('conceptProbe.cancel');
    case 'retry':
      return void runCommand('conceptProbe.computeAgain');
    case 'revealPair':
      return void runCommand('conceptProbe.revealPair', { concept: message.concept, pair: message.pair });
    case 'export':
      return void runCommand('conceptProbe.exportResults', message.format);
    case 'command':
      return void runCommand(`conceptProbe.${message.command}`);
  }
}
