import assert from 'node:assert/strict';
import { latexTable, markdownTable, tableCsv, tableJson } from '../../../src/export/figures/tableText';
import { npyFile } from '../../../src/export/npy';
import { matrix } from '../../../src/geometry/matrix';

const table = {
  caption: 'Cosines',
  noun: 'Pair',
  rows: ['king → queen', '\u2068מלך\u2069 → a|b_c', '=1+1'],
  columns: ['x & y', '50 %'],
  values: matrix(3, 2, Float64Array.of(0.12345, -0.5, NaN, 1, 0, -0.0004)),
};

describe('the numbers of a figure', () => {
  it('are CSV with full precision, and nothing that a spreadsheet runs', () => {
    assert.deepEqual(tableCsv(table).split('\r\n'), [
      'Pair,x & y,50 %',
      'king → queen,0.12345,-0.5',
      'מלך → a|b_c,,1',
      "'=1+1,0,-0.0004",
      '',
    ]);
  });

  it('are JSON with null for what is missing, and the caption', () => {
    assert.deepEqual(JSON.parse(tableJson(table, 'All of it.')), {
      caption: 'All of it.',
      rows: { Pair: ['king → queen', 'מלך → a|b_c', '=1+1'] },
      columns: ['x & y', '50 %'],
      values: [
        [0.12345, -0.5],
        [null, 1],
        [0, -0.0004],
      ],
    });
  });

  it('are a Markdown table as the panel shows them', () => {
    assert.deepEqual(markdownTable(table).split('\n'), [
      '| Pair | x & y | 50 % |',
      '| --- | ---: | ---: |',
      '| king → queen | 0.12 | −0.50 |',
      '| מלך → a\\|b_c | – | 1.00 |',
      '| =1+1 | 0.00 | 0.00 |',
      '',
    ]);
  });

  it('are a LaTeX table in which every sign prints as itself', () => {
    const latex = latexTable(table, 'n\u00a0=\u00a03, |q| < 5 %');
    assert.match(latex, /\\begin\{tabular\}\{lrr\}/u);
    assert.match(latex, /king \$\\rightarrow\$ queen & 0\.12 & \$-\$0\.50 \\\\/u);
    assert.match(latex, /a\$\|\$b\\_c & -- & 1\.00/u);
    assert.match(latex, /Pair & x \\& y & 50 \\% \\\\/u);
    assert.match(latex, /\\caption\{n~=~3, \$\|\$q\$\|\$ \$<\$ 5 \\%\}/u);
  });

  it('are NPY with 64-byte aligned data', () => {
    const file = npyFile(table.values);
    assert.equal(file.length % 8, 0);
    const start = file.length - 48;
    assert.equal(start % 64, 0);
    assert.match(new TextDecoder('latin1').decode(file.subarray(10, start)), /'<f8'.*\(3, 2\)/u);
    assert.equal(new DataView(file.buffer).getFloat64(start, true), 0.12345);
  });
});
