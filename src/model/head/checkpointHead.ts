import { checkHeadSize, type Head } from './head';
import { stepText, type Step } from './steps';
import { storedMatrix, type StoredTensor, type StoredWeight } from './weight';

/** The head of a checkpoint, which stores the weight `[vocab, hidden]` under a name, rather than a graph. */
export interface CheckpointHead {
  /** With two dimensions. */
  readonly tensor: StoredTensor;
  readonly scales?: StoredWeight['scales'];
  /** For users; by default the tensor's own type. */
  readonly elementType?: string;
  readonly tied: boolean;
  readonly steps: LogitSteps;
}

/** What a model does to U·λ. */
export interface LogitSteps {
  readonly hasBias: boolean;
  /** 1: none. */
  readonly scale: number;
  /** 0: none. */
  readonly softCap: number;
}

/** @param label the file's name in messages @throws ModelError for sizes that no model has */
export function checkpointHead(label: string, found: CheckpointHead): Head {
  const { tensor, scales = null, elementType = tensor.element, tied, steps } = found;
  const [vocabSize, hiddenSize] = tensor.dimensions as [number, number];
  checkHeadSize(label, tensor, vocabSize, hiddenSize);
  const values = storedMatrix(tensor, tensor.element, vocabSize, hiddenSize);
  const layout = '[vocab, hidden]';
  return {
    parts: [{ weight: { values, scales, zeroPoints: 0 }, layout, first: 0, tokens: vocabSize }],
    elementType,
    layout,
    tied,
    vocabSize,
    hiddenSize,
    after: stepsOf(steps).map(stepText),
  };
}

function stepsOf({ hasBias, scale, softCap }: LogitSteps): Step[] {
  const steps: Step[] = [];
  if (hasBias) steps.push({ kind: 'bias' });
  if (scale !== 1) steps.push({ kind: 'scale', tensor: null, value: scale });
  if (softCap !== 0) steps.push({ kind: 'softCap', value: softCap });
  return steps;
}
