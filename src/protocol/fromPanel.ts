import * as v from 'valibot';
import { innerProducts } from './geometryResult';
import { closableViews, exportFormats, savedActions, type FromPanel } from './panelMessages';
import { simulationTaskSchema } from './simulationSchema';
import { mostAlphas, mostTemperature, mostWritten } from './steeringMessages';

/** A name without folders, so that a file cannot be written elsewhere. */
const namedFile = v.object({
  name: v.pipe(v.string(), v.regex(/^[\p{L}\p{N}][\p{L}\p{N}._-]*\.(?:svg|png|csv|json|npy|txt)$/u)),
  content: v.union([v.string(), v.instance(Uint8Array)]),
});

const fromPanel = v.variant('type', [
  v.object({
    type: v.picklist(['ready', 'cancel', 'retry', 'analogies', 'copyContinuations', 'exportFigures']),
  }),
  v.object({ type: v.literal('damaged'), reason: v.string() }),
  v.object({ type: v.literal('export'), format: v.picklist(exportFormats) }),
  v.object({ type: v.literal('saveFile'), file: namedFile }),
  v.object({
    type: v.literal('figures'),
    files: v.array(namedFile),
    left: v.pipe(v.number(), v.integer(), v.minValue(0)),
    problem: v.nullable(v.string()),
  }),
  v.object({
    type: v.literal('command'),
    command: v.picklist(['addPair', 'importPairs', 'openExample', 'howToRead', 'showLog', 'openProblem']),
  }),
  v.object({
    type: v.picklist(['revealPair', 'includePair']),
    concept: v.string(),
    pair: v.object({ base: v.string(), target: v.string() }),
  }),
  v.object({
    type: v.literal('revealContexts'),
    set: v.string(),
    pair: v.object({ base: v.string(), target: v.string() }),
  }),
  v.object({
    type: v.literal('vocabulary'),
    product: v.picklist(innerProducts),
    x: v.string(),
    y: v.nullable(v.string()),
  }),
  v.object({ type: v.literal('findPairs'), concept: v.string(), product: v.picklist(innerProducts) }),
  v.object({
    type: v.literal('steer'),
    concept: v.optional(v.string()),
    product: v.optional(v.picklist(innerProducts)),
  }),
  v.object({
    type: v.literal('continue'),
    alphas: v.pipe(
      v.array(v.pipe(v.number(), v.finite())),
      v.minLength(1),
      v.maxLength(mostAlphas),
      v.readonly(),
    ),
    count: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(mostWritten)),
    temperature: v.pipe(v.number(), v.minValue(0), v.maxValue(mostTemperature)),
    seed: v.pipe(v.number(), v.safeInteger()),
  }),
  v.object({ type: v.literal('between'), a: v.string(), b: v.string() }),
  v.object({ type: v.literal('choose'), concept: v.nullable(v.string()) }),
  v.object({ type: v.literal('exportDirection'), concept: v.string() }),
  v.object({ type: v.literal('typePairs'), concept: v.string() }),
  v.object({ type: v.literal('simulate'), task: simulationTaskSchema }),
  v.object({ type: v.literal('simulation'), action: v.picklist(['pause', 'resume', 'stop']) }),
  v.object({ type: v.literal('savedSimulation'), id: v.string(), action: v.picklist(savedActions) }),
  v.object({ type: v.literal('close'), view: v.picklist(closableViews) }),
]);

/** `value` as a message of the panel, if it is one: messages from a webview are not trusted. */
export function readFromPanel(value: unknown): FromPanel | undefined {
  const { success, output } = v.safeParse(fromPanel, value);
  return success ? output : undefined;
}
