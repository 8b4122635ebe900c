import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseConceptFile, serializeConceptFile, type ConceptFile } from '../../../src/concepts/conceptFile';
import { conceptsFromFiles } from '../../../src/concepts/conceptSources';
import {
  addContexts,
  addPairs,
  changePair,
  deleteRows,
  renameConcept,
  restoreRows,
  type Deleted,
} from '../../../src/concepts/editConcepts';
import { sectionOf, withSection } from '../../../src/concepts/fileSections';

const file: ConceptFile = {
  version: 2,
  concepts: [{ name: 'a', note: 'kept', pairs: [{ base: 'x', target: 'y' }] }],
  contextPairs: [
    {
      name: 'a',
      pairs: [
        { base: 'He was', target: 'She was' },
        { base: 'His', target: 'Her' },
      ],
    },
  ],
  contextSets: [
    { label: 'boys', texts: ['He', 'His'] },
    { label: 'girls', texts: ['She'] },
  ],
};
const text = (base: string) => ({ base, target: '' });

describe('edits of contexts', () => {
  it('are those of concepts, and leave the rest of the file alone', () => {
    const more = addPairs(sectionOf(file, 'contextSets'), 'girls', [text('She'), text('Her')]);
    assert.equal(more.added, 1);
    const added = withSection(file, 'contextSets', more.concepts);
    assert.deepEqual(added, {
      ...file,
      contextSets: [file.contextSets![0], { label: 'girls', texts: ['She', 'Her'] }],
    });
    const renamed = withSection(
      file,
      'contextPairs',
      renameConcept(sectionOf(file, 'contextPairs'), 'a', 'b'),
    );
    assert.deepEqual(renamed, {
      ...file,
      contextPairs: [{ name: 'b', pairs: file.contextPairs![0]!.pairs }],
    });
    const changed = changePair(sectionOf(file, 'contextSets'), 'boys', text('He'), text('The boy'));
    assert.deepEqual(withSection(file, 'contextSets', changed).contextSets![0]!.texts, ['The boy', 'His']);
    assert.throws(
      () => renameConcept(sectionOf(file, 'contextSets'), 'boys', 'girls', 'label'),
      /^UserError: There is already a label “girls”\.$/u,
    );
    assert.throws(
      () => changePair(sectionOf(file, 'contextSets'), 'boys', text('They'), text('We')),
      /The context “They” is no longer in the concept file\./u,
    );
  });

  it('of concepts keep contexts, and the file its version', () => {
    const edited = withSection(file, 'concepts', renameConcept(file.concepts, 'a', 'b'));
    const parsed = parseConceptFile(serializeConceptFile(edited));
    assert.deepEqual(parsed, { ok: true, file: { ...file, concepts: [{ ...file.concepts[0], name: 'b' }] } });
  });

  it('delete rows of all lists at once; a file without contexts is of version 1 again', () => {
    const rows: Deleted[] = [
      { section: 'contextPairs', concept: 'a' },
      { section: 'contextSets', concept: 'boys' },
      { section: 'contextSets', concept: 'girls' },
      { concept: 'a', pair: { base: 'x', target: 'y' } },
    ];
    const left = deleteRows(file, rows);
    assert.equal(
      serializeConceptFile(left),
      serializeConceptFile({ version: 1, concepts: [{ name: 'a', note: 'kept', pairs: [] }] }),
    );
  });

  it('restore what was deleted, in its place', () => {
    const entries: Deleted[] = (['concepts', 'contextPairs', 'contextSets'] as const).flatMap((section) =>
      sectionOf(file, section).flatMap(({ name, pairs }): Deleted[] => [
        { section, concept: name },
        ...pairs.map((pair) => ({ section, concept: name, pair })),
      ]),
    );
    fc.assert(
      fc.property(fc.subarray(entries, { minLength: 1 }), (rows) => {
        const left = deleteRows(file, rows);
        assert.notDeepEqual(left, file);
        assert.deepEqual(restoreRows(left, file, rows), file);
      }),
    );
  });

  it('add the contexts of another file', () => {
    const merged = addContexts(file, {
      contextSets: [
        { label: 'girls', texts: ['She', 'Her'] },
        { label: 'dogs', texts: ['It'] },
      ],
    });
    assert.deepEqual(merged.contextSets!.slice(1), [
      { label: 'girls', texts: ['She', 'Her'] },
      { label: 'dogs', texts: ['It'] },
    ]);
    assert.equal(merged.contextPairs, file.contextPairs);
    assert.equal(addContexts(file, { contextSets: [{ label: 'girls', texts: ['She'] }] }), file);
  });
});

describe('contexts of several concept files', () => {
  const source = (path: string, content: Omit<ConceptFile, 'version'>) => ({
    path,
    bytes: new TextEncoder().encode(serializeConceptFile({ version: 1, ...content })),
  });

  it('are read beside the concepts', () => {
    const { contextPairs, contextSets, concepts } = file;
    const read = conceptsFromFiles([
      source('a.concepts.json', { concepts, contextPairs: contextPairs! }),
      source('b.concepts.json', { concepts: [], contextSets: contextSets! }),
    ]);
    assert.deepEqual(read.contexts, { contextPairs, contextSets });
  });

  it('need names that differ', () => {
    const contexts = { concepts: [], contextSets: file.contextSets! };
    assert.throws(
      () => conceptsFromFiles([source('a.concepts.json', contexts), source('b.concepts.json', contexts)]),
      /^UserError: The label “boys” is in a\.concepts\.json and in b\.concepts\.json; rename one of them\.$/u,
    );
  });
});
