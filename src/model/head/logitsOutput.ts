import { ModelError } from '../../errors';
import type { OnnxGraph } from '../onnx/graph';
import { shown } from '../onnx/refusalText';

/** Who says which output holds the logits: the user, who must be right, and genai_config.json. */
export interface LogitsNames {
  readonly chosen: string | null;
  readonly configured: string | null;
}

/** Outputs that hold something else, whatever their shape. */
const otherNames = /hidden|embed|state|attention|norm|present|past|cache/iu;

/**
 * The outputs that may hold the logits; one where it is known which. In this order: what genai_config.json names,
 * `logits`, names that end in it, outputs of three dimensions, and the only output that is not known to be another.
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

/** @throws ModelError if no output is known to hold the logits, or several may */
export function logitsOutput(graph: OnnxGraph, label: string, { chosen, configured }: LogitsNames): string {
  const { outputs } = graph;
  const list = (names: readonly string[]): string =>
    shown([...names.slice(0, 8), ...(names.length > 8 ? ['…'] : [])].join(', ')) || 'none';
  if (chosen !== null) {
    if (outputs.includes(chosen)) return chosen;
    throw new ModelError(
      `${label} has no output named ${shown(chosen)}; name one of its outputs: ${list(outputs)}.`,
    );
  }
  const [first, ...more] = logitsCandidates(graph, configured);
  if (first === undefined) {
    throw new ModelError(
      `${label} has no output named logits (its outputs: ${list(outputs)}); export the model with its language-model head, or name the output that holds the logits (--output NAME, or the setting conceptProbe.output).`,
    );
  }
  if (more.length === 0) return first;
  throw new ModelError(
    `${label} has several outputs that may be the logits: ${list([first, ...more])}; name one (--output NAME, or the setting conceptProbe.output).`,
  );
}
