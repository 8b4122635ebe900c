import type { Page } from 'playwright-core';

export interface HostOptions {
  /** The packaged extension to install. */
  readonly vsix: string;
  /** The folder to open, as it is. */
  readonly workspace: string;
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  readonly viewport: Viewport;
  /** Device pixels per CSS pixel: 2 for pictures. The desktop has its own. */
  readonly deviceScaleFactor: number;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A VS Code that runs: its window as a page, and its end. */
export interface Host {
  readonly page: Page;
  close(): Promise<void>;
}
