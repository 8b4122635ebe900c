import type { Command } from './command';
import { command as align } from './commands/align';
import { command as analogy } from './commands/analogy';
import { command as between } from './commands/between';
import { command as cache } from './commands/cache';
import { command as categories } from './commands/categories';
import { command as direction } from './commands/direction';
import { command as download } from './commands/download';
import { command as embed } from './commands/embed';
import { command as findPairs } from './commands/findPairs';
import { command as importLists } from './commands/import';
import { command as intervene } from './commands/intervene';
import { command as measure } from './commands/measure';
import { command as model } from './commands/model';
import { command as models } from './commands/models';
import { command as neighbours } from './commands/neighbours';
import { command as probe } from './commands/probe';
import { command as simulate } from './commands/simulate';
import { command as theorems } from './commands/theorems';
import { command as tint } from './commands/tint';
import { command as unembedding } from './commands/unembedding';
import { command as vectors } from './commands/vectors';
import { command as vocabulary } from './commands/vocabulary';

/** Every command, in the order of `--help`. */
export const commandTable: readonly Command[] = [
  ...[
    importLists,
    probe,
    vocabulary,
    neighbours,
    between,
    findPairs,
    analogy,
    direction,
    vectors,
    categories,
  ],
  ...[measure, align, intervene, tint],
  ...[model, models, download, unembedding, embed, cache, simulate, theorems],
];
