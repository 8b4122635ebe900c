import { join } from 'node:path';
import { UsageError } from '../../errors';
import { vectorMatrices, vectorTables } from '../../export/vectorFiles';
import { formatCount } from '../../format/numbers';
import { plural } from '../../format/plural';
import { defineCommand } from '../command';
import { readConceptInputs } from '../conceptInputs';
import { conceptFiles, conceptOptions, conceptsOf } from '../options/conceptOptions';
import { geometryOf, geometryOptions, productsOption } from '../options/geometryOptions';
import { progressOf } from '../output';
import { writeResult } from '../writeResult';

export const command = defineCommand({
  name: 'vectors',
  summary: 'Write the rows of words and the directions as vectors',
  inputs: conceptFiles,
  options: {
    tsv: {
      type: 'string',
      placeholder: 'DIR',
      help: 'Write a folder with TSV files for the Embedding Projector',
    },
    npy: { type: 'string', placeholder: 'DIR', help: 'Write a folder with NumPy files' },
    ...productsOption,
    ...geometryOptions,
    ...conceptOptions,
  },
  async run(given, { methods, output }) {
    const { product: products, seed, tsv = null, npy = null } = given.values;
    const settings = geometryOf(given.values);
    const chosen = conceptsOf(given);
    if (tsv === null && npy === null) throw new UsageError('vectors needs --tsv DIR or --npy DIR.');
    const { concepts, notes, tokens } = await readConceptInputs(chosen, methods);
    notes.forEach(output.note);
    const { model } = chosen;
    const request = { model, concepts, tokens, seed, settings, products };
    const result = await methods.vectors(request, progressOf(output));
    output.progress(null);
    for (const [folder, files] of [
      [tsv, vectorTables],
      [npy, vectorMatrices],
    ] as const)
      if (folder !== null)
        for (const { name, content } of files(result))
          await writeResult(join(folder, name), typeof content === 'string' ? Buffer.from(content) : content);
    const words = result.labels.filter(({ kind }) => kind === 'word').length;
    const size = formatCount(result.spaces[0]!.vectors.columns);
    const written = [tsv, npy].filter((path) => path !== null).join(', ');
    output.print(
      `${plural(words, 'word')} and ${plural(result.labels.length - words, 'direction')}, ${size} values each\nWrote ${written}\n`,
    );
  },
});
