import { UsageError } from '../../errors';
import { formatBytes } from '../../format/numbers';
import { plural } from '../../format/plural';
import type { CacheReport } from '../../protocol/engineMessages';
import { defineCommand } from '../command';

const actions = ['info', 'clear'];

export const command = defineCommand({
  name: 'cache',
  summary: 'Show or clear what is cached on disk, which the editor uses too',
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

function cacheText({ remote, ...covariances }: CacheReport, cleared: boolean): string {
  const rows =
    remote.files > 0 ? partText(`rows of ${plural(remote.files, 'remote file')}`, remote, cleared) : '';
  return partText(plural(covariances.files, 'covariance'), covariances, cleared) + rows;
}

function partText(
  thing: string,
  { folder, bytes, limit, left = 0 }: Omit<CacheReport, 'remote'>,
  cleared: boolean,
): string {
  const what = `${thing}, ${formatBytes(bytes)}`;
  if (!cleared) return `${folder}: ${what} of at most ${formatBytes(limit)}\n`;
  return `Removed ${what} from ${folder}${left === 0 ? '' : `; ${left} could not be removed`}\n`;
}
