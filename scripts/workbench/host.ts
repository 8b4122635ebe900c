import type { Page } from 'playwright-core';

export interface HostOptions {
  /** The packaged extension to install. */
  readonly vsix: string;
  /** The folder to open, without copying it. */
  readonly workspace: string;
  /** Variables that differ from this process's. */
  readonly environment?: Readonly<Record<string, string>>;
  readonly userDataDirectory: string;
  readonly extensionsDirectory: string;
  readonly viewport: Viewport;
  /** Device pixels per CSS pixel: 2 for screenshots. Ignored by the desktop VS Code. */
  readonly deviceScaleFactor: number;
}

export interface Viewport {
  readonly width: number;
  readonly height: number;
}

/** A running VS Code: its window as a page, and a method to close it. */
export interface Host {
  readonly page: Page;
  close(): Promise<void>;
  /**
   * Opens another window on the same folder, in which extensions are in another display language. Missing where that takes
   * a language pack.
   */
  openIn?(language: string): Promise<Host>;
}
