import { existsSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { EngineMethods } from '../../engine/engineMethods';
import { UsageError, UserError } from '../../errors';
import { exportDocument } from '../../export/comparisonDocument';
import { english } from '../../protocol/translation';
import { manyModelsTables } from '../../export/manyModelsFiles';
import { htmlReport } from '../../export/htmlReport';
import { npyFile } from '../../export/npy';
import { resultMatrices } from '../../export/resultMatrices';
import { resultTables } from '../../export/resultTables';
import { modelChoice, outputOf, type ModelChoice } from '../../protocol/modelChoice';
import { emptyPanelState, type GeometryState } from '../../protocol/panelMessages';
import type { ProbeResult } from '../../protocol/probeResult';
import { defineCommand } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { noteOtherFiles } from '../noteOtherFiles';
import { conceptOptions, conceptsOf } from '../options/conceptOptions';
import { drawOptions } from '../options/drawOptions';
import { geometryOf, geometryOptions, productsOption } from '../options/geometryOptions';
import { jsonText, progressOf } from '../output';
import { split } from '../parseCommand';
import { withCompared } from '../comparedModels';
import { comparisonText } from '../text/comparisonText';
import { manyModelsText } from '../text/manyModelsText';
import { probeText } from '../text/textReport';
import { writeResult } from '../writeResult';

const options = {
  ...drawOptions,
  'include-self': {
    type: 'boolean',
    help: 'Include the cosine of each difference with itself in mean pairwise cosines, as some papers do',
  },
  compare: {
    type: 'string',
    placeholder: 'MODEL…',
    multiple: true,
    help: 'A second model, or another file of the first; compares both on the pairs that both keep. With several, all are compared in one table, each opened after the other',
  },
  json: {
    type: 'string',
    placeholder: '[FILE]',
    help: 'Print one JSON document and nothing else, or write it to FILE, whose name must end in .json',
  },
  csv: { type: 'string', placeholder: 'DIR', help: 'Write the tables as CSV files' },
  npy: { type: 'string', placeholder: 'DIR', help: 'Write every matrix as a NumPy file' },
  html: { type: 'string', placeholder: 'FILE', help: 'Write a self-contained report' },
  ...productsOption,
  ...geometryOptions,
  ...conceptOptions,
} as const;

export const command = defineCommand({
  name: 'probe',
  summary: 'Measure how parallel differences are within concepts, and how orthogonal across concepts',
  inputs: {
    usage: '<concept file | list of pairs | folder>…',
    needs: 'a concept file, a list of pairs or a folder',
  },
  options,
  prepare: (args) => withCompared(withJsonTarget(args), options),
  async run(given, { methods, output }) {
    const { product: products, seed, compare = [] } = given.values;
    const { 'random-pairs': randomPairs, permutations, bootstrap } = given.values;
    const { 'include-self': includeSelf = false } = given.values;
    const { json: jsonTarget = null, csv = null, npy = null, html = null } = given.values;
    const chosen = conceptsOf(given);
    const settings = { ...geometryOf(given.values), products, randomPairs, permutations, bootstrap };
    const targets = { json: jsonTarget, csv, npy, html };
    const { concepts, notes, tokens } = await readConceptInputs(chosen, methods);
    notes.forEach(output.note);
    const { model } = chosen;
    const request = { model, concepts, seed, settings, tokens };
    const progress = progressOf(output);
    const result = await methods.probe(request, progress);
    const [other, ...more] = compare.map((named) => comparedModel(named, model, methods));
    const isPair = other !== undefined && more.length === 0;
    const comparison = isPair ? await methods.compare({ ...request, other }, progress) : null;
    const manyModels =
      more.length > 0
        ? await methods.compareMany({ ...request, models: [model, other!, ...more] }, progress)
        : null;
    const views = { comparison, manyModels };
    output.progress(null);
    noteOtherFiles(result.model, model, output);
    const json = jsonText(exportDocument(result, views, { includeSelf }));
    await writeFiles(given.inputs, targets, result, views, json);
    if (jsonTarget === '-') {
      output.print(json);
      return;
    }
    const text = [
      probeText(result, includeSelf),
      ...(comparison ? [comparisonText(result, comparison)] : []),
      ...(manyModels ? [manyModelsText(manyModels)] : []),
      writtenText(targets),
    ];
    output.print(text.join(''));
  },
});

interface Targets {
  /** `-` for standard output. */
  readonly json: string | null;
  readonly csv: string | null;
  readonly npy: string | null;
  readonly html: string | null;
}

/** The output named for the first model is also used for another one that has it. */
function comparedModel(compare: string, first: ModelChoice, methods: EngineMethods): ModelChoice {
  const output = outputOf(first);
  if (output === null) return compare;
  const model = modelChoice(compare, output);
  try {
    return methods.details({ model }, () => undefined).head ? model : compare;
  } catch (error) {
    // The comparison says what is wrong with it.
    if (error instanceof UserError) return compare;
    throw error;
  }
}

async function writeFiles(
  inputs: readonly string[],
  { json: jsonFile, csv, npy, html }: Targets,
  result: ProbeResult,
  views: Pick<GeometryState, 'comparison' | 'manyModels'>,
  json: string,
): Promise<void> {
  if (jsonFile !== null && jsonFile !== '-') await writeResult(jsonFile, json);
  if (csv !== null) {
    const { manyModels } = views;
    const tables = [...resultTables(result), ...(manyModels ? manyModelsTables(manyModels) : [])];
    for (const { name, text } of tables) await writeResult(join(csv, name), text);
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
        { ...emptyPanelState, conceptFile, result, ...views },
        { script: asset('webview.js'), style: asset('webview.css') },
        english,
      ),
    );
  }
}

function writtenText({ json, csv, npy, html }: Targets): string {
  const written = [json === '-' ? null : json, csv, npy, html].filter((path) => path !== null);
  return written.length > 0 ? `\nWrote ${written.join(', ')}\n` : '';
}

/**
 * `--json` may be used without a value, which parseArgs does not support. The next argument is its file if it ends in
 * `.json` and is not the only input.
 */
function withJsonTarget(args: readonly string[]): readonly string[] {
  const at = args.indexOf('--json');
  if (at < 0) return args;
  const alone = args.with(at, '--json=-');
  const next = args[at + 1];
  const isFile = next !== undefined && /\.json$/iu.test(next) && !/\.concepts\.json$/iu.test(next);
  if (isFile && isForeignJson(next))
    throw new UsageError(
      `--json would overwrite ${next}, which Concept Probe did not write; name another file.`,
    );
  const inputs = isFile ? split(alone.toSpliced(at + 1, 1), options, true).positionals : [];
  return inputs.length > 0 ? args : alone;
}

/** Lists of pairs may also be JSON, and must not be overwritten when they follow `--json`. */
function isForeignJson(path: string): boolean {
  return existsSync(path) && !/^\s*\{\s*"schema"/u.test(readFileSync(path, 'utf8').slice(0, 200));
}
