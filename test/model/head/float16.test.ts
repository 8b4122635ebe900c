import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { inRoot } from '../../support/places';

describe('float16', () => {
  it('is passed to ONNX Runtime bit by bit if Node has a Float16Array', () => {
    const script = inRoot('test', 'model', 'support', 'float16Child.ts');
    const printed = execFileSync(process.execPath, ['--require', 'tsx/cjs', script], { encoding: 'utf8' });
    assert.equal(printed.trim(), '1 -2 0.333251953125');
  });
});
