import { t } from '@vscode/l10n';
import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/engineClient';
import { Openings } from '../sessions/openings';
import { isNotificationShown, showInStatusBar, withNotification } from '../withNotification';

/** Says that a model is being opened: after a second in the status bar, after ten in a notification with *Cancel*. */
export function showOpenings(engine: EngineClient): vscode.Disposable {
  const openings = new Openings([
    {
      milliseconds: 1000,
      show: (model, over) => {
        showInStatusBar(t`Opening ${model}`, over);
      },
    },
    {
      milliseconds: 10_000,
      show: (model, over) => {
        // Another one may offer *Cancel* already.
        if (!isNotificationShown()) void offerToCancel(engine, model, over);
      },
    },
  ]);
  engine.onOpening = openings.follow.bind(openings);
  return new vscode.Disposable(() => {
    openings.follow(null);
  });
}

function offerToCancel(engine: EngineClient, model: string, over: Promise<void>): Promise<void> {
  return withNotification(t`Opening ${model} is taking longer than 10 seconds`, (signal) => {
    signal.addEventListener('abort', () => {
      engine.cancelAll(t`Cancelled opening ${model}.`);
    });
    return over;
  });
}
