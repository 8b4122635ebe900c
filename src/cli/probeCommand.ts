import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { TokenPolicy } from '../concepts/tokenRule';
import type { EngineMethods } from '../engine/engineMethods';
import { htmlReport } from '../export/htmlReport';
import { resultDocument } from '../export/resultDocument';
import { resultTables } from '../export/resultTables';
import { readConceptInputs } from './conceptInputs';
import { probeText } from './textReport';
import { writeResult } from './writeResult';
import { noteOtherFiles } from './noteOtherFiles';
import type { Output } from './output';

export interface ProbeOptions {
  readonly inputs: readonly string[];
  readonly model: string | null;
  readonly seed: number;
  /** Instead of the concept file's own. */
  readonly policy: TokenPolicy | null;
  /** `-` for standard output. */
  readonly json: string | null;
  readonly csv: string | null;
  readonly html: string | null;
}

/** `concept-probe probe`. @throws ModelError, RangeError: one sentence for the user */
export function probeCommand(options: ProbeOptions, methods: EngineMethods, output: Output): void {
  const { concepts, notes, tokens } = readConceptInputs(options.inputs);
  notes.forEach(output.note);
  const { model, seed } = options;
  const result = methods.probe(
    { model, concepts, seed, tokens: { ...tokens, ...(options.policy && { policy: options.policy }) } },
    ({ message }) => {
      output.progress(message);
    },
  );
  output.progress(null);
  noteOtherFiles(result.model, model, output);
  const document = `${JSON.stringify(resultDocument(result), null, 2)}\n`;
  if (options.json !== null && options.json !== '-') writeResult(options.json, document);
  if (options.csv !== null) {
    for (const { name, text } of resultTables(result)) writeResult(join(options.csv, name), text);
  }
  if (options.html !== null) {
    const conceptFile = options.inputs.map((path) => basename(path)).join(', ');
    const state = { conceptFile, result, progress: null, problem: null };
    const asset = (file: string): string => readFileSync(join(__dirname, file), 'utf8');
    writeResult(
      options.html,
      htmlReport(state, { script: asset('webview.js'), style: asset('webview.css') }),
    );
  }
  output.print(options.json === '-' ? document : `${probeText(result)}${writtenText(options)}`);
}

function writtenText({ json, csv, html }: ProbeOptions): string {
  const written = [json === '-' ? null : json, csv, html].filter((path) => path !== null);
  return written.length > 0 ? `\nWrote ${written.join(', ')}\n` : '';
}
