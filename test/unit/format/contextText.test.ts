import assert from 'node:assert/strict';
import { contextLabel, shortContextPair, shortContext, unreadText } from '../../../src/format/contextText';

describe('contexts in one line', () => {
  it('are whole if they are short', () => {
    assert.equal(shortContext(' One\n day '), 'One day');
    assert.equal(contextLabel({ base: 'He', target: 'She' }), 'He → She');
    assert.equal(contextLabel({ base: 'He', target: '' }), 'He');
  });

  it('are their end, where the model predicts', () => {
    const text = 'Once upon a time there was a little girl named Lily. Lily went to the park with';
    const short = shortContext(text);
    assert.match(short, /^….*to the park with$/u);
    assert.ok(short.length <= 46, short);
    assert.equal(contextLabel({ base: text, target: '' }, 22), '…went to the park with');
  });

  it('of a pair begin where the two differ', () => {
    const pair = {
      base: 'Once upon a time there was a little boy named Tim who went to the park with',
      target: 'Once upon a time there was a little girl named Sue who went to the park with',
    };
    const long = shortContextPair(pair);
    assert.match(long, /^….*boy named Tim who went.*… → ….*girl named Sue who went.*…$/u);
    assert.equal(shortContextPair(pair, 13), '…boy named Tim… → …girl named Su…');
  });

  it('stay readable without spaces, and when one is the beginning of the other', () => {
    const base = '从前有一个小男孩'.repeat(20);
    assert.ok(shortContext(base).length <= 46);
    const label = shortContextPair({ base, target: `${base}他` });
    assert.ok(label.length <= 2 * 46 + 3, label);
    assert.ok(label.endsWith('他'));
  });
});

describe('what was not read of a set', () => {
  const set = { label: 'boys', given: 9, empty: 0, broken: 0, windowed: 0 };

  it('is said by number and reason', () => {
    assert.equal(unreadText(set), '');
    assert.equal(unreadText({ ...set, empty: 2 }), 'boys: 2 contexts without a word.');
    assert.equal(
      unreadText({ ...set, broken: 1, windowed: 3 }),
      'boys: 1 context for which the model gives no finite numbers, 3 contexts longer than the model’s window, of which the end was read.',
    );
  });
});
