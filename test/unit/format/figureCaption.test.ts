import assert from 'node:assert/strict';
import { figureCaption, figureDetails } from '../../../src/format/figureCaption';

const facts = {
  title: 'Cosine of the directions of 27 concepts',
  model: 'llama-2-7b',
  precision: 'float16, model.onnx',
  product: 'causal',
  n: 'n\u00a0=\u00a0305 pairs of 27 concepts',
  comparedWith: 'random concepts of the same sizes',
  seed: 7,
  version: '0.1.0',
} as const;

describe('the caption of a figure', () => {
  it('says what is shown, of which model, and how to repeat it', () => {
    assert.equal(
      figureCaption(facts).replaceAll('\u00a0', ' '),
      'Cosine of the directions of 27 concepts. Model: llama-2-7b (float16, model.onnx). Inner product: causal. ' +
        'n = 305 pairs of 27 concepts. Compared with random concepts of the same sizes. Seed 7. Concept Probe 0.1.0.',
    );
  });

  it('says so if there is nothing to compare with', () => {
    assert.match(figureCaption({ ...facts, comparedWith: null }), / Not compared with chance\. /u);
  });

  it('explains marks before the facts, and can do without the title', () => {
    const details = figureDetails({ ...facts, notes: ['Dots: q < .05.', 'Dashed: the mean.'] });
    assert.match(details, /^Dots: q < \.05\. Dashed: the mean\. Model: /u);
  });

  it('keeps the order of its words around a right-to-left name', () => {
    assert.match(figureCaption({ ...facts, model: 'דגם' }), /Model: \u2068דגם\u2069 \(float16/u);
  });
});
