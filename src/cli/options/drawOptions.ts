import { defaultProbeSettings, mostDraws } from '../../protocol/probeResult';
import { wholeNumber } from '../readArguments';

const draws = {
  type: 'string',
  placeholder: 'N',
  read: (text: string, option: string) => wholeNumber(text, option, mostDraws),
} as const;

/** How much is drawn at random for the comparison with chance. */
export const drawOptions = {
  'random-pairs': {
    ...draws,
    help: 'Random token pairs to compare with; 0: none',
    default: String(defaultProbeSettings.randomPairs),
  },
  permutations: {
    ...draws,
    help: 'Permutations of the permutation test; 0: no test',
    default: String(defaultProbeSettings.permutations),
  },
  bootstrap: {
    ...draws,
    help: 'Resamples of the bootstrap interval; 0: no interval',
    default: String(defaultProbeSettings.bootstrap),
  },
} as const;
