import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leaveOut, setNote } from '../../../src/concepts/editConcepts';
import { parseConceptFile, serializeConceptFile, type ConceptFile } from '../../../src/concepts/conceptFile';
import { printed } from '../support/cli';
import { withFolder } from '../support/fixtures';
import { inRoot } from '../../support/places';

interface Document {
  readonly concepts: readonly {
    readonly given: number;
    readonly kept: number;
    readonly pairs: readonly {
      readonly base: string;
      readonly status: string;
      readonly reason: string | null;
    }[];
  }[];
}

/** The pair is the first of its concept, and one of its words is in other pairs. */
const rows = [
  { concept: 'male → female', pair: { base: 'king', target: 'queen' } },
  { concept: 'verb → past', pair: { base: 'walk', target: 'walked' } },
];

describe('pairs that are left out', () => {
  /** The example with the pairs left out, and without them. */
  function inFolder(body: (leftOut: string, without: string, folder: string) => void): void {
    const parsed = parseConceptFile(readFileSync(inRoot('examples', 'royalty.concepts.json'), 'utf8'));
    assert.ok(parsed.ok);
    const { file } = parsed;
    const some = file.concepts.filter(({ name }) => rows.some(({ concept }) => concept === name));
    const marked = setNote(leaveOut(some, rows, true), 'verb → past', 'Regular\nverbs.');
    withFolder((folder) => {
      const write = (name: string, concepts: ConceptFile['concepts']): string => {
        const path = join(folder, `${name}.concepts.json`);
        writeFileSync(path, serializeConceptFile({ ...file, concepts }));
        return path;
      };
      const without = marked.map((one) => ({ ...one, pairs: one.pairs.filter(({ leftOut }) => !leftOut) }));
      body(write('marked', marked), write('without', without), folder);
    });
  }

  it('change every result as if they were not in the file', () => {
    inFolder((leftOut, without) => {
      const probed = (file: string): Document => {
        const text = printed('probe', file, '--json').replace(/"cached": \w+/u, `"cached": null`);
        return JSON.parse(text) as Document;
      };
      const [marked, expected] = [probed(leftOut), probed(without)];
      const listed = marked.concepts.flatMap(({ pairs }) =>
        pairs.filter(({ status }) => status === 'left-out'),
      );
      assert.deepEqual(
        listed.map(({ base, reason }) => [base, reason]),
        rows.map(({ pair }) => [pair.base, 'left out in the concept file']),
      );
      const concepts = marked.concepts.map((concept) => ({
        ...concept,
        pairs: concept.pairs.filter(({ status }) => status !== 'left-out'),
      }));
      assert.deepEqual({ ...marked, concepts }, expected);
      for (const [command, ...options] of [
        ['analogy', '--product', 'euclidean'],
        ['find-pairs', '--product', 'euclidean', '--concept', 'verb → past'],
        ['vocabulary', '--concept', 'verb → past'],
        ['neighbours', '--concept', 'male → female', '--base', 'man'],
        ['intervene', '--concept', 'male → female', '--text', 'Once there was a'],
      ] as const)
        assert.equal(
          printed(command, leftOut, ...options, '--json'),
          printed(command, without, ...options, '--json'),
          command,
        );
    });
  });

  it('are named in the report, in tables, and after import and export', () => {
    inFolder((leftOut, _without, folder) => {
      const [csv, json, copy, again] = [
        'tables',
        'out.json',
        'copy.concepts.json',
        'again.concepts.json',
      ].map((name) => join(folder, name)) as [string, string, string, string];
      const out = printed('probe', leftOut, '--csv', csv);
      assert.match(
        out,
        /Left out in the concept file \(2\)\n {2}male → female: king → queen\n {2}verb → past: walk → walked\n/u,
      );
      assert.doesNotMatch(out, /Not counted[^L]*king → queen/u);
      assert.match(out, /\n\nNotes\n[^]*\n {2}verb → past: Regular verbs\.\n/u);
      const pairs = readFileSync(join(csv, 'geometry.pairs.csv'), 'utf8');
      assert.match(pairs, /^male → female,king,queen,left-out,left out in the concept file,/mu);
      printed('import', leftOut, '--save', copy);
      const concepts = (path: string): ConceptFile['concepts'] => {
        const parsed = parseConceptFile(readFileSync(path, 'utf8'));
        assert.ok(parsed.ok);
        return parsed.file.concepts;
      };
      const withoutNotes = (path: string): unknown =>
        concepts(path).map(({ name, pairs: own }) => ({ name, own }));
      assert.deepEqual(concepts(copy), concepts(leftOut));
      printed('probe', leftOut, '--json', json);
      printed('import', json, '--save', again);
      assert.deepEqual(withoutNotes(again), withoutNotes(leftOut));
    });
  });
});
