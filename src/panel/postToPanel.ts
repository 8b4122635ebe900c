import type { Webview } from 'vscode';
import type { Packed } from '../protocol/packed';
import type { ToPanel } from '../protocol/panelMessages';

/**
 * The only way to send to a webview (lint forbids `postMessage` elsewhere), so that numbers are always packed in one buffer.
 */
export function postToPanel(webview: Webview, message: Packed<ToPanel>): void {
  void webview.postMessage(message);
}
