import { t } from '@vscode/l10n';
import { ModelError } from '../errors';
import { isOnnxHead } from '../model/head/head';
import { checkHiddenStates } from '../model/hidden/check';
import { checkLlama } from '../model/llama/checkLlama';
import type { Model } from '../model/model';
import { hasRuntime } from '../model/runtime/sessionRuntime';
import type { HeadSummary, ModelAbility, ModelDetails, ModelSummary } from '../protocol/modelSummary';

/** What every result says about its model. @throws ModelError if its head cannot be read */
export function summarize(model: Model): ModelSummary {
  const { unembedding } = model;
  const { vocabSize, hiddenSize } = unembedding.head;
  const head = summarizeHead(model);
  const [withoutToken] = attempt(() => rowsWithoutToken(model));
  return { ...identify(model), vocabSize, hiddenSize, head, rowsWithoutToken: withoutToken ?? null };
}

/** Number of rows of U without a token. @throws ModelError if the head or the tokenizer cannot be read */
export function rowsWithoutToken({ unembedding, tokenizer }: Model): number {
  const { vocabSize } = unembedding.head;
  return vocabSize - tokenizer.tokenIds(vocabSize).length;
}

function summarizeHead({ folder: { format }, unembedding: { head } }: Model): HeadSummary {
  const { parts, elementType, layout, tied, after } = head;
  const onnx = isOnnxHead(head) ? head : null;
  return {
    format,
    tensor: parts.map(({ weight }) => weight.values.tensor.name).join(' and '),
    ...(onnx && { operator: onnx.operator }),
    ...(parts.length > 1 && { parts: parts.length }),
    elementType,
    layout: parts.every((part) => part.layout === layout) ? layout : 'mixed',
    tied,
    ...(after.length > 0 && { after }),
    ...(onnx && onnx.logits !== 'logits' && { output: onnx.logits }),
  };
}

/**
 * Everything that can be read about a model folder, and what works with it.
 *
 * @param source where it comes from, in words
 */
export function describeModel(model: Model, source = t('folder')): ModelDetails {
  const [head, headProblem] = attempt(() => summarize(model));
  const [candidates = []] = head ? [] : attempt(() => model.logitsCandidates);
  const [, tokenizerProblem] = attempt(() => model.tokenizer.tokens('a'));
  const problem = headProblem ?? tokenizerProblem;
  return {
    ...identify(model),
    source,
    folder: model.folder.remote?.reference ?? model.folder.path,
    vocabSize: head?.vocabSize ?? numberOf(model.folder.config['vocab_size']),
    hiddenSize: head?.hiddenSize ?? numberOf(model.folder.config['hidden_size']),
    head: head?.head ?? null,
    rowsWithoutToken: head?.rowsWithoutToken ?? null,
    unclearOutputs: candidates.length > 1 ? candidates : [],
    tokenizer: attempt(() => model.tokenizerPlace)[0] ?? null,
    files: model.folder.files,
    abilities: [
      ability(t('rows of the unembedding by token id'), headProblem),
      ability(t('geometry of word pairs'), problem),
      ability(t('hidden states of texts'), problem ?? hiddenProblem(model)),
    ],
    ...remoteDetails(model, head !== undefined),
  };
}

function remoteDetails(model: Model, hasHead: boolean): Pick<ModelDetails, 'remote'> {
  const { remote } = model.folder;
  if (!remote) return {};
  const { reference, commit, bytesHere, mayReadAll } = remote;
  const headBytes = hasHead ? model.unembedding.bytes : null;
  return { remote: { reference, commit, bytesRead: bytesHere(), headBytes, rowsOnly: !mayReadAll() } };
}

function identify({ folder, architecture }: Model) {
  return {
    name: folder.name,
    file: folder.file,
    otherFiles: folder.otherFiles,
    architecture,
  };
}

/** The graph or the metadata show whether it can be computed. Whether it can be run here is only known after trying. */
function hiddenProblem(model: Model): string | undefined {
  const isGguf = model.folder.format === 'GGUF';
  if (!isGguf && !hasRuntime()) return t('ONNX Runtime is not installed for this platform.');
  return attempt(() => {
    (isGguf ? checkLlama : checkHiddenStates)(model);
  })[1];
}

function ability(name: string, problem: string | undefined): ModelAbility {
  return problem === undefined ? { name, works: true } : { name, works: false, why: problem };
}

/** The value, or the sentence that explains why there is none. */
function attempt<T>(get: () => T): [value: T, problem: undefined] | [value: undefined, problem: string] {
  try {
    return [get(), undefined];
  } catch (error) {
    if (error instanceof ModelError) return [undefined, error.message];
    throw error;
  }
}

function numberOf(value: unknown): number | null {
  return typeof value === 'number' ? value : null;
}
