import type * as vscode from 'vscode';
import type { PanelRequest } from './panelConnection';

/** A place where the panel can be: an editor or a side bar. */
export interface PanelPlace {
  readonly isOpen: boolean;
  readonly isVisible: boolean;
  readonly onDidChangeVisibility: vscode.Event<void>;
  /** Shows the panel, and what is requested; otherwise what it showed last. */
  show(request: PanelRequest | undefined): void;
  /** Shows the concept in a panel that is open, on the page of concepts. Nothing is opened, and no page is turned. */
  showConcept(concept: string): void;
  dispose(): void;
}
