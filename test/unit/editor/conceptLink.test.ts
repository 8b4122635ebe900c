import assert from 'node:assert/strict';
import { linkParts, readLink } from '../../../src/editor/conceptLink';
import { UserError } from '../../../src/errors';

describe('a link to a concept', () => {
  it('comes back as it was, whatever the names', () => {
    for (const link of [
      { file: 'royalty.concepts.json', name: 'male → female' },
      { file: 'a b/ü%20&=?#.concepts.json', name: '100 % & more = “?” #1 + [x](command:y)' },
    ])
      assert.deepEqual(readLink(linkParts(link)), link);
  });

  it('leads to no file outside the workspace, and to no other file in it', () => {
    for (const file of [
      '/etc/a.concepts.json',
      '../a.concepts.json',
      'a/../../b.concepts.json',
      './a.concepts.json',
      'a//b.concepts.json',
      'C:/a.concepts.json',
      '..\\a.concepts.json',
      'file:///a.concepts.json',
      'a\0.concepts.json',
      'package.json',
    ])
      assert.throws(() => readLink(linkParts({ file, name: 'a' })), /is not opened/u, file);
  });

  it('is refused in one sentence if it is something else', () => {
    const links = [
      { path: '/run', query: 'file=a.concepts.json&name=b' },
      { path: '', query: '' },
      { path: '/concept', query: '' },
      { path: '/concept', query: 'file=a.concepts.json' },
      { path: '/concept', query: 'name=%' },
    ];
    for (const link of links) assert.throws(() => readLink(link), UserError);
  });
});
