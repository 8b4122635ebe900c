import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EngineMethods } from '../engine/engineMethods';
import type { ReportProgress } from '../protocol/progress';
import { exportDocument } from '../export/comparisonDocument';
import { htmlReport } from '../export/htmlReport';
import { npyFile } from '../export/npy';
import { resultMatrices } from '../export/resultMatrices';
import { resultTables } from '../export/resultTables';
import { modelChoice, outputOf, type ModelChoice } from '../protocol/modelChoice';
import type { ModelComparison } from '../protocol/modelComparison';
import { emptyPanelState } from '../protocol/panelMessages';
import type { ProbeResult, ProbeSettings } from '../protocol/probeResult';
import { comparisonText } from './comparisonText';
import { readConceptInputs, type ConceptOptions } from './conceptInputs';
import { noteOtherFiles } from './noteOtherFiles';
import type { Output } from './output';
import { probeText } from './textReport';
import { writeResult } from './writeResult';

export interface ProbeOptions extends ConceptOptions {
  readonly seed: number;
  readonly settings: ProbeSettings;
  /** Shows and writes the mean pairwise cosine with self-pairs. */
  readonly includeSelf: boolean;
  /** A second model for the same concepts. */
  readonly compare: string | null;
  /** `-` for standard output. */
  readonly json: string | null;
  readonly csv: string | null;
  readonly npy: string | null;
  readonly html: string | null;
}

/** `concept-probe probe`. @throws UserError: one sentence for the user */
export async function probeCommand(
  options: ProbeOptions,
  methods: EngineMethods,
  output: Output,
): Promise<void> {
  const { concepts, notes, tokens } = await readConceptInputs(options, methods);
  notes.forEach(output.note);
  const { model, seed, settings, includeSelf, compare } = options;
  const request = { model, concepts, seed, settings, tokens };
  const progress: ReportProgress = ({ message, fraction }) => {
    output.progress(fraction === null ? message : `${message} (${Math.round(fraction * 100)} %)`);
  };
  const result = await methods.probe(request, progress);
  const comparison =
    compare === null
      ? null
      : await methods.compare({ ...request, other: comparedModel(compare, model, methods) }, progress);
  output.progress(null);
  noteOtherFiles(result.model, model, output);
  const document = exportDocument(result, comparison, { includeSelf });
  const json = `${JSON.stringify(document, null, 2)}\n`;
  await writeFiles(options, result, comparison, json);
  if (options.json === '-') {
    output.print(json);
    return;
  }
  const text = [
    probeText(result, includeSelf),
    ...(comparison ? [comparisonText(result, comparison)] : []),
    writtenText(options),
  ];
  output.print(text.join(''));
}

/** The output that is named for the first model is taken of the second too, where that has it. */
function comparedModel(compare: string, first: ModelChoice, methods: EngineMethods): ModelChoice {
  const model = modelChoice(compare, outputOf(first) ?? '');
  return methods.details({ model }, () => undefined).head ? model : compare;
}

async function writeFiles(
  { inputs, json: jsonFile, csv, npy, html }: ProbeOptions,
  result: ProbeResult,
  comparison: ModelComparison | null,
  json: string,
): Promise<void> {
  if (jsonFile !== null && jsonFile !== '-') await writeResult(jsonFile, json);
  if (csv !== null) {
    for (const { name, text } of resultTables(result)) await writeResult(join(csv, name), text);
  }
  if (npy !== null) {
    for (const { name, values } of resultMatrices(result))
      await writeResult(join(npy, `${name}.npy`), npyFile(values));
  }
  if (html !== null) {
    const conceptFile = inputs.map((path) => basename(path)).join(', ');
    const asset = (file: string): string => readFileSync(join(__dirname, file), 'utf8');
    await writeResult(
      html,
      htmlReport(
        { ...emptyPanelState, conceptFile, result, comparison },
        { script: asset('webview.js'), style: asset('webview.css') },
      ),
    );
  }
}

function writtenText({ json, csv, npy, html }: ProbeOptions): string {
  const written = [json === '-' ? null : json, csv, npy, html].filter((path) => path !== null);
  return written.length > 0 ? `\nWrote ${written.join(', ')}\n` : '';
}
