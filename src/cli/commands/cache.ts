import { UsageError } from '../../errors';
import { formatBytes, plural } from '../../format/numbers';
import type { CacheReport } from '../../protocol/engineMessages';
import { defineCommand } from '../command';

const actions = ['info', 'clear'];

export const command = defineCommand({
  name: 'cache',
  summary: 'Show or clear the covariances cached on disk, which the editor uses too',
  inputs: { usage: actions.join(' | '), needs: actions.join(' or ') },
  options: {},
  prepare(args) {
    if (args.length !== 1 || !actions.includes(args[0]!))
      throw new UsageError(`cache is followed by ${actions.join(' or ')}.`);
    return args;
  },
  run({ inputs: [action] }, { methods, output }) {
    const clear = action === 'clear';
    const report = methods.cache({ clear }, () => undefined);
    output.print(cacheText(report, clear));
  },
});

function cacheText({ folder, files, bytes, limit, left = 0 }: CacheReport, cleared: boolean): string {
  const what = `${plural(files, 'covariance')}, ${formatBytes(bytes)}`;
  if (!cleared) return `${folder}: ${what} of at most ${formatBytes(limit)}\n`;
  return `Removed ${what} from ${folder}${left === 0 ? '' : `; ${left} could not be removed`}\n`;
}
