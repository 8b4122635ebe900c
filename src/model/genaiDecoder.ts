import { existsSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isObject } from './isObject';
import { readJsonObject } from './jsonFile';

/** The decoder as described by onnxruntime-genai's genai_config.json. */
export interface GenaiDecoder {
  /** The ONNX file that computes the logits; `undefined` if none is named. */
  readonly file: string | undefined;
  /** The files of a decoder split into a pipeline; empty for a decoder in one file. */
  readonly parts: readonly string[];
  /** The output that holds the logits; `null` if none is named. */
  readonly logits: string | null;
}

interface Part {
  readonly file: string;
  readonly outputs: readonly unknown[];
  readonly isHead: boolean;
}

/** @returns `null` without a genai_config.json @throws ModelError if it is not JSON */
export function genaiDecoder(folder: string): GenaiDecoder | null {
  const path = join(folder, 'genai_config.json');
  if (!existsSync(path)) return null;
  const { model } = readJsonObject(path, `genai_config.json of ${basename(folder)}`);
  const decoder = objectAt(model, 'decoder');
  const named = objectAt(decoder, 'outputs')['logits'];
  const logits = typeof named === 'string' ? named : null;
  const parts = pipelineParts(decoder['pipeline']);
  const { filename } = decoder;
  const whole = typeof filename === 'string' ? filename : undefined;
  return {
    file: headOf(parts, logits ?? 'logits')?.file ?? whole,
    parts: parts.map(({ file }) => file),
    logits,
  };
}

/** A pipeline is a list of objects with one named part each; a single object with all parts is accepted too. */
function pipelineParts(pipeline: unknown): Part[] {
  const stages: readonly unknown[] = Array.isArray(pipeline) ? pipeline : [pipeline];
  return stages
    .filter(isObject)
    .flatMap((stage) => Object.values(stage))
    .filter(isObject)
    .flatMap(({ filename, outputs, is_lm_head: isHead }) =>
      typeof filename === 'string'
        ? [{ file: filename, outputs: Array.isArray(outputs) ? outputs : [], isHead: isHead === true }]
        : [],
    );
}

/** The part that computes the logits: identified by its outputs, then by its flag, then as the last of the pipeline. */
function headOf(parts: readonly Part[], logits: string): Part | undefined {
  const makers = parts.filter(({ outputs }) => outputs.includes(logits));
  const marked = ({ isHead }: Part): boolean => isHead;
  return makers.find(marked) ?? makers[0] ?? parts.find(marked) ?? parts.at(-1);
}

function objectAt(value: unknown, key: string): Readonly<Record<string, unknown>> {
  const inner = isObject(value) ? value[key] : undefined;
  return isObject(inner) ? inner : {};
}
