import { t } from '@vscode/l10n';
import { UserError } from '../errors';
import * as v from 'valibot';
import { outcomeSchema } from './outcomeSchema';
import { readableJson } from './readableJson';
import type { SimulationOutcome } from './simulationMessages';

/** A `*.simulation.json`: the outcome of a simulation, with everything needed to repeat it. */
export interface SimulationFile {
  readonly name: string;
  readonly outcome: SimulationOutcome;
}

export const simulationFileEnding = '.simulation.json';
const version = 1;
const format = 'concept-probe simulation';

const head = v.object({ format: v.literal(format), version: v.number() });
const body = v.object({ name: v.string(), outcome: outcomeSchema });

/** Characters of JSON up to which a file is written for people: editors are slow with more lines. */
const mostReadable = 2_000_000;

/** @param product version of Concept Probe that writes the file */
export function serializeSimulation({ name, outcome }: SimulationFile, product: string): string {
  const file = { format, version, product, name, outcome };
  const line = JSON.stringify(file);
  return line.length > mostReadable ? `${line}\n` : readableJson(file);
}

/** @throws UserError with one sentence that names `file` and what is wrong in it */
export function parseSimulation(text: string, file: string): SimulationFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new UserError(t`${file} is not valid JSON; export the simulation again.`);
  }
  const found = v.safeParse(head, json);
  if (!found.success)
    throw new UserError(t`${file} is not a Concept Probe simulation: it lacks "format": "${format}".`);
  if (found.output.version > version)
    throw new UserError(
      t`${file} has version ${found.output.version}, and this Concept Probe reads up to ${version}; update the extension.`,
    );
  const { success, output, issues } = v.safeParse(body, json);
  if (success) return output;
  const part = v.getDotPath(issues[0]) ?? t('its content');
  throw new UserError(t`${file} cannot be read: ${part} is not valid (${issues[0].message}).`);
}
