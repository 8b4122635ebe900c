import type { Webview } from 'vscode';
import type { Packed } from '../protocol/packed';
import type { ToPanel } from '../protocol/panelMessages';

/** The only way to a webview: lint allows `postMessage` nowhere else, so that no numbers go in buffers of their own. */
export function postToPanel(webview: Webview, message: Packed<ToPanel>): void {
  void webview.postMessage(message);
}
