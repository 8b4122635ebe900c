import assert from 'node:assert/strict';
import { commandArguments, usableArguments } from '../../../src/editor/commands/commandArguments';
import type { CommandId } from '../../../src/editor/commands/commandTable';
import { englishManifest } from '../../../scripts/translations/manifestText';

const pair = { base: 'king', target: 'queen' };
const conceptRow = { kind: 'concept', id: 'a', section: 'concepts', concept: 'a', index: 0 };
const pairRow = { kind: 'pair', id: 'b', section: 'concepts', concept: 'a', pair, position: 0 };
const uri = { scheme: 'file', path: '/a.txt' };

describe('the arguments of commands', () => {
  it('are ignored where a menu passes what a command cannot use', () => {
    const commands = englishManifest.contributes.menus['view/title'].map(
      ({ command }) => command as CommandId,
    );
    assert.ok(commands.includes('conceptProbe.changeTokenRule'));
    assert.ok(commands.includes('conceptProbe.exportResults'));
    // The title of the view passes the focused row and the selection, the palette an object that is none of these.
    for (const id of commands)
      for (const given of [conceptRow, pairRow, { kind: 'file', id: 'f' }, { from: 'quickOpen' }, undefined])
        assert.deepEqual(usableArguments(id, [given, [given]]), [], id);
  });

  it('are ignored by every command if they are none of the extension', () => {
    for (const id of Object.keys(commandArguments) as CommandId[])
      for (const given of [undefined, null, 1, 'text', [], {}, { from: 'quickOpen' }])
        assert.deepEqual(usableArguments(id, [given]), [], id);
  });

  it('reach the command where they are meant for it', () => {
    const reached: readonly (readonly [CommandId, unknown])[] = [
      ['conceptProbe.changeTokenRule', { policy: 'mean', leadingSpace: true }],
      ['conceptProbe.exportResults', 'csv'],
      ['conceptProbe.typePairs', conceptRow],
      ['conceptProbe.deletePair', pairRow],
      ['conceptProbe.useOtherCapitals', { ...pairRow, instead: pair }],
      ['conceptProbe.revealContexts', { section: 'contextPairs', concept: 'a', pair }],
      ['conceptProbe.steerContext', uri],
      ['conceptProbe.steerContext', { concept: 'a' }],
      ['conceptProbe.useConceptFile', uri],
      ['conceptProbe.projectVocabulary', { product: 'causal', x: 'a', y: null }],
    ];
    for (const [id, given] of reached) assert.deepEqual(usableArguments(id, [given]), [given], id);
  });

  it('leave out selected rows that stand for nothing', () => {
    const rows = [conceptRow, { kind: 'noPairs', id: 'c', parent: conceptRow }];
    assert.deepEqual(usableArguments('conceptProbe.deleteConcept', [conceptRow, rows]), [
      conceptRow,
      [conceptRow],
    ]);
  });
});
