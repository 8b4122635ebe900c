import assert from 'node:assert/strict';
import { htmlReport } from '../../src/export/htmlReport';
import { npyHeader } from '../../src/export/npy';
import { resultDocument } from '../../src/export/resultDocument';
import { resultTables } from '../../src/export/resultTables';
import { dropReason } from '../../src/protocol/probeResult';
import { sampleResult } from './sampleResult';

describe('the JSON document', () => {
  const document = resultDocument(sampleResult);

  it('keeps the contract and writes undefined numbers as null', () => {
    assert.equal(document.schema, 1);
    assert.equal(document.seed, 7);
    assert.deepEqual(document.concepts[0]!.euclidean, {
      meanCosine: 0.25,
      leaveOneOut: { mean: 0.75, cosines: [0.75, null] },
    });
    assert.deepEqual(document.concepts[1]!.euclidean, {
      meanCosine: null,
      leaveOneOut: { mean: null, cosines: [null] },
    });
    assert.deepEqual(document.directions.euclidean.cosine, [
      [1, -0.5],
      [-0.5, 1],
    ]);
  });

  it('is plain JSON', () => {
    assert.deepEqual(JSON.parse(JSON.stringify(document)), document);
  });
});

describe('the CSV tables', () => {
  const tables = new Map(resultTables(sampleResult).map(({ name, text }) => [name, text]));

  it('are concepts, pairs, directions and one map a concept', () => {
    assert.deepEqual(
      [...tables.keys()],
      [
        'geometry.about.csv',
        'geometry.concepts.csv',
        'geometry.pairs.csv',
        'geometry.directions.euclidean.csv',
        'geometry.pairs.euclidean.01-male-female.csv',
        'geometry.pairs.euclidean.02-single.csv',
      ],
    );
  });

  it('say what they are of', () => {
    const about = tables.get('geometry.about.csv')!;
    assert.ok(about.startsWith('Concept Probe,1.2.3\r\nmodel,tiny\r\n'));
    assert.ok(about.includes('tokens,"words of a single token, after a space"'));
  });

  it('quote what needs it and leave undefined numbers empty', () => {
    assert.equal(
      tables.get('geometry.concepts.csv'),
      'concept,given,kept,mean cosine (Euclidean),mean leave-one-out cosine (Euclidean)\r\n' +
        '"male, ""female""",3,2,0.25,0.75\r\nsingle,1,1,,\r\n',
    );
  });

  it('keep every pair with its reason, and no cell that a spreadsheet would run', () => {
    const lines = tables.get('geometry.pairs.csv')!.split('\r\n');
    assert.equal(lines[1], '"male, ""female""",king,queen,kept,,1,2,0.5,0.75');
    assert.equal(
      lines[2],
      '"male, ""female""",prince,princess,several-tokens,princess is 2 tokens (▁prin + cess),1,3 4,,',
    );
    assert.ok(lines[3]!.includes(",'=SUM(1),"));
  });
});

describe('the reason of a dropped pair', () => {
  const [kept, dropped] = sampleResult.concepts[0]!.pairs;

  it('names pieces, or is not there', () => {
    assert.equal(dropReason(kept!), undefined);
    assert.equal(dropReason(dropped!), 'princess is 2 tokens (▁prin + cess)');
    assert.equal(dropReason({ ...kept!, status: 'same-token' }), 'the same tokens stand for both words');
    assert.equal(dropReason({ ...kept!, status: 'duplicate' }), 'the concept has this pair already');
    assert.equal(
      dropReason({ ...kept!, status: 'unknown', baseIds: [] }),
      'the tokenizer has no token for “king”',
    );
  });
});

describe('the HTML report', () => {
  const state = { conceptFile: '<b>.json', result: sampleResult, progress: null, problem: null };
  const html = htmlReport(state, { script: 'run("</script>")', style: 'a{}' });

  it('holds the state in base64 and nothing that ends a script early', () => {
    const json = /id="concept-probe-state">(.*?)<\/script>/su.exec(html)![1]!;
    const { result } = JSON.parse(json) as {
      result: { concepts: { euclidean: { leaveOneOut: { cosines: { $f64: string } } } }[] };
    };
    const bytes = Buffer.from(result.concepts[0]!.euclidean.leaveOneOut.cosines.$f64, 'base64');
    assert.equal(bytes.readDoubleLE(0), 0.75);
    assert.equal(html.match(/<\/script>/gu)!.length, 2);
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
