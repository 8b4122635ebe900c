import assert from 'node:assert/strict';
import { ProgressLine } from '../../../src/cli/output';

describe('the line of progress', () => {
  /** Shows steps at given seconds; what the terminal shows after each. */
  function shown(steps: readonly (readonly [second: number, message: string | null, fraction?: number])[]) {
    let time = 0;
    const lines: string[] = [];
    const stream = {
      isTTY: true,
      columns: 60,
      write: (text: string) => lines.push(text.replace('\r\u001b[2K', '')),
    };
    const line = new ProgressLine(stream, () => time);
    for (const [second, message, fraction] of steps) {
      time = second;
      line.show(message, fraction);
    }
    return lines;
  }

  it('estimates the time left, anew for each piece of work', () => {
    assert.deepEqual(
      shown([
        [0, 'Opening'],
        [1, 'Reading', 0],
        [2, 'Reading', 0.1],
        [11, 'Reading', 0.5],
        [20, 'Comparing', 0],
        [30, 'Comparing', 0.1],
        [119, 'Comparing', 0.99],
        [120, null],
      ]),
      [
        'Opening…',
        'Reading, 0 %…',
        'Reading, 10 %…',
        'Reading, 50 %, about 10\u00a0s left…',
        'Comparing, 0 %…',
        'Comparing, 10 %, about 2\u00a0min left…',
        'Comparing, 99 %…',
        '',
      ],
    );
  });

  it('fits in one line of the terminal', () => {
    const [line] = shown([[0, `Comparing the pairs of ${'a long name '.repeat(9)}`, 0.5]]);
    assert.equal(line!.length, 59);
    assert.ok(line!.endsWith('…'));
  });

  it('writes nothing unless it is in a terminal', () => {
    const written: string[] = [];
    const line = new ProgressLine({ write: (text) => written.push(text) });
    line.show('Reading', 0.25);
    assert.deepEqual([written, line.current], [[], 'Reading, 25 %']);
  });
});
