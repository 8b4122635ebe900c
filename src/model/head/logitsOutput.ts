import { ModelError } from '../../errors';
import type { OnnxGraph } from '../onnx/graph';
import { shown } from '../storage/refusalText';

/** The output of logits as named by the user, which must exist, and by genai_config.json. */
export interface LogitsNames {
  readonly chosen: string | null;
  readonly configured: string | null;
}

/** Outputs that never hold logits, whatever their shape. */
const otherNames = /hidden|embed|state|attention|norm|present|past|cache/iu;

/**
 * The outputs that may hold the logits; a single one if it is certain. Tries, in this order: the name in genai_config.json,
 * `logits`, names that end in it, outputs with three dimensions, and the only output not known to be something else.
 */
export function logitsCandidates(
  { outputs, values }: Pick<OnnxGraph, 'outputs' | 'values'>,
  configured: string | null,
): readonly string[] {
  const sure = [configured, 'logits'].find((name) => name !== null && outputs.includes(name));
  if (sure !== undefined && sure !== null) return [sure];
  const named = outputs.filter((name) => /logits$/iu.test(name));
  if (named.length > 0) return named;
  const others = outputs.filter((name) => !otherNames.test(name));
  const ranked = others.filter((name) => values.get(name)?.shape?.length === 3);
  if (ranked.length > 0) return ranked;
  return others.length === 1 ? others : [];
}

/** @throws ModelError if no output or more than one may hold the logits */
export function logitsOutput(graph: OnnxGraph, label: string, { chosen, configured }: LogitsNames): string {
  const { outputs } = graph;
  const list = (names: readonly string[]): string =>
    shown([...names.slice(0, 8), ...(names.length > 8 ? ['…'] : [])].join(', ')) || 'none';
  if (chosen !== null) {
    if (outputs.includes(chosen)) return chosen;
    throw new ModelError(
      `${label} has no output named ${shown(chosen)}; choose one of its outputs: ${list(outputs)}.`,
    );
  }
  const [first, ...more] = logitsCandidates(graph, configured);
  if (first === undefined) {
    throw new ModelError(
      `${label} has no output named logits (its outputs: ${list(outputs)}); export the model with its LM head, or specify the output that holds the logits (--output NAME, or the setting conceptProbe.output).`,
    );
  }
  if (more.length === 0) return first;
  throw new ModelError(
    `${label} has several outputs that may hold the logits: ${list([first, ...more])}; specify one (--output NAME, or the setting conceptProbe.output).`,
  );
}
