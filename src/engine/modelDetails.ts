import type { Model } from '../model/model';
import type { ModelDetails, ModelSummary } from '../protocol/modelSummary';

/** What every result says about its model. */
export function summarize(model: Model): ModelSummary {
  const { folder, architecture } = model;
  const { operator, elementType, layout, tied, vocabSize, hiddenSize } = model.unembedding.head;
  return {
    name: folder.name,
    folder: folder.path,
    file: folder.onnxFile,
    otherFiles: folder.otherOnnxFiles,
    architecture,
    vocabSize,
    hiddenSize,
    head: { operator, elementType, layout, tied },
  };
}

/** The summary with the folder's files and what can be done with them. */
export function describeModel(model: Model): ModelDetails {
  const { hasTokenizer } = model;
  return {
    ...summarize(model),
    tokenizer: hasTokenizer ? 'tokenizer.json' : null,
    files: model.folder.files,
    abilities: [
      { name: 'rows of the unembedding by token id', works: true },
      hasTokenizer
        ? { name: 'geometry of word pairs', works: true }
        : { name: 'geometry of word pairs', works: false, why: 'the folder has no tokenizer.json' },
    ],
  };
}
