import assert from 'node:assert/strict';
import type { CounterfactualPair } from '../../../src/concepts/concept';
import { htmlReport } from '../../../src/export/htmlReport';
import { npyHeader } from '../../../src/export/npy';
import { emptyPanelState } from '../../../src/protocol/panelMessages';
import { dropReason } from '../../../src/protocol/probeResult';
import { decodeState } from '../../../webview/state/decodeState';
import { sampleResult } from '../support/sampleResult';

describe('the reason of a dropped pair', () => {
  const [kept, dropped] = sampleResult.concepts[0]!.pairs;

  it('names tokens, or is missing', () => {
    assert.equal(dropReason(kept!), undefined);
    assert.equal(dropReason(dropped!), 'princess is 2 tokens (▁prin + cess)');
    assert.equal(dropReason({ ...kept!, status: 'same-token' }), 'both words have the same tokens');
    assert.equal(
      dropReason({ ...kept!, status: 'no-difference' }),
      'the unembedding vectors of the two words are equal up to rounding',
    );
    assert.equal(
      dropReason({ ...kept!, status: 'unknown', baseIds: [] }),
      'the tokenizer has no token for “king”',
    );
  });

  it('names the repeated pair', () => {
    const { base, target } = kept!;
    const reason = (status: 'duplicate' | 'swapped', repeats: CounterfactualPair) =>
      dropReason({ ...kept!, status, repeats });
    const earlier = { base: 'messy', target: 'messiest' };
    assert.equal(reason('duplicate', { base, target }), 'repeats king → queen');
    assert.equal(reason('duplicate', earlier), 'the same tokens as messy → messiest');
    assert.equal(reason('swapped', { base: target, target: base }), 'repeats queen → king, swapped');
    assert.equal(reason('swapped', earlier), 'the same tokens as messy → messiest, swapped');
  });
});

describe('the HTML report', () => {
  const state = { ...emptyPanelState, conceptFile: '<b>.json', result: sampleResult };
  const german = { language: 'de', texts: { Pairs: '</script>Paare' } };
  const html = htmlReport(state, { script: 'run("</script>")', style: 'a{}' }, german);

  it('contains the translation', () => {
    assert.match(html, /<html lang="de"/u);
    const json = /id="translation">(.*?)<\/script>/su.exec(html)![1]!;
    assert.deepEqual(JSON.parse(json), german.texts);
  });

  it('contains the packed state and nothing that ends a script early', () => {
    const json = /id="concept-probe-state">(.*?)<\/script>/su.exec(html)![1]!;
    assert.deepEqual(decodeState(json), state);
    assert.equal(html.match(/<\/script>/gu)!.length, 3);
    assert.ok(html.includes('<title>Concept Probe – &lt;b&gt;.json</title>'));
  });

  it('fetches nothing', () => {
    assert.ok(!/(?:src|href)=/u.test(html));
  });
});

describe('the NPY header', () => {
  it('is the one NumPy writes: magic, version, aligned length, ending in a line feed', () => {
    const header = Buffer.from(npyHeader(32000, 288));
    assert.equal(header.subarray(0, 8).toString('latin1'), '\u0093NUMPY\u0001\u0000');
    assert.equal(header.length % 64, 0);
    assert.equal(header.readUInt16LE(8), header.length - 10);
    const text = header.subarray(10).toString('latin1');
    assert.match(text, /^\{'descr': '<f4', 'fortran_order': False, 'shape': \(32000, 288\), \} *\n$/u);
  });
});
