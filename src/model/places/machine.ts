import { homedir } from 'node:os';

/** What decides where tools keep their models. */
export interface Machine {
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
}

export function thisMachine(): Machine {
  return { home: homedir(), platform: process.platform, env: process.env };
}
