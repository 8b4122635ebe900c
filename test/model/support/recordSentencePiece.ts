import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inRoot } from '../../support/places';
import { hardTexts } from './hardTexts';

/*
 * Trains small SentencePiece models on this project's documentation and records how SentencePiece itself cuts the hard texts,
 * for test/model/tokenizer/sentencePiece.test.ts. With Debian's package `sentencepiece` installed:
 *
 *   npx tsx test/model/support/recordSentencePiece.ts
 */

/** Rules that replace characters: hexadecimal code points, a tab, and what they become. */
const rules = [
  'FB01\t66 69',
  'FF21\t41',
  'FF42\t62',
  'FF43\t63',
  '65 301\tE9',
  'A0\t20',
  '3000\t20',
  '200B\t',
  '2026\t2E 2E 2E',
];

const symbols = ['<|user|>', 'king', '▁▁▁'].join(',');

const options: Readonly<Record<string, readonly string[]>> = {
  'bpe like LLaMA-2': [
    ...['--model_type=bpe', '--byte_fallback=true', '--normalization_rule_name=identity'],
    ...['--remove_extra_whitespaces=false', '--split_digits=true', '--allow_whitespace_only_pieces=true'],
  ],
  'bpe like Gemma': [
    ...['--model_type=bpe', '--byte_fallback=true', '--normalization_rule_name=identity'],
    ...['--remove_extra_whitespaces=false', '--add_dummy_prefix=false', `--user_defined_symbols=${symbols}`],
  ],
  'bpe with rules': ['--model_type=bpe', '--normalization_rule_tsv=rules.tsv', '--character_coverage=0.99'],
  'unigram with rules': [
    ...['--model_type=unigram', '--normalization_rule_tsv=rules.tsv', `--user_defined_symbols=${symbols}`],
  ],
  'unigram with bytes': [
    ...['--model_type=unigram', '--byte_fallback=true', '--normalization_rule_name=identity'],
    ...['--remove_extra_whitespaces=false', '--add_dummy_prefix=false'],
  ],
};

const folder = mkdtempSync(join(tmpdir(), 'sentencepiece-'));
const pages = [
  'README.md',
  'CONTRIBUTING.md',
  'docs/models.md',
  'docs/how-to-read-this.md',
  'docs/simulator.md',
];
writeFileSync(join(folder, 'text.txt'), pages.map((page) => readFileSync(inRoot(page), 'utf8')).join('\n'));
writeFileSync(join(folder, 'rules.tsv'), `${rules.join('\n')}\n`);
/** spm_encode reads a text from each line. */
const texts = hardTexts.map((text) => text.replaceAll(/[\r\n\0]/gu, ' '));
writeFileSync(join(folder, 'cases.txt'), `${texts.join('\n')}\n`);

const run = (command: string, given: readonly string[]): string =>
  execFileSync(command, given, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });

const recorded = Object.entries(options).map(([name, given]) => {
  run('spm_train', ['--input=text.txt', '--model_prefix=m', '--vocab_size=700', ...given]);
  const lines = run('spm_encode', ['--model=m.model', '--output_format=id', '--input=cases.txt']).split('\n');
  const model = readFileSync(join(folder, 'm.model')).toString('base64');
  const ids = texts.map((_, i) => (lines[i] === '' ? [] : lines[i]!.split(' ').map(Number)));
  return { name, model, ids };
});
rmSync(folder, { recursive: true });
const shownCase = ({ name, model, ids }: (typeof recorded)[number]): string =>
  `  ${JSON.stringify(name)}: {\n    "model": ${JSON.stringify(model)},\n    "ids": [\n${ids.map((row) => `      ${JSON.stringify(row)}`).join(',\n')}\n    ]\n  }`;
writeFileSync(
  inRoot('test', 'model', 'tokenizer', 'sentencePieceTokens.json'),
  `{\n${recorded.map(shownCase).join(',\n')}\n}\n`,
);
